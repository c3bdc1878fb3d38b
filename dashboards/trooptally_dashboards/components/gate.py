"""What a page shows to whoever may not use it: how to get in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trooptally_dashboards import sessions
from trooptally_dashboards.components import notices
from trooptally_dashboards.routes import guarded

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally.vocabulary import Role


def for_role(role: Role, path: str, draw: Callable[[], Component]) -> Component:
    """Return the page for whoever has the role; for anybody else, what the page is for and the way in."""
    person = sessions.person()
    if person.role.covers(role):
        return guarded(draw)
    if not person.name:
        way = (f"{sessions.SIGN_IN}?next={path}", "Sign in")
        return notices.notice("Sign in to write", f"This page is for whoever {role.meaning}.", ways=[way])
    return notices.notice(
        f"This page needs a {role.value}",
        f"You are signed in as {person.name}, a {person.role.value}: {person.role.meaning}. "
        "An administrator can give you another role with 'trooptally user role'.",
        ways=[("/", "Back to the overview")],
    )
