"""Tables for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
