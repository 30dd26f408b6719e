"""What officers sent lies encrypted on the disk: nobody reads it without the key, and no change goes unseen."""

from __future__ import annotations

import os
import random
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.cases.gateways import papers
from jangkau.registry.lists.actions import receive_lists
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.running import run_paths
from jangkau.registry.lists.actions.sealing import rotate_store_key, seal_what_lies_open
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.gateways.differences import difference_between
from jangkau.registry.lists.models import SentList
from jangkau.web.site.cli.health import findings

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
WAWAN = ("WAWAN SETIAWAN", "3202010502759003", "05-02-1975", "L")


def kept(place: Path, content: bytes) -> Path:
    place.write_bytes(seal.sealed(content))
    return place


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.sampled_from([0, 1, 999, seal.PIECE - 1, seal.PIECE, seal.PIECE + 1, 2 * seal.PIECE]), data=st.data())
def test_what_is_sealed_opens_again_and_no_flipped_bit_goes_unseen(register, size, data):
    content = bytes(range(256)) * (size // 256 + 1)
    place = kept(register / "file", content[:size])
    assert seal.content_of(place) == content[:size]
    whole = bytearray(place.read_bytes())
    at = data.draw(st.integers(len(seal.MAGIC), len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    place.write_bytes(whole)
    with pytest.raises(Corrupt):
        seal.content_of(place)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.sampled_from([0, 1, seal.PIECE, 3 * seal.PIECE - 1]),
    at=st.integers(0, 3 * seal.PIECE),
    many=st.integers(0, 2 * seal.PIECE),
)
def test_a_sealed_file_is_read_from_any_place(register, size, at, many):
    content = random.Random(size).randbytes(size)
    with seal.opened(kept(register / "file", content)) as file:
        assert file.seek(0, os.SEEK_END) == size
        file.seek(at)
        assert file.read(many) == content[at : at + many]
        file.seek(-min(size, 8), os.SEEK_END)
        assert file.read() == content[-8:]


def test_pieces_are_neither_cut_off_nor_exchanged_nor_taken_from_another_file(register):
    head = len(seal.MAGIC) + 8 + 16
    step = seal.PIECE + 16
    place = kept(register / "file", b"a" * seal.PIECE + b"b" * seal.PIECE + b"c" * 9)
    whole = place.read_bytes()
    one, two, three = whole[head : head + step], whole[head + step : head + 2 * step], whole[head + 2 * step :]
    other = kept(register / "other", b"a" * seal.PIECE + b"b" * seal.PIECE + b"c" * 9).read_bytes()
    for body in (one + two, one, b"", two + one + three, one + three, one + other[head + step :]):
        place.write_bytes(whole[:head] + body)
        with pytest.raises(Corrupt):
            seal.content_of(place)
        with pytest.raises(Corrupt), seal.opened(place) as file:
            file.read()


def test_originals_and_papers_lie_sealed_and_every_file_gets_a_fresh_key(register, village_list):
    place = village_list([UJANG])
    ((item, _),) = receive_lists(place, path="a/Data Pekerja Desa Citepus.xlsx", by=None)
    original = store.folder_of(item.sha256) / store.ORIGINAL
    paper = papers.keep(b"%PDF surat untuk UJANG")
    assert b"PK" not in original.read_bytes()[:100] and seal.hash_of(original) == item.sha256
    keys = Path(django_settings.JANGKAU_DATA) / "store.key"
    assert keys.stat().st_mode & 0o077 == 0
    old = seal.number_of(original)

    original.write_bytes(place.read_bytes())  # as an earlier version kept it
    assert any("belum tersandi" in finding.what for finding in findings())
    read_lists([SentList.objects.get()], as_of=AS_OF)
    rotate_store_key(by=None)
    fresh = seal.number_of(original)
    assert fresh not in (None, old) and len(keys.read_text().split()) == 1
    assert papers.fetch(paper) == b"%PDF surat untuk UJANG"
    assert all(finding.good for finding in findings() if "asli" in finding.what)
    assert AuditEvent.objects.filter(action="store_key_rotated", detail__files=4).count() == 1  # rows, problems


def test_nothing_that_is_kept_of_the_rows_of_lists_names_anybody(register, village_list, member_list):
    data = Path(django_settings.JANGKAU_DATA)
    village_list([UJANG])
    members = ("K1", UJANG[1], UJANG[0], UJANG[2], UJANG[3], "BPU", "2026-10")
    member_list([members])
    run_paths([register / "lists"], as_of=AS_OF, by=None, processes=1)
    village_list([UJANG, WAWAN])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    old, _, new = SentList.objects.order_by("pk")
    assert difference_between(old.sha256, new.sha256).height == 2
    files = [place for folder in ("lists", "plans") for place in (data / folder).rglob("*") if place.is_file()]
    plain = {place for place in files if seal.number_of(place) is None}
    assert {place.name for place in plain} == {store.LINKS} and len(files) - len(plain) > 10
    for place in files:
        told = store.read_frame(place).rows() if place in plain else []
        content = place.read_bytes() + repr(told).encode()
        assert not [word for word in (*UJANG[:2], *WAWAN[:2], "K1") if len(word) > 2 and word.encode() in content]


def test_rows_of_an_earlier_version_are_read_and_then_sealed(register, village_list):
    ((item, _),) = receive_lists(village_list([UJANG]), path="a/Data Pekerja Desa Citepus.xlsx", by=None)
    read_lists([item], as_of=AS_OF)
    place = store.folder_of(item.sha256) / store.ROWS
    rows = store.read_frame(place)
    rows.write_parquet(place)
    written = place.stat().st_mtime_ns
    assert any(finding.what.startswith("1 berkas belum tersandi") for finding in findings())
    assert store.read_frame(place).equals(rows) and store.rows_at(place, [0]).equals(rows[:1])
    seal_what_lies_open()
    assert seal.number_of(place) is not None and place.stat().st_mtime_ns == written
    assert store.read_frame(place).equals(rows)


def test_a_rotation_that_was_stopped_is_run_again(register, village_list):
    ((item, _),) = receive_lists(village_list([UJANG]), path="a/Data Pekerja Desa Citepus.xlsx", by=None)
    read_lists([item], as_of=AS_OF)
    place = store.folder_of(item.sha256) / store.ROWS
    whole = place.read_bytes()
    harmed = bytearray(whole)
    harmed[len(whole) // 2] ^= 1
    place.write_bytes(harmed)
    for read in (store.read_frame, store.scan_frame, lambda rows: store.rows_at(rows, [0])):
        with pytest.raises(Corrupt, match="berubah"):
            read(place)
    with pytest.raises(Corrupt):
        rotate_store_key(by=None)
    assert len(seal.keys_in(seal.key_place())) == 2 and len(set(map(seal.number_of, store.sealed_files()))) == 2
    place.write_bytes(whole)
    rotate_store_key(by=None)
    assert {*seal.keys_in(seal.key_place())} == set(map(seal.number_of, store.sealed_files()))
    assert UJANG[1] in store.read_frame(place)["nik"].to_list()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    height=st.sampled_from([100, 50_000]),
    lines=st.sets(st.integers(0, 120) | st.integers(0, 50_100), max_size=5).map(sorted),
    columns=st.sampled_from([None, ["name", "cells"]]),
)
def test_rows_of_a_list_are_those_that_stand_there(register, height, lines, columns):
    random.seed(1)
    rows = pl.DataFrame({"line": range(height)}).with_columns(
        name=pl.when(pl.col("line") % 3 > 0).then(pl.format("WARGA {}", "line")),
        cells=pl.concat_list(pl.col("line").cast(pl.String), pl.lit(None)),
        day=pl.lit(AS_OF),
        noise=pl.Series([random.randbytes(80) for _ in range(height)]),
    )
    place = register / f"{height}.parquet"
    if not place.exists():
        store.write_frame(rows, place)
    assert (place.stat().st_size > store.SHORT) == (height > 100)
    expected = rows if columns is None else rows.select(columns)
    assert_frame_equal(store.rows_at(place, lines, columns), expected[[line for line in lines if line < height]])


def test_a_rotation_cut_off_in_the_middle_leaves_every_file_readable(register):
    first = kept(register / "one", b"satu")
    seal.add_key()
    second = kept(register / "two", b"dua")
    assert (seal.content_of(first), seal.content_of(second)) == (b"satu", b"dua")
    seal.seal_again(first)
    assert seal.number_of(first) == seal.number_of(second)


def test_the_key_may_lie_elsewhere_and_without_it_a_sentence_says_so(register, settings):
    settings.JANGKAU_STORE_KEY = str(register / "safe.key")
    place = kept(register / "file", b"isi")
    assert not (Path(settings.JANGKAU_DATA) / "store.key").exists()
    (register / "safe.key").rename(register / "away.key")
    with pytest.raises(Corrupt, match="JANGKAU_STORE_KEY"):
        seal.content_of(place)
    assert seal.content_of(place, register / "away.key") == b"isi"  # as a reading process is told


def test_a_long_file_is_sealed_piece_by_piece(register):
    written: list[int] = []
    seal.seal(BytesIO(b"x" * (3 * seal.PIECE)), lambda piece: written.append(len(piece)))
    assert max(written) == seal.PIECE + 16
