"""The overview: where a force was last reported, by whom and as of when; what is new and what is disputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from trooptally.vocabulary import Role
from trooptally_dashboards import overview, words
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.keep import keep
from trooptally_dashboards.components.links import external
from trooptally_dashboards.components.tables import NAMESPACE, table, table_id
from trooptally_dashboards.figures.graph import empty, graph
from trooptally_dashboards.figures.world import BOUNDARY_NOTE, world_figure
from trooptally_dashboards.latest import disputed, latest, latest_table, month_ago
from trooptally_dashboards.questions import edge, series_link
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally.ledger import ChangeHead, ReportHead
    from trooptally_dashboards.disagreements import Disagreement
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

_LISTED = 8
_OFFERED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the overview is asked: the places of a force, or, where a place is named, the forces there."""

    force: str = ""
    place: str = ""
    since: str = ""

    def link(self) -> str:
        """Return the address that asks this."""
        asked = {"place": self.place} if self.place else {"force": self.force}
        return f"/?{urlencode({**asked, 'since': self.since})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows."""

    asked: Asked
    sentence: str
    figure: dict[str, Any]
    table: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came in within a month, and what of it others contradict."""

    reports: Sequence[ReportHead] = ()
    changes: Sequence[ChangeHead] = ()
    disputes: Sequence[Disagreement] = ()
    fresh: int = 0


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and its callbacks."""
    dash.register_page(
        "overview",
        path="/",
        title="Overview \N{MIDDLE DOT} Trooptally",
        layout=lambda **query: guarded(lambda: layout(door, query)),
    )

    @app.callback(
        Output("overview-sentence", "children"),
        Output("overview-map", "figure"),
        Output(table_id("levels"), "data"),
        Output("overview-address", "data"),
        Input("overview-force", "value"),
        Input("overview-place", "value"),
        Input("overview-since", "value"),
        prevent_initial_call=True,
    )
    def _choose(force: str | None, place: str | None, since: str | None) -> tuple[Any, ...]:
        return chosen(overview_of(door, {"force": force, "place": place, "since": since}))

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
    nothing = Overview(asked=Asked(), sentence="", figure=empty(300), table={})
    return Route(template="/", skeleton=page(nothing, [], [], {}, News(), {"force": {}, "place": {}}))


def asked_of(door: LedgerDoor, query: Mapping[str, object]) -> Asked:
    """Return what an address asks; without a force the usual one, or that with the most claims; a year back."""
    given = {name: text for name, text in query.items() if isinstance(text, str)}
    today = datetime.now(UTC).date()
    since = edge(given.get("since", ""), last=True) or today.replace(year=today.year - 1, day=1).isoformat()
    if given.get("place") in door.names("place"):
        return Asked(place=given["place"], since=since)
    forces = door().facets("force")
    counted = {force: claims for force, (claims, _) in forces.items() if claims}
    usual = (
        overview.DEFAULT_FORCE
        if overview.DEFAULT_FORCE in counted
        else max(counted, key=lambda f: counted[f], default="")
    )
    return Asked(force=given.get("force", "") if given.get("force") in counted else usual, since=since)


def overview_of(door: LedgerDoor, query: Mapping[str, object]) -> Overview:
    """Return the overview of a force, or of a place, from the ledger as it stands now."""
    asked = asked_of(door, query)
    ledger = door()
    only = {"place": asked.place} if asked.place else {"force": asked.force}
    heads = ledger.heads(**only) if any(only.values()) else []
    rows = latest(heads, ledger.histories(**only) if heads else [], asked.since)
    ordered = overview.of_force([row.head for row in rows], "")
    place_of = {(row.head.force, row.head.place): row for row in rows}
    names: dict[str, Mapping[str, str]] = {
        "force": door.names("force"),
        "place": door.names("place"),
        "source": door.names("source", {head.origin_id for head in ordered}),
    }
    shown = [place_of[head.force, head.place] for head in ordered]
    by = "force" if asked.place else "place"
    today = datetime.now(UTC).date()
    if asked.place:
        sentence = _place_sentence(shown, names, asked.place)
    else:
        sentence = overview.overview_sentence(ordered, names["force"].get(asked.force, asked.force), names["place"])
    return Overview(
        asked=asked,
        sentence=sentence,
        figure=world_figure(ordered, names["place"], names["source"]),
        table=latest_table(shown, names, asked.since, today, by=by),
    )


def _place_sentence(shown: Sequence[Any], names: Mapping[str, Mapping[str, str]], place: str) -> str:
    where = names["place"].get(place, place)
    if not shown:
        return f"{where}: no level is reported."
    forces = words.listed([names["force"].get(row.head.force, row.head.force) for row in shown[:4]])
    more = f", and {words.number(len(shown) - 4)} more" if len(shown) > 4 else ""  # noqa: PLR2004 - as above
    return f"{where}: levels are reported for {words.counted(len(shown), 'force')}, the newest of {forces}{more}."


def chosen(shown: Overview) -> tuple[Any, ...]:
    """Return what changes on the page when another force, place or day is chosen."""
    return shown.sentence, shown.figure, shown.table, shown.asked.link()


