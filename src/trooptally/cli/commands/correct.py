"""Correct a claim: its next version, with who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options
from trooptally.entry import FIELDS, field_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from trooptally.intake.looking import Look

# What belongs to the report, and cannot be corrected at one of its claims.
_REPORT = frozenset({"publisher", "published_on", "url", "title"})
_FIELDS = tuple(field for field in FIELDS if field.name not in _REPORT)
_INSTEAD = ("figure", "low", "point", "high", "hedge", "missing_reason")


def _flags(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command one option for each field that can be corrected."""
    for field in reversed(_FIELDS):
        kind = click.Choice(field.choices) if field.choices else None
        function = click.option(field.flag, field.name, type=kind, help=field.help)(function)
    return function


@click.command
@click.argument("claim", metavar="CLAIM")
@_flags
@click.option("--reason", required=True, help="Why, for the history.")
@click.option("--version", type=click.IntRange(1), help="The version you looked at; refused if there is a newer one.")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    db: str, claim: str, reason: str, version: int | None, contributor: str,
    *, dry_run: bool, as_json: bool, **given: str | None,
) -> None:  # fmt: skip
    """Correct a claim by flags; what no flag names stays. The words as printed are never changed."""
    from trooptally.cli.shown import print_act
    from trooptally.intake.correcting import answers_of_claim, changes_of
    from trooptally.intake.looking import look
    from trooptally.ledger import Ledger

    told = {name: answer for name, answer in given.items() if answer is not None}
    if not told:
        raise click.UsageError("Name at least one field to correct, such as --figure or --as-of.")
    with Ledger.open(db) as ledger:
        stands, names = ledger.claim(claim), ledger.names()
        before = answers_of_claim(stands, names)
        if any(name in told for name in _INSTEAD):
            before = {name: answer for name, answer in before.items() if name not in _INSTEAD}
        seen = look(before | told, names)
        _refuse(seen)
        at = version or int(stands.columns["version"])
        changes = changes_of(stands, seen.drafts)
        act = ledger.rehearse() if dry_run else ledger
        change = act.correct(claim, changes, version=at, contributor=contributor, reason=reason)
    done = {"claim_id": claim, "version": at + 1, "change": change, "corrected": sorted(changes)}
    said = f"Corrected (change {change}): {seen.understood}"
    if dry_run:
        said = f"Would be corrected, nothing was written: {seen.understood}"
    print_act(done | {"understood": seen.understood}, said, as_json=as_json, dry_run=dry_run)


def _refuse(seen: Look) -> None:
    from trooptally.errors import RefusedInput

    if seen.errors:
        name, message = next(iter(seen.errors.items()))
        raise RefusedInput(f"{field_named(name).flag if name else 'the claim'}: {message}")
