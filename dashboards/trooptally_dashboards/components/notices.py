"""What a page says when there is nothing to show: why, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from trooptally_dashboards import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.errors import TrooptallyError

# An address, and what stands there.
Way = tuple[str, str]


def notice(title: str, *paragraphs: Component | str, ways: Sequence[Way] = ()) -> Component:
    """Return a card with a heading, what happened, and where to go from here."""
    told = [paragraph if isinstance(paragraph, Component) else html.P(paragraph) for paragraph in paragraphs]
    links = [html.Li(dcc.Link(text, href=href)) for href, text in ways]
    return html.Section([html.H1(title), *told, *([html.Ul(links)] if links else [])], className="card notice")


def no_ledger(error: TrooptallyError) -> Component:
    """Return what to do where the ledger cannot be read."""
    return notice(
        "No ledger to read yet",
        str(error),
        html.P(["A ledger with sample claims: ", html.Code("trooptally demo")]),
        html.P(["An empty one, filled from your own table: ", html.Code("trooptally init"), ", then "]),
        html.Pre("trooptally template > claims.csv\ntrooptally import claims.csv"),
        html.P("Then load this page again; nothing needs to be restarted."),
    )


def no_claims() -> Component:
    """Return what to do with an empty ledger."""
    return notice(
        "This ledger holds no claims yet",
        "A claim is one report saying how many people of which force were at which place, as of when.",
        html.P(["Write one down: ", html.Code("trooptally add")]),
        html.P(["Read a table of them: ", html.Code("trooptally import claims.csv")]),
        html.P(["Read a news story: ", html.Code("trooptally read story.txt")]),
    )


def unknown_series(force: str, place: str, known: Sequence[tuple[str, str, Sequence[Way]]]) -> Component:
    """Return what may have been meant by a force or a place that nobody knows.

    Args:
        force: As asked.
        place: As asked.
        known: What is unknown ("force", "place"), its name as asked, and near ones with their addresses.
    """
    asked = words.listed(
        [f"{kind} \N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}" for kind, name, _ in known]
    )
    ways = [way for _, _, near in known for way in near]
    return notice(
        "No such series",
        f"This ledger knows no {asked}, so there is nothing at /series/{force}/{place}.",
        "Did you mean one of these?" if ways else "The overview lists every force and place with claims.",
        ways=[*ways, ("/", "Back to the overview")],
    )


def empty_series(force: str, place: str, ways: Sequence[Way]) -> Component:
    """Return what to do where force and place are known but nobody has claimed anything."""
    return notice(
        f"No claims on {force} in {place}",
        "Nothing has been reported to this ledger. That is not the same as none being there.",
        html.P(["Write down the first: ", html.Code("trooptally add")]),
        ways=[*ways, ("/", "Back to the overview")],
    )
