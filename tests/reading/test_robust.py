"""Any text at all: a result in time that grows with the text and no faster."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trooptally.reading import as_row, explain, read

PIECES = st.sampled_from(
    [
        *("2,000", "500", "three thousand", "hundreds of", "troops", "soldiers", "men", "were sent", "to Iraq", "the"),
        *(
            "from France",
            "a",
            "has",
            "about",
            "more than",
            "killed",
            ",",
            ".",
            ";",
            ":",
            "(",
            ")",
            '"',
            "'",
            "-",
            "U.S.",
        ),
        *(
            "U.N.",
            "\x00",
            "\n",
            "\n\n",
            "between",
            "and",
            "or",
            "to",
            "by",
            "who",
            "which",
            "if",
            "not",
            "of them",
            "1.,",
        ),
        *("\u2014", "\u0642\u0648\u0627\u062a", "of", "force", "withdrawal of", "Turkey,", "will", "strong", "-strong"),
    ]
)
REPEATED = [
    "2,000 troops ",
    "1.,",
    "100 000 ",
    "500 of the ",
    "500 and ",
    "between 500 and ",
    "\n",
    "\n \n",
    '"',
    "(",
    "a-",
    "U.",
    "\u0642\u0648\u0627\u062a 2000 troops ",
    "\x00",
    "About 2,500 U.S. troops are in Iraq. ",
    "X 2,000 troops\nY\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_words_give_drafts_whose_quotes_stand_in_the_text(text: str) -> None:
    """Whatever the words, nothing fails, and every draft's offsets lie in the text and carry no NUL."""
    for draft in read(text, published_on="2020-05-01", publisher="The White House"):
        assert 0 <= draft.start < draft.end <= len(text)
        assert draft.quote == text[draft.start : draft.end].replace("\x00", " ")
        assert as_row(draft)["measure"]
    assert all(told.steps for told in explain(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    """Any string is read without an error."""
    read(text + " 2,000 troops", title=text, publisher=text)


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_the_text(piece: str) -> None:
    """A text four times as long takes about four times as long, even one made to be slow."""
    short, long = (piece * (size // len(piece)) + " 2,000 troops" for size in (15_000, 60_000))
    read(short)
    first, second = _seconds(short), _seconds(long)
    assert second < max(10 * first, 0.5)


def _seconds(text: str) -> float:
    before = process_time()
    read(text)
    return process_time() - before


def test_ten_megabytes_are_read() -> None:
    """A text of ten megabytes is read to its end."""
    filler = "The committee met again on the budget and adjourned without a vote. " * 150_000
    (draft,) = read(filler + "Spain has 500 soldiers in Mali.")
    assert draft.end == len(filler) + len("Spain has 500 soldiers")
