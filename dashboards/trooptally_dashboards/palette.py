"""One colour and one symbol for each source, told apart by readers who see no colour at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Okabe and Ito's colours but yellow and black, which vanish on a white or a dark page; marks are outlined.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
# Seven symbols and six colours have no common factor, so 42 sources pass before a pair repeats.
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagram", "star-square")
MUTED = "#808080"
ACCENT = "#0072B2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a source is drawn."""

    colour: str
    symbol: str


def marks(source_ids: Iterable[str]) -> dict[str, Mark]:
    """Return a mark for each source, in the order in which sources first appear."""
    distinct = dict.fromkeys(source_ids)
    return {
        source: Mark(colour=COLOURS[i % len(COLOURS)], symbol=SYMBOLS[i % len(SYMBOLS)])
        for i, source in enumerate(distinct)
    }
