"""Which addresses exist, so that an unknown one answers 404 although one script draws every page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from trooptally.errors import LedgerError
from trooptally_dashboards.components import notices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component


EMBED = "/embed"
"""Where pages stand without menus; only there may another site show them."""


def _always(*_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The addresses of one page.

    Attributes:
        template: Such as /claims/<claim_id>.
        exists: Whether something stands at one of them.
        skeleton: The page without content, for the ids that callbacks name.
        embedded: Whether the page also stands, without menus, below /embed.
    """

    template: str
    exists: Callable[..., bool] = _always
    skeleton: Component | None = None
    embedded: bool = False

    def holds(self, path: str) -> bool:
        """Whether the path is one of this page's and something stands there."""
        if self.embedded:
            path = path.removeprefix(EMBED)
        *parts, last = self.template.split("/")
        pattern = "/".join("([^/]+)" if part.startswith("<") else re.escape(part) for part in parts)
        # A server is told of "%2F" as "/", and the id of a source may hold one.
        pattern += "/(.+)" if last.startswith("<") else f"/{re.escape(last)}"
        found = re.fullmatch(pattern, path)
        return found is not None and self.exists(*(unquote(part) for part in found.groups()))


def is_known(routes: Sequence[Route], path: str) -> bool:
    """Whether any page stands at the path; where the ledger cannot be read, it counts as known."""
    try:
        return any(route.holds(path) for route in routes)
    except LedgerError:
        return True


def guarded(draw: Callable[[], Component]) -> Component:
    """Return what a page draws, or, where the ledger cannot be read, why and what to do."""
    try:
        return draw()
    except LedgerError as error:
        return notices.no_ledger(error)
