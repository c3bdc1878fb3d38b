"""The names that the reader knows beyond the code lists."""

from __future__ import annotations

import csv
from importlib.resources import files

from trooptally.names import Names
from trooptally.reading.gazetteer import FORCE_KINDS, PLACE_KINDS, Gazetteer
from trooptally.reading.sentences import plain
from trooptally.reading.tokens import tokenize


def test_every_id_is_in_the_code_lists() -> None:
    """No name of the gazetteer points to a force or place that a ledger would not know."""
    names = Names.shipped()
    path = files("trooptally.reading") / "gazetteer.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        assert row["kind"] not in FORCE_KINDS or names.facts("force", row["id"]), row
        assert row["kind"] not in PLACE_KINDS or names.facts("place", row["id"]), row


def test_capitals_make_a_name() -> None:
    """Words that are names only with a capital are found only with one; a government's seat is both."""
    flat = plain("They told us that turkey is dear in the US and in Moscow.")
    found = {m.printed: m for m in Gazetteer.shipped().mentions(tokenize(flat, 0, len(flat)))}
    assert set(found) == {"US", "Moscow"}
    assert found["Moscow"].kinds == {"town", "government"}
