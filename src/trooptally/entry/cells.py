"""Cells that a spreadsheet must not take for formulas, and back again without loss.

A text that begins like a formula is written with an apostrophe in front, the way spreadsheets mark text;
reading takes exactly one off. Texts that already look so marked get one more: nothing is ever confused.
"""

from __future__ import annotations

import re

# Spreadsheets start a formula at = + - @ (their fullwidth forms too) and some at a control character.
_FORMULA_START = re.compile(r"[ \u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_MARKED = re.compile(r"'+[ \u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


def guarded(cell: str) -> str:
    """Return the cell as it may stand in a CSV that people open in a spreadsheet."""
    if _MARKED.match(cell) or (_FORMULA_START.match(cell) and not _PLAIN_NUMBER.match(cell)):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """Return the cell as it was before `guarded`."""
    return cell[1:] if _MARKED.match(cell) else cell
