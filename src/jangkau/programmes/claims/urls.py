from django.urls import path

from jangkau.programmes.claims import views

urlpatterns = [
    path("hak/", views.index, name="rights"),
    path("hak/unduh/", views.workbook, name="rights_workbook"),
    path("hak/buka/", views.open_many, name="rights_open"),
    path("hak/lapor/<int:number>/", views.report, name="rights_report"),
]
