"""Add one claim, by flags or by answering questions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options
from trooptally.entry import FIELDS, Field, field_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from trooptally.intake import Checked

_FIGURE = ("figure", "low", "point", "high", "missing_reason")
_ASKED = (
    *("force", "place", "measure", "figure", "as_of", "published_on"),
    *("publisher", "attributed_to", "url", "quote"),
)


def _flags(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command one option for each field of the form."""
    for field in reversed(FIELDS):
        kind = click.Choice(field.choices) if field.choices else None
        function = click.option(field.flag, field.name, type=kind, help=field.help)(function)
    return function


@click.command
@_flags
@options.reason("entered by hand")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(*, db: str, contributor: str, reason: str, dry_run: bool, as_json: bool, **given: str | None) -> int:
    """Add one claim, by flags or, on a terminal, by answering questions.

    What was understood is shown before it is written: "about 2,500" means approximately 2,500.
    """
    from trooptally.cli.receipts import show_receipt
    from trooptally.intake import check, record
    from trooptally.intake.form import form_document
    from trooptally.ledger import Ledger

    asks = sys.stdin.isatty() and sys.stdout.isatty()
    with Ledger.open(db, read_only=dry_run) as ledger:
        answers = _answers(given, asks=asks)
        checked = check(form_document(answers), ledger.names(), importer="claims-table")
        _refuse_faults(checked)
        click.echo(understood(checked), err=as_json)
        if asks and not dry_run:
            click.confirm("Write it?", default=True, abort=True)
        receipt = record(ledger, checked, contributor=contributor, reason=reason, dry_run=dry_run)
    return show_receipt(receipt, as_json=as_json)


def _answers(given: dict[str, str | None], *, asks: bool) -> dict[str, str]:
    answers = {name: told for name, told in given.items() if told}
    if asks:
        for name in _ASKED:
            if name not in answers and not (name == "figure" and _has_figure(answers)):
                answers[name] = _asked(field_named(name))
    missing = [field.flag for field in FIELDS if field.required and not answers.get(field.name)]
    if not _has_figure(answers):
        missing.append("--figure")
    if missing:
        raise click.UsageError(f"A claim needs {', '.join(missing)}.")
    return {name: told for name, told in answers.items() if told}


def _has_figure(answers: dict[str, str]) -> bool:
    return any(answers.get(name) for name in _FIGURE)


def _asked(field: Field) -> str:
    click.echo(f"{field.help}" + (f" Example: {field.example}" if field.example else ""))
    needed = field.required or field.name == "figure"
    kind = click.Choice(field.choices) if field.choices else str
    answer: str = click.prompt(field.title, default=None if needed else "", type=kind, show_default=False)
    return answer


def _refuse_faults(checked: Checked) -> None:
    from trooptally.errors import RefusedInput
    from trooptally.vocabulary import Severity

    faults = [issue for issue in checked.extract.issues if issue.severity is Severity.ERROR]
    if faults:
        column = faults[0].locator.rpartition("column ")[2]
        message = faults[0].message.removesuffix("; the row was left out")
        raise RefusedInput(f"{column}: {message}.")


def understood(checked: Checked) -> str:
    """Return in words what one entered claim says."""
    from trooptally.intake.form import spoken

    drafts = checked.extract.drafts
    origin = drafts.attribution[0].links[-1].printed or "nobody named"
    when = drafts.as_of[0] or "no stated time"
    return (
        f"{drafts.printed[0] or 'no figure'} = {spoken(drafts)}; {drafts.force[0]} in {drafts.place[0]}, "
        f"{drafts.measure[0].replace('_', ' ')} ({drafts.component[0]}), as of {when}, according to {origin}."
    )
