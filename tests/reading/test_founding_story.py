"""The founding story, as printed and in our own words: two figures, never one of 4,500."""

from __future__ import annotations

from pathlib import Path

import pytest

from trooptally.model import Draft
from trooptally.reading import read
from trooptally.vocabulary import Hedge, Measure, QualifierKind

OUR_WORDS = """Paper: America Sends 2,000 Soldiers to Iraq
BAGHDAD (Wire) -- The U.S. military is sending roughly 2,000 soldiers to Iraq this autumn, The New York Times reported.
The soldiers of the Fourth Infantry Division will relieve the 256th Infantry Brigade Combat Team for nine months.
In January 2020 parliament voted for all foreign troops to leave; the mission is to end by December 31, 2021.
According to the Biden administration, there are about 2,500 American troops in Iraq now.
"""


def _checked(drafts: list[Draft]) -> tuple[Draft, Draft]:
    assert len(drafts) == 2
    rotation, level = drafts
    assert rotation.figure is not None
    assert level.figure is not None
    assert (rotation.figure.point, rotation.figure.hedge) == (2_000, Hedge.APPROXIMATE)
    assert (rotation.measure, rotation.force, rotation.place) == (Measure.ROTATING, "USA", "IRQ")
    assert (level.figure.point, level.figure.hedge) == (2_500, Hedge.APPROXIMATE)
    assert (level.measure, level.force, level.place) == (Measure.PRESENT, "USA", "IRQ")
    assert level.as_of is not None
    assert level.as_of.edtf == "2021-09-20"
    return rotation, level


def _qualifiers(draft: Draft, kind: QualifierKind) -> list[str]:
    return [qualifier.text for qualifier in draft.qualifiers if qualifier.kind is kind]


def test_the_printed_story_gives_its_two_figures(real_data: Path) -> None:
    """The wire story yields the rotation and the level, with units and attributions, and nothing else."""
    text = (real_data / "seed" / "iraq-rotation-2021.txt").read_text(encoding="utf-8")
    rotation, level = _checked(read(text, published_on="2021-09-20", publisher="Dispatches"))
    assert rotation.unit == "Fourth Infantry Division"
    assert _qualifiers(rotation, QualifierKind.RELIEVED_UNIT) == ["256th Infantry Brigade Combat Team"]
    assert _qualifiers(rotation, QualifierKind.DURATION) == ["nine month"]
    assert rotation.attribution.printed == "The New York Times"
    assert level.attribution.printed == "the Biden administration"


def test_the_headline_is_an_other_place_of_the_same_figure(real_data: Path) -> None:
    """The headline's 2,000 is kept as a further place of the body's figure."""
    text = (real_data / "seed" / "iraq-rotation-2021.txt").read_text(encoding="utf-8")
    rotation = read(text, published_on="2021-09-20")[0]
    (also_at,) = _qualifiers(rotation, QualifierKind.ALSO_AT)
    start, end = map(int, also_at.removeprefix("characters ").split("-"))
    assert text[start:end] == "2,000 Troops"


def test_our_own_wording_gives_the_same_figures() -> None:
    """The same facts in other words, other order and with a headline give the same two figures."""
    rotation, level = _checked(read(OUR_WORDS, published_on="2021-09-20", publisher="Wire"))
    assert rotation.unit == "Fourth Infantry Division"
    assert level.attribution.printed == "the Biden administration"


@pytest.mark.parametrize("text", [OUR_WORDS, OUR_WORDS.replace("\n", "\r\n"), OUR_WORDS.replace(" ", "\xa0")])
def test_quotes_are_what_stands_at_their_offsets(text: str) -> None:
    """Every draft's quote is the text between its offsets, whatever the blanks and line ends."""
    for draft in read(text, published_on="2021-09-20"):
        assert text[draft.start : draft.end] == draft.quote
