"""The columns in which every list leaves this room; see docs/adr/0001-the-loop.md, which says what each means."""

from __future__ import annotations

import polars as pl

ROW_SCHEMA: dict[str, pl.DataType] = {
    "sheet": pl.String(), "row": pl.Int32(), "state": pl.String(), "problems": pl.List(pl.String()),
    "table": pl.Int32(), "cells": pl.List(pl.String()),
    "nik": pl.String(), "kk": pl.String(), "kpj": pl.String(), "npp": pl.String(), "nib": pl.String(),
    "phone": pl.String(),
    "name": pl.String(), "sex": pl.String(), "birth_date": pl.Date(), "since": pl.Date(), "until": pl.Date(),
    "birth_place": pl.String(), "mother_name": pl.String(), "address": pl.String(),
    "rt": pl.String(), "rw": pl.String(),
    "occupation": pl.String(), "position": pl.String(), "employer": pl.String(),
    "village_code": pl.String(), "district_code": pl.String(),
    "segment": pl.String(), "programmes": pl.String(), "monthly_income": pl.Int64(),
    "daily_wage": pl.Int64(), "days": pl.Int32(), "value": pl.Int64(), "fund": pl.String(),
    "paid_until": pl.Date(),
    "member_status": pl.String(), "decile": pl.Int8(), "agent": pl.String(), "office": pl.String(),
    "workers": pl.Int32(), "arrears_months": pl.Int32(), "arrears": pl.Int64(),
    "scale": pl.String(), "kbli": pl.String(), "activity": pl.String(),
    "deceased": pl.Boolean(), "moved_out": pl.Boolean(), "part": pl.String(),
}  # fmt: skip

PROBLEM_SCHEMA: dict[str, pl.DataType] = {
    "code": pl.String(), "sheet": pl.String(), "row": pl.Int32(), "cell": pl.String(), "shown": pl.String(),
}  # fmt: skip

LIST_KINDS = (
    "membership", "workers", "jakon", "licences", "company_reports", "branch_employers", "non_asn", "village_officials",
    "fishers", "poverty", "perisai", "outreach", "village_budget", "confirmation", "deaths_and_moves", "unknown",
)  # fmt: skip
EMPLOYER_KINDS = ("licences", "company_reports", "branch_employers")
NOT_PEOPLE = (*EMPLOYER_KINDS, "outreach", "village_budget")
