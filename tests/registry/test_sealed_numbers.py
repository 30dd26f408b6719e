"""Numbers of people as the database keeps them: found whole, told nothing else, opened with their key alone."""

from __future__ import annotations

import base64
import re

import polars as pl
import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import ciphers, seal
from jangkau.registry.access.gateways.sealed import SealedNumber, sealed_fields
from jangkau.registry.lists.actions.sealing import rotate_store_key
from jangkau.registry.people.actions.corrections import correct_person
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.sealing import seal_values_again
from jangkau.registry.people.models import Correction, Person
from jangkau.web.site.cli import health

NIK, OTHER = "3202014107900001", "3202014107900002"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.JANGKAU_DATA, settings.JANGKAU_STORE_KEY = tmp_path, ""


@pytest.fixture
def kept():
    """What stands in a column of the database."""

    def kept(column, table="people_person"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} ORDER BY 1")
            return [row[0] for row in cursor.fetchall()]

    return kept


def said_of_numbers():
    return health._numbers().what


def people(numbers, niks, kks):
    told = pl.DataFrame({"id": numbers, "nik": niks, "kk": kks})
    return told.with_columns(deceased=pl.lit(value=False), moved_out=pl.lit(value=False))


@given(st.lists(st.one_of(st.none(), st.text("0123456789", max_size=16))))
def test_a_column_is_sealed_and_opened_as_its_values_are(numbers):
    plain = pl.Series("nik", numbers, dtype=pl.String)
    sealed = ciphers.seal_numbers(plain)
    assert sealed.to_list() == [each and ciphers.seal_number(each) for each in numbers]
    assert ciphers.open_numbers(sealed).equals(plain, null_equal=True, check_names=True)
    assert all(ciphers.open_number(each) == number for each, number in zip(sealed, numbers, strict=True) if each)
    assert all(len(each) == ciphers.WRITTEN for each in sealed if each)


@pytest.mark.parametrize("number", ["12345678901234567", "3202014107900é01"])
def test_what_is_no_number_is_not_kept_cut_short(number):
    for seal_it in (ciphers.seal_number, lambda each: ciphers.seal_numbers(pl.Series([each]))):
        with pytest.raises(ValueError, match="16 characters") as told:
            seal_it(number)
        assert number not in str(told.value)


def test_texts_look_different_each_time():
    one, other = ciphers.seal_text("Euis Fatimah"), ciphers.seal_text("Euis Fatimah")
    assert one != other
    assert ciphers.open_text(one) == ciphers.open_text(other) == "Euis Fatimah"


@pytest.mark.parametrize("open_it", [ciphers.open_number, lambda one: ciphers.open_numbers(pl.Series([one]))])
@pytest.mark.parametrize("kept", [NIK, "!" * 24, "x" * 25])
def test_what_was_altered_is_said(kept, open_it):
    with pytest.raises(Corrupt):
        open_it(kept)


def test_an_altered_text_is_said():
    raw = bytearray(base64.b64decode(ciphers.seal_text("Euis")))
    raw[-1] ^= 1
    with pytest.raises(Corrupt, match="berubah"):
        ciphers.open_text(base64.b64encode(raw).decode())


def test_without_its_key_a_number_stays_closed():
    sealed = ciphers.seal_number(NIK)
    seal.key_place().unlink()
    ciphers.seal_number(OTHER)  # makes another key
    with pytest.raises(Corrupt, match=r"store\.key"):
        ciphers.open_number(sealed)


@pytest.mark.django_db
def test_people_are_found_by_their_number_and_by_nothing_less(kept):
    bulk.insert(Person, people([1, 2, 3], [NIK, OTHER, None], [None, NIK, NIK]))
    Person.objects.create(pk=4, nik=NIK)
    assert list(Person.objects.filter(nik=NIK).values_list("pk", "nik")) == [(1, NIK), (4, NIK)]
    assert Person.objects.filter(nik__in=[OTHER, "9" * 16, None]).get().kk == NIK
    assert Person.objects.filter(nik=None).get().pk == 3
    same = Person.objects.filter(nik__in=Person.objects.filter(kk=NIK).exclude(nik=None).values("nik"))
    assert [each.pk for each in same] == [2]
    read = bulk.read("SELECT id, nik, kk FROM people_person ORDER BY id", {"id": pl.Int64(), "nik": pl.String()} | {
        "kk": pl.String()
    })  # fmt: skip
    assert read.rows() == [(1, NIK, None), (2, OTHER, NIK), (3, None, NIK), (4, NIK, None)]
    for lookup in ("startswith", "contains", "gt", "iexact", "regex"):
        with pytest.raises(FieldError, match="sealed"):
            Person.objects.filter(**{f"nik__{lookup}": NIK}).exists()
    with pytest.raises(FieldError, match="sealed"):
        Correction.objects.filter(value="Euis").exists()
    assert not [each for column in ("nik", "kk") for each in kept(column) if each and re.search(r"\d{9}", each)]


@pytest.mark.django_db
def test_a_change_of_keys_takes_the_database_along(kept):
    bulk.insert(Person, people([1, 2], [NIK, OTHER], ["", NIK]))
    correct_person(Person.objects.get(pk=1), "name", "EUIS", by=None)
    before, said = kept("nik"), kept("value", "people_correction")
    seal.add_key()  # and cut off: what is written now has another form than what stands there
    Person.objects.create(pk=3, nik=NIK)
    assert {each.pk for each in Person.objects.filter(nik=NIK)} == {1, 3}
    assert {each.pk for each in Person.objects.filter(nik__in=[NIK])} == {1, 3}
    assert "pergantian kunci terputus" in said_of_numbers()
    rotate_store_key(by=None)
    assert "kuncinya ada" in said_of_numbers()
    after = kept("nik")
    assert len(set(after)) == 2
    assert not set(after) & set(before)
    assert kept("value", "people_correction") != said
    assert len(seal.keys_in(seal.key_place())) == 1
    assert list(Person.objects.order_by("pk").values_list("nik", "kk")) == [(NIK, ""), (OTHER, NIK), (NIK, None)]
    assert Correction.objects.get().value == "EUIS"
    assert seal_values_again() == 0
    seal.key_place().unlink()
    assert "kunci NIK di basis data tidak ada" in said_of_numbers()


def test_sealed_columns_are_called_as_the_bulk_reader_expects():
    assert {field.column for field in sealed_fields() if isinstance(field, SealedNumber)} <= set(bulk.NUMBERS)
