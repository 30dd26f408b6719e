"""An employer sees its own firm and nothing else; arrears by class; the joint agenda. All firms are invented."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.programmes.test_compliance import BACKEND, OWING, employers
from tests.programmes.test_compliance_letters import words

from jangkau.core.kernel import Refused
from jangkau.core.rules import evaluate
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.actions import close_account, enter_scale, open_account, open_on, withdraw_scale
from jangkau.programmes.compliance.queries.arrears import classes_on, totals
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, User
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.actions import move_case, save_letterhead, write_letter
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.models import Employer

SECRET = "kata-sandi-rekaan-7"


def entered(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def branch(register: object) -> User:
    user = create_user(username="cabang", password="x", area_code="32.02", agency=Agency.BRANCH)
    save_letterhead(scope_of(user), "32.02", {"office": "Cabang Rekaan"}, agency=Agency.BRANCH)
    return user


@pytest.fixture
def firms(branch: User) -> dict[str, Employer]:
    found = employers(
        {"nib": "1234567890123"}, OWING, OWING | {"name": "UD REKAAN LAMA", "npp": "N7", "arrears_months": 14}
    )
    open_on(
        scope_of(branch), [firm.pk for firm in found.values()], ["pwbd", "arrears"], on=timezone.localdate(), by=branch
    )
    return found


def case_of(firm: Employer) -> Case:
    return Case.objects.get(subject_id=firm.pk)


@pytest.fixture
def own(branch: User, firms: dict[str, Employer]) -> Client:
    account = open_account(scope_of(branch), firms["CV REKAAN UTANG"], "cv-rekaan", SECRET)
    return entered(account.user)


def test_an_employer_sees_its_debt_with_the_way_it_was_computed_and_its_letters(
    own: Client, branch: User, firms: dict[str, Employer]
):
    case = move_case(case_of(firms["CV REKAAN UTANG"]).pk, "notify", on=timezone.localdate(), by=branch)
    letter = write_letter(case, "notice", dated_on=timezone.localdate(), by=branch)
    assert own.get("/").url == "/perusahaan/saya/"
    page = own.get("/perusahaan/saya/")
    told = evaluate("arrears", {"segment": "pu", "monthly": 5_000_000, "months_unpaid": 5}).values
    assert int(str(told["penalty"])) == 1_500_000  # 2 % of a month for each month late: 1 + 2 + 3 + 4 + 5
    for told in ("CV REKAAN UTANG", "Rp25.000.000", "Rp1.500.000", "Rp26.500.000", "Kurang lancar (dugaan)",
                  letter.number, "Cara menghitung denda", "Pemberitahuan tunggakan", "PP 44/2015"):  # fmt: skip
        assert told in page.text, told
    assert page["Cache-Control"] == "no-store"
    assert own.get(f"/perusahaan/saya/surat/{letter.pk}/").content.startswith(b"%PDF")


def test_an_employer_sees_nothing_else(own: Client, branch: User, firms: dict[str, Employer]):
    other = move_case(case_of(firms["UD REKAAN LAMA"]).pk, "notify", on=timezone.localdate(), by=branch)
    letter = write_letter(other, "notice", dated_on=timezone.localdate(), by=branch)
    mine, others = case_of(firms["CV REKAAN UTANG"]), firms["UD REKAAN LAMA"]
    for address in (
        f"/perusahaan/{others.pk}/", f"/perusahaan/{firms['CV REKAAN UTANG'].pk}/", f"/perkara/{mine.pk}/",
        f"/perkara/{other.pk}/", f"/perusahaan/saya/surat/{letter.pk}/", f"/surat/berkas/{letter.pk}/",
    ):  # fmt: skip
        assert own.get(address).status_code in (403, 404), address
    assert own.post(f"/perusahaan/saya/jawab/{other.pk}/", {"text": "bukan saya"}).status_code == 404
    for address in ("/perusahaan/", "/perkara/jenis/compliance/", "/kepatuhan/agenda/", "/perusahaan/tunggakan/"):
        assert "REKAAN" not in own.get(address).text.replace("Rekaan", ""), address
    assert entered(branch).get("/perusahaan/saya/").status_code == 404


def test_an_answer_reaches_the_officer_until_the_next_step(own: Client, branch: User, firms: dict[str, Employer]):
    number = case_of(firms["CV REKAAN UTANG"]).pk
    proof = SimpleUploadedFile("kuitansi.pdf", b"%PDF-1.7 rekaan")
    answered = own.post(f"/perusahaan/saya/jawab/{number}/", {"text": "Sudah kami bayar", "proof": proof}, follow=True)
    assert "Jawaban terkirim" in answered.text and "Sudah kami bayar" in answered.text
    assert "Tulis jawaban" in own.post(f"/perusahaan/saya/jawab/{number}/", {"text": " "}, follow=True).text
    desk = entered(branch)
    assert "Sudah kami bayar" in desk.get("/perusahaan/").text
    case = desk.get(f"/perkara/{number}/").text
    assert "kuitansi.pdf" in case and "cv-rekaan" in case
    move_case(number, "comply", on=timezone.localdate(), facts={"proof": "kuitansi 8"}, by=branch)
    assert not queries.unanswered(scope_of(branch)).exists()
    ended = own.post(f"/perusahaan/saya/jawab/{number}/", {"text": "lagi"}, follow=True)
    assert "sudah ditutup" in ended.text


def test_a_list_of_the_employer_stands_with_all_lists(
    own: Client, branch: User, firms: dict[str, Employer], village_list, django_capture_on_commit_callbacks
):
    sent = village_list([("SITI CONTOH", "3202014101909001", "01-01-1990", "P")])
    with django_capture_on_commit_callbacks(execute=True):
        received = own.post(
            "/perusahaan/saya/daftar/", {"sent": SimpleUploadedFile("gaji.xlsx", Path(sent).read_bytes())}, follow=True
        )
    assert "Daftar diterima" in received.text and "gaji.xlsx" in received.text
    item = SentList.objects.get()
    assert (item.path, item.received_by.username) == (
        f"perusahaan {firms['CV REKAAN UTANG'].pk}/gaji.xlsx",
        "cv-rekaan",
    )
    assert (
        f"Mengirim daftar: gaji.xlsx (daftar {item.pk})"
        in entered(branch).get(f"/perkara/{case_of(firms['CV REKAAN UTANG']).pk}/").text
    )
    again = own.post(
        "/perusahaan/saya/daftar/", {"sent": SimpleUploadedFile("gaji.xlsx", Path(sent).read_bytes())}, follow=True
    )
    assert "belum pernah dikirim" in again.text
    assert entered(branch).get(f"/daftar/{item.pk}/").status_code == 200


def test_accounts_are_opened_and_closed_by_officers(branch: User, firms: dict[str, Employer]):
    desk, firm = entered(branch), firms["CV REKAAN UTANG"]
    page = f"/perusahaan/{firm.pk}/akun/"
    assert "terlalu" in desk.post(page, {"username": "cv-rekaan", "password": "1234"}).text
    assert "Akun dibuat" in desk.post(page, {"username": "cv-rekaan", "password": SECRET}, follow=True).text
    assert "sudah dipakai" in desk.post(page, {"username": "cv-rekaan", "password": SECRET}).text
    user = User.objects.get(username="cv-rekaan")
    client = Client(headers={"host": "localhost"})
    client.post("/akun/login/", {"login": "cv-rekaan", "password": SECRET})
    assert client.get("/perusahaan/saya/").status_code == 200
    account = queries.accounts(scope_of(branch), firm).get()
    assert "Akun ditutup" in desk.post(f"{page}{account.pk}/tutup/", follow=True).text
    assert client.get("/perusahaan/saya/").status_code in (302, 404)
    assert queries.own_employer(scope_of(user)) is None
    reader = create_user(username="lain", password="x", area_code="32.02.29")
    with pytest.raises(Refused, match="di luar wilayah"):
        open_account(scope_of(reader), firm, "cv-lain", SECRET)
    close_account(scope_of(branch), account)
    told = AuditEvent.objects.filter(action__startswith="employer_account").values_list("action", flat=True)
    assert list(told) == ["employer_account_opened", "employer_account_closed"]


def test_arrears_stand_in_classes_that_the_office_may_set(branch: User, firms: dict[str, Employer]):
    desk, scope, today = entered(branch), scope_of(branch), timezone.localdate()
    page = desk.get("/perusahaan/tunggakan/").text
    for told in ("2 perusahaan menunggak Rp50.000.000", "dugaan", "Kurang lancar", "Kontingensi", "10 atau lebih"):
        assert told in page, told
    found = {one.name: (one.employers, one.workers, one.amount) for one in totals(scope, classes_on(today))}
    assert found == {"current": (0, 0, 0), "less_current": (1, 20, 25_000_000), "bad": (0, 0, 0),
                     "contingent": (1, 20, 25_000_000)}  # fmt: skip
    assert "UD REKAAN LAMA" not in desk.get("/perusahaan/", {"arrears_class": "less_current"}).text
    assert "5 bulan, Kurang lancar (dugaan)" in desk.get("/perusahaan/", {"arrears_class": "less_current"}).text
    assert (
        "mulai lebih lambat"
        in desk.post("/perusahaan/tunggakan/", {"current": 1, "bad": 1, "since": today, "source": "S"}).text
    )
    told = {"current": 1, "doubtful": 5, "bad": 13, "since": today, "source": "Surat cabang 7"}
    page = desk.post("/perusahaan/tunggakan/", told, follow=True).text
    assert "Surat cabang 7" in page and "Diragukan" in page and "13 atau lebih" in page
    assert "UD REKAAN LAMA" in desk.get("/perusahaan/", {"arrears_class": "bad"}).text
    assert "UD REKAAN LAMA" not in desk.get("/perusahaan/", {"arrears_class": "contingent"}).text
    assert classes_on(today - timedelta(days=1)).entered is None
    withdraw_scale(scope, classes_on(today).entered)
    assert classes_on(today).of(14) == "contingent"
    district = create_user(username="kecamatan", password="x", area_code="32.02.01", agency=Agency.DISTRICT)
    with pytest.raises(Refused, match="seluruh register"):
        enter_scale(scope_of(district), {"current": 1}, since=today, source="S")


def test_the_joint_agenda_says_whose_turn_it_is(branch: User, firms: dict[str, Employer]):
    today = timezone.localdate()
    warned = case_of(firms["UD REKAAN LAMA"])
    move_case(warned.pk, "warn_1", on=today, by=branch)
    desk = entered(branch)
    page = desk.get("/kepatuhan/agenda/").text
    assert "PT REKAAN MAJU" in page and "Teguran kedua (sesudah batas waktu)" in page
    assert "UD REKAAN LAMA" not in desk.get("/kepatuhan/agenda/", {"days": "0"}).text
    assert "Pengawas ketenagakerjaan provinsi" in page
    assert (
        "UD REKAAN LAMA" not in desk.get("/kepatuhan/agenda/", {"days": "30", "agency": Agency.LICENSING_OFFICE}).text
    )
    whole = desk.get("/kepatuhan/agenda/", {"days": "30", "order": "weight"}).text
    assert whole.index("PT REKAAN MAJU") < whole.index("UD REKAAN LAMA")
    book = (
        CalamineWorkbook.from_filelike(BytesIO(desk.get("/kepatuhan/agenda/unduh/").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert any("PT REKAAN MAJU" in row for row in book)
    said = words(desk.get("/kepatuhan/agenda/cetak/", {"days": "30"}).content)
    assert "Agenda bersama kepatuhan" in said and "UD REKAAN LAMA" in said
    stranger = entered(create_user(username="lain", password="x", area_code="32.02.29"))
    assert "REKAAN" not in stranger.get("/kepatuhan/agenda/").text.replace("Rekaan", "")
