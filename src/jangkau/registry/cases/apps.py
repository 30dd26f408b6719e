from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jangkau.registry.cases"
    label = "cases"
