"""From a finding to a proof: the steps of the law with the body that may take them, cases that close by themselves,
what pages show of it. All firms are invented."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.core.measures.findings import Duties, find
from jangkau.core.rules import evaluate
from jangkau.core.rules.employers import programmes_by_scale
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.actions import close_what_is_proved, open_on
from jangkau.programmes.compliance.states import AT_JPN, COMPLIANCE, KIND, STAGES, STEPS
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.people.actions import replace_employers
from jangkau.registry.people.models import Employer

AS_OF = date(2026, 10, 31)
DUTIES = Duties(3_831_926, programmes_by_scale(AS_OF), 840_000)
FIRM = {
    "employer_id": 0, "npp": None, "nib": None, "name": "PT REKAAN MAJU", "village_code": "32.02.01.2003",
    "district_code": "32.02.01", "scale": "Usaha Menengah", "workers_found": 100, "workers_registered": 0,
    "monthly_income": None, "programmes": None, "arrears_months": None, "arrears": None, "lowest_wage": None,
    "paid_below": None, "in_branch": False,
    "sources": '[{"list":null,"kind":"licences","sheet":"NIB","row":7,"workers":100,"wage":null}]',
}  # fmt: skip
TYPES = {
    "npp": pl.String, "nib": pl.String, "monthly_income": pl.Int64, "programmes": pl.String, "arrears_months": pl.Int64,
    "arrears": pl.Int64, "lowest_wage": pl.Int64, "paid_below": pl.Int64,
}  # fmt: skip
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def employers(*firms: dict[str, object]) -> dict[str, Employer]:
    """The register composed from lists that say this; each firm by its name."""
    rows = [FIRM | {"employer_id": place} | firm for place, firm in enumerate(firms, 1)]
    replace_employers(find(pl.DataFrame(rows, schema_overrides=TYPES), DUTIES))
    return {firm.name or "": firm for firm in Employer.objects.all()}


@pytest.fixture
def people(register: object) -> dict[str, User]:
    agencies = (Agency.BRANCH, Agency.LABOUR_OFFICE, Agency.PROSECUTOR, Agency.LICENSING_OFFICE)
    made = {str(a): create_user(username=str(a), password="x", area_code="32.02", agency=a) for a in agencies}
    return made | {"second": create_user(username="second", password="x", area_code="32.02", agency=Agency.BRANCH)}


OWING = {
    "name": "CV REKAAN UTANG", "npp": "N2", "in_branch": True, "workers_found": 20, "workers_registered": 20,
    "monthly_income": 4_000_000, "programmes": "jkk,jkm,jht,jp", "arrears_months": 5, "arrears": 25_000_000,
}  # fmt: skip


def test_the_ladder_of_the_law_to_the_fine_and_the_denial_of_services(people: dict[str, User]):
    firm = employers({}, OWING)["PT REKAAN MAJU"]
    branch, office = people[Agency.BRANCH], people[Agency.LABOUR_OFFICE]
    assert open_on(scope_of(office), [firm.pk], ["pwbd"], on=date(2026, 8, 3), by=office) == (1, 1)
    assert open_on(scope_of(office), [firm.pk], ["pwbd", "arrears"], on=date(2026, 8, 4), by=office) == (0, 1)
    number = Case.objects.get().pk
    with pytest.raises(Refused, match="hanya boleh dicatat oleh"):
        move_case(number, "warn_1", on=date(2026, 8, 3), by=office)  # the regency never warns
    case = move_case(number, "warn_1", on=date(2026, 8, 3), by=branch)
    assert case.due_on == date(2026, 8, 18)  # ten working days, without 17 August
    case = move_case(number, "warn_2", on=date(2026, 8, 19), by=branch)
    told = evaluate("warning_deadlines", {"warned_on": "2026-08-19"}).values
    assert case.due_on == date.fromisoformat(str(told["first_ends_on"]))
    facts = {"contribution_due": 20_000_000, "fine_months": 3}
    on = date(2026, 9, 21)
    with pytest.raises(Refused, match="orang lain"):
        move_case(number, "fine", on=on, facts=facts, by=branch)
    with pytest.raises(Refused, match="perlu"):
        move_case(number, "fine", on=on, by=people["second"])
    case = move_case(number, "fine", on=on, facts=facts, by=people["second"])
    assert (case.due_on, case.transitions.last().facts["fine"]) == (on + timedelta(days=30), 60_000)
    case = move_case(number, "request_tmp2t", on=date(2026, 10, 22), facts={"service": "izin usaha"}, by=branch)
    with pytest.raises(Refused, match="DPMPTSP"):
        move_case(number, "impose_tmp2t", on=date(2026, 10, 23), facts={"decision_number": "7"}, by=branch)
    licensing = people[Agency.LICENSING_OFFICE]
    case = move_case(number, "impose_tmp2t", on=date(2026, 10, 23), facts={"decision_number": "7"}, by=licensing)
    assert (case.state, case.agency) == ("tmp2t_active", Agency.LICENSING_OFFICE)


def test_the_state_attorney_collects_and_what_is_paid_adds_up(people: dict[str, User]):
    firm = employers({}, OWING)["CV REKAAN UTANG"]
    branch, attorney = people[Agency.BRANCH], people[Agency.PROSECUTOR]
    open_on(scope_of(branch), [firm.pk], ["arrears"], on=date(2026, 1, 5), by=branch)
    number = Case.objects.get().pk
    steps = (
        ("notify", {"due_on": "2026-01-20"}, branch),
        ("issue_skk", {"skk_number": "SKK-7/2026", "claim": 25_000_000}, branch),
        ("send_somasi", {}, attorney),
        ("jpn_summon_1", {}, attorney),
        ("agree_instalment", {"claim": 25_000_000, "instalments": 2}, attorney),
        ("record_payment", {"recovered": 10_000_000, "due_on": "2026-03-20"}, attorney),
        ("comply", {"proof": "kuitansi 8", "recovered": 15_000_000}, attorney),
    )
    for day, (name, facts, who) in enumerate(steps, 6):
        case = move_case(number, name, on=date(2026, 1, day), facts=facts, by=who)
    assert case.ended
    assert queries.results(scope_of(branch), date(2026, 1, 1)) == (1, 0, 25_000_000)
    assert queries.results(scope_of(branch), date(2026, 2, 1)) == (0, 0, 0)


def test_a_case_closes_itself_when_the_membership_list_proves_it_and_not_before(people: dict[str, User]):
    branch = people[Agency.BRANCH]
    firms = employers(
        {}, OWING, {"name": "UD REKAAN SEPARUH", "npp": "N3", "in_branch": True, "workers_registered": 40}
    )
    open_on(scope_of(branch), [firm.pk for firm in firms.values()], list(COMPLIANCE.topics), on=AS_OF, by=branch)
    assert Case.objects.filter(ended=False).count() == 3
    # the licences are taken back: no finding any more, and no proof either
    employers({"workers_found": None, "name": "PT REKAAN MAJU"}, OWING)
    close_what_is_proved(MeasuresRefreshed(AS_OF))
    assert Case.objects.filter(ended=True).count() == 0
    paid = OWING | {"arrears_months": 0, "arrears": 0}
    again = employers({"npp": "N1", "in_branch": True, "workers_registered": 96, "programmes": "jkk,jkm,jht,jp"}, paid)
    assert again["PT REKAAN MAJU"].pk == firms["PT REKAAN MAJU"].pk
    close_what_is_proved(MeasuresRefreshed(AS_OF))
    ended = {case.topic: case.transitions.last() for case in Case.objects.filter(ended=True)}
    assert set(ended) == {"pwbd", "arrears"}
    assert (ended["pwbd"].step, ended["pwbd"].taken_by, ended["pwbd"].facts["protected"]) == ("prove", None, 96)
    assert ended["arrears"].facts["recovered"] == 25_000_000
    assert queries.results(scope_of(branch), date(2026, 10, 1)) == (2, 96, 25_000_000)
    close_what_is_proved(MeasuresRefreshed(AS_OF))
    assert Case.objects.filter(ended=True).count() == 2


def test_every_open_stage_can_end_and_every_summons_leads_on():
    for name, stage in STAGES.items():
        offered = COMPLIANCE.steps_from(name)
        assert bool(offered) is not stage.ended
        assert stage.ended or {"comply", "prove", "close"} <= set(offered)
    assert all({"agree_instalment", "return_skk"} <= set(COMPLIANCE.steps_from(name)) for name in AT_JPN)
    assert not any(step.agencies == (Agency.LABOUR_OFFICE,) and "warn" in name for name, step in STEPS.items())


def test_the_server_refuses_every_step_that_is_not_declared_for_every_pair_of_states(people: dict[str, User]):
    clients = {}
    for agency in {agency for step in STEPS.values() for agency in step.agencies}:
        user = people.get(agency) or create_user(username=agency, password="x", area_code="32.02", agency=agency)
        clients[agency] = Client(headers={"host": "localhost"})
        clients[agency].force_login(user, backend=BACKEND)
    tried = 0
    for number, (state, stage) in enumerate(STAGES.items(), 1):
        case = Case.objects.create(
            kind=KIND, topic="pwbd", subject_kind="employer", subject_id=number, subject_label="PT REKAAN", state=state,
            ended=stage.ended, entered_on=AS_OF,
        )  # fmt: skip
        Transition.objects.create(case=case, number=1, step="opened", to_state=state, on=AS_OF)
        for name, step in STEPS.items():
            if state in step.sources:
                continue
            agency = step.agencies[0] if step.agencies else str(Agency.BRANCH)  # whose step it would be elsewhere
            facts = {f"fact_{ask.name}": "1" for ask in step.asks}
            told = clients[agency].post(f"/perkara/{case.pk}/langkah/{name}/", {"on": "2026-11-02", **facts})
            assert (told.status_code, told.url) == (302, f"/perkara/{case.pk}/"), (state, name)
            tried += 1
        case.refresh_from_db()
        assert (case.state, case.transitions.count()) == (state, 1)
    assert tried > 400


def test_pages_show_findings_with_evidence_and_open_cases(people: dict[str, User]):
    firms = employers(
        {"nib": "1234567890123"},
        OWING,
        {"name": "UD REKAAN KECIL", "npp": "N4", "in_branch": True, "workers_registered": 100, "scale": "Usaha Mikro",
         "monthly_income": 2_000_000, "programmes": "jkk,jkm"},
        {"name": "PT REKAAN UPAH", "npp": "N5", "in_branch": True, "workers_registered": 100, "lowest_wage": 3_900_000,
         "monthly_income": 2_000_000, "programmes": "jkk,jkm,jht"},
        {"name": "UD REKAAN SEBAGIAN", "npp": "N6", "in_branch": True, "workers_registered": 100,
         "scale": "Usaha Kecil", "lowest_wage": 1_300_000, "monthly_income": 1_350_000, "paid_below": 57,
         "programmes": "jkk,jkm,jht"},
    )  # fmt: skip
    client = Client(headers={"host": "localhost"})
    client.force_login(people[Agency.BRANCH], backend=BACKEND)
    said = client.get("/perusahaan/").text
    assert "4 perusahaan belum memenuhi kewajiban" in said
    assert "UD REKAAN KECIL" not in said
    assert "UD REKAAN KECIL" in client.get("/perusahaan/", {"finding": "all", "q": "kecil"}).text
    page = client.get(f"/perusahaan/{firms['PT REKAAN UPAH'].pk}/").text
    for told in (
        "Rp2.000.000, padahal perusahaan melaporkan upah terendah Rp3.900.000",
        "keyakinan kuat",
        "JKK, JKM, JHT, JP",
    ):
        assert told in page, told
    page = client.get(f"/perusahaan/{firms['UD REKAAN SEBAGIAN'].pk}/").text
    assert "57 dari 100 pekerja" in page and "di bawah Rp1.300.000, upah terendah" in page
    assert "peringatan saja" in client.get(f"/perusahaan/{firms['UD REKAAN KECIL'].pk}/").text
    page = client.get(f"/perusahaan/{firms['PT REKAAN MAJU'].pk}/").text
    for told in ("100 pekerja menurut daftar", "NIB 7", "hanya satu daftar yang menyebutnya", "Buka perkara"):
        assert told.casefold() in page.casefold(), told
    chosen = {"employer": [firm.pk for firm in firms.values()], "back": "/perusahaan/?case=open"}
    opened = client.post("/perusahaan/perkara/", chosen, follow=True)
    assert "5 perkara dibuka" in opened.text
    assert opened.redirect_chain == [("/perusahaan/?case=open", 302)]
    assert client.post("/perusahaan/perkara/", chosen | {"back": "https://lain.example/"}).url == "/perusahaan/"
    assert "PT REKAAN MAJU" not in client.get("/perusahaan/", {"case": "none"}).text
    assert "CV REKAAN UTANG" in client.get("/perkara/jenis/compliance/", {"topic": "arrears"}).text
    assert client.get("/perusahaan/unduh/", {"finding": "arrears"}).status_code == 200
    stranger = Client(headers={"host": "localhost"})
    stranger.force_login(create_user(username="lain", password="x", area_code="32.02.29"), backend=BACKEND)
    assert stranger.get(f"/perusahaan/{firms['PT REKAAN MAJU'].pk}/").status_code == 404
    assert "Belum ada perusahaan" in stranger.get("/perusahaan/").text
    with pytest.raises(Refused, match="temuan"):
        open_on(scope_of(people[Agency.BRANCH]), [firms["UD REKAAN KECIL"].pk], ["pwbd"], on=AS_OF, by=None)
    assert queries.results(Scope(("32.02.29",)), timezone.localdate()) == (0, 0, 0)
    assert Case.objects.filter(kind=KIND).count() == 5
