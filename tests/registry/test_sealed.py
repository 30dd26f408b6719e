"""What officers sent lies encrypted on the disk: nobody reads it without the key, and no change goes unseen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.cases.gateways import papers
from jangkau.registry.lists.actions import receive_lists
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.sealing import rotate_store_key
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList
from jangkau.web.site.cli.health import findings

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")


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
    assert AuditEvent.objects.filter(action="store_key_rotated", detail__files=2).count() == 1


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
