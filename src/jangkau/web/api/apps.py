from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "jangkau.web.api"
    label = "api"
