"""Which people are counted: soldiers of any kind, or by name those on active duty or of the reserve."""

from __future__ import annotations

from trooptally.reading.nouns import Counted
from trooptally.reading.scan import Scan
from trooptally.vocabulary import Component


def component_of(scan: Scan, phrase: Counted) -> tuple[Component, str]:
    """Return the component that the counted words themselves name, and the word; else all military personnel."""
    for at in range(phrase.first, phrase.last):
        low = scan.low(at)
        if low in scan.lexicon.words["reserve"] or (low == "national" and scan.low(at + 1) == "guard"):
            return Component.RESERVE, low
        if low == "active-duty" or (low == "active" and scan.low(at + 1) in ("duty", "component")):
            return Component.ACTIVE, low
    return Component.MILITARY, ""
