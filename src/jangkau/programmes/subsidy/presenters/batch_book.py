"""The month of a scheme as the branch registers it, and the differences of its answer, as workbooks. Titles are the
branch's: Indonesian."""

from __future__ import annotations

import polars as pl

from jangkau.programmes.subsidy.models import Batch
from jangkau.programmes.subsidy.presenters.words import DIFFERENCE_WORDS
from jangkau.programmes.subsidy.queries.billed import differences, left_before, lines
from jangkau.programmes.subsidy.queries.money import segment_of
from jangkau.programmes.subsidy.states import Left
from jangkau.registry.people.presenters.figures import masked, month, rupiah
from jangkau.registry.people.presenters.sheets import Sheet, workbook

_COLUMNS = (
    ("NO", 6), ("NIK", 20), ("NAMA LENGKAP", 32), ("TANGGAL LAHIR", 14), ("L/P", 6), ("ALAMAT", 36),
    ("DESA/KELURAHAN", 22), ("KECAMATAN", 20), ("PEKERJAAN", 22), ("SEGMEN", 9), ("PROGRAM", 14), ("BULAN IURAN", 14),
    ("IURAN", 12), ("KETERANGAN", 12),
)  # fmt: skip


def branch_file(batch: Batch) -> bytes:
    """Everybody billed in a month with whole NIKs, and on a second sheet who stopped."""
    scheme = batch.scheme
    programmes = "JKK,JKM,JHT" if scheme.with_jht else "JKK,JKM"
    segment = segment_of(scheme).upper()
    rows = [
        (
            number, line["nik"], line["name"], line["birth_date"], line["sex"], line["address"], line["village"],
            line["district"], line["occupation"], segment, programmes, batch.month, line["amount"], _note(line, batch),
        )
        for number, line in enumerate(lines(batch).iter_rows(named=True), 1)
    ]  # fmt: skip
    above = (
        f"PENDAFTARAN KOLEKTIF DAN IURAN {scheme.name.upper()}",
        f"Bulan {month(batch.month)}, {len(rows)} orang, {rupiah(batch.amount)}",
    )
    stopped = [
        (number, line["nik"], line["name"], line["village"], str(Left(line["because"]).label))
        for number, line in enumerate(left_before(batch).iter_rows(named=True), 1)
    ]
    columns = (("NO", 6), ("NIK", 20), ("NAMA LENGKAP", 32), ("DESA/KELURAHAN", 22), ("ALASAN", 40))
    return workbook(
        above[0], [Sheet("Peserta", above, _COLUMNS, rows), Sheet("Berhenti", ("PESERTA BERHENTI",), columns, stopped)]
    )


def _note(line: dict[str, object], batch: Batch) -> str:
    if line["first_month"] != batch.month:
        return "LANJUT"
    return "PENGGANTI" if line["replaces"] else "BARU"


def differences_file(batch: Batch, *, whole: bool) -> bytes:
    """Where the branch's answer differs, one line each."""
    found = differences(batch)
    columns = (("PERBEDAAN", 44), ("NIK", 20), ("NAMA", 32), ("DESA/KELURAHAN", 22), ("KETERANGAN CABANG", 50))
    rows = [
        (
            str(DIFFERENCE_WORDS[row["kind"]]), row["nik"] if whole else masked(row["nik"]), row["name"],
            row["village"], row["because"] or row["told"],
        )
        for row in (found if found is not None else pl.DataFrame()).iter_rows(named=True)
    ]  # fmt: skip
    return workbook("Perbedaan", [Sheet("Perbedaan", (), columns, rows)])
