"""What do the invented people work at, for whom, and what do they earn? Adds post, segment, occupation, employer,
income and decile to the people. Shares follow what is published for Kabupaten Sukabumi."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.synthetic import words
from jangkau.core.synthetic.employers import Employers, invent_employers
from jangkau.core.synthetic.numbers import rank_within

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WAGE_EARNERS = 0.337  # of the workers who live there
NON_ASN = 14_066 / 1_150_000
MINIMUM_WAGE = 3_831_926  # UMK Kabupaten Sukabumi 2026; other areas borrow it
FISHERS_AT_THE_COAST = 0.10


class _Posts(NamedTuple):
    official: Bools  # works in the village office
    head: Bools  # heads an RT or RW
    rank: Ints


def invent_work(people: pl.DataFrame, places: pl.DataFrame, rng: Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The people with `post, segment_work, occupation, employer_id, income, decile`, and the employers as made by
    `invent_employers`."""
    village = _village_index(people, places)
    fit = ~(people["died"] | people["moved_out"] | people["over_65"]).to_numpy()
    posts = _posts(village, fit, places["size"].to_numpy(), rng)
    civil = _drawn(fit & (village >= 0) & ~posts.official, round(NON_ASN * int(places["size"].sum())), rng)
    wage = civil | posts.official | (village < 0)
    wage |= _factory_hands(village, wage, places, rng)
    employers = invent_employers(village, wage, civil, posts.official, fit, places, rng)
    kinds = employers.frame["kind"].to_numpy()
    rows = employers.of_person
    occupation = _occupations(wage, posts.official, civil, village, places, rng)
    frame = people.with_columns(
        post=_post_titles(people, posts),
        segment_work=pl.Series(np.where(wage, "PU", "BPU")),
        occupation=occupation,
        employer_id=pl.Series(np.where(rows >= 0, rows + 1, -1)).replace(-1, None),
        income=_incomes(wage, rows, employers, kinds, rng),
        decile=_deciles(people["family"].to_numpy(), rng),
        works_in_public=pl.Series(civil),
    )
    return frame, employers.frame


def _village_index(people: pl.DataFrame, places: pl.DataFrame) -> Ints:
    """Index of the village of residents; -1 for commuters."""
    index = pl.DataFrame({"village_code": places["village_code"], "index": np.arange(places.height)})
    joined = people.select("village_code", "commuter").join(index, on="village_code", how="left", maintain_order="left")
    return joined.select(i=pl.when("commuter").then(-1).otherwise("index").fill_null(-1))["i"].to_numpy()


def _posts(village: Ints, fit: Bools, sizes: Ints, rng: Generator) -> _Posts:
    """The first few people of each village, in random order, sit in its office; the next ones head RT and RW."""
    rank = np.full(len(village), 1_000_000)
    able = np.flatnonzero(fit & (village >= 0))
    mixed = rng.permutation(able)
    rank[mixed] = rank_within(village[mixed])
    office = np.minimum(len(words.POSTS), np.ceil(sizes * 0.02)).astype(np.int64)
    heads = office + np.minimum(46, np.ceil(sizes * 0.022)).astype(np.int64)
    official = (village >= 0) & (rank < office[village])
    return _Posts(official, (village >= 0) & ~official & (rank < heads[village]), rank)


def _post_titles(people: pl.DataFrame, posts: _Posts) -> pl.Series:
    office = pl.Series(words.POSTS).gather(np.where(posts.official, posts.rank, 0) % len(words.POSTS))
    two = pl.format("Ketua RT {}", pl.col("rt").cast(pl.String).str.zfill(2))
    three = pl.format("Ketua RW {}", pl.col("rw").cast(pl.String).str.zfill(2))
    title = people.select(title=pl.when(pl.Series(posts.rank % 4 > 0)).then(two).otherwise(three))["title"]
    named = office.zip_with(pl.Series(posts.official), title)
    return named.zip_with(pl.Series(posts.official | posts.head), pl.Series([None], dtype=pl.String))


def _drawn(among: Bools, count: int, rng: Generator) -> Bools:
    """`count` of those who are `among`, all when there are fewer."""
    able = np.flatnonzero(among)
    chosen = np.zeros(len(among), dtype=np.bool_)
    chosen[rng.permutation(able)[:count]] = True
    return chosen


def _factory_hands(village: Ints, wage: Bools, places: pl.DataFrame, rng: Generator) -> Bools:
    """Further wage earners, more of them where industry is, until their share among residents is right."""
    resident = village >= 0
    wanted = WAGE_EARNERS * resident.sum() - (wage & resident).sum()
    industry = np.where(resident, places["industry"].to_numpy()[village], 0.0)
    free = resident & ~wage
    if not free.any():
        return free
    chance = np.clip(industry / industry[free].mean() * wanted / free.sum(), 0.05, 0.72)
    return np.asarray(free & (rng.random(len(village)) < chance), dtype=np.bool_)


def _occupations(
    wage: Bools, official: Bools, civil: Bools, village: Ints, places: pl.DataFrame, rng: Generator
) -> pl.Series:
    count = len(wage)
    hired, public = _draw(words.EMPLOYED, count, rng), _draw(words.PUBLIC, count, rng)
    own = _draw(words.SELF_EMPLOYED, count, rng)
    coast = (village >= 0) & places["coast"].to_numpy()[village]
    fisher = coast & ~wage & (rng.random(count) < FISHERS_AT_THE_COAST)
    never = pl.Series(["nelayan", "perangkat desa"]).gather(official.astype(np.int64))
    kept = hired.zip_with(pl.Series(wage), own).zip_with(pl.Series(~civil), public)
    return never.zip_with(pl.Series(fisher | official), kept)


def _draw(table: tuple[tuple[str, int, tuple[str, ...]], ...], count: int, rng: Generator) -> pl.Series:
    weight = np.array([often for _, often, _ in table], dtype=np.float64)
    return pl.Series([word for word, _, _ in table]).gather(rng.choice(len(table), size=count, p=weight / weight.sum()))


def _incomes(wage: Bools, rows: Ints, employers: Employers, kinds: NDArray[np.object_], rng: Generator) -> Ints:
    """Whole rupiah a month, rounded to ten thousand but for those on the minimum wage."""
    count = len(wage)
    scale = np.where(rows >= 0, employers.scale[np.maximum(rows, 0)], 0)
    low = np.array([1.0, 1.8, 0.85 * 3.83, 0.98 * 3.83])[scale] * 1_000_000
    high = np.array([2.4, 3.4, 4.9, 6.2])[scale] * 1_000_000
    paid = low + (high - low) * rng.random(count) ** 2
    public = (rows >= 0) & (kinds[np.maximum(rows, 0)] != "firm")
    paid = np.where(public, 700_000 + 2_400_000 * rng.random(count), paid)
    paid = np.where(wage, paid, 800_000 + 200_000 * rng.integers(1, 10, count))
    rounded = (np.round(paid / 10_000) * 10_000).astype(np.int64)
    exactly = (scale >= 2) & ~public & (rng.random(count) < 0.45)
    return np.where(exactly, MINIMUM_WAGE, rounded)


def _deciles(family: Ints, rng: Generator) -> pl.Series:
    return pl.Series(rng.integers(1, 11, int(family.max()) + 1)[family]).cast(pl.Int8)
