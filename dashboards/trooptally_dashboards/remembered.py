"""Answers that are given again while the ledger has not changed; every request still asks the ledger whether it has.

A key holds the whole question; beside it stand the number of the ledger's last change, the day (pages say how long ago
something was) and the reader's language. What depends on who is signed in is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING

import orjson
from flask import Flask, Response, g, request

from trooptally.errors import LedgerError
from trooptally_dashboards.words import reader_language

if TYPE_CHECKING:
    from trooptally_dashboards.ledger_door import LedgerDoor

_MOST_BYTES = 48_000_000
_LARGEST = 4_000_000
_VIEWS = "/api/v1/views/"
_CALLBACKS = "/_dash-update-component"
_CONTENT = ".._pages_content.children..._pages_store.data.."
_SAME_FOR_ALL = ("/series/", "/embed/", "/compare", "/sources", "/disagreements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was given."""

    etag: str
    mimetype: str
    body: bytes


class Remembered:
    """The answers of the last while, the least used of them forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: bytes) -> Kept | None:
        """Return the answer to the key, if it is still known."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def keep(self, key: bytes, kept: Kept) -> None:
        """Keep an answer, and forget what no longer has room."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._bytes += len(kept.body) - (len(before.body) if before else 0)
            self._kept[key] = kept
            while self._bytes > _MOST_BYTES:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone.body)


def install(server: Flask, door: LedgerDoor) -> None:
    """Answer from memory what was asked before, once the guards have let the request through."""
    remembered = Remembered()

    def before() -> Response | None:
        asked = _question()
        if asked is None:
            return None
        try:
            change = door().newest_change()
        except LedgerError:
            return None
        g.change = change  # what is read within this request need not ask again
        day = datetime.now(UTC).date().isoformat()
        g.kept_as = key = blake2b(f"{change} {day} {reader_language()} ".encode() + asked, digest_size=16).digest()
        kept = remembered.find(key)
        return None if kept is None else _given_again(kept)

    def after(response: Response) -> Response:
        key = g.pop("kept_as", None)
        if key is None or response.status_code != HTTPStatus.OK or "ETag" in response.headers:
            return response
        body = response.get_data()
        kept = Kept(etag=key.hex(), mimetype=response.mimetype or "application/json", body=body)
        if len(body) <= _LARGEST:
            remembered.keep(key, kept)
        response.set_etag(kept.etag)
        return response

    server.before_request(before)
    server.after_request(after)


def _given_again(kept: Kept) -> Response:
    if kept.etag in request.if_none_match:
        answer = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = Response(kept.body, mimetype=kept.mimetype)
    answer.set_etag(kept.etag)
    g.pop("kept_as", None)
    return answer


def _question() -> bytes | None:
    """Return what is asked, if the answer is the same for everybody who asks it now."""
    if request.method == "GET" and request.path.startswith(_VIEWS):
        return request.full_path.encode()
    if request.method != "POST" or request.path != _CALLBACKS:
        return None
    body = request.get_data()
    return body if _CONTENT.encode() in body and _is_public(body) else None


def _is_public(body: bytes) -> bool:
    """Whether a callback asks for a page that is the same for everybody."""
    try:
        asked = orjson.loads(body)
        path = asked["inputs"][0]["value"] if asked["output"] == _CONTENT else None
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return False
    return isinstance(path, str) and (path == "/" or path.startswith(_SAME_FOR_ALL))
