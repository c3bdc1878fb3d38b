"""One series: every claim on one force at one place, drawn with its bounds, and what stands behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from trooptally.errors import ClaimMissing, LedgerError, RefusedInput
from trooptally.ledger import SeriesColumns
from trooptally.vocabulary import Role
from trooptally_dashboards import words
from trooptally_dashboards.answers import Answers, SeriesView, answer
from trooptally_dashboards.components import notices, provenance
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.tables import NAMESPACE, legend, legend_id, table, table_id
from trooptally_dashboards.figures.graph import graph
from trooptally_dashboards.questions import SeriesQuestion, series_link
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

# Each control is a query parameter of the address.
Kind = Literal["force", "place"]
CONTROLS = ("measure", "component", "status", "rank", "by", "scale", "known_at")
_NEAREST = 5


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and its callbacks."""
    answers = Answers()
    dash.register_page(
        "series",
        path_template="/series/<force>/<place>",
        title=lambda force="", place="": title(door, unquote(force), unquote(place)),
        layout=lambda force="", place="", **query: guarded(lambda: layout(door, unquote(force), unquote(place), query)),
    )

    @app.callback(
        Output("series-sentence", "children"),
        Output("series-chart", "figure"),
        Output(legend_id("series"), "data"),
        Output(table_id("claims"), "data"),
        Output("series-address", "data"),
        State("series-key", "data"),
        *[Input(f"series-{name}", "value") for name in CONTROLS],
        prevent_initial_call=True,
    )
    def _ask(*chosen: Any) -> tuple[Any, ...]:
        return as_outputs(view(door, question_of(*chosen), answers))

    @app.callback(Output("series-claim", "children"), Input("series-chart", "clickData"), prevent_initial_call=True)
    def _open(click: dict[str, Any] | None) -> list[Component]:
        return clicked(door, click)

    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "into_view"),
        Output("series-claim", "title"),
        Input("series-claim", "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "permalink"),
        Output("series-address", "clear_data"),
        Input("series-address", "data"),
        prevent_initial_call=True,
    )
    return Route(
        template="/series/<force>/<place>",
        exists=lambda force, place: not unknown(door, force, place),
        skeleton=page("", SeriesColumns(), SeriesQuestion(force="", place=""), {}),
    )


def question_of(key: list[str] | None, *chosen: Any) -> SeriesQuestion:
    """Return the question that the controls stand at, in the order of their names."""
    force, place = [*(key or []), "", ""][:2]
    asked = dict(zip(CONTROLS, chosen, strict=True))
    return SeriesQuestion.from_query(force, place, asked | {"measure": ",".join(asked["measure"] or ())})


def view(door: LedgerDoor, question: SeriesQuestion, answers: Answers) -> SeriesView:
    """Return the answer to a question from the ledger as it stands now, or stood at the instant asked."""
    claims = _claims(door, question)
    return answers.answer(claims, question, door.names("source", {*claims.origin_id, *claims.source_id}))


def as_outputs(shown: SeriesView) -> tuple[Any, ...]:
    """Return what changes on the page when a control is moved."""
    return shown.sentence, shown.figure, shown.legend, shown.table, shown.address


def clicked(door: LedgerDoor, click: dict[str, Any] | None) -> list[Component]:
    """Return the provenance of the claim whose point was chosen."""
    points = (click or {}).get("points") or [{}]
    carried = points[0].get("customdata") or [""]
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
    claims = _claims(door, question)
    names = door.names("force").get(force, force), door.names("place").get(place, place)
    if not len(claims) and not question.known_at:
        return notices.empty_series(*names, _ways(door, force))
    sources = door.names("source", {*claims.origin_id, *claims.source_id})
    return page(f"{names[0]} in {names[1]}", claims, question, sources)


def page(heading: str, claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> Component:
    """Return the page with its filters, chart, panel and table."""
    shown = answer(claims, question, sources)
    return html.Div(
        [
            html.Div([html.H1(heading)], className="headline"),
            html.P(shown.sentence, id="series-sentence", className="sentence", **aria(live="polite")),
            _controls(claims, question),
            html.Div([_chart(shown), _panel()], className="beside"),
            html.Section([html.H2("Every claim"), table("claims", shown.table)], className="card"),
            dcc.Store(id="series-key", data=[question.force, question.place]),
            dcc.Store(id="series-address"),
        ]
    )


def _claims(door: LedgerDoor, question: SeriesQuestion) -> SeriesColumns:
    """Return the claims; an instant that the ledger refuses (it lies ahead) counts as now."""
    try:
        return door().series(question.force, question.place, known_at=question.known_at or None)
    except RefusedInput:
        return door().series(question.force, question.place)


def _chart(shown: SeriesView) -> Component:
    key = (
        "\N{ALMOST EQUAL TO} about \N{MIDDLE DOT} \N{UPWARDS ARROW} at least, more than \N{MIDDLE DOT} "
        "\N{DOWNWARDS ARROW} up to, fewer than \N{MIDDLE DOT} bar: range as printed \N{MIDDLE DOT} "
        "\N{MULTIPLICATION SIGN}6: six claims on one spot \N{MIDDLE DOT} hollow: draft \N{MIDDLE DOT} "
        "grey band: reported without a figure"
    )
    return html.Section(
        [
            graph("series-chart", shown.figure, label="Claims over time; the table below has the same figures"),
            legend("series", shown.legend),
            html.P(key, className="note"),
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


def _controls(claims: SeriesColumns, question: SeriesQuestion) -> Component:
    """Return the filters, each offering only what the series has."""
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
            _choice("series-status", "Status", _STATUSES, "all" if question.drafts else "accepted"),
            _choice("series-rank", "Rank", _RANKS, question.rank),
            _choice("series-by", "Colour by", _COLOURED, question.by),
            _choice("series-scale", "Scale", _SCALES, question.scale),
            dmc.TextInput(
                id="series-known_at",
                label="As known on",
                placeholder="2024-06-30",
                value=question.known_at,
                debounce=600,
            ),
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
_SCALES = [{"value": "linear", "label": "Linear"}, {"value": "log", "label": "Logarithmic"}]


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
