"""Pages and answers travel squeezed to whoever takes that: they are text, and become a quarter as long."""

from __future__ import annotations

import gzip

from flask import Response, request

_TEXT = frozenset({"text/html", "application/json"})
_SHORTEST = 1_500  # bytes; one packet gains nothing
_QUICK = 1  # the level that costs least; higher ones take ten times as long for a few per cent


def squeezed(response: Response) -> Response:
    """Return the answer as gzip, if it is long text and the asking program takes it."""
    if response.mimetype not in _TEXT or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    response.headers.add("Vary", "Accept-Encoding")  # no other part of the app varies its answers
    if "gzip" not in request.headers.get("Accept-Encoding", "") or (response.content_length or 0) < _SHORTEST:
        return response
    response.set_data(gzip.compress(response.get_data(), _QUICK))
    response.headers["Content-Encoding"] = "gzip"
    return response
