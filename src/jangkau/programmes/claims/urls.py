from django.urls import path

from jangkau.programmes.claims.views import desk, reports, rights, scholarships, undated

urlpatterns = [
    path("hak/", rights.index, name="rights"),
    path("hak/unduh/", rights.workbook, name="rights_workbook"),
    path("hak/buka/", rights.open_many, name="rights_open"),
    path("hak/tanpa-tanggal/", undated.index, name="rights_undated"),
    path("hak/tanpa-tanggal/unduh/", undated.workbook, name="rights_undated_workbook"),
    path("hak/tanpa-tanggal/minta/", undated.ask, name="rights_undated_ask"),
    path("hak/orang/<int:number>/", desk.person, name="desk"),
    path("hak/klaim/", desk.claims, name="claim_lines"),
    path("hak/klaim/unduh/", desk.workbook, name="claims_workbook"),
    path("hak/klaim/<int:number>/berkas/", desk.papers, name="claim_papers"),
    path("hak/klaim/<int:number>/anak/", scholarships.add_child, name="claim_child"),
    path("hak/laporan/", reports.index, name="event_reports"),
    path("hak/laporan/kosong/", reports.empty, name="event_reports_empty"),
    path("hak/laporan/unduh/", reports.workbook, name="event_reports_workbook"),
    path("hak/laporan/kirim/", reports.take_in, name="event_reports_in"),
    path("hak/beasiswa/", scholarships.index, name="scholarships"),
    path("hak/beasiswa/unduh/", scholarships.workbook, name="scholarships_workbook"),
    path("hak/beasiswa/klaim/", scholarships.claim, name="scholarships_claim"),
    path("hak/anak/<int:number>/berakhir/", scholarships.end, name="scholarship_end"),
]
