"""List claims, as a table, CSV, JSON or Parquet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from trooptally.cli import options
from trooptally.vocabulary import Component, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

_FORMATS = ("table", "csv", "json", "parquet")


@click.command
@click.option("--force", metavar="F", help="Whose: an id or a name (USA, American).")
@click.option("--place", metavar="P", help="Where: an id or a name (IRQ, Iraq).")
@click.option("--measure", type=click.Choice([word.value for word in Measure]))
@click.option("--component", type=click.Choice([word.value for word in Component]))
@click.option("--as-of", metavar="A/B", help="A day or period (EDTF) that the claim's as-of must touch.")
@click.option("--known-at", metavar="T", help="An instant of the past: the ledger as it stood then.")
@click.option("--rank", type=click.Choice(["best", "all"]), default="best", show_default=True)
@click.option(
    "--status",
    type=click.Choice([*(word.value for word in Status), "all"]),
    multiple=True,
    help="May be repeated; accepted and draft unless given.",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="table on a terminal, else csv.")
@options.db
def command(*, db: str, rank: str, status: tuple[str, ...], form: str | None, **filters: Any) -> None:
    """List claims, as a table, CSV, JSON or Parquet.

    CSV cells that a spreadsheet could take for a formula begin with an apostrophe; importing takes it off.
    """
    from trooptally.ledger import Ledger

    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet cannot be shown on a terminal; redirect it to a file.")
    asked: dict[str, Any] = filters | ({"status": _statuses(status)} if status else {})
    with Ledger.open(db, read_only=True) as ledger:
        frame = ledger.claims(rank=cast("Literal['best', 'all']", rank), **asked)
    _print(frame, form)


def _statuses(given: Sequence[str]) -> Literal["all"] | tuple[Status, ...]:
    return "all" if "all" in given else tuple(Status(word) for word in given)


def _print(frame: DataFrame, form: str) -> None:
    from trooptally.cli import frames

    match form:
        case "csv":
            frames.print_csv(frame)
        case "json":
            frames.print_json(frame)
        case "parquet":
            frames.print_parquet(frame)
        case _:
            frames.print_claims(frame)
