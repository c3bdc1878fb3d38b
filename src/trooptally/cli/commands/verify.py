"""Check that every row of the history is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from trooptally.ledger import Verified


@click.command
@click.option(
    "--anchor", type=click.Path(path_type=Path), metavar="FILE", help="Compare with the anchors in this file, too."
)
@click.option(
    "--write-anchor", type=click.Path(path_type=Path), metavar="FILE", help="Add the anchor of a sound history to it."
)
@options.as_json
@options.db
def command(*, db: str, anchor: Path | None, write_anchor: Path | None, as_json: bool) -> int:
    """Check that every row of the history is as it was written.

    A history that was cut off or rewritten as a whole is only found with an anchor that was kept elsewhere.
    """
    from trooptally.ledger import Ledger, read_anchors
    from trooptally.ledger import write_anchor as keep_anchor

    kept = read_anchors(anchor) if anchor else ()
    with Ledger.open(db, read_only=True) as ledger:
        verified = ledger.verify(kept)
        place = ledger.place
    if write_anchor and verified.sound and verified.head:
        keep_anchor(write_anchor, verified.head)
    if as_json:
        _print_json(verified)
    else:
        _print(verified, place, len(kept))
    return 0 if verified.sound else 1


def _print(verified: Verified, place: str, anchors: int) -> None:
    if verified.sound and verified.head:
        compared = f", and agrees with {anchors:,} anchors" if anchors else ""
        click.echo(f"{place} is sound: {verified.changes:,} changes and {verified.rows:,} rows{compared}.")
        click.echo(f"Its last change has the hash {verified.head.hash}.")
    for finding in verified.findings:
        click.echo(f"Error: {finding}", err=True)


def _print_json(verified: Verified) -> None:
    from dataclasses import asdict

    import orjson

    click.echo(orjson.dumps({"sound": verified.sound, **asdict(verified)}).decode())
