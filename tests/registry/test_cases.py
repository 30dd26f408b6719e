"""Cases: every step that is not declared is refused, by whoever; nothing that happened is changed. All is invented."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction

from jangkau.core.kernel import Corrupt, Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, User
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions import (
    Agreed,
    Opening,
    add_note,
    add_paper,
    agree,
    carry_over,
    hand_over,
    move_case,
    move_cases,
    open_case,
    open_cases,
    report_progress,
    save_letterhead,
    take_number,
)
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case, FollowUp, IssuedNumber, Transition
from jangkau.registry.cases.states import CaseType, Stage, Step, case_types, declare, within_working_days

TRIAL = declare(
    CaseType(
        "trial",
        "Percobaan",
        stages={
            "found": Stage("Ditemukan", "Baru"),
            "warned": Stage("Ditegur", "Teguran", deadline=within_working_days(10)),
            "warned_again": Stage("Ditegur lagi", "Teguran", deadline=within_working_days(10)),
            "checked": Stage("Diperiksa", "Selesai", ended=True),
        },
        steps={
            "warn": Step("Tegur", ("found",), "warned", agencies=(Agency.BRANCH,)),
            "warn_again": Step("Tegur lagi", ("warned",), "warned_again", agencies=(Agency.BRANCH,), waits=True),
            "check": Step("Periksa", ("found", "warned", "warned_again"), "checked", second_person=True),
        },
    )
)
ON = date(2026, 8, 3)
VILLAGE = "32.02.01.2003"


@pytest.fixture
def branch(register: object) -> User:
    return create_user(username="cabang", password="x", area_code="32.02", agency=Agency.BRANCH)


@pytest.fixture
def office(register: object) -> User:
    return create_user(username="disnaker", password="x", area_code="32.02", agency=Agency.LABOUR_OFFICE)


def opened(number: int = 1, **more: object) -> Case:
    return open_case("trial", Opening("pwbd", "employer", number, "PT Rekaan", VILLAGE, **more), on=ON, by=None)


def put(kind: CaseType, state: str, number: int) -> Case:
    """A case that stands in a state: what a step would write, without its rules."""
    case = Case.objects.create(
        kind=kind.name, topic="pwbd", subject_kind="employer", subject_id=number, state=state, entered_on=ON,
        ended=kind.stages[state].ended,
    )  # fmt: skip
    Transition.objects.create(case=case, number=1, step="opened", to_state=state, on=ON)
    return case


def test_every_step_that_is_not_declared_is_refused_for_every_pair_of_states(register: object):
    tried = 0
    for kind in case_types().values():
        for number, (state, name) in enumerate(itertools.product(kind.stages, kind.steps), 1000):
            if state in kind.steps[name].sources:
                continue
            case = put(kind, state, number)
            with pytest.raises(Refused):
                move_case(case.pk, name, on=ON, by=None)
            case.refresh_from_db()
            assert (case.state, case.transitions.count()) == (state, 1)
            tried += 1
        pairs = {(source, step.target) for step in kind.steps.values() for source in step.sources}
        for before, after in itertools.product(kind.stages, repeat=2):
            if before != after and (before, after) not in pairs:
                assert after not in [step.target for step in kind.steps_from(before).values()]
    assert tried >= 6


def test_a_case_walks_its_steps_and_keeps_every_one(branch: User, office: User):
    case = opened(weight=40, facts={"workers_found": 50})
    with pytest.raises(Refused, match="hanya boleh dicatat oleh Cabang"):
        move_case(case.pk, "warn", on=ON, by=office)
    case = move_case(case.pk, "warn", on=ON, reason="SP1", facts={"letter": "SP1/7"}, by=branch)
    assert (case.state, case.due_on, case.agency) == ("warned", date(2026, 8, 18), Agency.BRANCH)  # without 17 August
    with pytest.raises(Refused, match="belum lewat"):
        move_case(case.pk, "warn_again", on=date(2026, 8, 18), by=branch)
    with pytest.raises(Refused, match="mendahului"):
        move_case(case.pk, "check", on=date(2026, 8, 1), by=office)
    move_case(case.pk, "warn_again", on=date(2026, 8, 19), by=branch)
    with pytest.raises(Refused, match="orang lain"):
        move_case(case.pk, "check", on=date(2026, 8, 20), by=branch)
    move_case(case.pk, "check", on=date(2026, 8, 20), by=office)
    with pytest.raises(Refused, match="sudah ditutup"):
        move_case(case.pk, "check", on=date(2026, 8, 21), by=office)
    told = [(row.step, row.from_state, row.to_state) for row in queries.history(scope_of(office), case)]
    assert told == [
        ("opened", "", "found"),
        ("warn", "found", "warned"),
        ("warn_again", "warned", "warned_again"),
        ("check", "warned_again", "checked"),
    ]
    assert AuditEvent.objects.filter(subject=f"case {case.pk}").count() == 4


def test_the_database_itself_refuses_to_edit_a_state_or_a_transition(register: object):
    case = opened()
    note = add_note(case, "Direktur sedang ke luar kota", by=None)
    first = case.transitions.get()
    attempts = [
        lambda: Case.objects.filter(pk=case.pk).update(state="checked"),
        lambda: Transition.objects.filter(pk=first.pk).update(reason="lain"),
        lambda: first.delete(),
        lambda: type(note).objects.filter(pk=note.pk).update(text="lain"),
        lambda: Transition.objects.create(
            case=case, number=2, step="check", from_state="warned", to_state="checked", on=ON
        ),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    case.refresh_from_db()
    assert case.state == "found"


def test_a_topic_has_one_open_case_and_many_are_moved_at_once(branch: User):
    many = [Opening("pwbd", "employer", number, f"PT Rekaan {number}", VILLAGE) for number in (1, 2, 2, 3)]
    first = open_cases("trial", many, on=ON, by=branch)
    assert len(first) == 3
    assert open_cases("trial", many, on=ON, by=branch) == []
    with pytest.raises(Refused, match="sudah terbuka"):
        opened(1)
    move_case(first[0].pk, "warn", on=ON, by=branch)
    outcome = move_cases([case.pk for case in first], "warn", on=ON, by=branch)
    assert outcome.moved == 2
    assert [number for number, _error in outcome.refused] == [first[0].pk]
    assert queries.counts_by_state(scope_of(branch), "trial", date(2027, 1, 4)) == {"warned": (3, 3)}


def test_a_case_is_handed_over_by_the_agency_that_holds_it_and_stays_in_its_area(branch: User, office: User):
    case = opened()
    move_case(case.pk, "warn", on=ON, by=branch)
    with pytest.raises(Refused, match="hanya instansi itu"):
        hand_over(case.pk, agency=Agency.PROSECUTOR, on=ON, reason="", by=office)
    case = hand_over(case.pk, agency=Agency.PROSECUTOR, on=ON, reason="SKK 7", by=branch)
    assert (case.agency, case.state) == (Agency.PROSECUTOR, "warned")
    assert queries.history(scope_of(office), case).last().step == "handed_over"
    assert not queries.cases(Scope(("32.02.29",))).exists()
    assert queries.cases(Scope(("32.02.01",))).get() == case
    paper = add_paper("berita acara.pdf", b"%PDF-1.7", case=case, by=branch)
    assert papers.fetch(paper.sha256) == b"%PDF-1.7"
    with pytest.raises(Corrupt):
        papers.fetch("0" * 64)
    with pytest.raises(Refused, match="kosong"):
        add_paper("kosong.pdf", b"", case=case, by=branch)


def test_a_second_person_stays_a_second_person_when_the_case_was_handed_over(branch: User, office: User):
    case = opened()
    move_case(case.pk, "warn", on=ON, by=branch)
    hand_over(case.pk, agency=Agency.LABOUR_OFFICE, on=ON, reason="", by=branch)
    hand_over(case.pk, agency=Agency.BRANCH, on=ON, reason="", by=office)
    with pytest.raises(Refused, match="orang lain"):
        move_case(case.pk, "check", on=date(2026, 8, 20), by=branch)
    assert move_case(case.pk, "check", on=date(2026, 8, 20), by=office).ended


def test_numbers_come_from_the_series_of_the_year_and_are_given_once(branch: User):
    with pytest.raises(Refused, match="Kop surat"):
        take_number(VILLAGE, "SK", on=ON, by=branch)
    save_letterhead(scope_of(branch), "32.02", {"number_form": "400/{urut}/{jenis}/{tahun}", "first_number": 7})
    assert [take_number(VILLAGE, "SK", on=ON, by=branch) for _ in range(2)] == ["400/007/SK/2026", "400/008/SK/2026"]
    assert take_number("32.02", "SKK", on=ON, by=branch) == "400/007/SKK/2026"
    assert take_number("32.02", "SK", on=date(2027, 1, 4), by=branch) == "400/007/SK/2027"
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber.objects.filter(series="SK").update(number="400/009/SK/2026")


def test_what_a_later_migration_drops_of_the_guards_is_put_up_again(register: object):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its triggers when a table is altered")
    case = opened()
    with connection.cursor() as cursor:
        for name in ("cases_transition_update", "cases_case_state"):
            cursor.execute(f"DROP TRIGGER {name}")
    Transition.objects.filter(case=case).update(reason="lain")  # nobody refuses any more
    emit_post_migrate_signal(0, False, "default")
    for attempt in (
        lambda: Transition.objects.filter(case=case).update(reason="lagi"),
        lambda: Case.objects.filter(pk=case.pk).update(state="checked"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_what_a_meeting_agreed_comes_up_at_the_next_until_it_is_done(office: User):
    whole = scope_of(office)
    points = [
        Agreed("Kirim daftar non-ASN", due_on=date(2026, 8, 10), agency=Agency.PERSONNEL_AGENCY, region="32.02"),
        Agreed("Kunjungi PT Rekaan", due_on=date(2026, 9, 1), owner_name="Bu Contoh", indicator="Berita acara"),
        Agreed("Siapkan surat edaran", due_on=date(2026, 8, 5), owner=office),
    ]
    follow_ups = agree(points, source_kind="meeting", source_id=1, series="Rakor UCJ", on=ON, by=office)
    with pytest.raises(Refused, match="penanggung jawab"):
        agree([Agreed("Tanpa siapa pun", due_on=ON)], source_kind="meeting", source_id=1, on=ON, by=office)
    report_progress(follow_ups[1].pk, "Sudah dikunjungi", state=FollowUp.State.DONE, on=date(2026, 8, 9), by=office)
    with pytest.raises(Refused, match="sudah ditutup"):
        report_progress(follow_ups[1].pk, "Lagi", on=date(2026, 8, 9), by=office)
    next_meeting = date(2026, 8, 20)
    assert [point.text for point in queries.agenda(whole, "meeting", "Rakor UCJ")] == [
        "Siapkan surat edaran",
        "Kirim daftar non-ASN",
    ]
    assert queries.overdue(whole, next_meeting).count() == 2
    assert queries.overdue(whole, next_meeting).get(queries.belonging_to(office.pk, office.agency)) == follow_ups[2]
    carry_over(follow_ups[0].pk, to_source=2, due_on=date(2026, 9, 10), on=next_meeting, by=office)
    assert queries.overdue(whole, next_meeting).count() == 1
    assert [report.due_on for report in follow_ups[0].reports.all()] == [date(2026, 9, 10)]
    assert queries.agreed_at(whole, "meeting", 1).count() == 3
    assert not queries.follow_ups(Scope(("32.02.29",))).exists()
