"""Addresses of home, regions and the map."""

from django.urls import path

from jangkau.web.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("wilayah/", views.regions, name="regions"),
    path("wilayah/<str:code>/", views.region, name="region"),
    path("wilayah/<str:code>/jangkau.xlsx", views.region_workbook, name="region_workbook"),
    path("peta/", views.map_shapes, name="map_shapes"),
]
