"""How the lists of a plan are cut into transactions, and what each of them brings to the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jangkau.registry.lists.actions.standing import memberships_in
from jangkau.registry.lists.actions.versions import Versions
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.states import MEMBER_KINDS

ROWS_TOGETHER = 200_000  # of the lists that are published in one transaction


@dataclass(frozen=True)
class Portion:
    """Lists that are published in one transaction, each with its `links` (a frame of the plan), and the lists whose
    place the only one of them takes."""

    lists: list[SentList]
    links: list[pl.DataFrame]
    superseded: list[SentList]

    def linked(self) -> pl.DataFrame:
        """line, person_id and sent_list_id of the rows that are somebody."""
        found = pl.concat(self.links).drop_nulls("person_id")
        return found.select("line", "person_id", sent_list_id="list_id")

    def newcomers(self, people: pl.DataFrame) -> pl.DataFrame:
        """Those of `people` (of the plan) who come with these lists."""
        return people.filter(pl.col("first_list").is_in([item.pk for item in self.lists]))

    def memberships(self) -> list[tuple[int, pl.DataFrame]]:
        """The number of each list that brings memberships, with them."""
        return [
            (item.pk, memberships_in(item, own.drop_nulls("person_id")))
            for item, own in zip(self.lists, self.links, strict=True)
            if item.kind in MEMBER_KINDS
        ]


def portions_of(lists: list[SentList], links: pl.DataFrame) -> Iterator[Portion]:
    """The lists in their order, as many together as one transaction takes: one that takes the place of others stands
    alone."""
    by_list = links.partition_by("list_id", as_dict=True)
    versions = Versions()
    together: list[SentList] = []

    def portion(superseded: list[SentList]) -> Portion:
        return Portion(together, [by_list.get((item.pk,), links.clear()) for item in together], superseded)

    for item in lists:
        superseded = versions.before(item)
        if together and (superseded or sum(one.rows_of_people for one in together) > ROWS_TOGETHER):
            yield portion([])
            together = []
        together.append(item)
        versions.add(item)
        if superseded:
            yield portion(superseded)
            together = []
        for old in superseded:
            versions.remove(old)
    if together:
        yield portion([])
