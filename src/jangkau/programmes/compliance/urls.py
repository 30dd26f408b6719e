from django.urls import path

from jangkau.programmes.compliance import views

urlpatterns = [
    path("perusahaan/", views.index, name="employers"),
    path("perusahaan/unduh/", views.workbook, name="employers_workbook"),
    path("perusahaan/perkara/", views.open_many, name="employers_open"),
    path("perusahaan/<int:number>/", views.detail, name="employer"),
]
