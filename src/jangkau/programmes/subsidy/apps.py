from django.apps import AppConfig


class SubsidyConfig(AppConfig):
    name = "jangkau.programmes.subsidy"
    label = "subsidy"
    default_auto_field = "django.db.models.BigAutoField"
