from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "jangkau.programmes.compliance"
    label = "compliance"

    def ready(self) -> None:
        from jangkau.programmes.compliance import states  # noqa: F401  declares its case type
