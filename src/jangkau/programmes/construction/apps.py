from django.apps import AppConfig


class ConstructionConfig(AppConfig):
    name = "jangkau.programmes.construction"
    label = "construction"
    default_auto_field = "django.db.models.BigAutoField"
