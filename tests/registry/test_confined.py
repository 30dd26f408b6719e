"""Reading in processes of their own: answers in order, and a call that dies, hangs or hoards costs itself alone."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

from jangkau.registry.lists.gateways import readers
from jangkau.registry.lists.gateways.confined import Lost, call_confined

MEGA = 1_000_000


def behave(what: str) -> str:
    if what == "die":
        os._exit(3)
    if what == "hang":
        time.sleep(60)
    if what == "hoard":
        hoard = bytearray(400 * MEGA)
        hoard[::4096] = b"x" * len(hoard[::4096])
        time.sleep(60)
    if what == "wish":
        return str(len(bytearray(100_000 * MEGA)))
    return what.upper()


def test_answers_come_in_order_and_losses_stay_alone():
    given = ["a", "die", "b", "c", "hang", "d"]
    answers = list(call_confined(behave, given, processes=2, seconds=2, memory=1000 * MEGA))
    assert answers == ["A", Lost(late=False), "B", "C", Lost(late=True), "D"]


def test_memory_is_bounded():
    answers = list(call_confined(behave, ["hoard", "wish", "a"], processes=1, seconds=30, memory=200 * MEGA))
    assert answers == [Lost(late=False), Lost(late=False), "A"]


def test_nothing_to_do():
    assert list(call_confined(behave, [], processes=2, seconds=1, memory=MEGA)) == []


def test_a_lost_reading_is_told_in_one_sentence(tmp_path: Path, monkeypatch):
    given = [readers.Assignment(tmp_path, "a/desa.xlsx", "32.02", date(2026, 10, 31))]

    def lost(*_, **__):
        return iter([Lost(late=True)])

    monkeypatch.setattr(readers, "call_confined", lost)
    outcome = next(iter(readers.read_all(given, 1)))
    assert outcome.error is not None and "desa.xlsx" in outcome.error["id"] and "too long" in outcome.error["en"]
