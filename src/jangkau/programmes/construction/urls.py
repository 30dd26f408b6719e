from django.urls import path

from jangkau.programmes.construction.views import papers, regional
from jangkau.programmes.construction.views import works as views

urlpatterns = [
    path("", views.index, name="works"),
    path("buku-kerja/", views.workbook, name="works_workbook"),
    path("baru/", views.new, name="work_new"),
    path("celah/", regional.gaps, name="work_gaps"),
    path("celah/buku-kerja/", regional.gaps_workbook, name="work_gaps_workbook"),
    path("anggaran/", regional.budget, name="work_budget"),
    path("anggaran/buku-kerja/", regional.budget_workbook, name="work_budget_workbook"),
    path("<int:number>/", views.detail, name="work"),
    path("<int:number>/langkah/", views.step, name="work_step"),
    path("<int:number>/pekerja/", views.workers, name="work_workers"),
    path("<int:number>/berhenti/", views.leave, name="work_leave"),
    path("<int:number>/lapor/", views.tell, name="work_tell"),
    path("<int:number>/berkas-cabang/", papers.branch_file, name="work_branch_file"),
    path("<int:number>/bukti/", papers.proof, name="work_proof"),
    path("bukti/<slug:code>/", papers.verify, name="work_verify"),
    path("calon-bpu/", papers.builders, name="work_builders"),
    path("calon-bpu/buku-kerja/", papers.builders_workbook, name="work_builders_workbook"),
    path("<int:number>/adendum/", views.addendum, name="work_addendum"),
]
