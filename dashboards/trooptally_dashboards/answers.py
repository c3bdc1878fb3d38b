"""What a series page shows as answer to a question: one compact record that the browser turns into words and rows.

The claims travel once, as columns; the chart and the table both point into them. A thousand cells of text would cost
more to make and to send than reading and drawing the series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trooptally_dashboards import tables, words
from trooptally_dashboards.figures.buckets import MOST_MARKS, bucket_figure, span_of
from trooptally_dashboards.figures.points import moments, select
from trooptally_dashboards.figures.series import series_figure
from trooptally_dashboards.figures.units import bars
from trooptally_dashboards.sentences import series_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import SeriesColumns, UnitMove
    from trooptally_dashboards.figures.points import Selection
    from trooptally_dashboards.questions import SeriesQuestion

_LISTED = 300  # rows of a table that somebody may still read
_ECHOES = 20
_NAMED = 12

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


def answer(
    claims: SeriesColumns,
    question: SeriesQuestion,
    sources: Mapping[str, str],
    moves: Sequence[UnitMove] = (),
) -> dict[str, Any]:
    """Return what the page shows of the claims.

    Args:
        claims: All claims of the series.
        question: Which of them are asked for, and how.
        sources: The sources' names by id.
        moves: The moves of named units.

    Returns:
        "sentence", "figure", "legend", "claims" (columns), "rows" (positions of the claims shown, each with its
        echoes), "sources" (names by id), and "unlisted", the number of claims that the table leaves out.
    """
    shown = select(claims, question)
    if len(shown.echoes) > MOST_MARKS:
        return _condensed(shown, sources)
    return {
        "sentence": series_sentence(shown),
        "figure": series_figure(shown, sources, bars(moves, question) if moves else ()),
        "legend": tables.legend(shown, sources),
        "claims": {name: _column(getattr(claims, name)) for name in SENT},
        "rows": shown.echoes,
        "sources": {one: sources.get(one, one) for one in {*claims.origin_id, *claims.source_id}},
        "unlisted": 0,
    }


def _condensed(shown: Selection, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return spans of time in place of marks, and of the claims only the latest."""
    claims = shown.claims
    latest = sorted(shown.echoes, key=lambda group: _recency(claims, group[0]))[-_LISTED:]
    sent = [row for group in latest for row in group[:_ECHOES]]
    places = {row: place for place, row in enumerate(sent)}
    names = {claims.origin_id[row] for row in sent} | {claims.source_id[row] for row in sent}
    legend = sorted(tables.legend(shown, sources), key=lambda entry: -int(entry["claims"]))
    return {
        "sentence": f"{series_sentence(shown)} {_condensing(shown)}",
        "figure": bucket_figure(shown, sources),
        "legend": legend[:_NAMED],
        "claims": {name: _column([getattr(claims, name)[row] for row in sent]) for name in SENT},
        "rows": [[places[row] for row in group[:_ECHOES]] for group in latest],
        "sources": {one: sources.get(one, one) for one in names},
        "unlisted": len(shown.rows) - len(sent),
    }


def _condensing(shown: Selection) -> str:
    days = [moment.day for moment in moments(shown.claims, shown.rows).values()]
    return (
        f"{words.sentence_case(words.counted(len(shown.rows), 'claim'))} are too many to draw one by one: each mark is "
        f"what one source says in a {span_of(days)[0]} (median, lowest to highest); choose one to open that time."
    )


def _recency(claims: SeriesColumns, row: int) -> tuple[str, str]:
    published = claims.published_on[row] or ""
    return claims.as_of_latest[row] or published, published


def _column(values: Sequence[Any]) -> Any:
    """Return the column, or, where it says the same of every claim, that one value."""
    return values[0] if values and values.count(values[0]) == len(values) else values
