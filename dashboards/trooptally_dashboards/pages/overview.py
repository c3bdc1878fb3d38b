"""The overview: where a force was last reported, by whom and as of when; what is new and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from trooptally.vocabulary import Role
from trooptally_dashboards import overview, tables, words
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.links import external
from trooptally_dashboards.components.tables import NAMESPACE, table, table_id
from trooptally_dashboards.figures.graph import graph
from trooptally_dashboards.figures.world import BOUNDARY_NOTE, world_figure
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally.ledger import ChangeHead, Head, ReportHead
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

_LISTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows for one chosen force ("" for all)."""

    force: str
    sentence: str
    figure: dict[str, Any]
    table: dict[str, Any]
    forces: dict[str, Any]
    options: list[dict[str, str]]


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and its callbacks."""
    dash.register_page(
        "overview",
        path="/",
        title="Overview \N{MIDDLE DOT} Trooptally",
        layout=lambda force="", **_: guarded(lambda: layout(door, force if isinstance(force, str) else "")),
    )

    @app.callback(
        Output("overview-sentence", "children"),
        Output("overview-map", "figure"),
        Output(table_id("levels"), "data"),
        Output("overview-address", "data"),
        Input("overview-force", "value"),
        prevent_initial_call=True,
    )
    def _choose(force: str | None) -> tuple[Any, ...]:
        return chosen(overview_of(door, force or ""))

    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "permalink"),
        Output("overview-address", "clear_data"),
        Input("overview-address", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "open_series"),
        Output("overview-go", "href"),
        Input("overview-map", "clickData"),
        prevent_initial_call=True,
    )
    return Route(template="/", skeleton=page(seen([], "", {}, {}, {}), [], []))


def overview_of(door: LedgerDoor, asked: str) -> Overview:
    """Return the overview of a force from the ledger as it stands now."""
    heads = door().heads()
    sources = door.names("source", {head.origin_id for head in heads})
    return seen(heads, asked, door.names("force"), door.names("place"), sources)


def seen(
    every: Sequence[Head],
    asked: str,
    forces: Mapping[str, str],
    places: Mapping[str, str],
    sources: Mapping[str, str],
) -> Overview:
    """Return what the page shows of all latest levels for the force asked for."""
    force = overview.chosen_force(asked, every)
    heads = overview.of_force(every, force)
    name = forces.get(force, force) if force else "All forces"
    by = "place" if force else "both"
    return Overview(
        force=force,
        sentence=overview.overview_sentence(heads, name, places),
        figure=world_figure(heads, places, sources),
        table=tables.heads_table(heads, forces, places, sources, by=by),
        forces=overview.forces_table(every, forces),
        options=overview.force_options(every, forces),
    )


def chosen(shown: Overview) -> tuple[Any, ...]:
    """Return what changes on the page when another force is chosen."""
    return shown.sentence, shown.figure, shown.table, f"/?force={shown.force or 'all'}"


def layout(door: LedgerDoor, asked: str) -> Component:
    """Return the page for a force, or how to fill an empty ledger."""
    shown = overview_of(door, asked)
    changes, reports = door().recent_changes(_LISTED), door().newest_reports(_LISTED)
    if not shown.forces["rows"] and not reports:
        return notices.no_claims()
    return page(shown, reports, changes)


def page(shown: Overview, reports: Sequence[ReportHead], changes: Sequence[ChangeHead]) -> Component:
    """Return the page with its map, tables and lists."""
    below = html.Div([_forces(shown), _news(reports), _changes(changes)], className="columns")
    return html.Div([*_levels(shown), below])


def _levels(shown: Overview) -> list[Component]:
    chooser = dmc.Select(
        id="overview-force",
        label="Force",
        data=shown.options,
        value=shown.force or "all",
        searchable=True,
        allowDeselect=False,
        className="chooser",
    )
    return [
        html.Div([html.H1("Where they were last reported"), chooser], className="headline"),
        html.P(shown.sentence, id="overview-sentence", className="sentence", **aria(live="polite")),
        html.Section(_map(shown), className="card map map-card"),
        html.Section([html.H2("Latest levels"), table("levels", shown.table)], className="card"),
        dcc.Store(id="overview-address"),
        dcc.Location(id="overview-go", refresh="callback-nav"),
    ]


def _map(shown: Overview) -> list[Component]:
    key = [
        _key_entry("circle", "people present (area)"),
        _key_entry("zero", "0, said to be none"),
        _key_entry("withheld", "withheld"),
        _key_entry("unreported", "not reported"),
    ]
    return [
        graph(
            "overview-map",
            shown.figure,
            label="World map of the latest levels; the table below has the same figures",
        ),
        html.Ul(key, className="legend", **aria(label="Signs on the map")),
        html.P(BOUNDARY_NOTE, className="note"),
    ]


def _key_entry(sign: str, meaning: str) -> Component:
    return html.Li([html.Span(className=f"mark mark-{sign} key-{sign}"), meaning])


def _forces(shown: Overview) -> Component:
    return html.Section([html.H2("Forces"), table("forces", shown.forces)], className="card")


def _news(reports: Sequence[ReportHead]) -> Component:
    entries = [
        html.Li(
            [
                external(report.url, report.title or report.publisher),
                html.Small(
                    f"{report.publisher}, {words.as_of(report.published_on)} \N{MIDDLE DOT} "
                    f"{words.counted(report.claims, 'claim')}",
                    className="note",
                ),
            ]
        )
        for report in reports
    ]
    return html.Section([html.H2("Newest reports"), html.Ul(entries, className="entries")], className="card")


def _changes(changes: Sequence[ChangeHead]) -> Component:
    entries = [
        html.Li(
            [
                html.Span(words.sentence_case(words.change(change.act, change.claims))),
                html.Small(
                    f"{change.contributor}, {words.instant(change.at)} \N{MIDDLE DOT} {change.reason}",
                    className="note",
                ),
            ]
        )
        for change in changes
    ]
    return html.Section([html.H2("What changed"), html.Ul(entries, className="entries")], className="card")
