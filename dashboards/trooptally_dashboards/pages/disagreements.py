"""Disagreements: where independent origins give figures that cannot all be meant, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash
from dash import Dash, dcc, html

from trooptally.vocabulary import Role
from trooptally_dashboards import tables, words
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.tables import table
from trooptally_dashboards.disagreements import Disagreement, disagreements
from trooptally_dashboards.questions import series_link
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally.ledger import Level
    from trooptally_dashboards.ledger_door import LedgerDoor

_SHOWN = 50

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del app  # this page has no callbacks
    dash.register_page(
        "disagreements",
        path="/disagreements",
        title="Disagreements \N{MIDDLE DOT} Trooptally",
        layout=lambda **_: guarded(lambda: layout(door)),
    )
    return Route(template="/disagreements")


def layout(door: LedgerDoor) -> Component:
    """Return the page from the ledger as it stands now."""
    found = disagreements(door().levels())[:_SHOWN]
    if not found:
        return notices.notice(
            "No disagreements",
            "No two independent origins give figures for the same series and quarter that cannot both be meant.",
            ways=[("/", "Back to the overview")],
        )
    origins = {level.origin_id for one in found for level in (*one.levels, *one.ceilings)}
    names = {"force": door.names("force"), "place": door.names("place"), "source": door.names("source", origins)}
    return page(found, names)


def page(found: Sequence[Disagreement], names: Mapping[str, Mapping[str, str]]) -> Component:
    """Return the page with a card for each disagreement."""
    said = (
        f"{words.sentence_case(words.counted(len(found), 'series', 'series'))} in which independent origins, within "
        "one quarter, give figures that cannot all be meant; the widest first."
    )
    cards = [_card(number, one, names) for number, one in enumerate(found)]
    return html.Div(
        [html.Div(html.H1("Disagreements"), className="headline"), html.P(said, className="sentence"), *cards]
    )


def _card(number: int, one: Disagreement, names: Mapping[str, Mapping[str, str]]) -> Component:
    first = one.levels[0]
    heading = f"{names['force'].get(first.force, first.force)} in {names['place'].get(first.place, first.place)}"
    return html.Section(
        [
            html.H2(dcc.Link(heading, href=series_link(first.force, first.place))),
            html.P(sentence(one)),
            table(f"disagreement-{number}", tables.levels_table((*one.levels, *one.ceilings), names["source"])),
        ],
        className="card",
    )


def sentence(one: Disagreement) -> str:
    """Return the conflict in words, its ceilings apart."""
    figures = words.listed(list(dict.fromkeys(_figure(level) for level in one.levels)))
    said = f"{words.number(round(one.size))} people apart: {figures}, by {len(one.levels)} independent origins."
    if one.ceilings:
        ceilings = words.listed(list(dict.fromkeys(_figure(level) for level in one.ceilings)))
        said += f" Not a count, but a ceiling of the same time: {ceilings}."
    return said


def _figure(level: Level) -> str:
    return words.figure(level.low, level.point, level.high, level.hedge)
