"""What programs and the pages' own scripts ask by plain addresses: answers in JSON, nothing written."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, Response, request

from trooptally.errors import LedgerError, RefusedInput, TrooptallyError
from trooptally_dashboards.answers import answer
from trooptally_dashboards.questions import SeriesQuestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.ledger_door import LedgerDoor

ROOT = "/api/v1"


def register(server: Flask, door: LedgerDoor) -> None:
    """Add the addresses."""

    def view(force: str, place: str) -> Response:
        question = SeriesQuestion.from_query(force, place, request.args)
        return _answered(lambda: as_json(series_view(door, question)))

    server.add_url_rule(f"{ROOT}/views/series/<force>/<place>", "series_view", view)


def series_view(door: LedgerDoor, question: SeriesQuestion) -> dict[str, Any]:
    """Return what the page of a series shows, from the ledger as it stands now, or stood at the instant asked."""
    claims = series_claims(door, question)
    return answer(claims, question, door.names("source", {*claims.origin_id, *claims.source_id}))


def series_claims(door: LedgerDoor, question: SeriesQuestion) -> SeriesColumns:
    """Return the claims; an instant that the ledger refuses (it lies ahead) counts as now."""
    try:
        return door().series(question.force, question.place, known_at=question.known_at or None)
    except RefusedInput:
        return door().series(question.force, question.place)


def as_json(answer: Any) -> Response:
    """Return the answer as JSON."""
    return Response(orjson.dumps(answer), mimetype="application/json")


def _answered(asked: Callable[[], Response]) -> Response:
    """Return the answer, or the sentence that says why there is none."""
    try:
        return asked()
    except LedgerError as error:
        return _refusal(error, HTTPStatus.SERVICE_UNAVAILABLE)
    except TrooptallyError as error:
        return _refusal(error, HTTPStatus.BAD_REQUEST)


def _refusal(error: TrooptallyError, status: HTTPStatus) -> Response:
    refused = as_json({"error": str(error)})
    refused.status_code = status
    return refused
