"""What every page shows: the area of the register, whether its people are invented, the day it was measured for."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from jangkau.registry.people.queries import register_facts


class Register(NamedTuple):
    area_code: str
    is_invented: bool
    as_of: date | None
    oidc: str  # the name of the office's own sign-in, where there is one


def register(request: HttpRequest) -> dict[str, Register]:
    facts = register_facts("as_of", "invented")
    as_of = facts.get("as_of")
    return {
        "register": Register(
            settings.JANGKAU_AREA,
            bool(facts.get("invented")),
            date.fromisoformat(as_of) if as_of else None,
            settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        )
    }
