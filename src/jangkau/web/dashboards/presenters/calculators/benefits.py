"""What a member or a family gets: after an accident, a death, a lost job, in old age; until when, and who is heir."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from jangkau.core.rules import evaluate
from jangkau.registry.people.presenters.figures import rupiah
from jangkau.web.dashboards.presenters.calculators.amounts import Answer, Group, Line, line, lines, named, total


def accident(said: Mapping[str, Any]) -> Answer:
    on = said["accident_on"].isoformat()
    parts = [*_main_sum(said, on), *_costs(said, on)]
    whole = total(gettext("Seluruhnya"), parts)
    groups = [Group(gettext("Manfaat"), (*parts, whole))]
    severe = said["outcome"] in ("total", "death")
    if severe and said["children"]:
        groups.append(_school("jkk", said["children"], None))
    if said["filed_on"]:
        expiry = evaluate("claim_expiry", {"accident_on": on, "filed_on": said["filed_on"].isoformat()})
        groups.append(
            Group(
                gettext("Batas waktu"),
                (
                    line(expiry, "expires_on", gettext("Klaim gugur setelah")),
                    line(expiry, "expired", gettext("Sudah gugur pada hari pengajuan")),
                ),
            )
        )
    return Answer(
        gettext("Manfaat kecelakaan kerja %(sum)s") % {"sum": rupiah(int(str(whole.value)))},
        tuple(groups),
        notes=(
            gettext("Perawatan dan pengobatan dijamin tanpa batas biaya, sesuai kebutuhan medis."),
            gettext("Laporkan kecelakaan dalam 2 x 24 jam; dibayar 7 hari kerja setelah berkas lengkap."),
            *((heirs(),) if said["outcome"] == "death" else ()),
        ),
    )


def _main_sum(said: Mapping[str, Any], on: str) -> list[Line]:
    found: list[Line] = []
    wage = {"wage": said["wage"], "accident_on": on}
    if said["days"]:
        found.append(named(evaluate("jkk_temporary_inability", {**wage, "days": said["days"]}), "amount"))
    if said["outcome"] == "partial":
        lost = {} if said["function_lost"] is None else {"function_lost": f"{said['function_lost']}%"}
        found.append(named(evaluate("jkk_disability", {**wage, "row": said["row"], **lost}), "amount"))
    elif said["outcome"] == "total":
        result = evaluate("jkk_total_disability", {**wage, "segment": said["segment"]})
        found += lines(result, ("lump", "periodic"))
    elif said["outcome"] == "death":
        found += lines(evaluate("jkk_death", {**wage, "segment": said["segment"]}), ("lump", "periodic", "funeral"))
    return found


def _costs(said: Mapping[str, Any], on: str) -> list[Line]:
    found: list[Line] = []
    ways = {way: said[way] or 0 for way in ("land", "sea", "air")}
    if any(ways.values()):
        found += lines(evaluate("jkk_transport", {**ways, "accident_on": on}), ways)
    if said["home_care_cost"]:
        care = {"cost": said["home_care_cost"], "months": said["home_care_months"], "accident_on": on}
        found.append(named(evaluate("jkk_home_care", care), "paid"))
    return found


def death(said: Mapping[str, Any]) -> Answer:
    given = {name: said[name].isoformat() for name in ("first_covered_on", "died_on")}
    result = evaluate("jkm_benefit", {"segment": said["segment"], **given})
    groups = [
        Group(
            gettext("Santunan"),
            (
                *lines(result, ("lump", "periodic", "funeral")),
                line(result, "total", strong=True),
                line(result, "full_from", gettext("Penuh sejak")),
            ),
        )
    ]
    if said["children"]:
        groups.append(_school("jkm", said["children"], said["months_contributed"]))
    return Answer(
        gettext("Santunan kematian %(sum)s") % {"sum": rupiah(int(str(result.values["total"])))},
        tuple(groups),
        notes=(
            heirs(),
            gettext("Dibayar 3 hari kerja setelah berkas lengkap. Dibayar bila kepesertaan aktif saat meninggal."),
        ),
    )


def _school(cause: str, children: int, months: int | None) -> Group:
    given = {"cause": cause, "children": children} | ({} if months is None else {"months_contributed": months})
    result = evaluate("scholarship", given)
    return Group(
        gettext("Beasiswa anak"),
        (
            line(result, "eligible", gettext("Berhak")),
            line(result, "maximum", gettext("Paling banyak, sampai lulus")),
        ),
    )


def lost_job(said: Mapping[str, Any]) -> Answer:
    given = {"wage": said["wage"], "months": said["months"], "dismissed_on": said["dismissed_on"].isoformat()}
    result = evaluate("jkp_benefit", given)
    return Answer(
        gettext("Uang tunai %(sum)s selama %(n)s bulan")
        % {"sum": rupiah(int(str(result.values["total"]))), "n": said["months"]},
        (
            Group(
                gettext("Kehilangan pekerjaan"),
                (*lines(result, ("base", "monthly")), line(result, "total", strong=True)),
            ),
        ),
        notes=(
            gettext("Ajukan paling lambat 6 bulan setelah diberhentikan; hak hilang bila sudah bekerja lagi."),
            gettext("Bukan untuk yang mengundurkan diri, pensiun, cacat total tetap, atau meninggal."),
        ),
    )


def old_age(said: Mapping[str, Any]) -> Answer:
    pension = evaluate("jp_pension", {name: said[name] for name in ("months", "average_wage", "year")})
    age = evaluate("jp_retirement_age", {"birth_date": said["birth_date"].isoformat()})
    if pension.values["outcome"] == "pension":
        sentence = gettext("Pensiun %(sum)s sebulan") % {"sum": rupiah(int(str(pension.values["monthly"])))}
        shown = (*lines(pension, ("formula",)), line(pension, "monthly", strong=True))
    else:
        sentence = gettext("Belum berhak pensiun bulanan: iuran dan hasilnya dibayar sekaligus")
        shown = (Line(gettext("Cara bayar"), gettext("sekaligus"), why=line(pension, "outcome").why),)
    return Answer(
        sentence,
        (
            Group(gettext("Jaminan pensiun"), shown),
            Group(
                gettext("Usia pensiun"), (line(age, "age"), Line(gettext("Tercapai tahun"), str(age.values["year"])))
            ),
        ),
        notes=(gettext("JHT dibayar di samping ini: seluruh iuran dan hasil pengembangannya, menurut saldo di JMO."),),
    )


def heirs() -> str:
    """The order of heirs: PP 44/2015 art. 37."""
    return gettext(
        "Ahli waris menurut urutan: 1. janda, duda, atau anak; 2. keturunan sedarah lurus ke atas dan ke bawah sampai"
        " derajat kedua; 3. saudara kandung; 4. mertua; 5. orang yang ditunjuk dalam wasiat. Tanpa semua itu biaya"
        " pemakaman dibayarkan kepada yang mengurus pemakaman (PP 44/2015 ps. 37)."
    )
