"""Estimate how many were there: low, best and high, with the claims that say so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

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
@click.option("--force", metavar="F", help="Whose: an id or a name (USA, American).")
@click.option("--place", metavar="P", help="Where: an id or a name (IRQ, Iraq).")
@click.option("--all", "every_series", is_flag=True, help="Every series there is, on all cores, as CSV.")
@click.option("--component", type=click.Choice([word.value for word in Component]), help="Whom; military unless given.")
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
    force: str | None,
    place: str | None,
    every_series: bool,
    known_at: str | None,
    form: str | None,
    **question: str | None,
) -> None:
    """Estimate how many of a force were at a place: low, best and high of a 90 % band.

    Only accepted claims count; echoes of one origin count once, a rotation changes no level, and a ceiling is no count.
    """
    if question["on"] and (question["start"] or question["end"]):
        raise click.UsageError("Give either --on or --from and --to.")
    asked = {name: given for name, given in question.items() if given is not None}
    if every_series:
        if "component" in asked or "basis" in asked or form not in (None, "csv"):
            raise click.UsageError("--all gives every component and basis, as CSV; --force and --place narrow it.")
        _print_all(db, force, place, known_at, asked)
    elif force is None or place is None:
        raise click.UsageError("Give --force and --place, or --all.")
    else:
        _print_one(db, (force, place), known_at, form or ("table" if sys.stdout.isatty() else "csv"), asked)


def _print_one(db: str, printed: tuple[str, str], known_at: str | None, form: str, asked: dict[str, Any]) -> None:
    from trooptally.errors import RefusedInput
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=True) as ledger:
        names = ledger.names()
        force, place = names.force(printed[0]), names.place(printed[1])
        if force is None or place is None:
            # The same question, asked of the claims, is refused with the nearest names.
            ledger.claims(force=printed[0], place=printed[1])
            raise RefusedInput(f"{printed[0]!r} in {printed[1]!r} cannot be found.")
        answer = _answer(ledger, names, force, place, known_at, asked)
    if not answer.enough:
        click.echo(answer.reason, err=True)
    for note in answer.notes:
        click.echo(f"note: {note}", err=True)
    _print(answer, form)


def _print_all(db: str, force: str | None, place: str | None, known_at: str | None, asked: dict[str, Any]) -> None:
    """Print every series under its key, and say how many have no level to start from."""
    from pandas import concat

    from trooptally.cli import frames
    from trooptally.estimates import estimate, estimate_all
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=True) as ledger:
        theatres = _theatres(ledger.names())
        claims = ledger.claims(force=force, place=place, known_at=known_at, status=(Status.ACCEPTED,))
    nothing = estimate(claims.iloc[:0], force="", place="", **asked)  # a bad question is refused before the work begins
    with _bar() as progress:
        found = list(estimate_all(claims, theatres=theatres, progress=progress, **asked))
    tables = [_keyed(answer.frame, *key) for key, answer in found if answer.enough]
    if len(tables) < len(found):
        click.echo(f"{len(found) - len(tables)} series have no claim that says how many are present.", err=True)
    frames.print_csv(concat(tables, ignore_index=True) if tables else _keyed(nothing.frame, "", "", "", None))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """Give what counts the series done, with a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Estimating", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _keyed(frame: DataFrame, force: str, place: str, component: str, basis: str | None) -> DataFrame:
    """Return the rows of a series with its key before them."""
    key = {"force": force, "place": place, "component": component, "basis": basis or ""}
    return frame.assign(**key, date=frame["date"].astype(str))[[*key, *frame.columns]]


def _answer(
    ledger: Ledger,
    names: Names,
    force: str,
    place: str,
    known_at: str | None,
    asked: Mapping[str, Any],
) -> Estimates:
    from trooptally.estimates import estimate
    from trooptally.estimates.series import neighbours

    theatres = _theatres(names)
    inside, around = neighbours(place, theatres)
    claims = _claims(ledger, force, (place, *inside, *around), known_at)
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
