from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "jangkau.web.site"
    label = "site"
