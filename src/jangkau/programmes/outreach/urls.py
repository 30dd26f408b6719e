"""Addresses of events; the first word of their names is the entry of the menu."""

from django.urls import path

from jangkau.programmes.outreach.views import attendance, effect, events, meetings, reach, routes

urlpatterns = [
    path("", events.index, name="outreach"),
    path("jangkau.xlsx", events.workbook, name="outreach_workbook"),
    path("baru/", events.plan, name="outreach_plan"),
    path("<int:number>/", events.event, name="outreach_event"),
    path("<int:number>/ubah/", events.change, name="outreach_change"),
    path("<int:number>/laksanakan/", events.hold, name="outreach_hold"),
    path("<int:number>/undang/", events.invite, name="outreach_invite"),
    path("<int:number>/batalkan/", events.cancel, name="outreach_cancel"),
    path("<int:number>/rencanakan-lagi/", events.plan_again, name="outreach_plan_again"),
    path("<int:number>/desa/", reach.settle, name="outreach_settle"),
    path("<int:number>/hadir/", attendance.attend, name="outreach_attend"),
    path("<int:number>/hadir/unduh/", attendance.workbook, name="outreach_attendance_workbook"),
    path("<int:number>/hadir/<int:attendee>/hapus/", attendance.remove, name="outreach_attendee_remove"),
    path("<int:number>/berkas/", attendance.file, name="outreach_file"),
    path("<int:number>/kesepakatan/", meetings.agreed, name="outreach_agree"),
    path("<int:number>/agenda/<int:follow_up>/", meetings.carry, name="outreach_carry"),
    path("<int:number>/notulen.pdf", meetings.minutes, name="outreach_minutes"),
    path("rencana/", routes.plan, name="outreach_routes"),
    path("rencana/ambil/", routes.take, name="outreach_routes_take"),
    path("rencana/jangkau.xlsx", routes.workbook, name="outreach_routes_workbook"),
    path("capaian/", reach.reach, name="outreach_reach"),
    path("dampak/", effect.effect, name="outreach_effect"),
    path("capaian/jangkau.xlsx", reach.workbook, name="outreach_reach_workbook"),
]
