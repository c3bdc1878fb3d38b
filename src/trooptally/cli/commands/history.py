"""Show every version of one claim: who changed what, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from trooptally.ledger import Version


@click.command
@click.argument("claim_id")
@options.as_json
@options.db
def command(claim_id: str, *, db: str, as_json: bool) -> None:
    """Show every version of one claim: who changed what, when and why."""
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=True) as ledger:
        versions = ledger.claim(claim_id).versions
    if as_json:
        from dataclasses import asdict

        import orjson

        for version in versions:
            click.echo(orjson.dumps(asdict(version)).decode())
        return
    for version in versions:
        click.echo(_sentence(version))
        for name, (before, after) in version.changed.items():
            click.echo(f"    {name}: {_shown(before)} -> {_shown(after)}")


def _sentence(version: Version) -> str:
    when = version.recorded_at[:19].replace("T", " ")
    return f"{version.version}. {when} {version.contributor}: {version.act} ({version.status}), {version.reason}"


def _shown(cell: object) -> str:
    return "nothing" if cell is None or cell == "" else str(cell)
