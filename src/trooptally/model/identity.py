"""Ids derived from what was printed, so that the same words always land on the same row.

Better cleaning must never double history, and two workers that read one report must make one row; therefore no
cleaned, resolved or converted value ever enters an id.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATOR = "\x1f"
_ID_BYTES = 16
_SEAL_BYTES = 8


def report_id(*, url: str = "", sha256: str = "", publisher: str = "", title: str = "", published_on: str = "") -> str:
    """Return the id of a report: by its URL, else by its bytes, else by publisher, title and date as printed.

    Returns:
        32 hexadecimal characters.
    """
    if url:
        return _digest("url", url.strip())
    if sha256:
        return _digest("sha256", sha256.strip().lower())
    return _digest("named", publisher.strip(), title.strip(), published_on.strip())


def claim_id(report: str, locator: str, printed: str, ordinal: int = 0) -> str:
    """Return the id of a claim from its report's id, its place in it, the figure as printed and its ordinal there.

    Returns:
        32 hexadecimal characters.
    """
    # Spelled out, not through `_digest`: this line runs once for every row of an import.
    return blake2b(
        f"claim\x1f{report}\x1f{locator}\x1f{printed}\x1f{ordinal}".encode(), digest_size=_ID_BYTES
    ).hexdigest()


def seal(cells: Iterable[str]) -> str:
    """Return what shows later that these cells stand together as they were written.

    Returns:
        16 hexadecimal characters; spaces around a cell do not change them.
    """
    return blake2b(_SEPARATOR.join(map(str.strip, cells)).encode(), digest_size=_SEAL_BYTES).hexdigest()


def slug(name: str) -> str:
    """Return a readable id for a name ("Gen. Kenneth McKenzie" -> "gen-kenneth-mckenzie"); never empty.

    Letters of every script are kept; a name without any letter or digit gets the id "unnamed".
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "unnamed"


def _digest(*parts: str) -> str:
    return blake2b(_SEPARATOR.join(parts).encode(), digest_size=_ID_BYTES).hexdigest()
