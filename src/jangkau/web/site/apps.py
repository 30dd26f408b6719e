from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "jangkau.web.site"
    label = "site"

    def ready(self) -> None:
        from jangkau.web.site.wiring import wire  # the models are ready now

        wire()
