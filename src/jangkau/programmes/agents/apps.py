from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "jangkau.programmes.agents"
    label = "agents"
