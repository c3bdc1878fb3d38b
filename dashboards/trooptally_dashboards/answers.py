"""What a series page shows as answer to a question, drawn once for the same rows."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import tables
from trooptally_dashboards.figures.series import series_figure
from trooptally_dashboards.sentences import series_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.questions import SeriesQuestion

_REMEMBERED = 64  # answers of some tens of kilobytes each


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """What the page shows as answer to one question."""

    sentence: str
    figure: dict[str, Any]
    legend: list[dict[str, Any]]
    table: dict[str, Any]
    address: str


def answer(claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> SeriesView:
    """Return what the page shows of the claims."""
    return SeriesView(
        sentence=series_sentence(claims, question),
        figure=series_figure(claims, question, sources),
        legend=tables.legend(claims, question, sources),
        table=tables.claims_table(claims, question, sources),
        address=question.link(),
    )


class Answers:
    """The last answers, each given again only while the rows read anew equal the rows it was drawn from.

    Many viewers look at few series, and comparing rows costs a tenth of drawing them.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._drawn: OrderedDict[SeriesQuestion, tuple[SeriesColumns, Mapping[str, str], SeriesView]] = OrderedDict()

    def answer(self, claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> SeriesView:
        """Return what the page shows of the claims, drawn anew where anything changed."""
        held = self._drawn.get(question)
        if held is not None and held[0] == claims and (held[1] is sources or held[1] == sources):
            return held[2]
        drawn = answer(claims, question, sources)
        with self._lock:
            self._drawn[question] = (claims, sources, drawn)
            self._drawn.move_to_end(question)
            if len(self._drawn) > _REMEMBERED:
                self._drawn.popitem(last=False)
        return drawn
