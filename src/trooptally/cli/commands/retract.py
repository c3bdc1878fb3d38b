"""Withdraw a claim; it stays in the history."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.argument("claim", metavar="CLAIM")
@click.option("--reason", required=True, help="Why, for the history.")
@click.option("--version", type=click.IntRange(1), help="The version you looked at; refused if there is a newer one.")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    db: str, claim: str, reason: str, version: int | None, contributor: str, *, dry_run: bool, as_json: bool
) -> None:
    """Withdraw a claim. Nothing is deleted: its last version says that it was retracted, by whom and why."""
    from trooptally.cli.shown import print_act
    from trooptally.ledger import Ledger

    with Ledger.open(db) as ledger:
        seen = version or int(ledger.claim(claim).columns["version"])
        act = ledger.rehearse() if dry_run else ledger
        change = act.retract(claim, version=seen, contributor=contributor, reason=reason)
    said = f"Claim {claim} is retracted (change {change})."
    if dry_run:
        said = f"Claim {claim} can be retracted; nothing was written."
    print_act({"claim_id": claim, "version": seen + 1, "change": change}, said, as_json=as_json, dry_run=dry_run)
