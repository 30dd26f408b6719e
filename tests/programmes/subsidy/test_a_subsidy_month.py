"""A month of a scheme from 5,000 nominations to the branch's answer, and the next month with 40 replacements; every
count against the truth of the invented regency, every rupiah against core.rules. Everybody is invented."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from tests.programmes.subsidy.conftest import AS_OF, settle

from jangkau.core.rules import evaluate
from jangkau.core.synthetic.nominations import TWICE, invent_nominations
from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.actions.assessing import select
from jangkau.programmes.subsidy.actions.billing import make_batch
from jangkau.programmes.subsidy.actions.checking import record_checks
from jangkau.programmes.subsidy.actions.decreeing import propose_decree, sign_decree
from jangkau.programmes.subsidy.actions.leaving import let_leave
from jangkau.programmes.subsidy.actions.nominating import nominate_niks
from jangkau.programmes.subsidy.models import FundedMonth, Nominee
from jangkau.programmes.subsidy.presenters.batch_book import branch_file
from jangkau.programmes.subsidy.queries.annex import annex
from jangkau.programmes.subsidy.queries.billed import differences, lines
from jangkau.programmes.subsidy.queries.leaving import due_to_leave
from jangkau.programmes.subsidy.queries.money import meter
from jangkau.programmes.subsidy.states import Left, RoundKind, State
from jangkau.registry.lists.actions import run_paths, take_back_list
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.people.models import Person

COUNT, PLACES, RESERVE, GONE = 5_000, 4_000, 300, 40


def nominated(maker, scheme, told: pl.DataFrame) -> list[int]:
    """The nominations in two columns of NIK, so that people stand there twice; their numbers in order."""
    first = told.height - round(COUNT * TWICE)
    for part in (told[:first], told[first:]):
        assert nominate_niks(maker, scheme, "\n".join(part["nik"])) == part.height
    return list(scheme.nominees.order_by("pk").values_list("pk", flat=True))


def price(month: str) -> int:
    given = {"income": 1_000_000, "month": month, "sector": "other", "funding": "dbhcht", "jht": False}
    result = evaluate("bpu_contribution", given)
    return int(str(result.values["total"]))


def answered(folder: Path, billed: pl.DataFrame, month: str) -> None:
    """The branch answers: 2 % refused, 1 % not mentioned, the others accepted."""
    part = pl.col("at") % 100
    told = billed.with_row_index("at").filter(part != 7).with_columns(refused=part < 2)
    text = ["KONFIRMASI PENDAFTARAN PESERTA;;;;", f"BULAN {month};;;;", "NIK;NAMA;KPJ;STATUS;ALASAN"]
    text += [
        f"{nik};{name};;DITOLAK;NIK tidak padan" if refused else f"{nik};{name};2600{at:07};DITERIMA;"
        for at, nik, name, refused in told.select("at", "nik", "name", "refused").iter_rows()
    ]
    folder.mkdir(exist_ok=True)
    (folder / f"Konfirmasi cabang {month}.csv").write_text("\n".join(text))
    run_paths([folder], as_of=AS_OF, by=None)


@pytest.mark.slow
def test_a_subsidy_month(register, regency, maker, checker, opened):
    told = invent_nominations(regency, COUNT)
    settle(regency, told["person_id"].unique())
    scheme = opened(places=PLACES, reserve=RESERVE, needs_civil_check=True)
    numbers = nominated(maker, scheme, told)
    record_checks(maker, scheme, RoundKind.FIELD_CHECK, dict(zip(numbers, told["field"], strict=True)))
    record_checks(maker, scheme, RoundKind.CIVIL_CHECK, dict(zip(numbers, told["civil"], strict=True)))

    # eligible, refused with reasons, reserve: as the truth says
    truth = dict(told["reason"].drop_nulls().value_counts().iter_rows())
    assert queries.counts_by_reason(maker, scheme) == truth
    assert 0.11 < sum(truth.values()) / COUNT < 0.13
    full = COUNT - sum(truth.values()) - PLACES - RESERVE
    assert select(maker, scheme) == {"selected": PLACES, "reserve": RESERVE, "quota_full": full}

    # decree: by name and address, frozen
    decree = sign_decree(checker, propose_decree(maker, scheme, number="560/1", dated_on=date(2026, 10, 20)))
    assert len(annex(decree)) == PLACES
    months = ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert decree.amount == meter(scheme).committed == PLACES * sum(map(price, months))
    assert meter(scheme).forecast == {2026: 2 * PLACES * 16_800, 2027: 2 * PLACES * 16_800}

    # branch file: text NIK, real dates, the rupiah of core.rules
    batch = make_batch(maker, scheme)
    sheet = CalamineWorkbook.from_filelike(BytesIO(branch_file(batch))).get_sheet_by_name("Peserta").to_python()
    assert len(sheet) == PLACES + 4 and isinstance(sheet[4][1], str) and isinstance(sheet[4][3], date)
    assert sum(row[12] for row in sheet[4:]) == batch.amount == PLACES * price(months[0])

    # confirmation with 3 % differences, through the loop of lists
    answered(register / "jawaban", lines(batch), "NOVEMBER 2026")
    item = SentList.objects.get(kind=Kind.CONFIRMATION)
    found = differences(batch)
    assert dict(found["kind"].value_counts().iter_rows()) == {"refused": 80, "not_mentioned": 40}
    assert meter(scheme).confirmed == (PLACES - 120) * price(months[0])
    assert meter(scheme).refused == 80 * price(months[0])
    assert meter(scheme).forecast[2027] == round(2 * PLACES * 16_800 * (PLACES - 120) / (PLACES - 40))

    # the next month: 40 have died, moved or found work; the reserve takes their places
    refused = set(found.filter(pl.col("kind") == "refused")["nominee"])
    enrolled = scheme.nominees.filter(state=State.ENROLLED).exclude(pk__in=refused).order_by("pk")[:GONE]
    Person.objects.filter(pk__in=[who.person_id for who in enrolled]).update(deceased=True)
    leaving = due_to_leave(scheme, AS_OF)
    assert {number for number, why in leaving.items() if why == Left.DECEASED} == {who.pk for who in enrolled}
    assert {number for number, why in leaving.items() if why == Left.BRANCH} == refused
    assert let_leave(maker, scheme, {who.pk: Left.DECEASED for who in enrolled}) == GONE
    assert select(maker, scheme)["selected"] == GONE
    amendment = sign_decree(checker, propose_decree(maker, scheme, number="560/2", dated_on=date(2026, 11, 20)))
    heirs = Nominee.objects.filter(decree=amendment)
    assert set(heirs.values_list("replaces", flat=True)) == {who.pk for who in enrolled}
    assert set(heirs.values_list("covered_since", flat=True)) == {date(2026, 12, 1)}
    second = make_batch(maker, scheme)
    assert (second.people, second.amount) == (PLACES, PLACES * price(months[1]))
    assert FundedMonth.objects.filter(batch=second, nominee__in=heirs).count() == GONE
    assert meter(scheme).committed == PLACES * sum(map(price, months)) - 80 * price(months[0])

    # taken back, the answer was never given
    take_back_list(item, by=None)
    assert meter(scheme).confirmed == meter(scheme).refused == 0 and differences(batch) is None
