"""Tables of strength by rank and grade: official figures without a place, known here to be refused plainly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from trooptally.errors import UnreadableDocument
from trooptally.importing import Document
from trooptally.importing.headings import texts_of

if TYPE_CHECKING:
    from trooptally.names import Names

_TITLE = re.compile(
    r"\bby (?:rank|grade|pay ?grade|rank ?/ ?grade)\b|^rank ?/ ?grade$|\bgrade in which serving\b", re.IGNORECASE
)
_RANK = re.compile(
    r"^\s*(?:E-?[1-9]|O-?(?:[1-9]|10)|W-?[1-5])\s*$|\b(?:lieutenant|warrant officer|brig)", re.IGNORECASE
)
_TOP_ROWS = 12
_FEWEST_RANKS = 3


class StrengthByGrade:
    """The importer that refuses tables by grade."""

    name = "strength-by-grade"
    recognises = "A workbook of strength by rank or grade; it is refused, because it counts people at no place."

    def identify(self, document: Document) -> bool:
        """Return whether a sheet is titled by grade and has rows of ranks."""
        if not document.is_workbook:
            return False
        for sheet in document.sheets:
            titled = any(map(_TITLE.search, texts_of(sheet.rows[:_TOP_ROWS])))
            ranks = sum(bool(_RANK.search(row[0])) for row in sheet.rows if row and isinstance(row[0], str))
            if titled and ranks >= _FEWEST_RANKS:
                return True
        return False

    def extract(self, document: Document, names: Names) -> NoReturn:
        """Refuse the document.

        Raises:
            UnreadableDocument: always, with the reason.
        """
        del names
        raise UnreadableDocument(
            f"{document.name} counts people by rank and grade, not by place: it is not a location table, "
            "and nothing in it says where anybody was."
        )


importer = StrengthByGrade()
