"""What the branch, the labour office and the state attorney would have done about the employers of the invented regency
before its pages are opened: accounts of each agency, letterheads, and cases at every station of the road."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.utils import get_random_secret_key

from jangkau.core.kernel import Refused
from jangkau.programmes.compliance.actions import open_account, open_on
from jangkau.programmes.compliance.queries import falling_short
from jangkau.programmes.compliance.states import KIND, LETTERS, STEPS, TOPICS
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import move_case, save_letterhead, write_letter
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Employer
from jangkau.web.site.views import DEMO_EMPLOYER, DEMO_OFFICERS, DEMO_USER

EMPLOYERS = 60
BEGUN = 75  # days before the day of the demo
SIGNATORY = {"city": "Palabuhanratu", "signatory_name": "Siti Contoh", "address": "Jalan Rekaan 1"}
LETTERHEADS = {  # who signs as what, under which government (empty: the regency), with which form of number
    DEMO_USER: (
        "", "Dinas Tenaga Kerja dan Transmigrasi (rekaan)", "Kepala Dinas", "500.15/{urut}/{jenis}/{tahun}",
    ),
    "contoh-cabang": (
        "BPJS Ketenagakerjaan", "Kantor Cabang Rekaan", "Kepala Kantor Cabang", "B/{urut}/{bulan}/{tahun}",
    ),
    "contoh-jaksa": (
        "Kejaksaan Republik Indonesia", "Kejaksaan Negeri Rekaan", "Kepala Seksi Datun",
        "B-{urut}/{jenis}/{bulan}/{tahun}",
    ),
    "contoh-izin": ("", "DPMPTSP (rekaan)", "Kepala Dinas", "503/{urut}/{jenis}/{tahun}"),
}  # fmt: skip
WARNED: tuple[tuple[int, str, dict[str, Any]], ...] = ((0, "warn_1", {}), (16, "warn_2", {}))
FINED = {"contribution_due": 4_000_000, "fine_months": 6}
SKK = {"claim": 45_000_000}
ROADS: tuple[tuple[tuple[int, str, dict[str, Any]], ...], ...] = (  # days after opening, step, facts
    (),
    ((5, "check_data", {}),),
    ((7, "invite", {}), (20, "visit", {})),
    ((6, "remind", {}),),
    ((9, "summon", {}),),
    WARNED[:1],
    ((60, "warn_1", {}),),
    WARNED,
    (*WARNED, (36, "fine", FINED)),
    (*WARNED, (36, "fine", FINED), (68, "request_tmp2t", {"service": "izin usaha"})),
    ((4, "notify", {}), (20, "issue_skk", SKK)),
    ((4, "notify", {}), (20, "issue_skk", SKK), (30, "send_somasi", {}), (45, "jpn_summon_1", {})),
    (
        (4, "notify", {}), (20, "issue_skk", SKK), (30, "send_somasi", {}),
        (40, "agree_instalment", {"claim": 45_000_000, "instalments": 3}),
        (60, "record_payment", {"recovered": 15_000_000}),
    ),
    ((10, "remind", {}), (40, "comply", {"proof": "kuitansi rekaan", "recovered": 6_500_000})),
)  # fmt: skip


def pursue_employers(*, as_of: date) -> int:
    """Makes the accounts and letterheads, opens cases on the employers with the most workers affected, and walks each a
    part of the road; returns how many cases there are."""
    User.objects.filter(username=DEMO_USER).update(agency=Agency.LABOUR_OFFICE)
    area = settings.JANGKAU_AREA
    for name, agency in DEMO_OFFICERS.items():
        create_user(username=name, password=get_random_secret_key(), area_code=area, agency=agency)
    people = {user.username: user for user in User.objects.filter(username__in=(DEMO_USER, *DEMO_OFFICERS))}
    for name, (government, office, title, form) in LETTERHEADS.items():
        agency = "" if name == DEMO_USER else people[name].agency
        fields = SIGNATORY | {
            "government": government, "office": office, "signatory_title": title, "number_form": form,
        }  # fmt: skip
        save_letterhead(scope_of(people[name]), area, fields, agency=agency)
    opened = as_of - timedelta(days=BEGUN)
    whole = Scope((area,), may_write=True)
    short = list(falling_short(whole).values_list("pk", flat=True))
    chosen = short[: min(EMPLOYERS, 2 * len(short) // 3)]  # some wait for the visitor
    if not chosen:
        return 0
    open_on(whole, chosen, list(TOPICS), on=opened, by=None)
    examiner = people.pop("contoh-pemeriksa")  # takes the steps that a second person must take
    by_agency = {user.agency: user for user in people.values()}
    for place, case in enumerate(Case.objects.filter(kind=KIND).order_by("pk")):
        _walk(case, ROADS[place % len(ROADS)], opened, by_agency, examiner)
    _invite_an_employer(scope_of(by_agency[Agency.BRANCH]), as_of)
    return Case.objects.filter(kind=KIND).count()


def _invite_an_employer(scope: Scope, as_of: date) -> None:
    """The account of an employer in arrears (or the one with the most workers) that got a letter from the branch."""
    held = Case.objects.filter(kind=KIND, ended=False).order_by("-weight", "pk")
    owing = held.filter(topic="arrears")
    case = owing.filter(state__in=("reminder", "notice", "warning_1", "warning_2")).first() or owing.first() or held[0]
    open_account(scope, Employer.objects.get(pk=case.subject_id), DEMO_EMPLOYER, get_random_secret_key())
    letters = [name for name, form in LETTERS.items() if case.state in form.stages and Agency.BRANCH in form.agencies]
    if letters:
        with suppress(Refused):  # a machine without Pango writes no letters
            write_letter(case, letters[0], dated_on=as_of, by=scope.user)


def _walk(
    case: Case,
    road: tuple[tuple[int, str, dict[str, Any]], ...],
    opened: date,
    by_agency: dict[str, User],
    examiner: User,
) -> None:
    for days, step, facts in road:
        who = examiner if step == "fine" else by_agency[STEPS[step].agencies[0]]
        try:
            move_case(case.pk, step, on=opened + timedelta(days=days), facts=facts, by=who)
        except Refused:  # a holiday moved the deadline past this day: the case waits there
            return