def news(door: LedgerDoor) -> News:
    """Return what the last month brought."""
    ledger = door()
    since = month_ago(datetime.now(UTC))
    levels, fresh = ledger.fresh_levels(since)
    reports = [report for report in ledger.newest_reports(_LISTED, counting=False) if report.recorded_at >= since]
    disputes = disputed(levels, fresh)[:_LISTED]
    return News(reports=reports, changes=ledger.recent_changes(_LISTED), disputes=disputes, fresh=len(fresh))


def layout(door: LedgerDoor, query: Mapping[str, object]) -> Component:
    """Return the page, or how to fill an empty ledger."""
    shown = overview_of(door, query)
    brought = news(door)
    if not shown.table["rows"] and not brought.changes[1:]:
        return notices.no_claims()
    names = {kind: door.names(kind) for kind in ("force", "place", "source")}
    counts = {kind: door().facets(kind) for kind in ("force", "place")}
    forces, places = (_options(counts[kind], names[kind]) for kind in ("force", "place"))
    return page(shown, forces, places, counts["force"], brought, names)


def _options(counted: Mapping[str, tuple[int, int]], names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what can be chosen, by name; of very many only those with the most claims."""
    most = sorted((one for one, (claims, _) in counted.items() if claims), key=lambda one: -counted[one][0])
    return sorted(
        ({"value": one, "label": names.get(one, one)} for one in most[:_OFFERED]), key=lambda option: option["label"]
    )


def page(
    shown: Overview,
    forces: list[dict[str, str]],
    places: list[dict[str, str]],
    counted: Mapping[str, tuple[int, int]],
    brought: News,
    names: Mapping[str, Mapping[str, str]],
) -> Component:
    """Return the page with its map, tables and lists."""
    below = [
        _disputes(brought, names),
        _news(brought.reports),
        _forces(counted, names["force"]),
        _changes(brought.changes),
    ]
    return html.Div([*_levels(shown, forces, places), html.Div(below, className="columns four")])


def _levels(shown: Overview, forces: list[dict[str, str]], places: list[dict[str, str]]) -> list[Component]:
    asked = shown.asked
    chooser = html.Div(
        [
            dmc.Select(
                id="overview-force",
                label="Force",
                data=forces,
                value=asked.force or None,
                searchable=True,
                clearable=True,
            ),
            dmc.Select(
                id="overview-place",
                label="or every force at",
                data=places,
                value=asked.place or None,
                searchable=True,
                clearable=True,
            ),
            dmc.TextInput(
                id="overview-since",
                label="Change since",
                value=asked.since,
                placeholder="2024-06-30",
                debounce=600,
                autoComplete="off",
            ),
        ],
        className="chooser choosers",
    )
    return [
        html.Div([html.H1("Where they were last reported"), chooser], className="headline"),
        html.P(shown.sentence, id="overview-sentence", className="sentence", **aria(live="polite")),
        html.Section(_map(shown), className="card map map-card"),
        html.Section([html.H2("Latest levels"), table("levels", shown.table or None)], className="card wide-table"),
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
        keep("overview-map", embeds=False),
    ]


def _key_entry(sign: str, meaning: str) -> Component:
    return html.Li([html.Span(className=f"mark mark-{sign} key-{sign}"), meaning])


def _forces(counted: Mapping[str, tuple[int, int]], names: Mapping[str, str]) -> Component:
    most = sorted((force for force, (claims, _) in counted.items() if claims), key=lambda force: -counted[force][0])
    rows = [
        [{"text": names.get(force, force), "href": f"/?{urlencode({'force': force})}"}, words.number(counted[force][0])]
        for force in most[: 2 * _LISTED]
    ]
    content = {
        "caption": words.sentence_case(words.counted(len(most), "force")),
        "headings": ("Force", "Accepted claims"),
        "rows": rows,
    }
    return html.Section([html.H2("Forces"), table("forces", content)], className="card")


def _disputes(brought: News, names: Mapping[str, Mapping[str, str]]) -> Component:
    entries = [html.Li(_dispute(one, names)) for one in brought.disputes]
    none = "Of what came in within a month, nothing contradicts what others say."
    said: Component = html.Ul(entries, className="entries") if entries else html.P(none, className="note")
    every = html.P(dcc.Link("Every disagreement", href="/disagreements"), className="note")
    return html.Section([html.H2("Disputed this month"), said, every], className="card")


def _dispute(one: Disagreement, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    first, last = one.levels[0], one.levels[-1]
    where = f"{names['force'].get(first.force, first.force)} in {names['place'].get(first.place, first.place)}"
    told = [words.figure(level.low, level.point, level.high, level.hedge) for level in (first, last)]
    said = f"from {told[0]} to {told[1]}, {len(one.levels)} origins, {words.as_of(one.newest)}"
    return [dcc.Link(where, href=series_link(first.force, first.place)), html.Small(said, className="note")]


def _news(reports: Sequence[ReportHead]) -> Component:
    entries = [
        html.Li(
            [
                external(report.url, report.title or report.publisher),
                html.Small(f"{report.publisher}, {words.as_of(report.published_on)}", className="note"),
            ]
        )
        for report in reports
    ]
    none = html.P("No report came in within a month.", className="note")
    return html.Section(
        [html.H2("New this month"), html.Ul(entries, className="entries") if entries else none], className="card"
    )


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
