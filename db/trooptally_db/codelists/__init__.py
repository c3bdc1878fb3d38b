"""The code lists: plain CSV files with a header, and a reader that needs nothing but the standard library.

Every list is sorted, UTF-8, and carries a `note` or `reason` where a row does not explain itself. What the
columns mean is said in `README.md` beside them; turning a name as printed into an id is left to the engine.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

LISTS = ("aliases", "cities", "forces", "place_members", "places", "sources", "units")


@cache
def rows(list_name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one code list, in the order of the file, every cell as text.

    Raises:
        KeyError: there is no list of that name.
    """
    if list_name not in LISTS:
        raise KeyError(list_name)
    text = files(__name__).joinpath(f"{list_name}.csv").read_text(encoding="utf-8")
    reader = csv.reader(StringIO(text))
    header = next(reader)
    return tuple(dict(zip(header, row, strict=True)) for row in reader)
