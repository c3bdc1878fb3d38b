"""One count as the stages see it, from the bare number to the figure with measure, force and place."""

from __future__ import annotations

from dataclasses import dataclass, field

from trooptally.reading.hedging import Number
from trooptally.reading.nouns import Counted
from trooptally.reading.predicates import Governor
from trooptally.reading.scan import Scan
from trooptally.vocabulary import Measure


@dataclass(slots=True, kw_only=True)
class Count:
    """A number with what the stages have found out about it, and why.

    Attributes:
        sentence: Index of its sentence in the text.
        refused: Why it is no figure, or empty.
        reasons: (stage, sentence for a person) pairs, in the order of the stages.
        force_told, place_told: Whether its own clause names them.
        headline: Whether it stands in the title or the first line.
        named: Whether its own phrase names the force.
        definite: Whether "the" or an owner stands before it, so that it points to a figure told already.
    """

    scan: Scan
    sentence: int
    number: Number
    phrase: Counted
    governor: Governor
    measure: Measure = Measure.PRESENT
    force: str = ""
    place: str = ""
    force_told: bool = False
    place_told: bool = False
    headline: bool = False
    definite: bool = False
    named: bool = False
    refused: str = ""
    reasons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def start(self) -> int:
        """First character of the quote."""
        return self.scan.tokens[self.phrase.first].start

    @property
    def end(self) -> int:
        """One past the last character of the quote."""
        return self.scan.tokens[self.phrase.last - 1].end

    def because(self, stage: str, reason: str) -> None:
        """Note why a stage decided as it did."""
        self.reasons.append((stage, reason))
