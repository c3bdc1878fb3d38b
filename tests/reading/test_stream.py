"""Many documents, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from trooptally.errors import RefusedInput
from trooptally.reading import as_row, read, read_lines

TEXT = "Spain has about 500 soldiers in Mali."


def _line(**fields: str | None) -> str:
    return json.dumps({"doc_id": "one", "text": TEXT, "published_on": "2020-05-01", "publisher": None, **fields})


def test_each_row_carries_its_document() -> None:
    """A row is what `as_row` makes of the draft, with the document's id."""
    (row,) = read_lines([_line()])
    (draft,) = read(TEXT, published_on="2020-05-01")
    assert row == {"doc_id": "one", **as_row(draft)}
    assert (row["point"], row["measure"], row["force"], row["place"]) == (500, "present", "ESP", "MLI")


def test_lines_are_read_one_by_one() -> None:
    """The first row comes before the second line is asked for."""
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(3):
            asked.append(number)
            yield _line()

    next(read_lines(lines()))
    assert asked == [0]


@pytest.mark.parametrize(
    "line", ["{500 soldiers", '["500 soldiers"]', '{"text": "500 soldiers"}', _line(published_on="soon")]
)
def test_a_broken_line_is_named(line: str) -> None:
    """A line that is no document is refused in one sentence that names it."""
    with pytest.raises(RefusedInput, match="Line 1"):
        list(read_lines([line]))
