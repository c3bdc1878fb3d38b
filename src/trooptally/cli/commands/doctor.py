"""Look at the ledger's health and say what to do."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@options.as_json
@options.db
def command(*, db: str, as_json: bool) -> int:
    """Look at the ledger's health and say what to do.

    The status is 1 if something is ill.
    """
    from trooptally.ledger.keeping import examine

    signs = examine(db)
    if as_json:
        from dataclasses import asdict

        import orjson

        click.echo(orjson.dumps([asdict(sign) for sign in signs]).decode())
    else:
        for sign in signs:
            advice = f" {sign.advice}" if sign.advice else ""
            click.echo(f"{sign.health.value:5} {sign.topic:10} {sign.found}{advice}")
    return 1 if any(sign.health.value == "ill" for sign in signs) else 0
