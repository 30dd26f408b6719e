from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "jangkau.registry.cases"
    label = "cases"

    def ready(self) -> None:
        from jangkau.registry.access.presenters import name_deeds
        from jangkau.registry.cases.gateways.guards import put_up
        from jangkau.registry.cases.presenters.cases import deed_words

        post_migrate.connect(put_up, sender=self)
        name_deeds("case_", deed_words)
