"""People by NIK, KPJ or name. What is sought stands in the body, never in an address; every answer about people is
noted in the record of changes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from jangkau.core.kernel import Unknown
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.models import Column, Permission, Token
from jangkau.registry.access.permissions import columns_of
from jangkau.registry.lists.presenters.people import person_view
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.people import queries
from jangkau.registry.people.models import Person
from jangkau.web.api.forms import PROBLEMS, Number
from jangkau.web.api.permissions import Key, scope_in, token_in

router = Router(auth=Key(Permission.PEOPLE))


class SoughtIn(Schema):
    """NIK, KPJ or words of a name; several NIK on lines of their own."""

    q: str = Field(min_length=3, max_length=200_000, examples=["3202011203809001"])
    after: int | None = Field(None, ge=0, le=2**63 - 1)
    limit: int = Field(25, ge=1, le=1000)


class MembershipOut(Schema):
    """`kpj` and `paid_until` are null for who does not see these columns: see `withheld` of the person."""

    kpj: str | None
    segment: str | None
    programmes: str | None
    since: date | None
    paid_until: date | None


class PersonOut(Schema):
    """`nik` is masked unless the key may see it whole; `standing`: paid_up, grace, lapsed, never,
    deceased or moved_out, as on the page of the person. `withheld`: columns that belong to another agency than that of
    the user of the key."""

    id: int
    nik: str
    name: str | None
    sex: str | None
    birth_date: date | None
    village_code: str | None
    standing: str
    memberships: list[MembershipOut]
    withheld: list[Column]


class FoundOut(Schema):
    """`unknown`: how many of the NIK sent are nobody's here."""

    items: list[PersonOut]
    unknown: int
    next: int | None


@router.post("people/search", response={200: FoundOut, **PROBLEMS}, summary="Mencari pekerja")
def search(request: HttpRequest, sought: SoughtIn) -> object:
    """The people found, a page at a time."""
    scope, token = scope_in(request), token_in(request)
    found = queries.search(scope, sought.q)
    page = found.page(after=sought.after, most=sought.limit)
    record_look(by=token.user, action="people_sought", subject=f"token {token.pk}", found=len(page.people))
    return {
        "items": [_out(person, token) for person in page.people],
        "unknown": len(found.numbers_unknown),
        "next": page.after,
    }


@router.get("people/{number}", response={200: PersonOut, **PROBLEMS}, summary="Satu pekerja")
def person(request: HttpRequest, number: Number) -> object:
    """One person; a number that was merged answers with the person who remained."""
    scope, token = scope_in(request), token_in(request)
    found = queries.people(scope).filter(pk=queries.survivor(number)).first()
    if found is None:
        raise Unknown("Orang itu tidak ada di wilayah kunci ini.", "That person is not in the area of this key.")
    record_look(by=token.user, action="person_seen", subject=f"person {found.pk}", token=token.pk)
    return _out(found, token)


def _out(person: Person, token: Token) -> dict[str, object]:
    whole, seen = Permission.NIK in token.permissions, columns_of(token.user)
    return {
        "id": person.pk,
        "nik": (person.nik or "") if whole else person.masked_nik,
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "village_code": person.village_id,
        "standing": person_view(person, measured_on()).state,
        "memberships": [
            {
                "kpj": each.kpj if Column.KPJ in seen else None, "segment": each.segment,
                "programmes": each.programmes, "since": each.since,
                "paid_until": each.paid_until if Column.CONTRIBUTION in seen else None,
            }
            for each in person.memberships.all()
        ],
        "withheld": sorted({Column.KPJ, Column.CONTRIBUTION} - seen),
    }  # fmt: skip
