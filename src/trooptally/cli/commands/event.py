"""Keep events: agreements, votes and attacks that show as lines on every series they concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from trooptally.ledger import Event


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command one option for each thing that can be said of an event, but its title."""
    for option in (
        click.option("--note", help="More about it."),
        click.option("--url", help="Where it can be read."),
        click.option("--source", metavar="NAME", help="Who reports it."),
        click.option("--place", metavar="P", help="The place it matters to; any unless given."),
        click.option("--force", metavar="F", help="The force it matters to; any unless given."),
    ):
        function = option(function)
    return function


@click.group
def command() -> None:
    """Keep events: agreements, votes and attacks that show as lines on every series they concern."""


@command.command("add")
@click.argument("title")
@click.option("--as-of", required=True, metavar="DATE", help="When: 2020-01-05, 2020-01, 2003-03/2003-05.")
@_fields
@options.reason("an event that matters to a series")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def add(*, db: str, contributor: str, reason: str, dry_run: bool, as_json: bool, **said: str | None) -> None:
    """Add an event; one that is there already is left as it is."""
    from trooptally.cli.shown import print_act
    from trooptally.ledger import Ledger

    with Ledger.open(db) as ledger:
        given = _given(ledger, said)
        act = ledger.rehearse() if dry_run else ledger
        event_id = act.add_event(**given, contributor=contributor, reason=reason)
    done = {"event_id": event_id, "change": None, **given}
    told = "would be added; nothing was written" if dry_run else "is in the ledger"
    print_act(done, f"Event {event_id} {told}.", as_json=as_json, dry_run=dry_run)


@command.command("list")
@click.option("--force", metavar="F", help="Those that matter to this force.")
@click.option("--place", metavar="P", help="Those that matter to this place.")
@click.option("--known-at", metavar="T", help="An instant of the past: the ledger as it stood then.")
@options.as_json
@options.db
def list_(db: str, force: str | None, place: str | None, known_at: str | None, *, as_json: bool) -> None:
    """Show the events in the order of time."""
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=True) as ledger:
        found = ledger.events(force, place, known_at=known_at)
    if as_json:
        for event in found:
            _print_json(event)
    elif found:
        _print_table(found)
    else:
        click.echo("There are no such events; 'trooptally event add' writes one.")


@command.command("correct")
@click.argument("event_id")
@click.option("--title", help="What happened, in a few words.")
@click.option("--as-of", metavar="DATE", help="When.")
@_fields
@options.reason("a correction")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def correct(
    event_id: str, *, db: str, contributor: str, reason: str, dry_run: bool, as_json: bool, **said: str | None
) -> None:
    """Write an event's next version; what is not given stays."""
    _revise(db, event_id, said, (contributor, reason), dry_run=dry_run, as_json=as_json)


@command.command("retract")
@click.argument("event_id")
@click.option("--reason", required=True, help="Why, for the history.")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def retract(event_id: str, *, db: str, contributor: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Withdraw an event; it stays in the history."""
    _revise(db, event_id, {"status": "retracted"}, (contributor, reason), dry_run=dry_run, as_json=as_json)


def _revise(
    db: str, event_id: str, said: dict[str, str | None], who: tuple[str, str], *, dry_run: bool, as_json: bool
) -> None:
    from trooptally.cli.shown import print_act
    from trooptally.errors import EventMissing
    from trooptally.ledger import Ledger

    contributor, reason = who
    with Ledger.open(db) as ledger:
        given = _given(ledger, said)
        seen = next((event for event in ledger.events() if event.event_id == event_id), None)
        if seen is None:
            raise EventMissing(event_id)
        act = ledger.rehearse() if dry_run else ledger
        change = act.correct_event(event_id, given, version=seen.version, contributor=contributor, reason=reason)
    told = "would be changed; nothing was written" if dry_run else f"was changed (change {change})"
    done = {"event_id": event_id, "version": seen.version + 1, "change": change, **given}
    print_act(done, f"Event {event_id} {told}.", as_json=as_json, dry_run=dry_run)


def _given(ledger: Any, said: dict[str, str | None]) -> dict[str, str]:
    """Return what was said, with the id of the source and an address that is one."""
    from trooptally.errors import RefusedInput
    from trooptally.importing.cells import Fault
    from trooptally.importing.reports import checked_url

    given = {name: told for name, told in said.items() if told is not None}
    if given.get("source"):
        given["source"] = ledger.names().source(given["source"]).source_id
    url = checked_url(given.get("url", ""))
    if isinstance(url, Fault):
        raise RefusedInput(f"{url.message}.")
    return given


def _print_json(event: Event) -> None:
    from dataclasses import asdict

    import orjson

    click.echo(orjson.dumps(asdict(event)).decode())


def _print_table(found: list[Event]) -> None:
    from trooptally.cli.shown import print_table

    rows = [(one.as_of, one.title, one.force or "any", one.place or "any", one.url, one.event_id) for one in found]
    print_table(("as of", "title", "force", "place", "url", "event"), rows)
