from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "jangkau.registry.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jangkau.registry.access.presenters import name_deeds
        from jangkau.registry.lists.presenters.words import JOB_WORDS

        name_deeds("job_", lambda kind: str(JOB_WORDS.get(kind, "")))
