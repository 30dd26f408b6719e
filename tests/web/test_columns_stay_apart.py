"""The boundary between branch and local government: wherever the owner of the register is shown a value of one side,
the other side is not. Every table and a list of each side carry marks; new addresses take part by themselves."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone
from tests.registry.conftest import AS_OF, MEMBERS, regions, register
from tests.web.test_nothing_leaks import BACKEND, NIK, NUMBER, addresses, marked_rows, shown

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy.models import Nominee, Scheme
from jangkau.programmes.subsidy.queries import chosen
from jangkau.programmes.subsidy.states import TELLS_DECILE
from jangkau.registry.access import actions
from jangkau.registry.access.actions import create_user, issue_token
from jangkau.registry.access.models import (
    API_PERMISSIONS,
    Agency,
    AuditEvent,
    Column,
    ColumnOpening,
    Role,
    User,
)
from jangkau.registry.access.permissions import COLUMN_OF, HELD_BY, columns_of, scope_of, taken_out
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.forms import RowsForm, VillagePeopleForm
from jangkau.registry.lists.models import ListChange, SentList
from jangkau.registry.lists.queries.columns import hidden_columns, require_to_tell, seen_columns
from jangkau.registry.people import queries as people
from jangkau.registry.people.models import Membership, Person

__all__ = ["regions", "register"]
WAGE, KPJ, PAID, STATUS, DECILE, SCORE = (
    7_654_321,
    "99887766554",
    date(2019, 3, 1),
    "STATUSRAHASIA",
    31_337,
    "SKORRAHASIA",
)
MARKS = {
    Column.WAGE: ("7654321", "7.654.321"),
    Column.KPJ: (KPJ,),
    Column.CONTRIBUTION: ("Maret 2019", "2019-03", STATUS),
    Column.DECILE: ("31337", "31.337", SCORE),
}
VALUE_OF = {"paid_until": PAID, "member_status": STATUS, "kpj": KPJ, "decile": DECILE}
REASON = "uji batas kolom"


@pytest.fixture
def both_sides(register) -> None:
    """A membership export of the branch, a social list of local government, and a marked row of every table."""
    folder = register / "lists"
    folder.mkdir()
    member = f"{KPJ};{NIK[:-1]}2;UJANG SUKMANA;12-03-1980;L;;;BPU;JKK,JKM;{WAGE};2019-03;{STATUS}"
    (folder / "peserta.csv").write_bytes("\r\n".join([MEMBERS, member, ""]).encode())
    with xlsxwriter.Workbook(folder / "DTSEN Citepus.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["DATA TUNGGAL SOSIAL DAN EKONOMI NASIONAL DESA CITEPUS KECAMATAN PALABUHANRATU"])
        sheet.write_row(2, 0, ["NO", "NIK", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "ALAMAT", "DESIL", "SKOR"])
        sheet.write_row(3, 0, [1, NIK[:-1] + "2", "UJANG SUKMANA", "12-03-1980", "L", "Kp. Cibuntu", 3, SCORE])
    run_paths([folder], as_of=AS_OF, by=None)
    marked_rows(_marked_value)


def _marked_value(table: str, name: str) -> object:
    """What a scheme pays for, and what a village pays its builders, is told by nobody of the branch."""
    column = None if table.startswith(("construction_", "subsidy_scheme")) else COLUMN_OF.get(name)
    return None if column is None else WAGE if column == Column.WAGE else VALUE_OF[name]


def somebody(agency: str, *, area: str | None = "32.02", role: str = Role.OFFICER) -> Client:
    """Signed in, and with a key for the API."""
    user = create_user(
        username=f"from-{agency}{User.objects.count()}", password="x", area_code=area, role=role, agency=agency
    )
    _, key = issue_token(
        name="uji", user=user, area_code="32.02", permissions=API_PERMISSIONS, by=None,
        ends_on=timezone.localdate() + timedelta(days=2),
    )  # fmt: skip
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {key}"}, raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    client.user = user
    return client


def asked() -> list[tuple[str, str, dict[str, Any]]]:
    """Every address by GET, and the POSTs that look: a search, downloads for a reason, the rows of a list."""
    found: list[tuple[str, str, dict[str, Any]]] = [("get", address, {}) for address in addresses()]
    lists = SentList.objects.exclude(pk=NUMBER).values_list("pk", flat=True)
    for number in lists:
        found += [("get", f"/daftar/{number}/{page}", {}) for page in ("", "bersihkan/", "perbaikan/")]
    numbers = list(Person.objects.values_list("pk", flat=True))
    found += [("get", f"/pekerja/{number}/", {}) for number in numbers]
    found += [("get", f"/api/v1/people/{number}", {}) for number in numbers]
    found += [("post", address, {"because": REASON, "other": "UJANG", "q": "UJANG"}) for address in addresses() if any(
        part in address for part in ("/pekerja/", "/agen/", "/nik/", "unduh", "/buku/")
    )]  # fmt: skip
    return [
        *found,
        ("post", "/api/v1/people/search", {"content_type": "application/json", "data": json.dumps({"q": "UJANG"})}),
    ]


def answered(client: Client, how: str, address: str, given: dict[str, Any]) -> str:
    if how == "get":
        return shown(client.get(address)).decode(errors="ignore")
    return shown(client.post(address, **(given if "data" in given else {"data": given}))).decode(errors="ignore")


def told(content: str) -> set[Column]:
    return {column for column, marks in MARKS.items() if any(mark in content for mark in marks)}


@pytest.mark.slow
def test_neither_side_is_shown_what_is_the_others(both_sides):
    owner = somebody("", area=None)
    everywhere = [(request, told(answered(owner, *request))) for request in asked()]
    telling = [(request, columns) for request, columns in everywhere if columns]
    for column in Column:
        assert sum(column in columns for _, columns in telling) >= 2, (column, telling)  # so that this can fail
    for agency in (Agency.BRANCH, Agency.SOCIAL_OFFICE, ""):
        client = somebody(agency)
        seen = {column for column in Column if agency in HELD_BY[column]}
        wrong, right = [], set()
        for request, _ in telling:
            got = told(answered(client, *request))
            right |= got
            if got - seen:
                wrong.append((request[:2], got - seen))
        assert wrong == [], agency
        assert right == seen, agency


def test_what_is_hidden_is_not_found_by_another_way(both_sides):
    office, branch = somebody(Agency.SOCIAL_OFFICE), somebody(Agency.BRANCH)
    theirs, ours = scope_of(office.user), scope_of(branch.user)
    members = SentList.objects.get(kind="membership")
    assert [people.search(scope, KPJ).people.count() > 0 for scope in (ours, theirs)] == [True, False]
    assert ["wage_band" in VillagePeopleForm({}, scope=scope).fields for scope in (ours, theirs)] == [True, False]
    asked = [RowsForm(seen_columns(scope, members), [], {}).fields["where_column"].choices for scope in (ours, theirs)]
    assert ["income" in dict(choices) for choices in asked] == [True, False]
    social = SentList.objects.get(kind="poverty")
    assert set(hidden_columns(ours, social).values()) == {Column.DECILE}
    assert hidden_columns(theirs, social) == {}
    scheme = Scheme.objects.get(pk=NUMBER)
    Nominee.objects.update(reasons=TELLS_DECILE)
    assert [chosen(scope, scheme, reason=TELLS_DECILE).exists() for scope in (ours, theirs)] == [False, True]
    told = {"column": "income", "action": "set", "text": "1", "state": "data"}
    office.post(f"/daftar/{members.pk}/bersihkan/usul/", told)
    assert not ListChange.objects.exclude(pk=NUMBER).exists()
    corrected = f"/api/v1/lists/{members.pk}/corrected"
    for refused in (office.get(corrected), office.post(corrected)):
        assert refused.status_code == 409 and "Upah di cabang" in refused.json()["detail_id"]
    with pytest.raises(Refused):
        require_to_tell(theirs, members)  # else what a column holds could be said to be something else
    SentList.objects.update(received_by=office.user)
    require_to_tell(theirs, SentList.objects.get(pk=members.pk))
    shown_row = taken_out(office.user, Membership.objects.filter(kpj=KPJ).first())
    with pytest.raises(RuntimeError):
        shown_row.save()


@pytest.mark.django_db
def test_an_agreement_opens_a_column_between_two_days_once_a_second_person_confirmed_it():
    maker, checker = (
        scope_of(create_user(username=n, password="x", area_code="32.02", role=Role.ADMINISTRATOR)) for n in "ab"
    )
    desk = create_user(username="dinsos", password="x", area_code="32.02", agency=Agency.SOCIAL_OFFICE)
    today = timezone.localdate()

    def seen() -> frozenset[Column]:
        return columns_of(User.objects.get(pk=desk.pk))

    def propose(opens: date, ends: date, agency: Agency = Agency.SOCIAL_OFFICE) -> ColumnOpening:
        return actions.propose_opening(
            maker, Column.KPJ, agency, agreement="PKS 12/2026", agreed_on=today - timedelta(days=9), opens_on=opens,
            ends_on=ends,
        )  # fmt: skip

    opening = propose(today, today + timedelta(days=1))
    assert seen() == {Column.DECILE}
    with pytest.raises(Refused, match="tidak menyetujui sendiri"):
        actions.confirm_opening(maker, opening.pk)
    actions.confirm_opening(checker, opening.pk)
    assert seen() == {Column.DECILE, Column.KPJ}
    ColumnOpening.objects.update(opens_on=today - timedelta(days=3), ends_on=today)
    assert seen() == {Column.DECILE}  # half-open: over today
    ColumnOpening.objects.update(opens_on=today + timedelta(days=1), ends_on=today + timedelta(days=2))
    assert seen() == {Column.DECILE}  # from tomorrow
    ColumnOpening.objects.update(opens_on=today)
    actions.end_opening(maker, opening.pk)
    assert seen() == {Column.DECILE}
    with pytest.raises(Refused, match="sudah diakhiri"):
        actions.confirm_opening(checker, opening.pk)
    with pytest.raises(Refused, match="sudah milik"):
        propose(today, today + timedelta(days=1), Agency.BRANCH)
    with pytest.raises(Refused, match="Periksa tanggalnya"):
        propose(today, today)
    with pytest.raises(Refused, match="Mengelola pengguna"):
        actions.end_opening(scope_of(desk), opening.pk)
    told = AuditEvent.objects.filter(subject=f"column {opening.pk}").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["column_opening_proposed", "column_opened", "column_closed"]


@pytest.mark.django_db
def test_the_page_of_the_boundary_is_everybodys_and_changed_by_two_administrators(regions):
    one, two = (somebody("", role=Role.ADMINISTRATOR) for _ in "ab")
    typed = {
        "column": Column.WAGE, "agency": Agency.LABOUR_OFFICE, "agreement": "PKS 7/2026", "agreed_on": "2026-01-05",
        "opens_on": "2026-02-01", "last": str(timezone.localdate()),
    }  # fmt: skip
    reader = somebody(Agency.VILLAGE, role=Role.READER)
    reader.post("/batas-data/", typed)
    assert not ColumnOpening.objects.exists()
    one.post("/batas-data/", typed | {"last": ""})
    assert not ColumnOpening.objects.exists()
    one.post("/batas-data/", typed)
    opening = ColumnOpening.objects.get()
    one.post(f"/batas-data/{opening.pk}/", {"act": "confirm"})
    assert "menunggu orang kedua" in reader.get("/batas-data/").text
    two.post(f"/batas-data/{opening.pk}/", {"act": "confirm"})
    page = reader.get("/batas-data/").text
    assert "PKS 7/2026" in page and "berlaku" in page and "Usulkan pembukaan" not in page
    labour = create_user(username="disnaker", password="x", area_code="32.02", agency=Agency.LABOUR_OFFICE)
    assert columns_of(labour) == {Column.DECILE, Column.WAGE}
