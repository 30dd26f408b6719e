"""Five thousand files harmed by chance, read as the product reads them: in processes of their own, bounded in time and
memory. Each is read and answered, or refused with a sentence that says which file, what is wrong and what to do."""

import re

import pytest
from tests.core.reading.harm import Told, tell
from tests.core.reading.small_files import ROWS

from jangkau.registry.lists.gateways.confined import Lost, call_confined

FILES = 5_000
SECONDS, MEMORY = 10, 1_000_000_000
ENGLISH_ERRORS = re.compile(r"error|exception|invalid|panic|traceback|none\b|0x[0-9a-f]", re.IGNORECASE)
PEOPLE = [str(row[2]) for row in ROWS[2:5]]


@pytest.mark.slow
def test_five_thousand_harmed_files_are_read_or_refused():
    told = list(call_confined(tell, range(FILES), processes=2, seconds=SECONDS, memory=MEMORY))
    lost = {seed: answer for seed, answer in enumerate(told) if isinstance(answer, Lost)}
    assert not lost, "seeds whose reading died or came too late"
    read = [answer for answer in told if isinstance(answer, Told)]
    assert max(answer.seconds for answer in read) < SECONDS
    assert max(answer.memory for answer in read) < MEMORY
    assert sum(answer.people > 0 for answer in read) > 0.4 * FILES
    sentences = {pair for answer in read for pair in answer.refusals}
    assert len({indonesian.partition("”")[2] for indonesian, _ in sentences}) >= 5
    for sentence in sentences:
        assert_a_clerk_understands(*sentence)


def assert_a_clerk_understands(indonesian: str, english: str) -> None:
    """Names the file, says what is wrong and then what to do; no program's words, nobody's number or name."""
    for text in (indonesian, english):
        assert "“" in text and text.endswith(".") and ". " in text and len(text) < 250, text
        assert not re.search(r"\d{6}", text) and not any(person in text for person in PEOPLE), text
    assert not ENGLISH_ERRORS.search(indonesian), indonesian
    assert re.search(r"[Kk]irim|[Ss]alin|[Hh]apus|[Bb]uka", indonesian), indonesian
