"""Print an empty claims table to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command
@click.argument("path", required=False)
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), help="csv unless PATH ends in .xlsx.")
def command(path: str | None, *, form: str | None) -> None:
    """Print an empty claims table to fill in, or write it to PATH; an existing file is never overwritten."""
    from trooptally.entry.template import csv_template, xlsx_template

    form = form or ("xlsx" if path and path.lower().endswith(".xlsx") else "csv")
    if form == "xlsx" and path is None and sys.stdout.isatty():
        raise click.UsageError("A workbook cannot be shown on a terminal; name a PATH for it.")
    content = xlsx_template() if form == "xlsx" else csv_template()
    if path is None:
        sys.stdout.buffer.write(content)
        return
    _write(Path(path), content)
    click.echo(f"Wrote {path}.")


def _write(path: Path, content: bytes) -> None:
    from trooptally.errors import RefusedInput

    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as err:
        raise RefusedInput(f"{path} already exists and was left as it is.") from err
