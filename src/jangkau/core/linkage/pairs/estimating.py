"""What agreement is worth in the very tables at hand: u from random pairs, m from the pairs that one-to-one selection
links, in turns until nothing changes (classification EM, Celeux and Govaert 1992)."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.linkage.decisions import HALF
from jangkau.core.linkage.pairs.choosing import choose_pairs
from jangkau.core.linkage.pairs.comparisons import COMPARISONS, HOUSEHOLD
from jangkau.core.linkage.pairs.forms import Forms
from jangkau.core.linkage.pairs.model import Model, levels_of, weigh

_RANDOM_PAIRS = 300_000
_ROUNDS = 8
WORTH = -10.0  # bits; weaker pairs are nobody's rival
_AGREE = 0.8  # of the pairs of one person, before anything is known
_FEW = 20  # pairs; what was seen less often tells nothing
_SLIPS = 0.03  # of the links are taken to be like pairs of which nothing is known: no table shows every slip


def prior(links: int, left: int, right: int) -> float:
    """The odds, in bits, that a random pair is one person.

    >>> round(prior(500, 1_000, 1_000))
    -11
    """
    share = max(1, links) / max(1, left * right)
    return math.log2(share / max(1e-9, 1 - share))


def estimate(forms: Forms, pairs: pl.DataFrame, levels: pl.DataFrame, start: Model) -> Model:
    """A model of these tables, from their candidate `pairs` with the `levels` of each; what the tables do not show, and
    how the model decides, is as in `start`."""
    size = forms.left.height, forms.right.height
    random = _random_pairs(*size)
    random = random.with_columns(levels_of(forms, random))
    sizes = {c.name: len(c.words) for c in COMPARISONS if c.name in levels.columns}
    seen = {name: np.zeros(count) for name, count in sizes.items()}
    chosen = pairs.select("left", "right").clear()
    links, before, model, household = min(size) // 2, -1, start, start.household
    for _ in range(_ROUNDS):
        # Among random pairs a few are of one person; where rows are few they would hide how rare equality is.
        others = random.join(chosen, on=["left", "right"], how="anti")
        shares = {name: _shares(seen[name], _counts(others[name], count)) for name, count in sizes.items()}
        model = start._replace(
            m={**start.m, **{name: m for name, (m, _) in shares.items()}},
            u={**start.u, **{name: u for name, (_, u) in shares.items()}},
            household=household,
        )
        if links == before:
            break
        before = links
        bits = weigh(forms, pairs, levels, model, prior(links, *size))
        decided = choose_pairs(pairs.with_columns(bits=bits).filter(pl.col("bits") > WORTH), HALF)
        chosen = decided.filter(pl.col("decision") == "link").select("left", "right")
        links = chosen.height
        held = pairs.with_columns(levels).join(chosen, on=["left", "right"])
        seen = {name: _counts(held[name], count) for name, count in sizes.items()}
        household = _household(held, levels, sizes)
    return model


def _household(linked: pl.DataFrame, levels: pl.DataFrame, sizes: dict[str, int]) -> float | None:
    """The odds, in bits, that a candidate pair is linked in which all agrees that both say of family and house."""
    if not {"kk", "address"} & set(sizes):
        return None
    same = [(pl.col(name) == sizes[name] - 1).fill_null(True) for name in HOUSEHOLD if name in sizes]
    one, all_pairs = (frame.filter(same).height for frame in (linked, levels))
    return math.log2((one + 1) / (all_pairs - one + 1))


def _random_pairs(left: int, right: int) -> pl.DataFrame:
    draw = np.random.Generator(np.random.PCG64([left, right]))
    count = min(_RANDOM_PAIRS, left * right)
    drawn = {"left": draw.integers(0, left, count), "right": draw.integers(0, right, count)}
    return pl.DataFrame(drawn).cast(pl.UInt32)


def _counts(levels: pl.Series, count: int) -> NDArray[np.float64]:
    return np.bincount(levels.drop_nulls().to_numpy(), minlength=count).astype(np.float64)


def _shares(matched: NDArray[np.float64], random: NDArray[np.float64]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """m and u of the levels of one comparison."""
    count = len(matched)
    unknown = np.full(count, (1 - _AGREE) / (count - 1))
    unknown[-1] = _AGREE
    m = matched + (_FEW + _SLIPS * matched.sum()) * unknown
    m /= m.sum()
    u = (random + 0.1 / count) / (random.sum() + 0.1)
    silent = (matched < _FEW) & (random < _FEW) & (np.arange(count) < count - 1)
    u = np.where(silent & (matched.sum() > 0), m, u)
    return tuple(m.tolist()), tuple(u.tolist())
