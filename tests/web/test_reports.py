"""Reports: the figures of the pages, the same bytes for the same facts, and only for those who may see the region."""

from __future__ import annotations

import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pypdfium2
import pytest
from django.conf import settings as django_settings
from django.test import Client
from PIL import Image

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.measures import build_cube, coverage_table
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import save_letterhead
from jangkau.registry.lists.actions.jobs import cancel_job, do_job, resume_jobs
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job
from jangkau.registry.lists.presenters.shares import standing
from jangkau.registry.lists.queries import regions
from jangkau.registry.people.actions import draw_indicative_cells, load_regions, set_fact, store_packaged_figures
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.gateways.paper import Press
from jangkau.registry.people.presenters import figures
from jangkau.web.reports.actions import Wanted, ask_for_report, do_report, make_report
from jangkau.web.reports.models import JOB_KIND, Audience, Bundle, Kind, Report
from jangkau.web.site.cli import reports as command
from jangkau.web.site.cli.main import _parser

ON, BEFORE = date(2026, 10, 31), date(2026, 6, 30)
AREA, DISTRICT, VILLAGE, SMALL = "32.02", "32.02.01", "32.02.01.2003", "32.02.01.2004"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHOLE = Scope((AREA,), may_write=True)
HISTORY = [[f"2025-{month:02d}", 83, 10 + month * 2] for month in range(1, 13)]


def _measured(on: date, covered: dict[str, int]) -> None:
    """A measured day: 80 workers in each village, three in SMALL; so many of them are covered."""
    people = [
        (100 * place + number, village, number % 2 == 1, number < covered[village])
        for place, village in enumerate(covered)
        for number in range(3 if village == SMALL else 80)
    ]
    frame = pl.DataFrame(people, schema=["person_id", "village_code", "odd", "covered"], orient="row")
    odd, nobody = pl.col("odd"), pl.lit(None, dtype=pl.String)
    told = frame.select(
        "person_id", "village_code",
        district_code=pl.col("village_code").str.slice(0, 8),
        placed_by=pl.lit("list"),
        segment=pl.when(odd).then(pl.lit("pu")).otherwise(pl.lit("bpu")),
        sex=pl.when(odd).then(pl.lit("P")).otherwise(pl.lit("L")),
        age_band=pl.lit("35-44"),
        trade=pl.when(odd).then(pl.lit("factory_worker")).otherwise(pl.lit("fisher")),
        state=pl.when("covered").then(pl.lit("paid_up")).otherwise(pl.lit("never")),
        not_counted=nobody, native=True, employed=False,
    )  # fmt: skip
    cube, folder = build_cube(told), store.measures_folder(on)
    villages = [region.code for region in gazetteer().inside(RegionCode(AREA), "village")]
    store.write_unsealed(told, folder / "standing.parquet")
    store.write_unsealed(cube, folder / "cube.parquet")
    store.write_unsealed(coverage_table(cube, villages, RegionCode(AREA), on), folder / "coverage.parquet")


@pytest.fixture
def register(db: None, tmp_path: Path, settings: object) -> None:
    django_settings.JANGKAU_DATA = tmp_path
    load_regions([region for region in gazetteer() if region.code.startswith(AREA) or region.code == "32"])
    store_packaged_figures()
    _measured(BEFORE, {VILLAGE: 30, "32.02.02.2001": 10, SMALL: 2})
    _measured(ON, {VILLAGE: 42, "32.02.02.2001": 9, SMALL: 2})
    for name, value in (("as_of", ON.isoformat()), ("history", HISTORY), ("villages_reached", [VILLAGE])):
        set_fact(name, value)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number] for number in range(len(document))]
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.split())


def signed_in(area: str, role: str = Role.OFFICER) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=f"{area}-{role}", password="x", area_code=area, role=role), backend=BACKEND)
    return client


