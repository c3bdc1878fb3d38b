"""Disagreements: where independent origins give figures that cannot all be meant, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

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
_AT_ONCE = 50_000  # claims that are read and compared within a second
_OFFERED = 40

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del app  # this page has no callbacks
    dash.register_page(
        "disagreements",
        path="/disagreements",
        title="Disagreements \N{MIDDLE DOT} Trooptally",
        layout=lambda force="", **_: guarded(lambda: layout(door, force if isinstance(force, str) else "")),
    )
    return Route(template="/disagreements")


def layout(door: LedgerDoor, force: str = "") -> Component:
    """Return the page from the ledger as it stands now, of one force where one is asked for or the ledger is large."""
    counted = {one: claims for one, (claims, _) in door().facets("force").items() if claims}
    shown = force if force in counted else _usual(counted)
    found = disagreements(door().levels(force=shown or None))[:_SHOWN]
    names = {"force": door.names("force"), "place": door.names("place")}
    ways = _forces(counted, names["force"]) if shown else []
    if not found:
        return html.Div(
            [
                *ways,
                notices.notice(
                    "No disagreements",
                    "No two independent origins give figures for one series and quarter that cannot both be meant.",
                    ways=[("/", "Back to the overview")],
                ),
            ]
        )
    origins = {level.origin_id for one in found for level in (*one.levels, *one.ceilings)}
    return html.Div([page(found, {**names, "source": door.names("source", origins)}), *ways])


def _usual(counted: Mapping[str, int]) -> str:
    """Return "" (all forces) of a ledger that is read at once; of a larger one the force with the most claims."""
    return "" if sum(counted.values()) <= _AT_ONCE else max(counted, key=lambda force: counted[force])


def _forces(counted: Mapping[str, int], names: Mapping[str, str]) -> list[Component]:
    """Return the ways to the disagreements on other forces."""
    most = sorted(counted, key=lambda force: -counted[force])[:_OFFERED]
    links = [dcc.Link(names.get(one, one), href=f"/disagreements?{urlencode({'force': one})}") for one in most]
    parts = [part for link in links for part in (link, " \N{MIDDLE DOT} ")][:-1]
    return [html.Section([html.H2("Of another force"), html.P(parts)], className="card")]


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
