"""The pages of a scheme from the empty page to the branch's answer, by two people; who may not, does not. Everybody is
invented."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.programmes.subsidy.conftest import AS_OF, settle

from jangkau.core.kernel import Corrupt
from jangkau.core.synthetic.nominations import invent_nominations
from jangkau.programmes.subsidy.actions.papers import make_papers
from jangkau.programmes.subsidy.gateways.papers import place_of
from jangkau.programmes.subsidy.models import Batch, Decree, Nominee, Scheme
from jangkau.programmes.subsidy.presenters.annex_book import annex_paper
from jangkau.programmes.subsidy.queries.annex import annex
from jangkau.programmes.subsidy.states import State
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions.jobs import do_job
from jangkau.registry.lists.models import Job

SCHEME = {
    "name": "DBH-CHT 2026", "kind": "dbhcht", "area_id": "32.02", "first_month": "2026-11", "months": "2",
    "budget": "100.000.000", "places": "40", "reserve": "5", "income": "1000000", "sector": "other", "youngest": "15",
    "oldest": "64",
}  # fmt: skip


def signed_in(name: str, role: str = Role.OFFICER, area: str = "32.02") -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username=name, password="x", area_code=area, role=role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def said(response) -> str:
    return " ".join(re.findall(r'<li class="message[^>]*>(.*?)</li>', response.content.decode()))


@pytest.fixture
def sixty(register, regency):
    told = invent_nominations(regency, 60)
    settle(regency, told["person_id"].unique())
    return told


@pytest.fixture
def officer(register) -> Client:
    return signed_in("penyusun")


@pytest.fixture
def scheme(officer, sixty) -> Scheme:
    officer.post(reverse("scheme_new"), SCHEME)
    found = Scheme.objects.get()
    niks = "\n".join(sixty["nik"].unique(maintain_order=True))
    response = officer.post(reverse("scheme_propose", args=[found.pk]), {"niks": niks}, follow=True)
    assert "diusulkan" in said(response)
    return found


def stepped(client: Client, scheme: Scheme, step: str) -> str:
    return said(client.post(reverse("scheme_step", args=[scheme.pk, step]), follow=True))


def test_an_empty_page_says_what_to_do_first(officer):
    page = officer.get(reverse("schemes")).content.decode()
    assert "Belum ada skema" in page and reverse("scheme_new") in page


def test_from_the_scheme_to_the_branch_file_by_two_people(officer, scheme, regency):
    address = reverse("scheme", args=[scheme.pk])
    page = officer.get(address).content.decode()
    assert "keringanan PP 50/2025 tidak berlaku" in page and "Rp16.800" in page
    assert "Terpilih 40, cadangan 5" in stepped(officer, scheme, "pilih")
    page = officer.get(address).content.decode()
    assert "sudah peserta" in page and "kuota dan cadangan penuh" in page
    response = officer.post(
        reverse("decree_propose", args=[scheme.pk]), {"number": "560/7", "dated_on": "2026-10-20"}, follow=True
    )
    decree = Decree.objects.get()
    page = response.content.decode()
    assert "santunan belum penuh" in page and "Rp10.000.000, bukan Rp42.000.000" in page
    assert reverse("decree_sign", args=[decree.pk]) not in page  # the maker sees no button, and is refused below it
    assert "tidak boleh menandatangani" in said(officer.post(reverse("decree_sign", args=[decree.pk]), follow=True))
    waiting = "Periksa dan tanda tangani"
    assert waiting not in officer.get(reverse("schemes")).content.decode()
    checker = signed_in("pemeriksa")
    assert waiting in checker.get(reverse("schemes")).content.decode()
    assert "ditandatangani" in said(checker.post(reverse("decree_sign", args=[decree.pk]), follow=True))
    assert "Tagihan November 2026 dibuat untuk 40 orang" in stepped(officer, scheme, "tagih")
    batch = Batch.objects.get()
    page = officer.get(reverse("batch", args=[batch.pk])).content.decode()
    assert "Rp672.000" in page and "Cabang belum menjawab" in page
    content = officer.get(reverse("batch_workbook", args=[batch.pk])).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Peserta").to_python()[4:]
    assert {row[1] for row in rows} == set(Nominee.objects.filter(decree=decree).values_list("nik", flat=True))
    page = officer.get(reverse("nominees", args=[scheme.pk]) + "?state=enrolled").content.decode()
    assert "dibiayai sampai 31 Desember 2026, santunan penuh sejak 1 Februari 2027" in page
    assert "SK ditandatangani · Ditetapkan" in page  # the history of a nominee
    person = Nominee.objects.filter(decree=decree).first().person_id
    assert "DBH-CHT 2026" in officer.get(reverse("person", args=[person])).content.decode()


def test_the_annex_is_whole_for_officers_and_masked_for_others(officer, scheme):
    stepped(officer, scheme, "pilih")
    officer.post(reverse("decree_propose", args=[scheme.pk]), {"number": "1", "dated_on": "2026-10-20"})
    checker = signed_in("pemeriksa")
    checker.post(reverse("decree_sign", args=[Decree.objects.get().pk]))
    decree = Decree.objects.get()
    job = Job.objects.get(kind="decree")  # asked for by signing
    do_job(job.pk, make_papers)
    job.refresh_from_db()
    assert (job.done, job.total, job.state) == (2, 2, Job.State.DONE)
    again = annex_paper(decree, whole=False)
    assert again == seal.content_of(place_of(decree.pk, "lampiran-umum")) and b"CreationDate(D:1970" in again
    niks = set(Nominee.objects.filter(decree=decree).values_list("nik", flat=True))
    reader = signed_in("pembaca", Role.READER)
    for client, paper, whole in ((officer, "lampiran", True), (reader, "lampiran-umum", False)):
        response = client.get(reverse("decree_paper", args=[decree.pk, paper]))
        text = "".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(b"".join(response.streaming_content))
        )
        assert all((nik in text) == whole for nik in niks)
        assert decree.annex_sha256 in re.sub(r"\s", "", text) and f"/bantuan/periksa/{decree.code}/" in text
        book = client.get(reverse("decree_workbook", args=[decree.pk])).content
        sheet = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
        assert {row[1] for row in sheet[5:]}.isdisjoint(niks) != whole
    assert reader.get(reverse("decree_paper", args=[decree.pk, "lampiran"])).status_code == 404
    stranger = Client(headers={"host": "localhost"})
    page = stranger.get(reverse("decree_verify", args=[decree.code])).content.decode()
    assert decree.number in page and decree.annex_sha256 in page
    assert stranger.get(reverse("decree_verify", args=["0" * 16])).status_code == 404
    Nominee.objects.filter(decree=decree).update(name="ORANG LAIN")
    with pytest.raises(Corrupt):
        annex(Decree.objects.get())
    for page in ("decree", "decree_workbook"):
        assert "tidak lagi sama" in said(officer.get(reverse(page, args=[decree.pk]), follow=True))


def test_a_field_check_goes_out_and_comes_back_as_a_workbook(officer, scheme):
    stepped(officer, scheme, "nilai")
    content = officer.get(reverse("nominees_workbook", args=[scheme.pk]) + "?state=eligible").content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "NOMOR CALON")
    number, answer = int(sheet.cell(head[0].row + 1, 1).value), len(head)
    sheet.cell(head[0].row + 1, answer).value = "tidak bekerja"
    target = BytesIO()
    book.save(target)
    target.name = "cek.xlsx"
    target.seek(0)
    response = officer.post(
        reverse("nominees_check", args=[scheme.pk]), {"kind": "field_check", "book": target}, follow=True
    )
    assert "Hasil cek 1 orang dicatat" in said(response)
    who = Nominee.objects.get(pk=number)
    assert (who.state, who.reasons, who.field_check) == (State.REFUSED, "not_working", "not_working")
    steps = list(who.steps.order_by("pk").values_list("round__kind", "state", "found"))
    assert steps == [
        ("nominate", "nominated", ""), ("assess", "eligible", ""), ("field_check", "eligible", "not_working"),
        ("assess", "refused", "not_working"),
    ]  # fmt: skip


def test_all_that_a_filter_means_are_checked_at_once(officer, scheme):
    stepped(officer, scheme, "nilai")
    village = Nominee.objects.filter(state=State.ELIGIBLE).order_by("pk").first().village_id
    meant = Nominee.objects.filter(state=State.ELIGIBLE, village=village).count()
    told = {"kind": "civil_check", "answer": "civil:valid", "all": "1", "filter": f"state=eligible&village={village}"}
    assert f"Hasil cek {meant} orang" in said(
        officer.post(reverse("nominees_check", args=[scheme.pk]), told, follow=True)
    )
    assert Nominee.objects.filter(civil_check="valid").count() == meant


def test_who_may_only_look_changes_nothing_and_a_village_sees_its_own(officer, scheme, regency):
    stepped(officer, scheme, "nilai")
    reader = signed_in("pembaca", Role.READER)
    before = AuditEvent.objects.count()
    for address in ("scheme_propose", "scheme_quotas", "nominees_check", "scheme_leavers", "decree_propose"):
        told = {"niks": "1", "kind": "field_check", "answer": "working", "nominee": "1", "number": "1",
                "dated_on": "2026-10-20", "quotas": ""}  # fmt: skip
        reader.post(reverse(address, args=[scheme.pk]), told)
    for step in ("nilai", "pilih", "tagih"):
        stepped(reader, scheme, step)
    reader.post(reverse("scheme_new"), SCHEME)
    assert AuditEvent.objects.count() == before and Scheme.objects.count() == 1
    village = Nominee.objects.exclude(village=None).order_by("pk").first().village_id
    villager = signed_in("desa", area=village)
    page = villager.get(reverse("nominees", args=[scheme.pk])).content.decode()
    assert f"<h1>{Nominee.objects.filter(village=village).count()} calon" in page
    assert "wilayah di luar" in stepped(villager, scheme, "nilai")
    assert signed_in("lain", area="32.03").get(reverse("scheme", args=[scheme.pk])).status_code == 404


def test_whose_funding_ends_goes_on_in_the_next_scheme_without_a_break(officer, scheme, settings, monkeypatch):
    stepped(officer, scheme, "pilih")
    officer.post(reverse("decree_propose", args=[scheme.pk]), {"number": "1", "dated_on": "2026-10-20"})
    signed_in("pemeriksa").post(reverse("decree_sign", args=[Decree.objects.get().pk]))
    from jangkau.programmes.subsidy.actions.assessing import select
    from jangkau.programmes.subsidy.actions.decreeing import propose_decree, sign_decree
    from jangkau.programmes.subsidy.actions.nominating import nominate_again
    from jangkau.programmes.subsidy.queries.ending import ending_soon
    from jangkau.registry.access.models import User
    from jangkau.registry.access.permissions import scope_of

    maker, checker = (scope_of(User.objects.get(username=name)) for name in ("penyusun", "pemeriksa"))
    assert not ending_soon(maker, date(2026, 10, 31))
    ending = ending_soon(maker, date(2026, 11, 15))
    assert ending.count() == 40
    officer.post(reverse("scheme_new"), SCHEME | {"name": "Lanjutan", "first_month": "2027-01"})
    following = Scheme.objects.get(name="Lanjutan")
    assert nominate_again(maker, following, list(ending.values_list("pk", flat=True))) == 40
    assert select(maker, following)["selected"] == 40
    sign_decree(checker, propose_decree(maker, following, number="2", dated_on=AS_OF))
    assert set(following.nominees.values_list("covered_since", flat=True)) == {date(2026, 11, 1)}
    assert not ending_soon(maker, date(2026, 11, 15))
