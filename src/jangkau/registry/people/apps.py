from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _keep_index_of_names(**_: object) -> None:
    from jangkau.registry.people.gateways import names  # models are not there yet when this file is read

    names.keep_index()


class PeopleConfig(AppConfig):
    name = "jangkau.registry.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_keep_index_of_names, sender=self)
