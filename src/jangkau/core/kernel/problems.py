"""What can be wrong with a row, and what a line is that holds no data. The codes are public: exports carry them."""

from typing import NamedTuple

PROBLEM_CODES = (
    "nik_missing", "nik_length", "nik_characters", "nik_precision_lost", "nik_region_unknown",
    "nik_birthdate_mismatch", "nik_sex_mismatch", "nik_shared", "name_missing", "date_missing", "date_unreadable",
    "date_implausible", "region_unknown", "region_ambiguous", "other_village", "duplicate_in_list", "deceased",
    "moved_out_note", "over_age", "under_age", "wage_unreadable", "second_membership", "status_contradicts_month",
    "struck_out",
)  # fmt: skip

LINE_KINDS = (
    "header", "header_repeat", "column_numbers", "title", "project_header", "total", "note", "signature",
    "hidden_sheet", "blank",
)  # fmt: skip


class Problem(NamedTuple):
    """One finding in one place. `cell` is the address that Excel shows ("B12"), empty when the whole row or file is
    meant. `shown` is a short excerpt that never holds a NIK or a name."""

    code: str
    sheet: str
    row: int
    cell: str = ""
    shown: str = ""
