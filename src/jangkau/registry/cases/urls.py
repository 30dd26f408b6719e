from django.urls import path

from jangkau.registry.cases.views import boards, follow_ups, letters, pages

urlpatterns = [
    path("perkara/jenis/<str:kind>/", boards.board, name="cases"),
    path("perkara/jenis/<str:kind>/unduh/", boards.workbook, name="cases_workbook"),
    path("perkara/jenis/<str:kind>/langkah/", boards.bulk_step, name="cases_step"),
    path("perkara/<int:number>/", pages.case, name="case"),
    path("perkara/<int:number>/langkah/<str:name>/", pages.step, name="case_step"),
    path("perkara/<int:number>/limpah/", pages.hand, name="case_hand_over"),
    path("perkara/<int:number>/catatan/", pages.note, name="case_note"),
    path("perkara/<int:number>/berkas/", pages.paper, name="case_paper"),
    path("perkara/<int:number>/surat/", letters.write, name="case_letter"),
    path("surat/berkas/<int:number>/", letters.fetch, name="letter"),
    path("surat/<str:code>/", letters.verify, name="letter_verify"),
    path("perkara/berkas/<int:number>/", pages.fetch, name="paper"),
    path("tindak-lanjut/", follow_ups.index, name="follow_ups"),
    path("tindak-lanjut/unduh/", follow_ups.workbook, name="follow_ups_workbook"),
    path("tindak-lanjut/<int:number>/", follow_ups.detail, name="follow_up"),
]
