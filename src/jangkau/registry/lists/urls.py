from django.urls import path

from jangkau.registry.lists.views import answers, cleaning, differences, outcomes, people, sent, understood

urlpatterns = [
    path("daftar/", sent.index, name="lists"),
    path("daftar/kirim/", sent.upload, name="list_upload"),
    path("daftar/<int:number>/", sent.detail, name="list_detail"),
    path("daftar/contoh/<str:kind>/", answers.blank_form, name="blank_form"),
    path("daftar/<int:number>/perbaikan/", answers.corrected, name="list_corrected"),
    path("daftar/<int:number>/publikasikan/", sent.publish, name="list_publish"),
    path("daftar/<int:number>/tolak/", sent.refuse, name="list_refuse"),
    path("daftar/<int:number>/tarik/", sent.take_back, name="list_take_back"),
    path("daftar/<int:number>/beda/<slug:change>/", differences.table, name="list_difference"),
    path("daftar/<int:number>/beda/<slug:change>/unduh/", differences.workbook, name="list_difference_workbook"),
    path("daftar/<int:number>/bersihkan/", cleaning.rows, name="list_cleaning"),
    path("daftar/<int:number>/bersihkan/usul/", cleaning.propose, name="list_change_propose"),
    path("daftar/<int:number>/bersihkan/<int:change>/", cleaning.change, name="list_change"),
    path("daftar/<int:number>/bersihkan/<int:change>/terapkan/", cleaning.apply, name="list_change_apply"),
    path("daftar/<int:number>/bersihkan/<int:change>/batalkan/", cleaning.undo, name="list_change_undo"),
    path("daftar/<int:number>/bersihkan/<int:change>/buang/", cleaning.discard, name="list_change_discard"),
    path("daftar/<int:number>/hasil/<slug:outcome>/", outcomes.table, name="list_outcome"),
    path("daftar/<int:number>/tahan/", outcomes.hold, name="list_hold"),
    path("daftar/<int:number>/pahami/", understood.change, name="list_understood"),
    path("daftar/<int:number>/pahami/<int:layout>/lupakan/", understood.forget, name="list_layout_forget"),
    path("pekerjaan/<int:number>/", sent.job, name="job"),
    path("pekerjaan/<int:number>/batal/", sent.stop_job, name="job_cancel"),
    path("pekerja/", people.search, name="people"),
    path("pekerja/<int:number>/", people.person, name="person"),
    path("pekerja/<int:number>/nik/", people.reveal_nik, name="person_nik"),
]
