"""Receipts as people and programs read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.intake import Receipt

_MOST_SHOWN = 20
_LEFT_OUT = re.compile(r"; (?:the|its) row was left out.*", re.DOTALL)


def show_receipt(receipt: Receipt, *, as_json: bool) -> int:
    """Print one receipt: JSON on one line, or a sentence with the issues on standard error; return the exit status.

    Where everything was refused, that is the one sentence on standard error, and the status is 1.
    """
    if as_json:
        import orjson

        click.echo(orjson.dumps(receipt.as_json()).decode())
    if receipt.nothing_taken:
        click.echo(f"Error: {refusal(receipt)}", err=True)
        return 1
    if not as_json:
        _show(receipt)
    return 0


def _show(receipt: Receipt) -> None:
    click.echo(summary(receipt))
    ranked = sorted(receipt.issues, key=lambda issue: list(Severity).index(issue.severity))
    for issue in ranked[:_MOST_SHOWN]:
        click.echo(f"  {issue.severity.value}: {issue.locator}: {issue.message}", err=True)
    if len(ranked) > _MOST_SHOWN:
        click.echo(f"  and {len(ranked) - _MOST_SHOWN:,} more issues; --json lists all of them", err=True)


def refusal(receipt: Receipt) -> str:
    """Return in one sentence that everything was refused, and the first reason."""
    errors = sum(issue.severity is Severity.ERROR for issue in receipt.issues)
    reason = _LEFT_OUT.sub("", receipt.first_error).rstrip(".")
    if errors == 1:
        return f"{receipt.path}: {reason}; nothing was written."
    return (
        f"Every {receipt.unit} of {receipt.path} was refused and nothing was written; "
        f"the first of {errors:,} reasons (--json lists all) is {reason}."
    )


def summary(receipt: Receipt) -> str:
    """Return a receipt as one sentence."""
    would = "would be " if receipt.dry_run else ""
    parts = [
        f"{receipt.recorded:,} {would}recorded",
        f"{receipt.drafts:,} {would}kept as drafts",
        f"{receipt.unchanged:,} already known",
    ]
    if receipt.revised:
        parts.append(f"{len(receipt.revised):,} {would}revised by this edition")
    if receipt.refused:
        parts.append(f"{receipt.refused:,} refused")
    parts += [f"{number:,} left out ({why})" for why, number in sorted(receipt.ignored.items())]
    if receipt.echoes:
        parts.append(f"{len(receipt.echoes):,} echo another report of the same origin")
    if receipt.possible_duplicates:
        parts.append(f"{len(receipt.possible_duplicates):,} may be duplicates")
    return f"{receipt.path} ({receipt.importer}): {', '.join(parts)}."
