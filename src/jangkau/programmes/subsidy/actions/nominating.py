"""Proposes people for a scheme: the rows of a published list, filtered or all, or a pasted column of NIK. Set-based; a
row that was proposed before is not proposed again, a person on two lists is (judging says so)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy.actions.rounds import require_scheme, same_step, take_round
from jangkau.programmes.subsidy.models import Nominee, Scheme
from jangkau.programmes.subsidy.states import RoundKind, State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.models import State as ListState
from jangkau.registry.lists.queries import rows_and_problems
from jangkau.registry.lists.states import PERSON_KINDS
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.queries import people

MOST_PASTED = 20_000
FACTS: dict[str, pl.DataType] = {
    "nik": pl.String(), "name": pl.String(), "sex": pl.String(), "birth_date": pl.Date(), "village_id": pl.String(),
    "address": pl.String(), "occupation": pl.String(), "decile": pl.Int64(), "rt": pl.String(), "rw": pl.String(),
}  # fmt: skip
_OF_LIST = """
SELECT a.line, a.person_id, {facts} FROM lists_appearance a JOIN people_person p ON p.id = a.person_id
WHERE a.sent_list_id = %s
"""
_HAS_PLACE = r"(?i)\bRT|\d+ */ *\d+"


@dataclass(frozen=True)
class Which:
    """Which rows of a list are meant: those of a region, with a word in the occupation, up to a decile."""

    region: str = ""
    occupation: str = ""
    highest_decile: int | None = None

    def condition(self) -> pl.Expr:
        asked = pl.lit(True)
        if self.region:
            asked &= (pl.col("village_id") + ".").str.starts_with(f"{self.region}.")
        if self.occupation:
            asked &= pl.col("occupation").str.to_uppercase().str.contains(self.occupation.upper(), literal=True)
        if self.highest_decile is not None:
            asked &= pl.col("decile") <= self.highest_decile
        return asked


EVERYBODY = Which()


@transaction.atomic
def nominate_list(scope: Scope, scheme: Scheme, item: SentList, which: Which = EVERYBODY) -> int:
    """Proposes the people in the rows of a published list; returns how many. Raises Refused for a list that is not
    published or speaks of no people."""
    require_scheme(scope, scheme)
    if item.state != ListState.PUBLISHED or item.kind not in PERSON_KINDS:
        raise Refused(
            "Pilih daftar orang yang sudah dipublikasikan.", "Choose a list of people that has been published."
        )
    rows, _ = rows_and_problems(scope, item)
    stored = rows.with_row_index("line").filter(pl.col("state") == "data").select(
        pl.col("line").cast(pl.Int64), *_stated(rows)
    )  # fmt: skip
    facts = ", ".join(f"p.{name}" for name in FACTS)
    known = bulk.read(_OF_LIST.format(facts=facts), {"line": pl.Int64(), "person_id": pl.Int64(), **FACTS}, [item.pk])
    told = stored.join(known, on="line", how="left", maintain_order="left", suffix="_known").with_columns(
        pl.coalesce(f"{name}_known", name).alias(name) for name in FACTS
    )
    before = list(scheme.nominees.filter(sent_list=item).values_list("line", flat=True))
    fresh = told.filter(~pl.col("line").is_in(before)).filter(which.condition())
    return _propose(scope, scheme, fresh.with_columns(sent_list_id=pl.lit(item.pk, dtype=pl.Int64)))


def _stated(rows: pl.DataFrame) -> list[pl.Expr]:
    """The facts as the rows of a list state them."""
    return [
        pl.col("village_code" if name == "village_id" else name).cast(dtype).alias(name)
        for name, dtype in FACTS.items()
    ]


@transaction.atomic
def nominate_niks(scope: Scope, scheme: Scheme, pasted: str) -> int:
    """Proposes a column of NIK, one a line; numbers that nobody in the register has are proposed too, as they stand.
    Raises Refused for an empty or an overlong column."""
    require_scheme(scope, scheme)
    numbers = [re.sub(r"[^0-9]", "", line) for line in pasted.splitlines()]
    niks = list(dict.fromkeys(number[:16] for number in numbers if number))
    if not niks or len(niks) > MOST_PASTED:
        raise Refused(
            f"Tempel satu NIK tiap baris, paling banyak {MOST_PASTED:,} baris.".replace(",", "."),
            f"Paste one NIK a line, at most {MOST_PASTED:,} lines.",
        )
    found = [
        row
        for start in range(0, len(niks), 500)
        for row in people(scope).order_by().filter(nik__in=niks[start : start + 500]).values_list("pk", *FACTS)
    ]
    known = pl.DataFrame(found, schema={"person_id": pl.Int64(), **FACTS}, orient="row").unique("nik", keep="first")
    told = pl.DataFrame({"nik": niks}).join(known, on="nik", how="left", maintain_order="left")
    return _propose(
        scope, scheme,
        told.with_columns(sent_list_id=pl.lit(None, dtype=pl.Int64), line=pl.lit(None, dtype=pl.Int64)),
    )  # fmt: skip


@transaction.atomic
def nominate_again(scope: Scope, scheme: Scheme, numbers: list[int]) -> int:
    """Proposes people whom another scheme pays for (numbers of nominees), as the register knows them now. Raises
    Refused when that is the scheme that pays for them."""
    require_scheme(scope, scheme)
    found = Nominee.objects.filter(scope.where("village_id"), pk__in=numbers).exclude(scheme=scheme)
    if not found:
        raise Refused(
            "Tidak ada orang dari skema lain di sini. Pilih skema berikutnya.",
            "Nobody of another scheme stands here. Choose the scheme that comes next.",
        )
    columns = [name for name in FACTS if name not in ("rt", "rw")]
    rows = pl.DataFrame(
        list(found.order_by("pk").values_list("person_id", *columns)),
        schema={"person_id": pl.Int64(), **{name: FACTS[name] for name in columns}},
        orient="row",
    )
    nothing = {"rt": pl.String(), "rw": pl.String(), "sent_list_id": pl.Int64(), "line": pl.Int64()}
    return _propose(
        scope, scheme, rows.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in nothing.items())
    )


def _propose(scope: Scope, scheme: Scheme, rows: pl.DataFrame) -> int:
    last = Nominee.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    place = pl.format("RT {} RW {}", pl.col("rt").fill_null("-"), pl.col("rw").fill_null("-"))
    has_place = pl.col("address").str.contains(_HAS_PLACE).fill_null(False)
    address = (
        pl.when(has_place | (pl.col("rt").is_null() & pl.col("rw").is_null()))
        .then("address")
        .otherwise(pl.concat_str(pl.col("address"), place, separator=" ", ignore_nulls=True))
    )
    frame = rows.with_columns(address=address.str.slice(0, 320)).select(
        *(name for name in FACTS if name not in ("rt", "rw")), "person_id", "sent_list_id", "line",
        scheme_id=pl.lit(scheme.pk), state=pl.lit(str(State.NOMINATED)), reasons=pl.lit(""), missing=pl.lit(""),
        left_because=pl.lit(""),
    )  # fmt: skip
    bulk.insert(Nominee, frame)
    made = list(scheme.nominees.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))
    if made:
        take_round(scope, scheme, RoundKind.NOMINATE, same_step(made, State.NOMINATED), {"people": len(made)})
    return len(made)
