"""What kind of list is this, of which village and which month, and for a village project: which works? Proposed from
titles, columns, sheet names and the path (folders are evidence); a person may confirm or change it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from jangkau.core.kernel import Month
from jangkau.core.reading.cells.amounts import rupiah
from jangkau.core.reading.cells.dates import month_number, parse_day
from jangkau.core.reading.cells.places import DISTRICT_IN_TEXT, NOWHERE, VILLAGE_IN_TEXT, Place, Places
from jangkau.core.reading.meanings import looks_like_answers
from jangkau.core.reading.tables import SheetReading

_VILLAGE_CODE = re.compile(r"(?<![\d.])(\d{2})[.\-_ ]?(\d{2})[.\-_ ]?(\d{2})[.\-_ ]?(\d{4})(?![\d.]\d)")
_CONFIRMATIONS = r"\bKONFIRMASI\b|\bHASIL (PENDAFTARAN|VERIFIKASI|VALIDASI|UNGGAH|UPLOAD)|\bBALASAN\b|KPJ BARU|CONFIRM"
_DEPARTURES = (
    r"\b(KEMATIAN|MENINGGAL|WAFAT)\b|PINDAH KELUAR|(WARGA|PENDUDUK|DATA) (YANG )?PINDAH|(MUTASI|PERPINDAHAN) PENDUDUK|"
    r"LAPORAN (KEMATIAN|PINDAH)|\bDEATHS?\b"
)
_SAMPLE = 200
_PROJECT_PARTS = (
    ("registered", r"no(mor)?\W*(sertifikat|pendaftaran|proyek|kepesertaan)|terdaftar|bpjs"),
    ("start", r"(tanggal|tgl)\W*(mulai|awal)|mulai|awal pelaksanaan"),
    ("end", r"(tanggal|tgl)\W*(selesai|akhir|berakhir)|selesai"),
    ("source", r"sumber"),
    ("value", r"nilai|pagu|rab|anggaran|biaya|kontrak"),
    ("location", r"lokasi|tempat|alamat"),
    ("executor", r"pelaksana|penyedia|tpk|kontraktor"),
    ("activity", r"(nama |nm )?(kegiatan|pekerjaan|proyek|paket)"),
)


def kind_of(readings: list[SheetReading], name: str) -> str:
    """One of LIST_KINDS: by the fields found, then by the words of titles and path."""
    fields = {field for reading in readings for table in reading.tables for field in table.fields}
    words = " ".join([name.replace("_", " "), *(title for r in readings for title in r.titles)]).upper()
    person = bool(fields & {"name", "nik"})
    if not person:
        return _kind_without_people(fields, words)
    project = {kind for reading in readings for kind in reading.line_kinds.values()} >= {"project_header"}
    if fields & {"agent", "office"}:
        return "perisai"
    if _is_confirmation(readings, fields, words):
        return "confirmation"
    if "kpj" in fields and fields & {"npp", "segment", "member_status", "paid_until"}:
        return "membership"
    if fields & {"died_on", "moved_on", "moved_to"} or ("occupation" not in fields and re.search(_DEPARTURES, words)):
        return "deaths_and_moves"
    if "decile" in fields or re.search(r"\b(DTSEN|DTKS|DESIL|KEMISKINAN|P3KE)\b", words):
        return "poverty"
    if fields & {"daily_wage", "days"} or (project and re.search(r"KEGIATAN|PROYEK|PADAT KARYA|HOK", words)):
        return "jakon"
    if re.search(r"\bNON ?-?ASN\b|\bHONORER\b|BKPSDM|PPPK|TENAGA KONTRAK", words) and "employer" in fields:
        return "non_asn"
    if "position" in fields and re.search(r"PERANGKAT|RT ?/? ?RW|APARAT(UR)?|DPMD|KADER|BPD", words):
        return "village_officials"
    return "fishers" if re.search(r"\bNELAYAN\b|PERIKANAN|KUSUKA", words) else "workers"


def _is_confirmation(readings: list[SheetReading], fields: set[str], words: str) -> bool:
    """Does the branch answer here? By its words, or by the answers in the status column; a membership export says when
    somebody paid last, an answer does not."""
    if fields & {"paid_until", "npp"}:
        return False
    named = bool(re.search(_CONFIRMATIONS, words))
    if "kpj" in fields and named:
        return True
    answers = any(
        looks_like_answers(
            table.sheet.take(table.indexes.head(_SAMPLE))[:, table.fields["member_status"]].drop_nulls().to_list()
        )
        for reading in readings
        for table in reading.tables
        if "member_status" in table.fields
    )
    return answers and ("kpj" in fields or named)


def _kind_without_people(fields: set[str], words: str) -> str:
    if {"activity", "value"} <= fields and not fields & {"event_date", "workers", "men"}:
        return "village_budget"
    if fields & {"event_date", "activity"} and fields & {"location", "village"}:
        return "outreach"
    if "men" in fields or re.search(r"WAJIB LAPOR|WLKP", words):
        return "company_reports"
    if "nib" in fields or "kbli" in fields:
        return "licences"
    if "npp" in fields or fields & {"arrears", "arrears_months"}:
        return "branch_employers"
    return "company_reports" if "employer" in fields and "workers" in fields else "unknown"


def district_of(places: Places, texts: list[str], names: list[str]) -> str | None:
    """The first district that the texts name after "Kec.", else the first that is the whole of a name (a folder, a
    sheet; a file is more often called after its village)."""
    for text in texts:
        for found in DISTRICT_IN_TEXT.finditer(text.upper().replace("_", " ")):
            if code := _leading_district(places, found[1]):
                return code
    return next((code for name in names if (code := places.exact_district(name))), None)


def _leading_district(places: Places, text: str) -> str | None:
    words = text.split()
    for size in range(min(3, len(words)), 0, -1):
        if code := places.exact_district(" ".join(words[:size])):
            return code
    return places.district(words[0]) if words else None


def village_of(places: Places, titles: list[str], name: str, near: str | None) -> Place:
    """The village a list is of: a code in the file name, "Desa X" in a title, then the words of the file name."""
    path = name.replace("\\", "/")
    base = path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]
    for found in _VILLAGE_CODE.finditer(base):
        if (code := ".".join(found.groups())) in places.villages:
            return Place(code, code[:8])
    votes = Counter(
        place
        for title in titles
        for place in (_village_in(places, title, near),)
        if place.village or place.problem == "region_ambiguous"
    )
    if votes:
        return votes.most_common(1)[0][0]
    plain = base.upper().replace("_", " ")
    named = _village_in(places, plain, near)
    if named.village:
        return named
    words = re.findall(r"[A-Z']+", plain)
    for start in range(len(words)):
        place = places.find_leading(words[start:], near)
        if place.village:
            return place
    return NOWHERE


def _village_in(places: Places, text: str, near: str | None) -> Place:
    """The village after "Desa" or "Kelurahan" in a title."""
    for found in VILLAGE_IN_TEXT.finditer(text.upper()):
        place = places.find_leading(found[1].split(), near)
        if place.village or place.problem:
            return place
    return NOWHERE


def month_of(texts: list[str]) -> Month | None:
    """The first month with a year that the texts name ("per 30 September 2026", "2026-10").

    >>> month_of(["DATA PEGAWAI NON ASN PER 30 SEPTEMBER 2026"])
    Month(year=2026, month=9)
    >>> month_of(["TAHUN ANGGARAN 2026"]) is None
    True
    """
    for text in texts:
        for found in re.finditer(r"([A-Za-z]{3,10})[\s_\-]+(20\d\d)\b", text):
            if number := month_number(found[1]):
                return Month(int(found[2]), number)
        if iso := re.search(r"(?<!\d)(20\d\d)[-_](0[1-9]|1[0-2])(?!\d)", text):
            return Month(int(iso[1]), int(iso[2]))
        if day := re.search(r"\b\d{1,2}[-/](0?[1-9]|1[0-2])[-/](20\d\d)\b", text):
            return Month(int(day[2]), int(day[1]))
    return None


def project_of(readings: list[SheetReading], places: Places, near: str | None) -> dict[str, object]:
    """The header block of a village project; only what it says. `registered` is True or False when the block speaks of
    a certificate or registration, else None."""
    said: dict[str, object] = {}
    for reading in readings:
        for index, kind in reading.line_kinds.items():
            if kind == "project_header":
                label, value = _label_and_value(reading.sheet.cells.row(index))
                for part, pattern in _PROJECT_PARTS:
                    if re.match(rf"(?i)\W*(?:{pattern})", label):
                        said.setdefault(part, _project_value(part, value))
                        break
    if not said:
        return {}
    place = _village_in(places, str(said.get("location", "")), near)
    return {"registered": None, **said, "village": place.village}


def _label_and_value(row: tuple[str | None, ...]) -> tuple[str, str]:
    filled = [text for text in row if text]
    label, _, rest = filled[0].partition(":")
    value = " ".join(text.lstrip(": ") for text in filled[1:] if text != ":")
    return label, f"{rest.strip()} {value}".strip()


def _project_value(part: str, value: str) -> object:
    if part == "value":
        return rupiah(value)
    if part in ("start", "end"):
        return _day(value)
    if part == "registered":
        return not re.search(r"(?i)\b(tidak|belum|tdk|blm)\b", value) and bool(re.search(r"\w", value))
    return value


def _day(value: str) -> date | None:
    return parse_day(value, 99)
