from django.urls import path

from jangkau.programmes.subsidy.views import batches, decrees, leaving, nominees, schemes

urlpatterns = [
    path("", schemes.index, name="schemes"),
    path("baru/", schemes.form, name="scheme_new"),
    path("berakhir/", leaving.ending, name="subsidy_ending"),
    path("<int:number>/", schemes.detail, name="scheme"),
    path("<int:number>/ubah/", schemes.form, name="scheme_change"),
    path("<int:number>/kuota/", schemes.quotas, name="scheme_quotas"),
    path("<int:number>/langkah/<slug:step>/", schemes.act, name="scheme_step"),
    path("<int:number>/usulkan/", nominees.propose, name="scheme_propose"),
    path("<int:number>/calon/", nominees.table, name="nominees"),
    path("<int:number>/calon/unduh/", nominees.workbook, name="nominees_workbook"),
    path("<int:number>/calon/cek/", nominees.check, name="nominees_check"),
    path("<int:number>/berhenti/", leaving.leavers, name="scheme_leavers"),
    path("<int:number>/sk/", decrees.propose, name="decree_propose"),
    path("sk/<int:number>/", decrees.detail, name="decree"),
    path("sk/<int:number>/tanda-tangan/", decrees.sign, name="decree_sign"),
    path("sk/<int:number>/batal/", decrees.withdraw, name="decree_withdraw"),
    path("sk/<int:number>/cetak/", decrees.print_papers, name="decree_print"),
    path("sk/<int:number>/lampiran.xlsx", decrees.workbook, name="decree_workbook"),
    path("sk/<int:number>/<slug:paper>.pdf", decrees.paper, name="decree_paper"),
    path("periksa/<slug:code>/", decrees.verify, name="decree_verify"),
    path("tagihan/<int:number>/", batches.detail, name="batch"),
    path("tagihan/<int:number>/berkas/", batches.workbook, name="batch_workbook"),
    path("tagihan/<int:number>/perbedaan/", batches.differences_workbook, name="batch_differences"),
]
