from django.urls import path

from jangkau.programmes.compliance.views import accounts, agenda, arrears, employers, letters, own

urlpatterns = [
    path("perusahaan/", employers.index, name="employers"),
    path("perusahaan/unduh/", employers.workbook, name="employers_workbook"),
    path("perusahaan/perkara/", employers.open_many, name="employers_open"),
    path("perusahaan/tunggakan/", arrears.arrears, name="arrears"),
    path("perusahaan/tunggakan/kelas/<int:number>/tarik/", arrears.withdraw, name="arrears_scale_withdraw"),
    path("perusahaan/saya/", own.page, name="employer_own"),
    path("perusahaan/saya/jawab/<int:number>/", own.answer, name="employer_own_answer"),
    path("perusahaan/saya/daftar/", own.send, name="employer_own_lists"),
    path("perusahaan/saya/surat/<int:number>/", own.letter, name="employer_own_letter"),
    path("perusahaan/<int:number>/", employers.detail, name="employer"),
    path("perusahaan/<int:number>/akun/", accounts.accounts, name="employer_accounts"),
    path("perusahaan/<int:number>/akun/<int:account>/tutup/", accounts.close, name="employer_account_close"),
    path("kepatuhan/agenda/", agenda.agenda, name="agenda"),
    path("kepatuhan/agenda/unduh/", agenda.workbook, name="agenda_workbook"),
    path("kepatuhan/agenda/cetak/", agenda.paper, name="agenda_paper"),
    path("kepatuhan/surat/", letters.letters, name="letter_runs"),
    path("kepatuhan/surat/buat/", letters.ask_letters, name="letter_run_ask"),
    path("kepatuhan/surat/<int:number>/", letters.letter_bundle, name="letter_bundle"),
]
