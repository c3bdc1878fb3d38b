"""One series: every claim on one force at one place, drawn with its bounds, and what stands behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

import dash
import dash_mantine_components as dmc
import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from trooptally.errors import ClaimMissing, LedgerError
from trooptally.ledger import SeriesColumns
from trooptally.vocabulary import Role
from trooptally_dashboards import words
from trooptally_dashboards.answers import answer
from trooptally_dashboards.api import series_claims, unit_moves
from trooptally_dashboards.components import notices, provenance
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.keep import keep
from trooptally_dashboards.components.tables import NAMESPACE
from trooptally_dashboards.figures.graph import empty, graph
from trooptally_dashboards.questions import SeriesQuestion, series_link
from trooptally_dashboards.routes import EMBED, Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally.ledger import UnitMove
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

# Each control is a query parameter of the address.
Kind = Literal["force", "place"]
CONTROLS = (
    *("measure", "component", "basis", "source", "from", "to"),
    *("status", "rank", "by", "scale", "known_at", "estimate"),
)
_BEHIND = ("component", "basis", "known_at", "estimate")  # what the estimate depends on
_NEAREST = 5
_MOST_STOPS = 60  # marks beyond this would touch each other


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and its callbacks."""
    dash.register_page(
        "series",
        path_template="/series/<force>/<place>",
        title=lambda force="", place="": title(door, unquote(force), unquote(place)),
        layout=lambda force="", place="", **query: guarded(lambda: layout(door, unquote(force), unquote(place), query)),
    )
    dash.register_page(
        "embedded_series",
        path_template=f"{EMBED}/series/<force>/<place>",
        title=lambda force="", place="": title(door, unquote(force), unquote(place)),
        layout=lambda force="", place="", **query: guarded(
            lambda: html.Div(layout(door, unquote(force), unquote(place), query), className="embedded")
        ),
    )

    # The browser writes the address from the controls and fetches its answer; Dash's own way there and back would cost
    # more than reading the claims.
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "ask_series"),
        Output("series-answer", "data"),
        *[Input(f"series-{name}", "value") for name in CONTROLS],
        State("series-key", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "show_series"),
        Output("series-sentence", "children"),
        Output("series-chart", "figure"),
        Output("series-legend", "children"),
        Output("series-table", "children"),
        Output("series-notes", "children"),
        Output("series-downloads", "children"),
        Output("series-events", "children"),
        Input("series-answer", "data"),
        Input("series-behind", "data"),
    )
    app.clientside_callback(
        # Were the answer its output, the chart would wait for the estimate.
        ClientsideFunction(NAMESPACE, "ask_behind"),
        Output("series-behind", "clear_data"),
        *[Input(f"series-{name}", "value") for name in _BEHIND],
        State("series-key", "data"),
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "known_at"),
        Output("series-known_at", "value"),
        Output("series-slider", "value"),
        Output("series-slider-said", "children"),
        Input("series-known_at", "value"),
        Input("series-slider", "value"),
        State("series-stops", "data"),
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "open_period"),
        Output("series-stops", "clear_data"),
        Input("series-chart", "clickData"),
        prevent_initial_call=True,
    )

    @app.callback(Output("series-claim", "children"), Input("series-chart", "clickData"), prevent_initial_call=True)
    def _open(click: dict[str, Any] | None) -> list[Component]:
        return clicked(door, click)

    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "into_view"),
        Output("series-claim", "title"),
        Input("series-claim", "children"),
        prevent_initial_call=True,
    )
    return Route(
        template="/series/<force>/<place>",
        exists=lambda force, place: not unknown(door, force, place),
        skeleton=page("", SeriesColumns(), SeriesQuestion(force="", place=""), {}, [], []),
        embedded=True,
    )


def clicked(door: LedgerDoor, click: dict[str, Any] | None) -> list[Component]:
    """Return the provenance of the claim whose point was chosen."""
    points = (click or {}).get("points") or [{}]
    carried = points[0].get("customdata")
    if not carried:
        return [html.P("That is the estimate, not a claim.", className="hint"), provenance.hint()]
    if "/" in str(carried[0]):
        return [html.P("The chart now shows that time; choose a point in it.", className="hint")]
    try:
        claim = door().claim(str(carried[0]))
    except ClaimMissing as error:
        return [html.P(str(error))]
    return provenance.summary(claim, {"force": door.names("force"), "place": door.names("place")})


