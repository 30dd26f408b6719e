from django.urls import path

from jangkau.programmes.compliance import views

urlpatterns = [
    path("perusahaan/", views.index, name="employers"),
    path("perusahaan/unduh/", views.workbook, name="employers_workbook"),
    path("perusahaan/perkara/", views.open_many, name="employers_open"),
    path("kepatuhan/surat/", views.letters, name="letter_runs"),
    path("kepatuhan/surat/buat/", views.ask_letters, name="letter_run_ask"),
    path("kepatuhan/surat/<int:number>/", views.letter_bundle, name="letter_bundle"),
    path("perusahaan/<int:number>/", views.detail, name="employer"),
]
