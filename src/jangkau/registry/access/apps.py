from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "jangkau.registry.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
