"""Who may use which callback and which route; whatever declares nothing stops the start.

Asking here only answers early. What may be written is decided once more at the desk (`trooptally.intake.desk`),
whatever page or program asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Response, jsonify, make_response, request

from trooptally.vocabulary import Role

if TYPE_CHECKING:
    from types import ModuleType

    from dash import Dash
    from werkzeug.routing import Rule

    from trooptally.intake.desk import Person

_CALLBACKS = "/_dash-update-component"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Rules that anybody may read; Dash's own, the pages (which ask for themselves), and what answers without writing.
_READ_BY_ANYBODY = (
    *("/", "/<path:path>", "/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_favicon.ico", "/health"),
    *("/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "/assets/<path:filename>"),
    "/static/<path:filename>",
)
# Families of rules that anybody may read; a rule of theirs that can write must be declared by itself.
_READ_BY_ANYBODY_BELOW = ("/api/", "/openapi", "/_alive")
# Rules with unsafe methods; a callback asks for the role of its page.
_DECLARED = {_CALLBACKS: Role.VIEWER, "/session": Role.VIEWER}


class Undeclared(RuntimeError):
    """A page, callback or route says nothing of who may use it; it needs to, before the server starts."""


class Policies:
    """The role that each callback of an app asks for, filled while its pages register."""

    def __init__(self, app: Dash) -> None:
        self._app = app
        self._roles: dict[str, Role] = {}

    @contextmanager
    def page(self, module: ModuleType) -> Iterator[None]:
        """Give every callback that a page registers the role in the page's NEEDS.

        Raises:
            Undeclared: the page has none.
        """
        role = getattr(module, "NEEDS", None)
        if not isinstance(role, Role):
            raise Undeclared(
                f"{module.__name__} does not say who may use it: add NEEDS = Role.VIEWER, or a higher one."
            )
        with self.asking(role):
            yield

    @contextmanager
    def asking(self, role: Role) -> Iterator[None]:
        """Give every callback that is registered within the block a role."""
        before = set(self._app.callback_map)
        yield
        self._roles |= dict.fromkeys(set(self._app.callback_map) - before, role)

    def of_callback(self, output: str) -> Role:
        """Return the role that a callback asks for; one that nobody declared can be used by nobody."""
        return self._roles.get(output, Role.ADMINISTRATOR)

    def of_route(self, rule: Rule, method: str) -> Role | None:
        """Return the role that a route asks for, or None where nothing is declared."""
        if rule.rule in _DECLARED:
            return _DECLARED[rule.rule]
        known = rule.rule in _READ_BY_ANYBODY or rule.rule.startswith(_READ_BY_ANYBODY_BELOW)
        return Role.VIEWER if known and method in _SAFE_METHODS else None

    def require_all(self) -> None:
        """Stop the start where a callback or a route says nothing of who may use it.

        Raises:
            Undeclared: the first of them.
        """
        for output in self._app.callback_map:
            if output not in self._roles:
                raise Undeclared(f"The callback of {output} does not say who may use it.")
        for rule in self._app.server.url_map.iter_rules():
            for method in sorted(rule.methods or ()):
                if self.of_route(rule, method) is None:
                    raise Undeclared(f"The route {method} {rule.rule} does not say who may use it.")

    def enforce(self, person: Callable[[], Person]) -> None:
        """Refuse every request whose person may not make it: 401 where nobody is signed in, else 403."""
        self._app.server.before_request(lambda: self._refusal(person))

    def _refusal(self, person: Callable[[], Person]) -> Response | None:
        needed = self._needed()
        if needed is Role.VIEWER:
            return None
        asking = person()
        if asking.role.covers(needed):
            return None
        if not asking.name:
            return make_response(jsonify(error="Nobody is signed in.", needs=needed.value), 401)
        said = f"{asking.name} is a {asking.role.value}; this needs a {needed.value}."
        return make_response(jsonify(error=said, needs=needed.value), 403)

    def _needed(self) -> Role:
        if request.path == _CALLBACKS and request.method == "POST":
            asked = request.get_json(silent=True)
            output = asked.get("output") if isinstance(asked, dict) else None
            return self.of_callback(output) if isinstance(output, str) else Role.ADMINISTRATOR
        if request.url_rule is None:
            return Role.VIEWER  # answered with 404 or 405
        return self.of_route(request.url_rule, request.method) or Role.ADMINISTRATOR
