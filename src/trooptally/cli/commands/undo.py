"""Take back everything that one change did to claims."""

from __future__ import annotations

import click

from trooptally.cli import options

_MOST_NAMED = 10_000


@click.command
@click.argument("change", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why, for the history.")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(change: int, *, db: str, contributor: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Take back everything that one change did to claims, by new versions; 'trooptally log' lists the changes."""
    from trooptally.cli.shown import print_act
    from trooptally.ledger import Ledger

    with Ledger.open(db) as ledger:
        claims = [one.claim_id for one in ledger.touched(change, most=_MOST_NAMED)]
        act = ledger.rehearse() if dry_run else ledger
        number = act.undo(change, contributor=contributor, reason=reason)
    said = f"Change {number} takes back change {change}."
    if dry_run:
        said = f"Change {change} can be taken back; nothing was written."
    print_act({"change": number, "undoes": change, "claims": claims}, said, as_json=as_json, dry_run=dry_run)
