"""Lists, problems and jobs in words: what a page shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.linkage import explain
from jangkau.core.measures import member_states
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import Job, SentList, State
from jangkau.registry.lists.states import PUBLISHABLE, REFUSABLE
from jangkau.registry.people.models import Person

SAMPLES = 4
# code -> (what is wrong, what to do)
PROBLEM_WORDS = {
    "nik_missing": (_("NIK tidak ada"), _("Baris tetap dicari dengan nama dan tanggal lahir.")),
    "nik_length": (_("NIK bukan 16 angka"), _("Ketik ulang dari KTP atau KK.")),
    "nik_characters": (_("NIK berisi huruf atau tanda"), _("Ketik ulang dari KTP atau KK.")),
    "nik_precision_lost": (
        _("NIK kehilangan angka terakhir"),
        _("Excel menyimpannya sebagai bilangan. Ketik ulang dari KTP atau KK; jangan ditebak."),
    ),
    "nik_region_unknown": (_("Kode wilayah dalam NIK tidak dikenal"), _("Periksa enam angka pertama.")),
    "nik_birthdate_mismatch": (_("Tanggal lahir berbeda dengan NIK"), _("Periksa keduanya dengan KTP.")),
    "nik_sex_mismatch": (_("Jenis kelamin berbeda dengan NIK"), _("Periksa keduanya dengan KTP.")),
    "nik_shared": (_("Satu NIK dipakai beberapa orang"), _("Periksa siapa pemiliknya; sering tertukar dalam satu KK.")),
    "name_missing": (_("Nama tidak ada"), _("Lengkapi namanya.")),
    "date_missing": (_("Tanggal lahir tidak ada"), _("Lengkapi bila ada.")),
    "date_unreadable": (_("Tanggal lahir tidak terbaca"), _("Tulis tanggal-bulan-tahun, misalnya 12-03-1985.")),
    "date_implausible": (_("Tanggal lahir tidak masuk akal"), _("Periksa tahunnya.")),
    "region_unknown": (_("Desa tidak dikenal"), _("Pilih desa yang dimaksud.")),
    "region_ambiguous": (_("Nama desa ada di beberapa kecamatan"), _("Tulis kecamatannya.")),
    "other_village": (_("Alamat di desa lain"), _("Dihitung di desa yang tertulis pada barisnya.")),
    "duplicate_in_list": (_("Muncul dua kali di daftar ini"), _("Disatukan; tidak perlu diperbaiki.")),
    "deceased": (_("Ditandai meninggal"), _("Tidak dihitung lagi; periksa hak ahli warisnya.")),
    "moved_out_note": (_("Ditandai pindah"), _("Tidak dihitung lagi di sini.")),
    "over_age": (_("Lebih dari 65 tahun"), _("Tidak dapat didaftarkan baru; tetap dicatat.")),
    "under_age": (_("Di bawah 15 tahun"), _("Periksa tanggal lahirnya.")),
    "wage_unreadable": (_("Upah tidak terbaca"), _("Tulis rupiah dengan angka saja.")),
    "second_membership": (_("Punya lebih dari satu kepesertaan"), _("Disatukan; yang terbaru dipakai.")),
    "status_contradicts_month": (
        _("Status bertentangan dengan bulan iuran"),
        _("Yang dipakai bulan iuran terakhir; tanyakan ke cabang."),
    ),
}
STEPS = (_("Diterima"), _("Terbaca"), _("Diperiksa"), _("Dipadankan"), _("Dipublikasikan"))
FIELD_WORDS = {
    "nik": _("NIK"),
    "kk": _("Nomor KK"),
    "name": _("Nama"),
    "sex": _("Jenis kelamin"),
    "birth_date": _("Tanggal lahir"),
    "birth_place": _("Tempat lahir"),
    "mother_name": _("Nama ibu"),
    "address": _("Alamat"),
    "rt": _("RT"),
    "rw": _("RW"),
    "rtrw": _("RT/RW"),
    "village": _("Desa/kelurahan"),
    "district": _("Kecamatan"),
    "phone": _("Nomor HP"),
    "occupation": _("Pekerjaan"),
    "employer": _("Perusahaan"),
    "monthly_income": _("Upah/penghasilan"),
    "kpj": _("KPJ"),
    "npp": _("NPP"),
    "nib": _("NIB"),
    "segment": _("Segmen"),
    "programmes": _("Program"),
    "since": _("Mulai"),
    "paid_until": _("Iuran terakhir"),
    "member_status": _("Status"),
    "decile": _("Desil"),
    "agent": _("Agen"),
    "office": _("Kantor Perisai"),
    "position": _("Jabatan"),
    "workers": _("Jumlah pekerja"),
    "scale": _("Skala usaha"),
    "kbli": _("KBLI"),
}


@dataclass(frozen=True)
class ProblemGroup:
    """A kind of problem: how many rows, in which cells for example."""

    code: str
    title: str
    advice: str
    rows: int
    samples: list[str]


@dataclass(frozen=True)
class ListView:
    """A list as its pages show it."""

    item: SentList
    title: str
    place: str
    error: str
    step: int  # how many of STEPS are done
    steps: tuple[str, ...]
    columns: list[tuple[str, str, float]]  # header in the file, read as, confidence
    may_publish: bool
    may_refuse: bool
    may_take_back: bool


@dataclass(frozen=True)
class JobView:
    """A piece of work: how far, how long still."""

    job: Job
    title: str
    percent: int
    seconds_left: int | None
    ended: bool
    error: str


def list_view(item: SentList) -> ListView:
    step = {State.READ: 2, State.PUBLISHED: 5, State.TAKEN_BACK: 2}.get(State(item.state), 1)
    place = item.village.name if item.village else item.district.name if item.district else ""
    return ListView(
        item=item,
        title=item.title or item.file_name,
        place=place,
        error=_in_language(item.error),
        step=step,
        steps=tuple(str(name) for name in STEPS),
        columns=_columns(item),
        may_publish=item.state in PUBLISHABLE and item.rows_of_people > 0,
        may_refuse=item.state in REFUSABLE,
        may_take_back=item.state == State.PUBLISHED,
    )


def _columns(item: SentList) -> list[tuple[str, str, float]]:
    seen: dict[tuple[str, str], float] = {}
    for table in item.tables:
        for column in table["columns"]:
            words = str(FIELD_WORDS.get(column["field"], column["field"])) if column["field"] else ""
            seen.setdefault((column["header"], words), column["confidence"])
    return [(header, words, confidence) for (header, words), confidence in seen.items()]


def problem_groups(scope: Scope, item: SentList) -> list[ProblemGroup]:
    """The problems of a list by kind, most rows first."""
    groups = []
    for code, rows in sorted(item.problem_counts.items(), key=lambda pair: (-pair[1], pair[0])):
        title, advice = PROBLEM_WORDS.get(code, (code, ""))
        found = queries.rows_with_problem(scope, item, code, SAMPLES)
        samples = [
            (f"{row['sheet']}!" if row["sheet"] and len(item.tables) > 1 else "")
            + (row["cell"] or gettext("baris %(row)s") % {"row": row["row"]})
            + (f" “{row['shown']}”" if row["shown"] else "")
            for row in found.iter_rows(named=True)
        ]
        groups.append(ProblemGroup(code, str(title), str(advice), rows, samples))
    return groups


JOB_WORDS = {
    "read": _("Membaca daftar"),
    "publish": _("Memadankan dan mempublikasikan"),
    "take_back": _("Menarik kembali daftar"),
}


def job_view(job: Job) -> JobView:
    left = None
    if job.running_since and job.done and job.state == Job.State.RUNNING:
        spent = (timezone.now() - job.running_since).total_seconds()
        left = round(spent / job.done * (job.total - job.done))
    ended = job.state in (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)
    percent = 100 if job.state == Job.State.DONE else 100 * job.done // max(job.total, 1)
    return JobView(job, str(JOB_WORDS.get(job.kind, job.kind)), percent, left, ended, _in_language(job.error))


def _in_language(error: dict[str, str] | None) -> str:
    if not error:
        return ""
    return error["en" if (get_language() or "id").startswith("en") else "id"]


@dataclass(frozen=True)
class PersonView:
    """A person as a line of a table or the head of a profile."""

    person: Person
    state: str  # paid_up, grace, lapsed, never; deceased, moved_out
    state_words: str
    tone: str  # good, warn, bad, none: the colour
    age: int | None


STATE_WORDS = {
    "paid_up": (_("Terlindungi, iuran lunas"), "good"),
    "grace": (_("Terlindungi, menunggak hingga tiga bulan"), "warn"),
    "lapsed": (_("Pernah peserta, kini tidak terlindungi"), "bad"),
    "never": (_("Belum terlindungi"), "bad"),
    "deceased": (_("Tercatat meninggal"), "none"),
    "moved_out": (_("Tercatat pindah"), "none"),
}


def person_view(person: Person, as_of: date | None) -> PersonView:
    """Is this person protected on `as_of`, in the same reading as the measures."""
    state = _state_of(person, as_of)
    words, tone = STATE_WORDS[state]
    age = None
    if person.birth_date and as_of:
        born = person.birth_date
        age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return PersonView(person, state, str(words), tone, age)


def _state_of(person: Person, as_of: date | None) -> str:
    if person.deceased:
        return "deceased"
    if person.moved_out:
        return "moved_out"
    paid = [(m.person_id, m.segment, m.since, m.paid_until) for m in person.memberships.all() if m.paid_until]
    if as_of is None or not paid:
        return "never"
    schema = {"person_id": pl.Int64(), "segment": pl.String(), "since": pl.Date(), "paid_until": pl.Date()}
    return str(member_states(pl.DataFrame(paid, schema=schema, orient="row"), as_of)["state"][0])


@dataclass(frozen=True)
class StandView:
    """A row of a list in which a person stands, and why it was taken for this person."""

    item: SentList
    place: str
    state: str
    decision: str
    probability: float | None


def stand_views(stands: list[dict[str, Any]]) -> list[StandView]:
    """Appearances with the rule that linked them in words."""
    views = []
    for stand in stands:
        indonesian, english = explain(stand["decision"])
        sheet = f"{stand['sheet']}, " if stand["sheet"] else ""
        place = sheet + gettext("baris %(row)s") % {"row": stand["row"]}
        words = _in_language({"id": indonesian, "en": english})
        views.append(StandView(stand["list"], place, stand["link_state"], words, stand["probability"]))
    return views