def unknown(door: LedgerDoor, force: str, place: str) -> list[tuple[Kind, str]]:
    """Return which of the two no code list has ("force" or "place", and the id as asked)."""
    asked: tuple[tuple[Kind, str], ...] = (("force", force), ("place", place))
    return [(kind, name) for kind, name in asked if name not in door.names(kind, [name])]


def title(door: LedgerDoor, force: str, place: str) -> str:
    """Return the title of the browser's window."""
    try:
        forces, places = door.names("force"), door.names("place")
    except LedgerError:
        return "Trooptally"
    return f"{forces.get(force, force)} in {places.get(place, place)} \N{MIDDLE DOT} Trooptally"


def layout(door: LedgerDoor, force: str, place: str, query: Mapping[str, object]) -> Component:
    """Return the page of a series, or what to do where there is none."""
    if unknown(door, force, place):
        return _unknown(door, force, place)
    question = SeriesQuestion.from_query(force, place, query)
    claims = series_claims(door, question)
    names = door.names("force").get(force, force), door.names("place").get(place, place)
    if not len(claims) and not question.known_at:
        return notices.empty_series(*names, _ways(door, force))
    sources = door.names("source", {*claims.origin_id, *claims.source_id})
    moves, stops = unit_moves(door, question, claims), door().instants(force, place)
    return page(f"{names[0]} in {names[1]}", claims, question, sources, moves, stops)


def page(
    heading: str,
    claims: SeriesColumns,
    question: SeriesQuestion,
    sources: Mapping[str, str],
    moves: Sequence[UnitMove],
    stops: Sequence[str],
) -> Component:
    """Return the page with its filters, chart, panel and table."""
    shown = answer(claims, question, sources, moves)
    return html.Div(
        [
            html.Div([html.H1(heading)], className="headline"),
            html.P(shown["sentence"], id="series-sentence", className="sentence", **aria(live="polite")),
            html.P(id="series-trouble", className="trouble", role="alert"),
            _controls(claims, question, sources),
            _slider(stops, question),
            html.Div([_chart(shown["figure"]["layout"]["height"]), _panel()], className="beside"),
            html.Section(
                [
                    html.H2("Every claim"),
                    html.P(id="series-downloads", className="note"),
                    html.Div(id="series-table", className="table-frame"),
                ],
                className="card table-card",
            ),
            dcc.Store(id="series-stops", data=list(stops)),
            dcc.Store(id="series-key", data=[question.force, question.place]),
            dcc.Store(id="series-behind"),
            dcc.Store(id="series-answer", data=orjson.Fragment(orjson.dumps(shown))),
        ]
    )


def _chart(height: int) -> Component:
    """Return the chart's place, as high as it will be; the browser draws it from the answer."""
    key = (
        "\N{ALMOST EQUAL TO} about \N{MIDDLE DOT} \N{UPWARDS ARROW} at least, more than \N{MIDDLE DOT} "
        "\N{DOWNWARDS ARROW} up to, fewer than \N{MIDDLE DOT} bar: range as printed \N{MIDDLE DOT} "
        "\N{MULTIPLICATION SIGN}6: six claims on one spot \N{MIDDLE DOT} hollow: draft \N{MIDDLE DOT} "
        "grey band: reported without a figure"
    )
    return html.Section(
        [
            graph("series-chart", empty(height), label="Claims over time; the table below has the same figures"),
            html.Ul(id="series-legend", className="legend", **aria(label="Sources")),
            html.P(key, className="note"),
            html.Div(id="series-notes", className="note"),
            html.Div(id="series-events"),
            keep("series-chart"),
        ],
        className="card chart-card",
    )


def _panel() -> Component:
    return html.Section(
        provenance.hint(),
        id="series-claim",
        className="card panel",
        **aria(live="polite", label="Chosen claim"),
    )


def _slider(stops: Sequence[str], question: SeriesQuestion) -> Component:
    """Return the slider over every instant at which the series changed; its right end is now."""
    slider = dmc.Slider(
        id="series-slider",
        min=0,
        max=max(len(stops), 1),
        step=1,
        value=len(stops) if not question.known_at else sum(stop <= question.known_at for stop in stops) - 1,
        marks=[{"value": n} for n in range(len(stops) + 1)] if len(stops) <= _MOST_STOPS else [],
        label=None,
        updatemode="drag",
        disabled=not stops,
        thumbLabel="As known on: the ledger as it stood then",
        size="sm",
    )
    said = html.P(id="series-slider-said", className="note", **aria(live="polite"))
    return html.Div([html.Span("As known", className="slider-label"), slider, said], className="slider")


