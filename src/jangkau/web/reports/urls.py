from django.urls import path

from jangkau.web.reports import views

urlpatterns = [
    path("pekerja/<int:number>/data-pribadi/", views.data_request, name="data_request"),
    path("pekerja/<int:number>/data-pribadi/jawaban.xlsx", views.answer, name="data_request_answer"),
    path("pekerja/<int:number>/data-pribadi/perbaiki/", views.correct_value, name="data_request_correct"),
    path("laporan/", views.index, name="reports"),
    path("laporan/kop/", views.letterhead, name="report_letterhead"),
    path("laporan/<int:number>/<str:name>", views.download, name="report_file"),
]
