"""Write claims to a file that another ledger can take in: CSV, XLSX, JSON or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from trooptally.cli import options
from trooptally.cli.asking import chosen, which_claims

_FORMATS = ("csv", "xlsx", "json", "parquet")


@click.command
@click.argument("path", type=click.Path(path_type=Path))
@which_claims(rank="all")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="What the end of PATH says unless given.")
@click.option("--overwrite", is_flag=True, help="Replace PATH if it is there.")
@options.dry_run
@options.db
def command(*, path: Path, db: str, form: str | None, overwrite: bool, dry_run: bool, **which: Any) -> None:
    """Write claims to PATH: CSV, XLSX, JSON or Parquet, by the end of its name.

    Importing a CSV or XLSX export gives another ledger the same claims under the same ids, drafts as drafts. A row that
    was changed in between comes in as a claim of its own. A spreadsheet can take no cell for a formula.
    """
    from trooptally.exporting import FORMATS, sealed

    form = form or _told_by(path)
    _check(path, overwrite=overwrite)
    claims = chosen(db, **which)
    counted = f"{len(claims):,} claim{'' if len(claims) == 1 else 's'}"
    if not dry_run:
        _replace(path, FORMATS[form](sealed(claims)))
    click.echo(f"{'Would write' if dry_run else 'Wrote'} {counted} to {path}.")


def _told_by(path: Path) -> str:
    form = path.suffix.lstrip(".").lower()
    if form not in _FORMATS:
        raise click.UsageError(f"{path} does not end in .csv, .xlsx, .json or .parquet; name a --format.")
    return form


def _check(path: Path, *, overwrite: bool) -> None:
    from trooptally.errors import RefusedInput

    if path.is_dir():
        raise RefusedInput(f"{path} is a folder; a file was expected.")
    if path.exists() and not overwrite:
        raise RefusedInput(f"{path} is there already; --overwrite replaces it.")
    if not path.parent.is_dir():
        raise RefusedInput(f"The folder {path.parent} does not exist; make it first.")


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
