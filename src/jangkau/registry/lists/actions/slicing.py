"""What measuring adds for the slices: size of employer, wage and payer of everybody, the lists on which they stand, and
the agent who brought them; written beside the cube of the day."""

from __future__ import annotations

import polars as pl

from jangkau.core.measures.slices import employment_of, slices, with_payers
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, RuledRow, Ruling, SentList, State
from jangkau.registry.lists.queries import decided_rows
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.queries import survivors

CUT_BY = (Kind.WORKERS, Kind.JAKON, Kind.NON_ASN, Kind.VILLAGE_OFFICIALS, Kind.FISHERS, Kind.POVERTY, Kind.PERISAI)


def with_properties(standing: pl.DataFrame, people: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """`standing` with the columns employer_size, wage_band, payer and agent."""
    employment = employment_of(memberships, people.select("person_id", "monthly_income").drop_nulls())
    told = with_payers(standing, _funded()).join(employment, on="person_id", how="left")
    return told.join(_agents(), on="person_id", how="left")


def slices_of_day(standing: pl.DataFrame, area: str) -> pl.DataFrame:
    """The slices of a standing that has its properties (see core.measures.slices)."""
    return slices(standing, _on_lists(area), area)


def _on_lists(area: str) -> pl.DataFrame:
    """`person_id, kind` of everybody on a published list: from the links beside the rows, which read in a tenth of the
    time that the appearances take, but for the rows of which a human being spoke since."""
    found = [pl.DataFrame(schema={"person_id": pl.Int64(), "kind": pl.String()})]
    ruled = set(RuledRow.objects.filter(ruling__state=Ruling.State.IN_FORCE).values_list("sent_list_id", flat=True))
    published = list(SentList.objects.filter(kind__in=CUT_BY, state=State.PUBLISHED).only("sha256", "kind"))
    for kind in CUT_BY:
        lists = {store.folder_of(item.sha256) / store.LINKS: item for item in published if item.kind == kind}
        spoken = {place: item for place, item in lists.items() if item.pk in ruled}
        quiet = [place for place in lists if place not in spoken]
        links = [store.scan_unsealed(quiet).select("person_id")] if quiet else []
        for place, item in spoken.items():
            said = decided_rows(Scope((area,)), item).select("line", "person_id").lazy()
            rest = store.scan_unsealed([place]).join(said, on="line", how="anti")
            links += [rest.select("person_id"), said.select("person_id")]
        if links:
            found.append(pl.concat(links).select("person_id", kind=pl.lit(str(kind))).drop_nulls().collect())
    merged = survivors()
    numbers = pl.col("person_id").replace(merged) if merged else pl.col("person_id")
    return pl.concat(found).with_columns(numbers)


def _funded() -> pl.Series:
    """Those whom the branch enrolled for somebody else: it confirms them by a list."""
    return bulk.read(
        "SELECT DISTINCT m.person_id FROM people_membership m JOIN lists_sentlist l ON l.id = m.list_number "
        "WHERE l.kind = %s AND l.state = %s",
        {"person_id": pl.Int64()},
        (Kind.CONFIRMATION, State.PUBLISHED),
    )["person_id"]


def _agents() -> pl.DataFrame:
    """`person_id, agent`: the agent (where none is named, the office) on the latest list of Perisai."""
    found = [pl.DataFrame(schema={"person_id": pl.Int64(), "agent": pl.String()})]
    for item in SentList.objects.filter(kind=Kind.PERISAI, state=State.PUBLISHED).order_by("month", "pk"):
        rows = store.scan_frame(store.folder_of(item.sha256) / store.ROWS).select(agent=pl.coalesce("agent", "office"))
        stands = bulk.read(
            "SELECT person_id, line FROM lists_appearance WHERE sent_list_id = %s",
            {"person_id": pl.Int64(), "line": pl.UInt32()},
            (item.pk,),
        )
        found.append(rows.with_row_index("line").collect().join(stands, on="line").select("person_id", "agent"))
    return pl.concat(found).drop_nulls().unique("person_id", keep="last", maintain_order=True)
