from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "jangkau.web.dashboards"
    label = "dashboards"