def _controls(claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> Component:
    """Return the filters, each offering only what the series has."""
    bases = [{"value": b, "label": words.BASES[b]} for b in words.BASES if b in set(claims.basis)]
    spoken = sorted({*claims.origin_id, *claims.source_id, *([question.source] if question.source else [])})
    measures = [{"value": m, "label": words.MEASURES[m]} for m in words.MEASURES if m in set(claims.measure)]
    components = [{"value": c, "label": words.COMPONENTS[c]} for c in words.COMPONENTS if c in set(claims.component)]
    return html.Div(
        [
            dmc.MultiSelect(
                id="series-measure",
                label="Measures",
                placeholder="" if question.measures else "All",
                data=measures,
                value=list(question.measures),
                clearable=True,
            ),
            _choice(
                "series-component",
                "Component",
                [{"value": "", "label": "All"}, *components],
                question.component,
            ),
            _choice("series-basis", "Basis", [{"value": "", "label": "All"}, *bases], question.basis),
            dmc.Select(
                id="series-source",
                label="Source",
                placeholder="All",
                data=[{"value": one, "label": sources.get(one, one)} for one in spoken],
                value=question.source or None,
                searchable=True,
                clearable=True,
            ),
            _day("from", "From", "2011", question.since),
            _day("to", "To", "2021-09", question.until),
            _choice("series-status", "Status", _STATUSES, "all" if question.drafts else "accepted"),
            _choice("series-rank", "Rank", _RANKS, question.rank),
            _choice("series-by", "Colour by", _COLOURED, question.by),
            _choice("series-scale", "Scale", _SCALES, question.scale),
            _day("known_at", "As known on", "2024-06-30", question.known_at),
            _choice("series-estimate", "Estimate", _ESTIMATES, "on" if question.estimate else "off"),
        ],
        className="controls",
        role="group",
        **aria(label="Filters"),
    )


_STATUSES = [
    {"value": "all", "label": "With drafts"},
    {"value": "accepted", "label": "Accepted"},
]
_RANKS = [{"value": "best", "label": "Best"}, {"value": "all", "label": "All ranks"}]
_COLOURED = [{"value": "origin", "label": "Origin"}, {"value": "publisher", "label": "Publisher"}]
_ESTIMATES = [{"value": "on", "label": "Line and band"}, {"value": "off", "label": "Claims alone"}]
_SCALES = [{"value": "linear", "label": "Linear"}, {"value": "log", "label": "Logarithmic"}]


def _day(name: str, label: str, example: str, value: str) -> Component:
    field: Component = dmc.TextInput(
        id=f"series-{name}", label=label, placeholder=example, value=value, debounce=600, autoComplete="off"
    )
    return field


def _choice(control: str, label: str, options: list[dict[str, str]], value: str) -> Component:
    choice: Component = dmc.Select(id=control, label=label, data=options, value=value, allowDeselect=False)
    return choice


def _unknown(door: LedgerDoor, force: str, place: str) -> Component:
    names = door().names()
    suggested: list[tuple[str, str, list[notices.Way]]] = []
    for kind, asked in unknown(door, force, place):
        labels = door.names("force") if kind == "force" else door.names("place")
        meant = names.force(asked) if kind == "force" else names.place(asked)
        near = dict.fromkeys([*([meant] if meant else []), *_ids(labels, names.suggest(asked, kind))])
        suggested.append((kind, asked, [_way(kind, one, labels, force, place) for one in [*near][:_NEAREST]]))
    return notices.unknown_series(force, place, suggested)


def _ids(labels: Mapping[str, str], suggested: Sequence[str]) -> list[str]:
    """Return the ids of suggested names; a suggestion may be an id already."""
    by_name = {label: one for one, label in labels.items()}
    return [by_name.get(name, name) for name in suggested]


def _way(kind: str, one: str, labels: Mapping[str, str], force: str, place: str) -> notices.Way:
    link = series_link(one, place) if kind == "force" else series_link(force, one)
    return link, labels.get(one, one)


def _ways(door: LedgerDoor, force: str) -> list[notices.Way]:
    places = door.names("place")
    heads = door().heads(force)[:_NEAREST]
    return [
        (series_link(head.force, head.place), f"The same force in {places.get(head.place, head.place)}")
        for head in heads
    ]
