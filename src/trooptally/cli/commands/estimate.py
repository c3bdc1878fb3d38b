"""Estimate how many were there: low, best and high, with the claims that say so."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from trooptally.cli import options
from trooptally.vocabulary import Basis, Component, Status

if TYPE_CHECKING:
    from pandas import DataFrame

    from trooptally.estimates import Estimates
    from trooptally.ledger import Ledger
    from trooptally.names import Names

_FORMATS = ("table", "csv", "json")
_MANY_PLACES = 12


@click.command
@click.option("--force", metavar="F", required=True, help="Whose: an id or a name (USA, American).")
@click.option("--place", metavar="P", required=True, help="Where: an id or a name (IRQ, Iraq).")
@click.option("--component", type=click.Choice([word.value for word in Component]), default=Component.MILITARY.value)
@click.option("--basis", type=click.Choice([word.value for word in Basis]), help="What the count includes.")
@click.option("--on", metavar="DATE", help="One day; otherwise a series.")
@click.option("--from", "start", metavar="DATE", help="First day of the series; the first claim unless given.")
@click.option("--to", "end", metavar="DATE", help="Last day of the series; the last claim unless given.")
@click.option("--every", default="month", show_default=True, help="day, week, month, quarter or year.")
@click.option("--method", default="grid", show_default=True, help="How claims become an estimate.")
@click.option("--known-at", metavar="T", help="An instant of the past: from what the ledger knew then.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="table on a terminal, else csv.")
@options.db
def command(
    *,
    db: str,
    force: str,
    place: str,
    known_at: str | None,
    form: str | None,
    **question: str | None,
) -> None:
    """Estimate how many of a force were at a place: low, best and high of a 90 % band.

    Only accepted claims count; echoes of one origin count once, a rotation changes no level, and a ceiling is no count.
    """
    from trooptally.errors import RefusedInput
    from trooptally.ledger import Ledger

    if question["on"] and (question["start"] or question["end"]):
        raise click.UsageError("Give either --on or --from and --to.")
    with Ledger.open(db, read_only=True) as ledger:
        names = ledger.names()
        key = {
            kind: names.force(printed) if kind == "force" else names.place(printed)
            for kind, printed in (("force", force), ("place", place))
        }
        if key["force"] is None or key["place"] is None:
            # The same question, asked of the claims, is refused with the nearest names.
            ledger.claims(force=force, place=place)
            raise RefusedInput(f"{force!r} in {place!r} cannot be found.")
        answer = _answer(ledger, names, key["force"], key["place"], known_at, question)
    if not answer.enough:
        click.echo(answer.reason, err=True)
    for note in answer.notes:
        click.echo(f"note: {note}", err=True)
    _print(answer, form or ("table" if sys.stdout.isatty() else "csv"))


def _answer(
    ledger: Ledger,
    names: Names,
    force: str,
    place: str,
    known_at: str | None,
    question: Mapping[str, str | None],
) -> Estimates:
    from trooptally.estimates import estimate
    from trooptally.estimates.series import neighbours

    theatres = _theatres(names)
    inside, around = neighbours(place, theatres)
    claims = _claims(ledger, force, (place, *inside, *around), known_at)
    asked = {name: given for name, given in question.items() if given is not None}
    return estimate(claims, force=force, place=place, theatres=theatres, **asked)


def _claims(ledger: Ledger, force: str, places: Sequence[str], known_at: str | None) -> DataFrame:
    """Return the accepted claims of a force at some places, place by place unless there are many."""
    from pandas import concat

    def found(place: str | None) -> DataFrame:
        return ledger.claims(force=force, place=place, known_at=known_at, status=(Status.ACCEPTED,))

    if len(places) > _MANY_PLACES:
        return found(None)
    tables = [table for table in map(found, places) if len(table)]
    return concat(tables, ignore_index=True) if tables else found(places[0])


def _theatres(names: Names) -> dict[str, Collection[str]]:
    """Return every theatre with its places."""
    theatres = {entry.id for entry in names.entries("place")}
    return {theatre: members for theatre in theatres if (members := names.members(theatre))}


def _print(answer: Estimates, form: str) -> None:
    from trooptally.cli import frames
    from trooptally.cli.shown import print_table

    frame = answer.frame
    match form:
        case "csv":
            frames.print_csv(frame.assign(date=frame["date"].astype(str)))
        case "json":
            frames.print_records(answer.records())
        case _:
            shown = ["date", "low", "best", "high", "origins", "claims"]
            print_table(shown, [[str(cell) for cell in row] for row in frame[shown].itertuples(index=False)])
