"""Letters: numbered by kind and year, kept under their hash, checked by whoever holds one, many at once. All is
invented."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from PIL import ImageChops
from tests.programmes.test_compliance import BACKEND, OWING, employers

from jangkau.core.kernel import Refused
from jangkau.programmes.compliance.actions import do_letters, open_on
from jangkau.programmes.compliance.models import LetterRun
from jangkau.programmes.compliance.states import LETTERS
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.actions import move_case, save_letterhead, write_letter
from jangkau.registry.cases.actions.letters import STYLE
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case, Letterhead, SentLetter
from jangkau.registry.cases.presenters.letters import letter_paper
from jangkau.registry.lists.actions.jobs import do_job
from jangkau.registry.lists.models import Job
from jangkau.registry.people.gateways.paper import Press, bound

ON = date(2026, 8, 3)
HEAD = {
    "government": "BPJS Ketenagakerjaan",
    "office": "Kantor Cabang Rekaan",
    "number_form": "B/{urut}/{bulan}/{tahun}",
}
SIGNED = {"signatory_title": "Kepala Kantor Cabang", "signatory_name": "Siti Contoh", "city": "Palabuhanratu"}


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
def branch(register: object) -> User:
    user = create_user(username="cabang", password="x", area_code="32.02", agency=Agency.BRANCH)
    save_letterhead(scope_of(user), "32.02", HEAD | SIGNED, agency=Agency.BRANCH)
    return user


@pytest.fixture
def cases(branch: User) -> list[Case]:
    firms = employers({"nib": "1234567890123"}, OWING, {"name": "UD REKAAN LAIN"})
    open_on(scope_of(branch), [firm.pk for firm in firms.values()], ["pwbd"], on=ON, by=branch)
    return [move_case(case.pk, "warn_1", on=ON, by=branch) for case in Case.objects.order_by("pk")]


def test_a_warning_carries_what_the_law_asks_and_can_be_checked(branch: User, cases: list[Case]):
    first = write_letter(cases[0], "warning_1", dated_on=ON, by=branch)
    second = write_letter(cases[1], "warning_1", dated_on=ON, by=branch)
    assert (first.number, second.number) == ("B/SP1-001/VIII/2026", "B/SP1-002/VIII/2026")
    content = papers.fetch(first.sha256)
    said = words(content)
    for told in (
        "KANTOR CABANG REKAAN", "B/SP1-001/VIII/2026", "Palabuhanratu, 3 Agustus 2026", "PT REKAAN MAJU",
        "1234567890123", "UU 24/2011 pasal 15", "sepuluh hari kerja", "18 Agustus 2026", "PP 86/2013",
        "teguran tertulis kedua", "Siti Contoh", f"/surat/{first.code}/",
    ):  # fmt: skip
        assert told in said, told
    stranger = Client(headers={"host": "localhost"})
    page = stranger.get(f"/surat/{first.code}/")
    assert page.status_code == 200
    for told in ("Surat ini asli", first.number, first.sha256, "Kantor Cabang Rekaan"):
        assert told in page.text, told
    for personal in ("Siti Contoh", "PT REKAAN MAJU", "cabang"):
        assert personal not in page.text
    assert stranger.get("/surat/0000000000000000/").status_code == 404
    assert stranger.get(f"/surat/berkas/{first.pk}/").status_code == 302  # to the sign-in
    with pytest.raises(IntegrityError), transaction.atomic():
        SentLetter.objects.filter(pk=first.pk).update(number="lain")


def test_a_letter_belongs_to_a_stage_an_agency_and_a_letterhead(branch: User, cases: list[Case]):
    office = create_user(username="disnaker", password="x", area_code="32.02", agency=Agency.LABOUR_OFFICE)
    with pytest.raises(Refused, match="Catat dulu langkahnya"):
        write_letter(cases[0], "warning_2", dated_on=ON, by=branch)
    with pytest.raises(Refused, match="dibuat oleh Cabang"):
        write_letter(cases[0], "warning_1", dated_on=ON, by=office)
    invited = open_on(scope_of(office), [employers(OWING)["CV REKAAN UTANG"].pk], ["arrears"], on=ON, by=office)
    assert invited == (1, 1)
    case = move_case(Case.objects.get(topic="arrears").pk, "invite", on=ON, by=office)
    with pytest.raises(Refused, match="Kop surat"):
        write_letter(case, "invitation", dated_on=ON, by=office)
    save_letterhead(scope_of(office), "32.02", {"number_form": "500.15/{urut}/{jenis}/{tahun}", "first_number": 7})
    assert write_letter(case, "invitation", dated_on=ON, by=office).number == "500.15/007/UND/2026"


def test_nobody_types_a_number_where_a_series_exists(branch: User, cases: list[Case]):
    firm = employers(OWING)["CV REKAAN UTANG"]
    open_on(scope_of(branch), [firm.pk], ["arrears"], on=ON, by=branch)
    case = move_case(Case.objects.get(topic="arrears").pk, "notify", on=ON, by=branch)
    notice = words(papers.fetch(write_letter(case, "notice", dated_on=ON, by=branch).sha256))
    for told in ("Rp25.000.000 (5 bulan)", "Rp1.500.000", "Rp26.500.000"):
        assert told in notice, told
    client = Client(headers={"host": "localhost"})
    client.force_login(branch, backend=BACKEND)
    form = client.get(f"/perkara/{case.pk}/langkah/issue_skk/").text
    assert "deret nomor instansi" in form and "Nomor SKK" not in form
    told = {"on": "2026-08-04", "fact_claim": "Rp25.000.000", "fact_skk_number": "ketikan"}
    client.post(f"/perkara/{case.pk}/langkah/issue_skk/", told)
    assert case.transitions.order_by("number").last().facts == {
        "claim": 25_000_000,
        "skk_number": "B/SKK-001/VIII/2026",
    }
    licensing = create_user(username="izin", password="x", area_code="32.02", agency=Agency.LICENSING_OFFICE)
    client.force_login(licensing, backend=BACKEND)
    assert client.get(f"/perkara/{case.pk}/langkah/impose_tmp2t/").status_code == 302  # not from here


def test_every_letter_is_set_from_its_template_in_its_stage(branch: User, cases: list[Case]):
    cases[0].facts |= {"skk_number": "SKK-7", "claim": 7, "fine": 7, "contribution_due": 7, "fine_months": 1}
    head = Letterhead.objects.get()
    for kind in LETTERS.values():
        for topic in ("pwbd", "arrears"):
            cases[0].topic, cases[0].state = topic, kind.stages[0]
            paper = letter_paper(cases[0], kind, head, number="1", dated_on=ON, address="http://localhost/surat/1/")
            told = render_to_string(kind.template, {"paper": paper})
            assert "PT REKAAN MAJU" in told
            assert "{{" not in told and "{%" not in told
            assert kind.subject in told


def test_letters_set_with_fonts_cut_beforehand_look_the_same(branch: User, cases: list[Case]):
    paper = letter_paper(
        cases[0],
        LETTERS["warning_1"],
        Letterhead.objects.get(),
        number="1",
        dated_on=ON,
        address="http://localhost/s/1/",
    )
    html = render_to_string(LETTERS["warning_1"].template, {"paper": paper})
    one, many = (bound([Press(*STYLE, many=many).sheets(html)]) for many in (False, True))
    assert words(one) == words(many)
    shades = [pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L") for pdf in (one, many)]
    unlike = sum(ImageChops.difference(*shades).histogram()[96:])
    assert unlike < 50  # of 500,000 dots


def test_many_letters_are_written_by_the_worker_and_bound(
    branch: User, cases: list[Case], django_capture_on_commit_callbacks
):
    client = Client(headers={"host": "localhost"})
    client.force_login(branch, backend=BACKEND)
    board = client.get("/perkara/jenis/compliance/").text
    assert "Surat teguran pertama" in board
    assert "Somasi</option>" not in board.split('id="bulk-letter"')[1]
    moved = move_case(cases[1].pk, "comply", on=ON, facts={"proof": "NPP 7"}, by=branch)
    chosen = {"case": [case.pk for case in cases], "letter": "warning_1", "on": "2026-08-04"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/kepatuhan/surat/buat/", chosen).url == "/kepatuhan/surat/"
    run = LetterRun.objects.get()
    do_job(run.job_id, do_letters)
    run.refresh_from_db()
    assert (run.written, len(run.refused), Job.objects.get().state) == (len(cases) - 1, 1, Job.State.DONE)
    said = words(client.get(f"/kepatuhan/surat/{run.pk}/").content)
    assert "SP1-001" in said
    assert moved.subject_label not in said
    Job.objects.update(state=Job.State.WAITING)
    LetterRun.objects.update(asked_at=run.asked_at + timedelta(days=1))  # the clock was set back since it was asked for
    do_job(run.job_id, do_letters)
    assert SentLetter.objects.count() == len(cases) - 1  # a second time nothing is written twice
    page = client.get("/kepatuhan/surat/").text
    assert f"{len(cases) - 1} dari {len(cases)} surat" in page
    assert (
        "Tandai perkaranya"
        in client.post("/kepatuhan/surat/buat/", {"letter": "fine", "on": "2026-08-04"}, follow=True).text
    )
