"""List the last changes: who, when, what and why."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.option("-n", "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many.")
@options.as_json
@options.db
def command(*, db: str, limit: int, as_json: bool) -> None:
    """List the last changes, newest first: who, when, what and why."""
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=True) as ledger:
        changes = ledger.recent_changes(limit)
    if as_json:
        from dataclasses import asdict

        import orjson

        for change in changes:
            click.echo(orjson.dumps(asdict(change)).decode())
        return
    from trooptally.cli.shown import print_table

    print_table(
        ["change", "at", "contributor", "act", "claims", "reason"],
        [[str(c.change), c.at[:19], c.contributor, _act(c.act, c.undoes), f"{c.claims:,}", c.reason] for c in changes],
    )


def _act(act: str, undoes: int | None) -> str:
    return f"{act} {undoes}" if undoes else act
