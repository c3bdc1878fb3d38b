"""Tables and sentences for people at a terminal, or the same as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a header, cells wrapped to the width of the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        # Text, not markup: a cell may carry brackets.
        table.add_row(*[Text(calm(cell)) for cell in row])
    Console().print(table)


def calm(cell: str) -> str:
    """Return the cell without characters that move a terminal's cursor."""
    return "".join(c if c.isprintable() else " " for c in cell)


def print_act(done: Mapping[str, Any], said: str, *, as_json: bool, dry_run: bool) -> None:
    """Print what one act did, as a sentence or as JSON; in a dry run the change has no number, for there is none."""
    if not as_json:
        click.echo(said)
        return
    import orjson

    told = {**done, "change": None} if dry_run else dict(done)
    click.echo(orjson.dumps(told | {"dry_run": dry_run}).decode())
