"""What a browser may do: which hosts it may name, which requests are refused, and what a page may load.

Reading needs no account. Requests that could carry another site's intent are refused before
any callback sees them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dash.exceptions import DependencyException
from flask import Response, abort, jsonify, request

from trooptally.vocabulary import Role
from trooptally_dashboards.sessions import person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash import Dash
    from flask import Flask

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_LARGEST_REQUEST = 2_000_000  # bytes; a callback of these pages sends some hundred
_LARGEST_FILE = 8_000_000  # bytes of a request in which somebody who may write sends a file
_CALLBACKS = "/_dash-update-component"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def content_policy(script_hashes: Iterable[str]) -> str:
    """Return the content-security policy: own files, and the inline scripts that Dash made."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )


def guard(app: Dash, *, hosts: Iterable[str] = ()) -> None:
    """Refuse foreign and malformed requests and send every answer with strict headers.

    The policy carries the hashes of all inline scripts, of which Dash adds some at the first request; it is made
    with the first answer and stands from then on.

    Args:
        app: The finished app.
        hosts: Host names the server answers to beside the loopback ones.
    """
    server = app.server
    server.config["TRUSTED_HOSTS"] = [*LOOPBACK, *hosts]
    server.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    policy = cache(lambda: content_policy(app.csp_hashes()))
    server.register_error_handler(DependencyException, _no_such_file)
    server.before_request(_refuse_foreign)
    server.before_request(_let_files_in)
    server.before_request(lambda: _refuse_malformed(app))
    server.after_request(lambda response: _with_headers(response, policy()))


def answer_unknown_api(server: Flask) -> None:
    """Answer every unknown address under /api with 404 and JSON, not with a page."""

    def unknown(unknown: str = "") -> tuple[Response, int]:
        return jsonify(error=f"There is no /api/{unknown}."), 404

    server.add_url_rule("/api/", "unknown_api", unknown)
    server.add_url_rule("/api/<path:unknown>", "unknown_api_path", unknown)


def _no_such_file(_: Exception) -> tuple[Response, int]:
    """Answer a file of a library that the pages do not use with 404; Dash would fail and fill the log."""
    return jsonify(error="There is no such file."), 404


def _refuse_foreign() -> None:
    """Refuse what another site may have sent: an unsafe method from elsewhere, or one that is no JSON."""
    if request.method in _SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITE:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if not request.is_json:
        abort(415)


def _let_files_in() -> None:
    """Take more at once from somebody who may write; nobody else makes the server read so much."""
    asked = request.content_length or 0
    if request.path == _CALLBACKS and asked > _LARGEST_REQUEST and person().role.covers(Role.CONTRIBUTOR):
        request.max_content_length = _LARGEST_FILE


def _refuse_malformed(app: Dash) -> None:
    """Refuse a callback that names no output of ours, before Dash answers it with a traceback."""
    if request.path != _CALLBACKS or request.method != "POST":
        return
    asked = request.get_json(silent=True)
    if (
        not isinstance(asked, dict)
        or not isinstance(asked.get("inputs"), list)
        or not isinstance(asked.get("output"), str)
        or asked["output"] not in app.callback_map
    ):
        abort(400)


def _with_headers(response: Response, policy: str) -> Response:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Content-Security-Policy", policy)
    if response.mimetype in {"text/html", "application/json"}:
        response.headers["Cache-Control"] = "no-store"
    return response
