"""The pages and files of one series: the same words, chart and claims as in the app, without the app."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import TYPE_CHECKING, Any

import orjson

from trooptally.ledger import SeriesColumns
from trooptally_dashboards import downloads
from trooptally_dashboards.answers import answer
from trooptally_dashboards.figures.graph import CONFIG
from trooptally_dashboards.figures.points import select
from trooptally_dashboards.publishing import addresses
from trooptally_dashboards.publishing.rendering import page
from trooptally_dashboards.publishing.rows import recency, rows_of
from trooptally_dashboards.questions import SeriesQuestion
from trooptally_dashboards.sentences import series_sentence

if TYPE_CHECKING:
    from trooptally.ledger import Ledger
    from trooptally_dashboards.behind import Background
    from trooptally_dashboards.publishing.edition import Edition
    from trooptally_dashboards.publishing.rows import Cells, Chains, Row

ROWS_ON_A_PAGE = 2000
_FILES = ("csv", "json")
_ONLY_PARTS = "No whole count is reported here: each claim is of a part alone."
_CONDENSED = "They are too many to draw one by one: each mark of the chart is what one source says in a span of time."
# The chart's own settings without the address of map shapes, which a page brings along.
CHART = {**CONFIG, "topojsonURL": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The claims of one series as they are published, and all that its pages show of them.

    Attributes:
        files: The claims as a file in each format.
        claims: The same as plain cells.
        rows: The same as rows of the page's table.
        sentence: What a reader who never looks at the chart must know.
        chart: What the browser draws the chart from.
    """

    force: str
    place: str
    files: Mapping[str, bytes]
    claims: Sequence[Cells]
    rows: Sequence[Row]
    sentence: str
    chart: dict[str, Any]


def series_of(
    ledger: Ledger, edition: Edition, pair: tuple[str, str], background: Background, chains: Chains
) -> Series:
    """Return a series as it stood at the moment of the edition."""
    force, place = pair
    question = SeriesQuestion(force=force, place=place, drafts=edition.drafts, known_at=edition.known_at)
    frame = ledger.claims(force=force, place=place, known_at=edition.known_at, rank="all", status=edition.statuses)
    made = {form: downloads.FORMATS[form][1](frame) for form in _FILES}
    claims: list[Cells] = orjson.loads(made["json"])
    columns = _published_alone(ledger.series(force, place, known_at=edition.known_at), claims)
    moves = ledger.unit_moves(force, place, known_at=edition.known_at)
    shown = select(columns, question)
    drawn = answer(columns, question, edition.sources, _published(moves, claims))
    condensed = f" {_CONDENSED}" if drawn["unlisted"] else ""
    return Series(
        force=force,
        place=place,
        files=made,
        claims=claims,
        rows=_rows(columns, question, claims, chains),
        sentence=f"{series_sentence(shown)}{condensed}" if shown.rows else _ONLY_PARTS,
        chart={"answer": drawn, "behind": background.behind(ledger, question), "config": CHART},
    )


def pages(series: Series, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents of everything that a series has in the site."""
    names = {form: addresses.series_file(series.force, series.place, form) for form in _FILES}
    for form, path in names.items():
        yield path, series.files[form]
    leaves = [series.rows[at : at + ROWS_ON_A_PAGE] for at in range(0, len(series.rows), ROWS_ON_A_PAGE)] or [()]
    for number, leaf in enumerate(leaves, start=1):
        path = addresses.series_page(series.force, series.place, number)
        yield (
            path,
            page(
                "series.html",
                path,
                edition,
                series=series,
                number=number,
                leaves=len(leaves),
                whole=[row for row in leaf if not row.part],
                parts=[row for row in leaf if row.part],
                here={row.claim_id for row in leaf},
                files=names,
            ),
        )


def _published_alone(columns: SeriesColumns, claims: Sequence[Cells]) -> SeriesColumns:
    """Return the claims without those that are not published: a page carries nothing that it does not show."""
    ids = {claim["claim_id"] for claim in claims}
    kept = [one in ids for one in columns.claim_id]
    return SeriesColumns(**{one.name: list(compress(getattr(columns, one.name), kept)) for one in fields(columns)})


def _published(moves: Sequence[Any], claims: Sequence[Cells]) -> list[Any]:
    """Return the moves of units that published claims tell of."""
    ids = {claim["claim_id"] for claim in claims}
    return [move for move in moves if move.claim_id in ids]


def _rows(columns: SeriesColumns, question: SeriesQuestion, claims: Sequence[Cells], chains: Chains) -> list[Row]:
    """Return the rows of all claims, also of those that the chart leaves out: deprecated ones, and parts at the end."""
    cells = {claim["claim_id"]: claim for claim in claims}
    groups = select(columns, replace(question, rank="all")).echoes
    whole = [[columns.claim_id[row] for row in group] for group in groups]
    listed = {one for group in whole for one in group}
    parts = sorted((one for one in cells if one not in listed), key=lambda one: recency(cells[one]))
    return [*rows_of(whole, cells, chains), *rows_of([[one] for one in parts], cells, chains)]
