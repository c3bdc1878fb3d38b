"""List claims, as a table, CSV, JSON or Parquet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options
from trooptally.cli.asking import chosen, which_claims

if TYPE_CHECKING:
    from pandas import DataFrame

_FORMATS = ("table", "csv", "json", "parquet")


@click.command
@which_claims(rank="best")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="table on a terminal, else csv.")
@options.db
def command(*, db: str, form: str | None, **which: Any) -> None:
    """List claims, as a table, CSV, JSON or Parquet.

    CSV and Parquet carry seals, by which importing knows the claims again. CSV cells that a spreadsheet could take for
    a formula begin with an apostrophe; importing takes it off.
    """
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet cannot be shown on a terminal; redirect it to a file.")
    _print(chosen(db, **which), form)


def _print(frame: DataFrame, form: str) -> None:
    from trooptally.cli import frames
    from trooptally.exporting import sealed

    match form:
        case "csv":
            frames.print_csv(sealed(frame))
        case "json":
            frames.print_json(frame)
        case "parquet":
            frames.print_parquet(sealed(frame))
        case _:
            frames.print_claims(frame)
