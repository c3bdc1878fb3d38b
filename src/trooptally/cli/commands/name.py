"""Add the name of a force, a place, a source or a unit that no code list carries."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.argument("kind", type=click.Choice(["force", "place", "source", "unit"]))
@click.argument("name")
@click.option("--is", "sort", metavar="WORD", default="", help="What it is: base, region, group, newspaper ...")
@click.option("--means", metavar="NAME", default="", help="The known one of which this is one more name.")
@click.option("--within", metavar="NAME", default="", help="The place around it, a unit's force, a source's country.")
@click.option("--url", default="", help="Web address of a source.")
@click.option("--reason", required=True, help="Why, for the history.")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    kind: str, name: str, *, db: str, sort: str, means: str, within: str, url: str, reason: str, contributor: str,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Add a name. From then on the forms, the reader and the importers of this ledger know it.

    A name is never deleted: look twice before you add one.
    """
    from typing import get_args

    from trooptally.cli.shown import print_act
    from trooptally.ledger import Ledger
    from trooptally.ledger.naming import Named, NewName

    named: Named = next(one for one in get_args(Named) if one == kind)
    new = NewName(kind=named, name=name, sort=sort, means=means, within=within, url=url)
    with Ledger.open(db) as ledger:
        act = ledger.rehearse() if dry_run else ledger
        identity, change = act.add_name(new, contributor=contributor, reason=reason)
    said = f"Added (change {change}): {name} means {identity}."
    if dry_run:
        said = f"{name} would mean {identity}; nothing was written."
    done = {"kind": kind, "name": name, "id": identity, "change": change}
    print_act(done, said, as_json=as_json, dry_run=dry_run)
