"""The map of reached and not reached: one entry a village, texts in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from jangkau.programmes.outreach.queries.reach import VillageReach
from jangkau.registry.people.presenters.figures import day, people

REACHED, FIRMS_LEFT, NOTHING = "3", "1", "none"  # classes of the legend of coverage, lent to this map


def reach_map(villages: Iterable[VillageReach]) -> dict[str, Any]:
    """What charts.js draws a map from."""
    return {
        "shapes": f"{reverse('map_shapes')}?region={settings.JANGKAU_AREA}",
        "page": f"{reverse('outreach')}?place=CODE",
        "cells": {
            village.code: {
                "name": village.name,
                "district": village.district,
                "class": _class(village),
                "text": _words(village),
                "unvisited": village.asked and not village.reached,
            }
            for village in villages
        },
        "keys": gettext("Panah untuk berpindah desa, Enter untuk membuka."),
    }


def _class(village: VillageReach) -> str:
    if not village.reached:
        return NOTHING
    return FIRMS_LEFT if village.firms > village.firms_visited else REACHED


def _words(village: VillageReach) -> str:
    if not village.reached:
        told = gettext("belum dijangkau")
    else:
        told = ngettext("%(n)s kegiatan, terakhir %(day)s", "%(n)s kegiatan, terakhir %(day)s", village.held) % {
            "n": people(village.held),
            "day": day(village.last_on),
        }
    left = village.firms - village.firms_visited
    if left:
        told += "; " + gettext("%(n)s perusahaan belum mendaftar belum dikunjungi") % {"n": people(left)}
    return told
