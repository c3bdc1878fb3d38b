"""The app: pages found in their folder, one frame around them, strict answers, a server for one machine."""

from __future__ import annotations

import gc
import importlib
import importlib.resources
import logging
import pkgutil
import socket
from http import HTTPStatus
from types import ModuleType
from typing import TYPE_CHECKING

import dash
from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask, Response, jsonify, request
from waitress.server import create_server

from trooptally.errors import LedgerError, TrooptallyError
from trooptally.vocabulary import Role
from trooptally_dashboards import access, api, pages, remembered, sessions, words
from trooptally_dashboards.components import corner, shell, tables
from trooptally_dashboards.ledger_door import LedgerDoor
from trooptally_dashboards.policies import Policies
from trooptally_dashboards.routes import EMBED, Route, is_known
from trooptally_dashboards.squeezing import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLE = "Trooptally"
_PLAIN_PAGES = ("/openapi/", "/api/v1/")  # made without Dash
_LISTS_OF_AN_ANSWER = 20_000  # an answer makes some thousand lists, none of them rubbish before it is sent
_THREADS = 6  # as many as connections that a browser opens at once


def create_app(ledger_url: str, *, hosts: Iterable[str] = ()) -> Dash:
    """Return the app over the ledger at the URL; it may be used with any WSGI server as `app.server`.

    Dash keeps the pages of a process in one place, which the newest app owns: of several, only the last one made works.

    Args:
        ledger_url: As `trooptally.Ledger.open` takes it. The ledger may come into being later.
        hosts: Host names the server answers to beside the loopback ones.
    """
    dash.page_registry.clear()
    app = Dash(
        "trooptally_dashboards",
        title=TITLE,
        update_title="",
        use_pages=True,
        pages_folder="",
        assets_folder=_assets_folder(),
        index_string=shell.index(),
        serve_locally=True,
        use_async=False,
        enable_mcp=False,
        include_pages_meta=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    door = LedgerDoor(ledger_url)
    policies = Policies(app)
    routes = [_registered(app, door, policies, page) for page in _found_pages()]
    with policies.asking(Role.VIEWER):
        tables.register(app)
        corner.register(app)
    app.layout = shell.frame()
    _add_health(app.server, door)
    api.register(app.server, door)
    access.answer_unknown_api(app.server)
    app.server.after_request(lambda response: _with_status(response, routes))
    app.server.after_request(squeezed)  # what is registered first comes last
    app.server.after_request(_to_be_asked_again)
    app.server.after_request(_with_frames)  # after the headers of every answer, which the guard adds
    access.guard(app, hosts=hosts)
    sessions.install(app.server, ledger_url)
    policies.enforce(sessions.person)
    app.server.before_request(lambda: words.read_in(request.headers.get("Accept-Language", "")))
    remembered.install(app.server, door)  # last, so that whatever is refused is refused first
    with policies.asking(Role.VIEWER):  # Dash adds the callback that changes pages at the first request
        _warm_up(app)
    policies.require_all()
    app.validation_layout = html.Div([app.layout, *_only_ids(routes)])  # type: ignore[assignment]  # declared by its first value, None
    return app


def serve(url: str, host: str = "127.0.0.1", port: int = 8050) -> None:
    """Serve the dashboards of a ledger until interrupted, and say where as soon as they answer.

    Raises:
        LedgerError: there is no ledger to serve.
        TrooptallyError: the address cannot be used.
    """
    LedgerDoor(url)()
    app = create_app(url, hosts=[] if host in {"0.0.0.0", "::"} else [host])  # noqa: S104 - a comparison, no binding
    try:
        listener = socket.create_server((host, port), family=_family(host))
    except (OSError, OverflowError) as err:
        raise TrooptallyError(_cannot_listen(host, port, err)) from err
    gc.freeze()  # what the app is made of stays; looking through it again and again for rubbish slows every answer
    gc.set_threshold(_LISTS_OF_AN_ANSWER, 20, 20)
    server = create_server(app.server, sockets=[listener], threads=_THREADS, ident=None)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue of some ten requests is no news
    print(f"Trooptally is on http://{host}:{port} (Ctrl+C ends it).", flush=True)  # noqa: T201 - what a person waits for
    link = sessions.local_link(url, host, port)
    if link:
        print(f"To write, sign in once with this link: {link}", flush=True)  # noqa: T201 - as above
    try:
        server.run()
    finally:
        server.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _cannot_listen(host: str, port: int, err: Exception) -> str:
    reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
    return f"Cannot serve on {host}:{port}: {reason.lower()}; name another port with --port."


def _assets_folder() -> str:
    return str(importlib.resources.files("trooptally_dashboards") / "assets")


def _found_pages() -> list[ModuleType]:
    """Return the modules of the pages folder, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    return [importlib.import_module(f"{pages.__name__}.{name}") for name in names]


def _registered(app: Dash, door: LedgerDoor, policies: Policies, page: ModuleType) -> Route:
    """Register one page; its callbacks ask for the role that the page names."""
    with policies.page(page):
        route: Route = page.register(app, door)
        return route


def _add_health(server: Flask, door: LedgerDoor) -> None:
    """Add /health: 200 while the ledger answers, 503 with the reason while it does not."""

    def health() -> tuple[Response, int]:
        try:
            door().recent_changes(1)
        except LedgerError as error:
            return jsonify(status="no ledger", reason=str(error)), 503
        return jsonify(status="ok"), 200

    server.add_url_rule("/health", "health", health)


def _with_status(response: Response, routes: Sequence[Route]) -> Response:
    """Give an unknown address its 404: Dash's own route answers every address with the same page and 200."""
    if (
        response.status_code == HTTPStatus.OK
        and response.mimetype == "text/html"
        and not request.path.startswith(_PLAIN_PAGES)
        and not is_known(routes, request.path)
    ):
        response.status_code = HTTPStatus.NOT_FOUND
    return response


def _to_be_asked_again(response: Response) -> Response:
    """Let a program keep an answer that has a tag, as long as it asks each time whether it still holds."""
    if request.method == "GET" and "ETag" in response.headers and request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-cache"
    return response


def _with_frames(response: Response) -> Response:
    """Let any site show what stands below /embed in a frame, and nothing else.

    Nobody is signed in there: a browser sends the session's cookie (SameSite=Strict) to no frame of another site.
    """
    if request.path.startswith(f"{EMBED}/"):
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors *")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.pop("X-Frame-Options", None)
    return response


def _warm_up(app: Dash) -> None:
    """Let Dash set itself up now; left to the first requests, two at once would trip over each other.

    The same goes for pandas: Plotly looks at what is loaded of it with every answer, and fails on half of it.
    """
    importlib.import_module("pandas")
    # Left alone, Dash draws every page once to learn its ids, which takes minutes on a large ledger; `_only_ids` knows.
    app.config.suppress_callback_exceptions = True
    answer = app.server.test_client().get("/_dash-dependencies")
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError("The dashboards do not start; the log above says why.")
    app.config.suppress_callback_exceptions = False


def _only_ids(routes: Sequence[Route]) -> list[Component]:
    """Return every component that has an id, bare.

    Dash needs them to know that a callback's ids exist on some page; left alone it would draw every page once and
    send that copy, ever older, with each answer.
    """
    skeletons = [route.skeleton for route in routes if route.skeleton is not None]
    return [type(part)(id=part.id) for page in skeletons for part in page._traverse() if hasattr(part, "id")]  # noqa: SLF001 - Dash's own walk over a layout has no public name
