"""What a series page shows as answer to a question: one compact record that the browser turns into words and rows.

The claims travel once, as columns; the chart and the table both point into them. A thousand cells of text would cost
more to make and to send than reading and drawing the series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trooptally_dashboards import tables
from trooptally_dashboards.figures.points import select
from trooptally_dashboards.figures.series import series_figure
from trooptally_dashboards.sentences import series_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.questions import SeriesQuestion

# The columns that the browser needs to say a claim in words.
SENT = (
    "claim_id",
    "measure",
    "component",
    "basis",
    "low",
    "point",
    "high",
    "hedge",
    "missing_reason",
    "as_of",
    "as_of_latest",
    "published_on",
    "source_id",
    "origin_id",
    "status",
    "rank",
    "printed",
)


def answer(claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page shows of the claims.

    Returns:
        "sentence", "figure", "legend", "claims" (columns), "rows" (positions of the claims shown, each with its
        echoes) and "sources" (names by id).
    """
    shown = select(claims, question)
    return {
        "sentence": series_sentence(shown),
        "figure": series_figure(shown, sources),
        "legend": tables.legend(shown, sources),
        "claims": {name: _column(getattr(claims, name)) for name in SENT},
        "rows": shown.echoes,
        "sources": {one: sources.get(one, one) for one in {*claims.origin_id, *claims.source_id}},
    }


def _column(values: Sequence[Any]) -> Any:
    """Return the column, or, where it says the same of every claim, that one value."""
    return values[0] if values and values.count(values[0]) == len(values) else values
