"""A progress bar for people who wait at a terminal, and silence for everybody else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Step = TypeVar("Step")


@contextmanager
def steps(doing: str, over: Sequence[Step]) -> Iterator[Iterable[Step]]:
    """Give the steps one by one, with a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield over
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar.track(over, total=len(over), description=doing)