def test_the_monthly_report_says_what_the_page_says_in_the_same_bytes_each_time(register: None):
    draw_indicative_cells(gazetteer(), RegionCode(AREA))
    wanted = Wanted(Kind.MONTHLY, AREA, ON, number="500.15/007/2026", dated_on=date(2026, 11, 5))
    files = make_report(WHOLE, wanted)
    assert make_report(WHOLE, wanted) == files
    paper, book, picture = (file.content for file in files)

    now = standing(regions.facts(WHOLE, AREA, ON))
    said = words(paper)
    assert (
        f"{figures.percent(now.percent)} pekerja Kabupaten Sukabumi terlindungi: 53 dari 163".replace("\xa0", " ")
        in said
    )
    assert "110 orang belum terlindungi" in said
    assert "Baru pertama kali menjadi peserta +12" in said
    assert "Daftarnya ditarik kembali -1" in said  # covered before, never a member now
    assert "Terlindungi pada 31 Oktober 2026 53" in said
    for told in ("500.15/007/2026", "5 November 2026", "41 %", "selang 80 %", "16 dari 17 desa belum dijangkau"):
        assert told in said, told

    tables = openpyxl.load_workbook(BytesIO(book))
    assert tables["Wilayah"]["A5"].value == AREA
    assert [cell.value for cell in tables["Wilayah"][5]][2:5] == [163, 53, 110]
    assert tables["Perkembangan"]["A5"].value == datetime(2025, 1, 31)  # noqa: DTZ001  workbooks know no time zones
    assert tables["Desa"].freeze_panes == "A5"
    assert tables["Desa"].auto_filter.ref == "A4:F390"
    assert Image.open(BytesIO(picture)).size == (1080, 1350)


def test_a_sheet_for_everybody_hides_small_counts_and_occupations(register: None):
    inside = words(make_report(WHOLE, Wanted(Kind.VILLAGE, SMALL, ON))[0].content)
    outside = words(make_report(WHOLE, Wanted(Kind.VILLAGE, SMALL, ON, Audience.PUBLIC))[0].content)
    assert "1 dari 3 orang belum" in inside
    assert "nelayan (1 orang)" in inside
    assert "Hitungannya terlalu kecil untuk diumumkan" in outside
    assert "Semua pekerja \N{EN DASH} \N{EN DASH} \N{EN DASH} \N{EN DASH}" in outside
    assert "Nelayan" not in outside


def test_sheets_of_a_district_come_as_one_paper_or_one_by_one(register: None):
    seen: list[tuple[int, int]] = []
    told = make_report(
        WHOLE, Wanted(Kind.VILLAGE, DISTRICT, ON), progress=lambda done, total: seen.append((done, total))
    )
    assert len(pypdfium2.PdfDocument(told[0].content)) == 10
    assert seen == [(done, 10) for done in range(1, 11)]
    wanted = Wanted(Kind.VILLAGE, DISTRICT, ON, bundle=Bundle.ZIP)
    bundle = make_report(WHOLE, wanted)
    assert bundle == make_report(WHOLE, wanted)
    with ZipFile(BytesIO(bundle[0].content)) as opened:
        assert f"lembar-desa-{VILLAGE}-{ON}.pdf" in opened.namelist()
        assert "42" in words(opened.read(f"lembar-desa-{VILLAGE}-{ON}.pdf"))


def test_the_six_month_report_names_both_ends_and_what_lists_cannot_tell(register: None):
    paper, book = make_report(WHOLE, Wanted(Kind.INPRES, AREA, ON))
    said = words(paper.content)
    for told in ("Semester II 2026", "Pada 30 Juni 2026", "42 dari 163", "53 dari 163", "Belum ada daftar izin usaha"):
        assert told in said, told
    rows = list(openpyxl.load_workbook(BytesIO(book.content))["Cakupan"].values)
    assert rows[4][:4] == ("Semua pekerja (PU dan BPU)", datetime(2026, 6, 30), 163, 42)  # noqa: DTZ001  workbooks know no time zones


def test_a_report_is_made_by_a_job_and_stays_in_its_area(register: None, django_capture_on_commit_callbacks):
    client, stranger = signed_in(DISTRICT), signed_in("32.02.29")
    asked = {"kind": Kind.INPRES, "region": DISTRICT, "on": ON, "audience": Audience.INTERNAL, "bundle": Bundle.PDF}
    assert "Belum ada laporan" in client.get("/laporan/").text
    assert f'value="{VILLAGE}"' in client.get("/laporan/", {"region": VILLAGE}).text
    assert client.get("/laporan/", {"region": "32.99.99"}).status_code == 200
    assert client.post("/laporan/", asked | {"region": AREA}).status_code == 200  # not among the choices
    assert not Report.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/laporan/", asked).status_code == 302
    job = Job.objects.get(kind=JOB_KIND)
    do_job(job.pk, do_report)
    job.refresh_from_db()
    report = Report.objects.get()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 1, 1)
    name = f"laporan-inpres-{DISTRICT}-{ON}.pdf"
    assert name in client.get("/laporan/").text
    answer = client.get(f"/laporan/{report.pk}/{name}")
    assert "44 dari 83" in words(b"".join(answer.streaming_content))
    client.post("/bahasa/", {"language": "en"})
    assert "Six-month report, Inpres 2/2021" in client.get("/laporan/").text
    assert stranger.get(f"/laporan/{report.pk}/{name}").status_code == 404
    assert client.get(f"/laporan/{report.pk}/secret.key").status_code == 404
    assert name not in stranger.get("/laporan/").text
    assert [event.action for event in AuditEvent.objects.filter(subject=f"report {report.pk}").order_by("pk")] == [
        "report_asked",
        "report_made",
    ]
    with pytest.raises(Refused):
        make_report(scope_of(report.asked_by), Wanted(Kind.MONTHLY, AREA, ON))


