"""Addresses of home, regions, the map and the calculators."""

from django.urls import path

from jangkau.web.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("wilayah/", views.regions, name="regions"),
    path("wilayah/<str:code>/", views.region, name="region"),
    path("wilayah/<str:code>/jangkau.xlsx", views.region_workbook, name="region_workbook"),
    path("klaim/", views.calculator, {"section": "claims"}, name="claims"),
    path("klaim/<slug:name>/", views.calculator, {"section": "claims"}, name="claims_calculator"),
    path("simulasi/", views.calculator, {"section": "simulations"}, name="simulations"),
    path("simulasi/<slug:name>/", views.calculator, {"section": "simulations"}, name="simulations_calculator"),
    path("peta/", views.map_shapes, name="map_shapes"),
]
