"""Known oddities of a source: small CSV files beside the importers, each row with its reason and status."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files

_HOME = "trooptally.importers"

Oddity = dict[str, str]


@cache
def oddities(name: str) -> tuple[Oddity, ...]:
    """Return the rows of one list of oddities, by the name of its file."""
    text = files(_HOME).joinpath("oddities", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
