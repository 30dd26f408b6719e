"""The index of the words of names: it finds what a plain search finds, and keeps itself right."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from jangkau.registry.access.permissions import Scope
from jangkau.registry.people import queries
from jangkau.registry.people.gateways import bulk, names
from jangkau.registry.people.models import Person

pytestmark = pytest.mark.django_db
NAMES = ["SITI NURHAYATI", "NUR SITI AMINAH", "SUSITI", "M. YUSUF", "M.YUSUF AL-FARISI", "UJANG", None, "D'ARCY 100%"]


@pytest.fixture
def known(whole: Scope) -> Scope:
    Person.objects.bulk_create(Person(pk=number, name=name) for number, name in enumerate(NAMES, start=1))
    return whole


def found(scope: Scope, sought: str) -> list[int]:
    return sorted(person.pk for person in queries.search(scope, sought).page().people)


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        ("siti", [1, 2]),
        ("nur siti", [1, 2]),
        ("Siti Nurh", [1]),
        ("usiti", [3]),  # nowhere at the beginning of a word: then within one
        ("yusuf", [4, 5]),
        ("m.yusuf", [4, 5]),
        ("al-fa", [5]),
        ("d'arcy", [8]),
        ("100%", [8]),
        ("%", [8]),
        ('"', []),
        ("siti OR ujang", []),
        ("siti* ujang", []),
        ("& | !", []),
        ("\u0ba4\u0bae\u0bbf", []),  # letters and a mark that not every version of Unicode calls a letter
    ],
)
def test_words_of_a_name(known, sought, numbers):
    assert found(known, sought) == numbers


def test_people_are_told_in_the_order_of_names(known):
    assert [person.pk for person in queries.search(known, "siti").page().people] == [2, 1]
    assert [person.pk for person in queries.search(known, "it").page().people] == [2, 1, 3]  # short: within words, too


def test_behind_the_last_person_found_is_nobody(known):
    sought = queries.search(known, "siti")
    assert [person.pk for person in sought.page(after=2).people] == [1]
    assert sought.page(after=1).people == []  # though SUSITI follows, who is found where nobody's word begins so


def test_the_index_follows_every_change(known):
    Person.objects.filter(pk=6).update(name="DADANG")
    Person.objects.filter(pk=1).delete()
    Person.objects.filter(pk=7).update(name="UJANG SITI")
    assert (found(known, "ujang"), found(known, "dadang"), found(known, "siti")) == ([7], [6], [2, 7])


def test_the_index_is_right_again_after_a_filling(known):
    with transaction.atomic():
        aside = names.set_aside()
        Person.objects.create(pk=9, name="KOKOM KOMARIAH")
        assert names.set_aside() == []  # nothing is left to set aside
        bulk.run(aside)
    Person.objects.create(pk=10, name="KOKOM SITI")
    assert found(known, "kokom") == [9, 10]


def test_a_table_made_anew_gets_its_index_back(known):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite makes a table anew to change it")
    names.set_aside()
    Person.objects.create(pk=9, name="KOKOM KOMARIAH")
    names.keep_index()
    assert found(known, "kokom") == [9]
