"""What the lists of the invented regency show of its employers, against what the generator planted."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.linkage import compose_employers
from jangkau.core.linkage.employers import employer_key
from jangkau.core.measures.findings import Duties, find
from jangkau.core.rules.employers import programmes_by_scale
from jangkau.core.synthetic import invent

AS_OF = date(2026, 10, 31)
PLANTED = {
    "PWBD": "pwbd",
    "PDS_TK": "pds_tk",
    "PDS_UPAH": "pds_upah",
    "PDS_PROGRAM": "pds_program",
    "TUNGGAKAN": "arrears",
}
SCALES = {"MIKRO": "Usaha Mikro", "KECIL": "Usaha Kecil", "MENENGAH": "Usaha Menengah", "BESAR": "Usaha Besar"}


def lists_of(firms: pl.DataFrame, memberships: pl.DataFrame) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    """Licences, company reports and the branch's list as read without mistakes, and the members by NPP."""
    place = {"district_code": pl.col("village_code").str.slice(0, 8), "employer": pl.col("name")}
    scale = pl.col("scale").replace_strict(SCALES)
    licences = firms.filter("in_oss").select(
        "nib", "village_code", scale=scale, workers="workers_true", kind=pl.lit("licences"), **place
    )
    lowest = (pl.col("wage_paid") * 0.85 / 10_000).round().cast(pl.Int64) * 10_000
    reports = firms.filter("in_wlkp").select(
        workers="workers_true", monthly_income=lowest, kind=pl.lit("company_reports"), **place
    )
    branch = firms.filter(pl.col("npp").is_not_null()).select(
        "npp", "programmes", "arrears_months", scale="scale", workers="members_registered",
        monthly_income="wage_reported", arrears=pl.lit(0), kind=pl.lit("branch_employers"),
        **place,
    )  # fmt: skip
    wages = memberships.drop_nulls("npp").group_by("npp").agg(wages="wage")
    known = firms.drop_nulls("npp").select("npp", active="members_active", known="members_registered")
    known = known.join(wages, on="npp", how="left")
    return [licences, reports, branch], known


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    lines = ["32|Jawa Barat|-6.9|107.5", "32.02|Kabupaten 32.02|-7.0|106.7"]
    for district in range(1, 4):
        code = f"32.02.{district:02d}"
        lines.append(f"{code}|Kecamatan {district}|-7.0|106.{district}")
        lines += [f"{code}.{2000 + v}|Sukamaju {district}-{v}|-7.0|106.{district}{v}" for v in range(1, 7)]
    regency = invent(Gazetteer.parse("\n".join(lines)), area=RegionCode("32.02"), workers=60_000, seed=5, as_of=AS_OF)
    firms = regency.employers.filter((pl.col("kind") == "firm") & (pl.col("workers_true") > 0))
    told, known = lists_of(firms, regency.memberships)
    employers = find(compose_employers(told, known), Duties(3_831_926, programmes_by_scale(AS_OF), 840_000))
    key = employer_key(pl.col("name"))
    truth = firms.select(
        "in_oss", "in_wlkp", "status", "scale", key=key, district_code=pl.col("village_code").str.slice(0, 8)
    )
    return employers.with_columns(key=key).join(truth, on=["key", "district_code"], how="inner", suffix="_true")


@pytest.mark.parametrize(("status", "code"), PLANTED.items())
def test_findings_are_what_was_planted(found: pl.DataFrame, status: str, code: str):
    said = found["finding"].str.split("|").list.contains(code)
    planted = found["status"] == status
    if code == "pds_upah":  # without a report and below medium size nothing tells what is really paid
        planted &= found["in_wlkp"] | found["scale_true"].is_in(["MENENGAH", "BESAR"])
    elif code == "pds_tk":
        planted &= found["in_oss"] | found["in_wlkp"]
    assert planted.sum() >= 4, "nothing is planted: the test would say nothing"
    assert (said & planted).sum() / said.sum() >= 0.95
    assert (said & planted).sum() / planted.sum() >= 0.9
