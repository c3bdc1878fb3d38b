"""Options that say which claims are meant, for the commands that list and export them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

import click

from trooptally.cli import options
from trooptally.vocabulary import Component, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pandas import DataFrame


def which_claims(*, rank: str) -> Callable[[options.Command], options.Command]:
    """Return the options that choose claims; `chosen` takes what they give.

    Args:
        rank: The rank unless another is asked for, "best" or "all".
    """
    choices = (
        click.option("--force", metavar="F", help="Whose: an id or a name (USA, American)."),
        click.option("--place", metavar="P", help="Where: an id or a name (IRQ, Iraq)."),
        click.option("--measure", type=click.Choice([word.value for word in Measure])),
        click.option("--component", type=click.Choice([word.value for word in Component])),
        click.option("--as-of", metavar="A/B", help="A day or period (EDTF) that the claim's as-of must touch."),
        click.option("--known-at", metavar="T", help="An instant of the past: the ledger as it stood then."),
        click.option("--rank", type=click.Choice(["best", "all"]), default=rank, show_default=True),
        click.option(
            "--status",
            type=click.Choice([*(word.value for word in Status), "all"]),
            multiple=True,
            help="May be repeated; accepted and draft unless given.",
        ),
    )
    return lambda command: reduce(lambda wrapped, choice: choice(wrapped), reversed(choices), command)


def chosen(db: str, *, status: Sequence[str], **filters: Any) -> DataFrame:
    """Return the claims of a ledger that the options choose.

    Raises:
        LedgerError: the ledger cannot be read.
        UnknownName: no code list has the force or the place.
    """
    from trooptally.ledger import Ledger

    asked: dict[str, Any] = filters | ({"status": _statuses(status)} if status else {})
    with Ledger.open(db, read_only=True) as ledger:
        return ledger.claims(**asked)


def _statuses(given: Sequence[str]) -> Literal["all"] | tuple[Status, ...]:
    return "all" if "all" in given else tuple(Status(word) for word in given)
