"""Addresses of home, regions, the map and the calculators."""

from django.urls import path

from jangkau.web.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("wilayah/", views.regions, name="regions"),
    path("wilayah/<str:code>/", views.region, name="region"),
    path("wilayah/<str:code>/desa/", views.region_villages, name="region_villages"),
    path("wilayah/<str:code>/irisan/", views.region_slices, name="region_slices"),
    path("wilayah/<str:code>/irisan/jangkau.xlsx", views.slices_book, name="slices_book"),
    path("wilayah/<str:code>/jangkau.xlsx", views.region_workbook, name="region_workbook"),
    path("pengertian/", views.definitions, name="definitions"),
    path("klaim/", views.calculator, {"section": "claims"}, name="claims"),
    path("klaim/<slug:name>/", views.calculator, {"section": "claims"}, name="claims_calculator"),
    path("simulasi/", views.calculator, {"section": "simulations"}, name="simulations"),
    path("simulasi/rencana/", views.plan, name="plan"),
    path("simulasi/<slug:name>/", views.calculator, {"section": "simulations"}, name="simulations_calculator"),
    path("pengaturan/angka-resmi/", views.official, name="official"),
    path("pengaturan/angka-resmi/jangkau.xlsx", views.official_workbook, name="official_workbook"),
    path("pengaturan/angka-resmi/catat/", views.official_add, name="official_add"),
    path("pengaturan/angka-resmi/kirim/", views.official_upload, name="official_upload"),
    path("pengaturan/angka-resmi/<int:number>/tarik/", views.official_withdraw, name="official_withdraw"),
    path("pengguna/", views.users, name="users"),
    path("pengguna/unduh/", views.users_workbook, name="users_workbook"),
    path("pengguna/tambah/", views.user_add, name="user_add"),
    path("pengguna/<int:number>/", views.user, name="user"),
    path("pengguna/<int:number>/instansi/", views.user_agency, name="user_agency"),
    path("pengguna/<int:number>/tutup/", views.user_close, name="user_close"),
    path("pengguna/hak/<int:number>/", views.role_act, name="role_act"),
    path("batas-data/", views.columns, name="columns"),
    path("batas-data/<int:number>/", views.column_act, name="column_act"),
    path("cuti/", views.leave, name="leave"),
    path("cuti/darurat/", views.glass, name="glass"),
    path("catatan/", views.record, name="record"),
    path("catatan/unduh/", views.record_export, name="record_export"),
    path("peta/", views.map_shapes, name="map_shapes"),
]
