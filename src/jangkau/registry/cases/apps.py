from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "jangkau.registry.cases"
    label = "cases"

    def ready(self) -> None:
        from jangkau.registry.cases.gateways.guards import put_up

        post_migrate.connect(put_up, sender=self)