def test_a_report_that_waits_is_handed_to_its_own_queue_and_can_be_stopped(register: None):
    report = ask_for_report(WHOLE, Wanted(Kind.VILLAGE, DISTRICT, ON), take_number=False, start=lambda number: None)
    here, elsewhere = [], []
    assert resume_jobs(elsewhere.append, {JOB_KIND: here.append}) == 1
    assert (here, elsewhere) == ([report.job.pk], [])
    cancel_job(report.job, by=None)
    do_job(report.job.pk, do_report)
    report.refresh_from_db()
    assert (report.job.state, report.files) == (Job.State.CANCELLED, [])
    said = signed_in(AREA).get("/laporan/").text
    assert "Dibatalkan" in said
    assert "data-ended" not in said  # what ended long ago is no news: the page would load itself again and again


def test_letters_are_numbered_by_the_year_and_a_number_is_given_once(register: None):
    wanted = Wanted(Kind.MONTHLY, AREA, ON, dated_on=date(2026, 11, 5))
    user = create_user(username="petugas", password="x", area_code=AREA)
    scope = scope_of(user)

    def ask(what: Wanted) -> str:
        return ask_for_report(scope, what, take_number=True, start=lambda number: None).number

    with pytest.raises(Refused, match="Kop surat"):
        ask(wanted)
    save_letterhead(scope, AREA, {"number_form": "500.15/{urut}/Disnaker/{bulan}/{tahun}", "first_number": 7})
    assert ask(wanted) == "500.15/007/Disnaker/XI/2026"
    assert ask(wanted) == "500.15/008/Disnaker/XI/2026"
    assert ask(Wanted(Kind.INPRES, DISTRICT, ON, dated_on=date(2027, 1, 4))) == "500.15/007/Disnaker/I/2027"
    with pytest.raises(Refused, match="tanggal"):
        ask(Wanted(Kind.MONTHLY, AREA, ON))


def test_the_letterhead_is_filled_in_on_its_page(register: None):
    client, reader = signed_in(AREA), signed_in(AREA, Role.READER)
    typed = {
        "office": "Dinas Tenaga Kerja",
        "signatory_name": "Siti Contoh",
        "first_number": 1,
        "number_form": "{urut}",
    }
    assert client.post("/laporan/kop/", typed).status_code == 302
    assert "hanya dapat melihat" in reader.post("/laporan/kop/", typed | {"office": "Lain"}, follow=True).text
    said = words(make_report(WHOLE, Wanted(Kind.INPRES, AREA, ON))[0].content)
    assert "DINAS TENAGA KERJA" in said.upper()
    assert "Siti Contoh" in said


def test_the_command_makes_the_files_of_the_page_beside_each_other(register: None, tmp_path: Path):
    given = _parser().parse_args(["report", "inpres", "--out", str(tmp_path / "semester.pdf"), "--number", "7/2026"])
    assert command.report(given) == 0
    made = make_report(WHOLE, Wanted(Kind.INPRES, AREA, ON, number="7/2026"))
    assert [(tmp_path / f"semester{Path(file.name).suffix}").read_bytes() for file in made] == [f.content for f in made]
    with pytest.raises(Refused, match="lembar desa"):
        command.report(_parser().parse_args(["report", "monthly", "--region", VILLAGE, "--out", "x.pdf"]))
    with pytest.raises(Refused, match="Belum ada pengukuran"):
        command.report(_parser().parse_args(["report", "monthly", "--as-of", "2020-01-01", "--out", "x.pdf"]))


def test_a_machine_without_pango_says_which_package_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(Refused, match=r"libpangoft2-1\.0-0"):
        Press("jangkau.web.reports", "reports/paper/report.css")
