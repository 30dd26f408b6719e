"""Who is who: every row of the lists is given to a person of the register or founds a new one. Waves by rank, each in
three steps: NIK verified by the name, weighed candidates, and the rest among themselves. Set-based; the outcome
depends on the rows alone, not on their order in memory, nor on threads."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from jangkau.core.linkage.candidates import Keys, likely_keys, number_keys, pairs_in_parts
from jangkau.core.linkage.clusters import chance, gather
from jangkau.core.linkage.decisions import HALF, LINK, choose, probabilities
from jangkau.core.linkage.evidence import weigh, worth_weighing
from jangkau.core.linkage.records import as_records
from jangkau.core.linkage.resemblance import Bools
from jangkau.core.linkage.tables import LINK_SCHEMA, LinkOutcome, with_columns_of

_FOUND = {"row": pl.Int64, "person": pl.Int64, "state": pl.String, "probability": pl.Float64, "rule": pl.String,
          "candidate": pl.Int64}  # fmt: skip
_WEIGHED = {"bits": pl.Float64, "rule": pl.String, "contrary": pl.Boolean}
_NO_PAIRS = pl.DataFrame(schema={"left": pl.Int64, "right": pl.Int64, **_WEIGHED})
_NO_CANDIDATES = pl.DataFrame(schema={"row": pl.Int64, "person": pl.Int64, **_WEIGHED, "probability": pl.Float64})
KeysOf = Callable[[pl.DataFrame], Keys]
# While a run goes on, a new person is called -1 - (the row that founded it); people of the register keep their number.


def link_rows(
    rows: pl.DataFrame, people: pl.DataFrame, *, first_new_id: int, decided: pl.DataFrame | None = None
) -> LinkOutcome:
    """Links `rows` (row_id, list_id, rank and the person columns of ROW_SCHEMA) to `people` (PEOPLE_SCHEMA; several
    lines a person are allowed, each another way the person has been written; optional list column `kpjs`).

    `decided` holds what human beings said: row_id, person_id, and optionally `same` (bool, default true). A row said
    to be a person is linked to it; a row said not to be a person never is.

    The links have one line for every row, by row_id. New people are numbered from `first_new_id` in the order of
    their first row.

    >>> from datetime import date
    >>> from jangkau.core.linkage import PEOPLE_SCHEMA
    >>> rows = pl.DataFrame({"row_id": [0, 1], "list_id": [1, 2], "rank": [20, 60], "name": ["ITA SUMARNI", "ITA S."],
    ...     "nik": ["3202016009769004"] * 2, "birth_date": [date(1976, 9, 20)] * 2})
    >>> links, next_id = link_rows(rows, pl.DataFrame(schema=PEOPLE_SCHEMA), first_new_id=1)
    >>> links.select("row_id", "person_id", "link_state", "decision").rows(), next_id
    ([(0, 1, 'new', 'new'), (1, 1, 'linked', 'nik_name')], 2)
    """
    if not rows.height:
        return LinkOutcome(pl.DataFrame(schema=LINK_SCHEMA), first_new_id)
    records, known, forms = as_records(rows, people)
    run = _Run(forms, records, known, decided)
    ranks = rows.select(row=pl.col("row_id").cast(pl.Int64), rank=pl.col("rank").cast(pl.Int64)).sort("row")
    for rank in ranks["rank"].unique().sort():
        wave = records.filter(ranks["rank"] == rank)
        found = run.wave(wave)
        if rank != ranks["rank"].max():  # nobody asks what the last rows tell
            run.learn(wave, found)
    return _numbered(run.found, rows["row_id"].cast(pl.Int64).sort(), first_new_id)


class _Run:
    """One run over all waves: the records known of people so far, and what has been found."""

    def __init__(
        self, forms: pl.DataFrame, records: pl.DataFrame, known: pl.DataFrame, decided: pl.DataFrame | None
    ) -> None:
        self.forms = forms
        self.known = known
        # Among how many people one is looked for: the register, or the rows that may each be somebody.
        self.size = max(1_000, known["owner"].n_unique(), records.height // 2)
        self.found = pl.DataFrame(schema=_FOUND)
        said = decided if decided is not None else pl.DataFrame(schema={"row_id": pl.Int64, "person_id": pl.Int64})
        said = said.select(
            row=pl.col("row_id").cast(pl.Int64),
            person=pl.col("person_id").cast(pl.Int64),
            same=pl.col("same") if "same" in said.columns else pl.lit(True),
        )
        self.same = said.filter(pl.col("same")).unique("row", keep="last", maintain_order=True)
        self.different = said.filter(~pl.col("same"))

    def wave(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Links the records `rows`, all of one rank; returns what was found of them."""
        found = self._said(rows)
        asked = rows.filter(pl.col("name_id").is_not_null() | pl.col("nik").is_not_null())
        if self.known.height:
            for by in (self._by_number, self._by_likeness):
                found = pl.concat([found, by(_without(asked, found), rows, found, self.known)])
            alike = _persons_of(rows, found)
            found = pl.concat([found, self._by_likeness(_without(asked, found), rows, found, alike)])
        found = pl.concat([found, self._among_themselves(_without(asked, found))])
        self.found = pl.concat([self.found, found])
        return found

    def _said(self, rows: pl.DataFrame) -> pl.DataFrame:
        said = self.same.filter(pl.col("row").is_in(rows["owner"].implode())).sort("row")
        return _found(said, state="linked", probability=1.0, rule=pl.lit("decided"))

    def _weighed(self, pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        return weigh(pairs, left, right, self.forms, self.size)

    def _keys(self, records: pl.DataFrame) -> Keys:
        return likely_keys(records, self.forms)

    def _candidates(self, asked: pl.DataFrame, known: pl.DataFrame, of: KeysOf) -> pl.DataFrame:
        """Persons each record of `asked` may be, with their probability."""
        parts = [_NO_CANDIDATES]
        worth = worth_weighing(asked, known, self.forms)
        for pairs in pairs_in_parts(of(asked), of(known), asked.height, worth):
            weighed = self._weighed(pairs, asked, known)
            weighed = weighed.select(
                "bits", "rule", "contrary",
                row=asked["owner"].gather(weighed["left"]), person=known["owner"].gather(weighed["right"]),
            )  # fmt: skip
            parts.append(probabilities(weighed.join(self.different, on=["row", "person"], how="anti")))
        return pl.concat(parts)

    def _chosen(
        self, asked: pl.DataFrame, wave: pl.DataFrame, found: pl.DataFrame, candidates: pl.DataFrame
    ) -> pl.DataFrame:
        """The best person for each record of `asked`; `found` says who of the same wave has a person already."""
        lists = wave.select("list_id", row="owner")
        held = found.sort("row").join(lists, on="row", maintain_order="left").select("list_id", "person", holder="row")
        held = held.unique(["list_id", "person"], keep="first", maintain_order=True)
        at = lists.select("row").with_row_index("at")

        def weigh_rows(rivals: pl.DataFrame) -> pl.DataFrame:
            placed = rivals.join(at, left_on="left", right_on="row", maintain_order="left").join(
                at, left_on="right", right_on="row", maintain_order="left", suffix="_other"
            )
            judged = self._weighed(placed.select(left="at", right="at_other"), wave, wave)
            return judged.with_columns(left=wave["owner"].gather(judged["left"]))

        return choose(candidates, lists, held, weigh_rows)

    def _by_number(
        self, asked: pl.DataFrame, wave: pl.DataFrame, found: pl.DataFrame, known: pl.DataFrame
    ) -> pl.DataFrame:
        """Rows whose NIK or KPJ belongs to a person of a matching name: nothing else needs to be asked."""
        chosen = self._chosen(asked, wave, found, self._candidates(asked, known, number_keys))
        sure = (pl.col("probability") >= LINK) & pl.col("rule").is_in(["nik_name", "kpj_name"])
        return _found(chosen.filter(sure), state="linked")

    def _by_likeness(
        self, asked: pl.DataFrame, wave: pl.DataFrame, found: pl.DataFrame, known: pl.DataFrame
    ) -> pl.DataFrame:
        chosen = self._chosen(asked, wave, found, self._candidates(asked, known, self._keys))
        sure = chosen.filter(pl.col("probability") >= LINK)
        unsure = chosen.filter(pl.col("probability") < LINK)
        likely = pl.col("probability") >= HALF
        doubts = unsure.with_columns(
            candidate=pl.when(likely).then("second").otherwise("person"),
            person=pl.when(likely).then("person").otherwise(-1 - pl.col("row")),
        )
        return pl.concat([_found(sure, state="linked"), _found(doubts, state="review")])

    def _among_themselves(self, rows: pl.DataFrame) -> pl.DataFrame:
        """New people: rows that found nobody, those of one person together."""
        owners, keys, parts = rows["owner"], self._keys(rows), [_NO_PAIRS]
        may = worth_weighing(rows, rows, self.forms)

        def worth(pairs: pl.DataFrame) -> Bools:
            ahead: Bools = pairs["left"].to_numpy() < pairs["right"].to_numpy()
            return may(pairs) & ahead

        for pairs in pairs_in_parts(keys, keys, rows.height, worth):
            weighed = self._weighed(pairs, rows, rows)
            telling = weighed.filter((pl.col("bits") > -2.0) | pl.col("contrary"))
            parts.append(
                telling.with_columns(left=owners.gather(telling["left"]), right=owners.gather(telling["right"]))
            )
        weighed = pl.concat(parts)
        day = pl.when(pl.col("dated")).then("day")
        clusters = gather(weighed, rows.select("nik", row="owner", day=day))
        alone = rows.select(row="owner").join(clusters.members, on="row", how="left", maintain_order="left")
        odds = pl.lit(2.0).pow(pl.col("bits").clip(-60, 60))
        base = alone.with_columns(
            person=-1 - pl.coalesce("root", "row"),
            state=pl.when(pl.col("bits").is_null()).then(pl.lit("new")).otherwise(pl.lit("linked")),
            probability=pl.when(pl.col("bits").is_null()).then(1.0).otherwise(odds / (1 + odds)),
            rule=pl.col("rule").fill_null("new"),
            candidate=pl.lit(None, dtype=pl.Int64),
        ).select(pl.col(c).cast(t) for c, t in _FOUND.items())
        return _with_doubts(base, clusters.doubts)

    def learn(self, rows: pl.DataFrame, found: pl.DataFrame) -> None:
        """Adds what the rows tell about their people; rows under review teach nothing about an existing person."""
        taught = found.filter((pl.col("state") != "review") | (pl.col("person") == -1 - pl.col("row")))
        fresh = rows.join(taught.select(owner="row", person="person"), on="owner", how="inner", maintain_order="left")
        fresh = fresh.with_columns(owner="person", list_id=pl.lit(None, dtype=pl.Int64)).drop("person")
        both = pl.concat([self.known, fresh])
        gaps = ["sex", "village", "district", "rt", "rw", "kk", "mother_id", "day", "nik", "name_id", "phone"]
        touched = pl.col("owner").is_in(fresh["owner"].implode())
        untouched, grown = self.known.filter(~touched), both.filter(touched)
        alone = grown["owner"].is_unique()  # nothing to fill gaps from
        single, grown = grown.filter(alone), grown.filter(~alone)
        first = grown.group_by("owner", maintain_order=True).agg(pl.col(gaps).first(ignore_nulls=True))
        filled = grown.join(first, on="owner", how="left", maintain_order="left", suffix="_first")
        filled = filled.with_columns(pl.coalesce(c, f"{c}_first") for c in gaps).select(both.columns)
        self.known = pl.concat([untouched, single, filled.unique(maintain_order=True)])


def _without(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    return rows.join(found.select(owner="row"), on="owner", how="anti", maintain_order="left")


def _persons_of(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The records of rows that are linked already, owned by their persons."""
    sure = found.filter(pl.col("state") == "linked").select("person", owner="row")
    placed = rows.join(sure, on="owner", how="inner", maintain_order="left")
    return placed.with_columns(owner="person").drop("person")


def _found(chosen: pl.DataFrame, *, state: str, **more: float | pl.Expr) -> pl.DataFrame:
    extra: dict[str, float | pl.Expr] = {"state": pl.lit(state)}
    if "candidate" not in chosen.columns:
        extra["candidate"] = pl.lit(None, dtype=pl.Int64)
    return chosen.with_columns(**extra, **more).select(pl.col(c).cast(t) for c, t in _FOUND.items())


def _with_doubts(base: pl.DataFrame, doubts: pl.DataFrame) -> pl.DataFrame:
    """Rows alone that may belong to another new person wait for a human being."""
    table = {row: (-1 - root, chance(bits), rule) for row, root, bits, rule in doubts.iter_rows()}
    if not table:
        return base
    held = doubts.select("row").join(base, on="row", how="left", maintain_order="left")
    lines = []
    for row, own in held.select("row", "person").iter_rows():
        other, probability, rule = table[row]
        pair = (other, None) if probability >= HALF else (own, other)
        lines.append((row, pair[0], "review", probability, rule, pair[1]))
    return pl.concat(
        [base.filter(~pl.col("row").is_in(doubts["row"].implode())), pl.DataFrame(lines, schema=_FOUND, orient="row")]
    )


def _numbered(found: pl.DataFrame, row_ids: pl.Series, first_new_id: int) -> LinkOutcome:
    """Gives the new people their numbers, in the order of their first row, and every row its line."""
    fresh = (
        found.filter(pl.col("person") < 0)
        .group_by("person")
        .agg(pl.col("row").min())
        .sort("row", "person")
        .select("person", number=pl.int_range(first_new_id, first_new_id + pl.len(), dtype=pl.Int64))
    )
    links = row_ids.alias("row").to_frame().join(found, on="row", how="left", maintain_order="left")
    for column in ("person", "candidate"):
        links = links.join(
            fresh.rename({"person": column, "number": f"{column}_number"}), on=column, how="left", maintain_order="left"
        ).with_columns(pl.coalesce(f"{column}_number", column).alias(column))
    links = links.select(
        row_id="row",
        person_id="person",
        link_state=pl.col("state").fill_null("unlinked"),
        probability=pl.col("probability").fill_null(0.0),
        decision=pl.col("rule").fill_null("no_identity"),
        candidate_id="candidate",
    )
    return LinkOutcome(with_columns_of(links, LINK_SCHEMA), first_new_id + fresh.height)
