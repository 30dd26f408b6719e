from django.urls import path

from jangkau.web.reports import views

urlpatterns = [
    path("laporan/", views.index, name="reports"),
    path("laporan/kop/", views.letterhead, name="report_letterhead"),
    path("laporan/<int:number>/<str:name>", views.download, name="report_file"),
]
