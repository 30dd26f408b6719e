"""Irisan: what offices see adds up and leads to names; what everybody sees is the same on every way out."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.measures import build_cube, coverage_table
from jangkau.core.measures.published import figures_from
from jangkau.core.measures.slices import slices
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions.disclosing import tables_for_everybody
from jangkau.registry.lists.gateways import store
from jangkau.registry.people.actions import set_fact, store_figures
from jangkau.web.site.cli import exports, measured
from jangkau.web.site.cli.main import _parser

AREA = RegionCode("32.02")
DAYS = (date(2026, 9, 30), date(2026, 10, 31))
VILLAGES = ("32.02.05.2001", "32.02.05.2002", "32.02.04.2001")
PAGE = "/wilayah/32.02/irisan/"
NONE = "\N{EN DASH}"


def standing(later: int) -> pl.DataFrame:
    """1,500 people in three villages; teachers and women of 55 and over are few."""
    number = pl.int_range(1500)
    return pl.DataFrame({"person_id": range(1, 1501)}).select(
        "person_id",
        village_code=pl.lit(pl.Series(VILLAGES)).gather(number % 3),
        segment=pl.when(number % 5 == 0).then(pl.lit("pu")).otherwise(pl.lit("bpu")),
        sex=pl.when(number % 4 == 0).then(pl.lit("P")).otherwise(pl.lit("L")),
        age_band=pl.when(number % 97 == 0).then(pl.lit("55-64")).otherwise(pl.lit("25-34")),
        trade=pl.when(number < 4).then(pl.lit("teacher")).otherwise(pl.lit("fisher")),
        state=pl.when(number % 7 > 2 - later).then(pl.lit("never")).otherwise(pl.lit("paid_up")),
        employer_size=pl.when(number % 5 == 0).then(pl.lit("5-19")),
        wage_band=pl.when(number % 5 == 0).then(pl.lit("2-3")),
        payer=pl.when(number % 7 <= 2 - later).then(pl.lit("own")),
        agent=pl.when(number % 50 == 0).then(pl.lit("AGEN REKAAN")),
    ).with_columns(
        district_code=pl.col("village_code").str.slice(0, 8), placed_by=pl.lit("list"),
        not_counted=pl.lit(None, dtype=pl.String), native=pl.lit(True), employed=pl.lit(False),
    )  # fmt: skip


@pytest.fixture
def client(db: None, tmp_path: Path, settings: object) -> Client:
    django_settings.JANGKAU_DATA = tmp_path
    set_fact("ready", True)
    set_fact("as_of", DAYS[1].isoformat())
    on_list = pl.DataFrame({"person_id": range(1, 40), "kind": ["fishers"] * 39})
    for later, day in enumerate(DAYS):
        stood, folder = standing(later), store.measures_folder(day)
        cube = build_cube(stood)
        store.write_unsealed(stood, folder / "standing.parquet")
        store.write_unsealed(cube, folder / "cube.parquet")
        store.write_unsealed(slices(stood, on_list, AREA), folder / "slices.parquet")
        store.write_unsealed(coverage_table(cube, VILLAGES, AREA, day), folder / "coverage.parquet")
    return signed_in("petugas", "32.02")


def signed_in(name: str, area: str) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username=name, password="x", area_code=area, role=Role.OFFICER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def rows(client: Client, address: str) -> dict[str, list[str]]:
    """The first table of a page: cells by heading."""
    answer = client.get(address)
    assert answer.status_code == 200
    table = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", table.group(1), re.DOTALL) if table else []
    cells = [
        [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines
    ]
    return {first: others for first, *others in cells}


def test_the_values_of_a_property_add_up_to_the_people_named(client: Client):
    for by in ("sex", "age_band", "sector", "trade", "segment", "employer_size", "wage_band", "agent"):
        found = rows(client, f"{PAGE}?by={by}")
        assert sum(int(cells[0].replace(".", "")) for cells in found.values()) == 1500, by
    assert rows(client, f"{PAGE}?by=list")["Nelayan"][:3] == ["39", "12", "27"]
    assert client.get(f"{PAGE}?by=religion").status_code == 404


def test_a_value_leads_to_regions_to_days_and_to_the_names(client: Client):
    page = client.get(f"{PAGE}?by=trade&value=teacher").content.decode()
    assert "Guru, menurut wilayah" in page and "30 September 2026" in page and "31 Oktober 2026" in page
    village = f"/wilayah/{VILLAGES[0]}/irisan/?by=age_band&value=55-64"
    uncovered = rows(client, village)["55\N{EN DASH}64"][2]
    names = re.search(rf'href="(/pekerja/desa/{VILLAGES[0]}/\?[^"]*)"', client.get(village).content.decode())
    told = client.get(names.group(1).replace("&amp;", "&"))
    assert told.context["count"] == int(uncovered) > 0
    assert client.get(f"/pekerja/desa/{VILLAGES[0]}/?sector=farming&trade=teacher").context["count"] == 0


def test_a_region_is_drawn_over_the_days_that_were_measured(client: Client):
    for code, days in (("32.02.05", DAYS), (VILLAGES[0], DAYS), ("32.02", DAYS)):
        page = client.get(f"/wilayah/{code}/").context["page"]
        assert [day for day, _ in page.trend_rows] == list(days)
    assert client.get(f"/wilayah/32.02.05/?on={DAYS[0]}").context["page"].trend == {}


def test_a_page_is_kept_until_something_is_done_or_measured(client: Client, settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {"default": memory, "pages": memory | {"LOCATION": "kept"}}

    def asked(address: str) -> tuple[str, int]:
        with CaptureQueriesContext(connection) as queries:
            return re.sub(r'name="csrf[^>]*>', "", client.get(address).content.decode()), len(queries)

    for address in ("/", "/wilayah/32.02/"):
        made, kept = asked(address), asked(address)
        assert made[0] == kept[0] and kept[1] < made[1] - 2
        figure = {"kind": "quoted", "family": "UCJ", "region_code": "32.02", "segment": "all", "on": "2026-09-30",
                  "percent": f"4{len(address)}", "status": "verified", "source": "Surat 7"}  # fmt: skip
        store_figures(figures_from([figure]), by=None)
        assert f"4{len(address)} %" in asked(address)[0].replace("\xa0", " ") and "Surat 7" in asked(address)[0]
        folder, stood = store.measures_folder(DAYS[1]), standing(1).with_columns(state=pl.lit("never"))
        table = coverage_table(build_cube(stood), VILLAGES, AREA, DAYS[1])
        before = pl.read_parquet(folder / "coverage.parquet")
        store.write_unsealed(table, folder / "coverage.parquet")
        assert "0,0 %" in asked(address)[0].replace("\xa0", " ")
        store.write_unsealed(before, folder / "coverage.parquet")
    other = signed_in("kecamatan", "32.02.05")
    assert other.get("/").content != client.get("/").content


def test_agents_have_no_address_and_other_areas_no_page(client: Client):
    page = client.get(f"{PAGE}?by=agent").content.decode()
    assert "AGEN REKAAN" in page and not re.search(r'href="[^"]*AGEN', page)
    elsewhere = signed_in("kecamatan", "32.02.04")
    assert elsewhere.get("/wilayah/32.02.05/irisan/").status_code == 403
    assert elsewhere.get("/wilayah/32.02.04/irisan/?for=public").status_code == 200


def test_everybody_gets_the_same_from_pages_workbooks_and_the_command_line(client: Client, tmp_path: Path, capsys):
    for day in DAYS:
        told = tables_for_everybody(Scope(("32.02",)), day)
        sure = {(r["region_code"], r["dimension"], r["value"]): r for r in told.slices.iter_rows(named=True)}
        assert any(row["suppressed"] for row in sure.values())
        known = {"sex": {"L": "Laki-laki", "P": "Perempuan"}, "trade": {"teacher": "Guru", "fisher": "Nelayan"}}
        for code in ("32.02", "32.02.05"):
            book = load_workbook(
                BytesIO(client.get(f"/wilayah/{code}/irisan/jangkau.xlsx?for=public&on={day}").content)
            )
            for by, words in known.items():
                page = rows(client, f"/wilayah/{code}/irisan/?by={by}&for=public&on={day}")
                sheet = {row[1]: row[2:5] for row in book[{"sex": "Jenis kelamin", "trade": "Pekerjaan"}[by]].values}
                for value, name in words.items():
                    counts = [sure[code, by, value][count] for count in ("workers", "covered", "uncovered")]
                    assert page[name][:3] == [NONE if n is None else f"{n:,}".replace(",", ".") for n in counts]
                    assert list(sheet[name]) == ["tidak ditampilkan" if n is None else n for n in counts]
            assert "Agen Perisai" not in book.sheetnames
        given = _parser().parse_args(["coverage", "--slice", "trade", "--public", "--json", "--as-of", str(day)])
        measured.coverage(given)
        for line in json.loads(capsys.readouterr().out):
            assert line == sure[line["region_code"], line["dimension"], line["value"]]
    exports.write("slices", tmp_path / "s.parquet", public=True)
    assert pl.read_parquet(tmp_path / "s.parquet").drop("as_of").equals(told.slices)
    exports.write("coverage", tmp_path / "c.parquet", public=True)
    assert pl.read_parquet(tmp_path / "c.parquet").drop("as_of").equals(told.coverage.drop("as_of"))


def test_what_points_at_people_is_not_handed_out(client: Client, tmp_path: Path):
    assert "Tidak diumumkan" in client.get(f"/wilayah/{VILLAGES[0]}/irisan/?for=public").content.decode()
    assert "Tidak diumumkan" in client.get(f"{PAGE}?by=agent&for=public").content.decode()
    with pytest.raises(Refused, match="tidak untuk umum"):
        exports.write("people", tmp_path / "p.csv", public=True)
    given = _parser().parse_args(["coverage", "--since", str(DAYS[0]), "--public", "--as-of", str(DAYS[1])])
    with pytest.raises(Refused, match="tidak diumumkan"):
        measured.coverage(given)


def test_a_day_measured_anew_is_protected_anew(client: Client):
    scope, day = Scope(("32.02",)), DAYS[1]
    before = tables_for_everybody(scope, day).slices
    stood = standing(0)
    store.write_unsealed(slices(stood, stood.select("person_id", kind=pl.lit("poverty")), AREA),
                      store.measures_folder(day) / "slices.parquet")  # fmt: skip
    store.write_unsealed(
        coverage_table(build_cube(stood), VILLAGES, AREA, day), store.measures_folder(day) / "coverage.parquet"
    )
    assert not tables_for_everybody(scope, day).slices.equals(before)


def test_a_day_without_slices_says_what_to_do(client: Client):
    (store.measures_folder(DAYS[1]) / "slices.parquet").unlink()
    assert "Belum ada irisan untuk hari ini" in client.get(f"{PAGE}?on={DAYS[1]}").content.decode()
