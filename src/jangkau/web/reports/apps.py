from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "jangkau.web.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jangkau.web.reports import states  # noqa: F401  declares its case type
