"""What programs and the pages' own scripts ask by plain addresses: answers in JSON, nothing written."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import orjson
from flask import Flask, Response, request

from trooptally.errors import LedgerError, RefusedInput, TrooptallyError
from trooptally.vocabulary import Status
from trooptally_dashboards import downloads, openapi
from trooptally_dashboards.answers import answer
from trooptally_dashboards.behind import Background
from trooptally_dashboards.compared import compared_frame
from trooptally_dashboards.comparing import CompareQuestion
from trooptally_dashboards.figures.points import select
from trooptally_dashboards.questions import SeriesQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pandas import DataFrame

    from trooptally.ledger import SeriesColumns, UnitMove
    from trooptally_dashboards.ledger_door import LedgerDoor

ROOT = "/api/v1"
_MOVES = frozenset({"rotating", "deploying", "withdrawing"})
_FILTERS = ("force", "place", "measure", "component", "basis", "as_of", "known_at")


def register(server: Flask, door: LedgerDoor) -> None:
    """Add the addresses."""
    background = Background()

    def view(force: str, place: str) -> Response:
        question = SeriesQuestion.from_query(force, place, request.args)
        return _answered(lambda: as_json(series_view(door, question)))

    def behind(force: str, place: str) -> Response:
        question = SeriesQuestion.from_query(force, place, request.args)
        return _answered(lambda: as_json(background.behind(door(), question)))

    def series(force: str, place: str, form: str) -> Response:
        question = SeriesQuestion.from_query(force, place, request.args)
        return _answered(lambda: as_file(series_frame(door, question), form, f"{force}-{place}"))

    def claims() -> Response:
        return _answered(lambda: as_file(claims_frame(door, request.args), request.args.get("format", "json")))

    def compare(form: str) -> Response:
        question = CompareQuestion.from_query(request.args)
        return _answered(lambda: as_file(compared_frame(door, question), form, "compare"))

    openapi.register(server)
    forms = ",".join(downloads.FORMATS)
    server.add_url_rule(f"{ROOT}/views/series/<force>/<place>", "series_view", view)
    server.add_url_rule(f"{ROOT}/views/behind/<force>/<place>", "series_behind", behind)
    server.add_url_rule(f"{ROOT}/series/<force>/<place>.<any({forms}):form>", "series_file", series)
    server.add_url_rule(f"{ROOT}/compare.<any({forms}):form>", "compare_file", compare)
    server.add_url_rule(f"{ROOT}/claims", "claims", claims)


def series_view(door: LedgerDoor, question: SeriesQuestion) -> dict[str, Any]:
    """Return what the page of a series shows, from the ledger as it stands now, or stood at the instant asked."""
    claims = series_claims(door, question)
    moves = unit_moves(door, question, claims)
    return answer(claims, question, door.names("source", {*claims.origin_id, *claims.source_id}), moves)


def unit_moves(door: LedgerDoor, question: SeriesQuestion, claims: SeriesColumns) -> list[UnitMove]:
    """Return the moves of named units; nothing is asked where no claim speaks of any movement."""
    if not _MOVES.intersection(claims.measure):
        return []
    try:
        return door().unit_moves(question.force, question.place, known_at=question.known_at or None)
    except RefusedInput:
        return door().unit_moves(question.force, question.place)


def series_claims(door: LedgerDoor, question: SeriesQuestion) -> SeriesColumns:
    """Return the claims; an instant that the ledger refuses (it lies ahead) counts as now."""
    try:
        return door().series(question.force, question.place, known_at=question.known_at or None)
    except RefusedInput:
        return door().series(question.force, question.place)


def series_frame(door: LedgerDoor, question: SeriesQuestion) -> DataFrame:
    """Return the claims that the page of a series shows, and no other, with everything that is known of each."""
    claims = series_claims(door, question)
    shown = {claims.claim_id[row] for row in select(claims, question).rows}
    try:
        frame = _whole_series(door, question, question.known_at or None)
    except RefusedInput:
        frame = _whole_series(door, question, None)
    return frame[frame["claim_id"].isin(shown)]


def _whole_series(door: LedgerDoor, question: SeriesQuestion, known_at: str | None) -> DataFrame:
    return door().claims(force=question.force, place=question.place, known_at=known_at, rank="all", status="all")


def claims_frame(door: LedgerDoor, asked: Mapping[str, str]) -> DataFrame:
    """Return the claims that the filters let through, which are those of `trooptally claims`.

    Raises:
        RefusedInput, UnknownName, BadDate: a filter is unknown or means nothing.
    """
    given: dict[str, Any] = {name: text for name, text in asked.items() if text and name != "format"}
    unknown = sorted(set(given) - {*_FILTERS, "rank", "status"})
    if unknown:
        raise RefusedInput(f"There is no filter {unknown[0]!r}; expected {', '.join(_FILTERS)}, rank, status, format.")
    if given.get("rank", "best") not in {"best", "all"}:
        raise RefusedInput(f"{given['rank']!r} is no rank; expected best or all.")
    if "status" in given:
        given["status"] = _statuses(given["status"])
    return door().claims(**given)


def _statuses(text: str) -> Literal["all"] | tuple[Status, ...]:
    if text == "all":
        return "all"
    named = text.split(",")
    if not set(named) <= {status.value for status in Status}:
        raise RefusedInput(f"{text!r} is no status; expected all, or some of {', '.join(Status)}.")
    return tuple(Status(name) for name in named)


def as_file(frame: DataFrame, form: str, name: str = "claims") -> Response:
    """Return the claims as a file to keep.

    Raises:
        RefusedInput: there is no such format.
    """
    if form not in downloads.FORMATS:
        raise RefusedInput(f"{form!r} is no format; expected {', '.join(downloads.FORMATS)}.")
    media, write = downloads.FORMATS[form]
    file = Response(write(frame), content_type=media)
    file.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return file


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
