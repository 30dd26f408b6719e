from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "jangkau.programmes.claims"
    label = "claims"

    def ready(self) -> None:
        from jangkau.programmes.claims import states  # noqa: F401  declares its case type
