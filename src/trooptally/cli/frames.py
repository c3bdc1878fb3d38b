"""Frames on standard output: CSV that is safe to open in a spreadsheet, JSON, Parquet, or a table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trooptally.cli.shown import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandas import DataFrame

_SHOWN = ("force", "place", "measure", "component", "printed", "as_of", "source", "attributed_to", "status")
_MOST_SHOWN = 200


def print_csv(frame: DataFrame) -> None:
    """Print a frame as CSV; missing is empty, and no cell can be taken for a formula."""
    from trooptally.exporting import write_csv

    write_csv(frame, sys.stdout.buffer)


def print_json(frame: DataFrame) -> None:
    """Print a frame as one JSON list of objects; missing is null."""
    names = list(frame.columns)
    print_records([dict(zip(names, row, strict=True)) for row in _rows(frame)])


def print_records(objects: list[dict[str, Any]]) -> None:
    """Print objects as one JSON list."""
    import orjson

    sys.stdout.buffer.write(orjson.dumps(objects, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY))
    sys.stdout.buffer.write(b"\n")


def print_parquet(frame: DataFrame) -> None:
    """Print a frame as Parquet."""
    from trooptally.exporting import as_parquet

    sys.stdout.buffer.write(as_parquet(frame))


def print_claims(frame: DataFrame) -> None:
    """Print the claims of a frame for people: the figure as printed, who said it, and when it held."""
    rows = frame[list(_SHOWN)].head(_MOST_SHOWN)
    print_table(
        [name.replace("_", " ") for name in _SHOWN],
        [["" if cell is None else str(cell) for cell in row] for row in _rows(rows)],
    )
    more = len(frame) - len(rows)
    shown = f"{len(frame):,} claims" if more <= 0 else f"{len(frame):,} claims, {more:,} of them not shown"
    click.echo(f"{shown}.")


def _rows(frame: DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows with None for missing; whole numbers stay whole."""
    plain = [column.astype(object).where(column.notna(), None).tolist() for _, column in frame.items()]
    yield from zip(*plain, strict=True)
