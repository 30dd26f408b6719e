"""Which agent is meant: the right one, or nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.linkage.agent_names import agents_meant, office_meant

KNOWN = ["Siti Nurjanah", "Siti Rahmawati", "Dede Saepudin", "Atang Mustopa"]


@pytest.mark.parametrize(
    ("written", "state", "name"),
    [
        ("SITI NURJANAH", "same", "Siti Nurjanah"),
        ("Siti Nurjannah, S.Pd", "same", "Siti Nurjanah"),
        ("Siti N.", "short", "Siti Nurjanah"),
        ("Atang", "short", "Atang Mustopa"),
        ("Siti", "unsure", None),
        ("S. Udin", "unsure", None),  # an initial and nobody who fits
        ("Budi Santoso", "new", "Budi Santoso"),
        ("Atang Mustapa", "unsure", None),  # nothing tells whether a known agent is frequent in lists
    ],
)
def test_a_single_name(written, state, name):
    told = agents_meant({written: 1}, KNOWN)[written]
    assert (told.state, told.name) == (state, name)


def test_a_seldom_name_that_is_nearly_a_frequent_one_is_a_slip_and_a_frequent_one_is_not():
    assert agents_meant({"Atang Mustopa": 40, "Atang Mustapa": 2}, [])["Atang Mustapa"].name == "Atang Mustopa"
    told = agents_meant({"Atang Mustopa": 40, "Atang Mustapa": 30}, [])["Atang Mustapa"]
    assert (told.state, told.candidates) == ("unsure", ("Atang Mustopa",))


@given(st.permutations(["Siti Nurjanah", "SITI N.", "Siti Nurjnaah", "Siti Rahmawati", "siti", "Siti R"]))
def test_the_order_of_rows_makes_no_difference(names):
    counts = {"Siti Nurjanah": 50, "Siti Rahmawati": 50}
    told = agents_meant({name: counts.get(name, 1) for name in names}, [])
    assert told == agents_meant({name: counts.get(name, 1) for name in sorted(names)}, [])
    assert told["SITI N."].name == told["Siti Nurjnaah"].name == "Siti Nurjanah"
    assert told["siti"].state == "unsure"


def test_offices_are_known_by_their_legal_form_and_despite_a_slip():
    known = ["KOPERASI SAGALDIPA", "YAYASAN MEKAR"]
    assert office_meant("Kop. Sagaldipa", known) == "KOPERASI SAGALDIPA"
    assert office_meant("Yys Mekra", known) == "YAYASAN MEKAR"
    assert office_meant("Koperasi Rawinata", known) is None
