from django.urls import path

from jangkau.programmes.agents.views import entering, incentives, own, pages, signals

urlpatterns = [
    path("perisai/", pages.index, name="agents"),
    path("perisai/unduh/", pages.workbook, name="agents_workbook"),
    path("perisai/saya/", own.portfolio, name="agents_own"),
    path("perisai/saya/anggota-baru/", own.recruit, name="agents_own_recruit"),
    path("perisai/saya/insentif/", own.incentives, name="agents_own_incentives"),
    path("perisai/desa/", pages.villages, name="agents_villages"),
    path("perisai/desa/unduh/", pages.villages_workbook, name="agents_villages_workbook"),
    path("perisai/nama/", entering.names, name="agents_names"),
    path("perisai/nama/<int:number>/", entering.settle, name="agents_name_settle"),
    path("perisai/tambah/", entering.add, name="agent_add"),
    path("perisai/agen/<int:number>/", pages.agent, name="agent"),
    path("perisai/agen/<int:number>/unduh/", pages.portfolio, name="agent_portfolio"),
    path("perisai/agen/<int:number>/ubah/", entering.change, name="agent_change"),
    path("perisai/agen/<int:number>/akun/", entering.account, name="agent_account"),
    path("perisai/agen/<int:number>/anggota-baru/", entering.recruit, name="agent_recruit"),
    path("perisai/agen/<int:number>/insentif/", incentives.incentives, name="agent_incentives"),
    path("perisai/sinyal/", signals.index, name="agents_signals"),
    path("perisai/sinyal/<int:number>/", signals.signal, name="agents_signal"),
    path("perisai/tarif/", incentives.rates, name="agents_rates"),
    path("perisai/insentif/unduh/", incentives.sheet, name="agents_sheet"),
    path("perisai/tarif/<int:number>/tarik/", incentives.take_back_rates, name="agents_rates_withdraw"),
]
