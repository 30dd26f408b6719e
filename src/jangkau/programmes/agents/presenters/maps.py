"""Where recruits live and how many of them still pay, village by village, for the map of the frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from jangkau.core.kernel import RegionCode
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters.figures import coverage_class, people, percent


def recruits_map(scope: Scope, villages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What charts.js draws a map from: every village of the areas, those without recruits, too; `villages` as in
    queries.villages, with `share`."""
    known, told = gazetteer(), {line["village_id"]: line for line in villages}
    places = (place for place in known.inside(RegionCode(settings.JANGKAU_AREA), "village") if scope.allows(place.code))
    return {
        "shapes": f"{reverse('map_shapes')}?region={settings.JANGKAU_AREA}",
        "page": reverse("region", args=["CODE"]),
        "cells": {
            str(place.code): {
                "name": place.name,
                "district": known[place.code.at("district")].name,
                "class": coverage_class(told[place.code]["share"]) if place.code in told else "none",
                "text": _words(told.get(place.code)),
            }
            for place in places
        },
        "keys": gettext("Panah untuk berpindah desa, Enter untuk membuka."),
    }


def _words(line: Mapping[str, Any] | None) -> str:
    if line is None:
        return gettext("belum ada anggota")
    return gettext("%(active)s dari %(recruits)s anggota masih membayar (%(share)s), %(agents)s agen") % {
        "active": people(line["active"]),
        "recruits": people(line["recruits"]),
        "share": percent(line["share"]),
        "agents": people(line["agents"]),
    }
