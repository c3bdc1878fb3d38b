"""An article: the reader's proposals marked in its words, decided one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from trooptally.errors import TrooptallyError
from trooptally_dashboards import entering, sessions
from trooptally_dashboards.components import claim_form
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.claim_form import SHOWN, answers, field_id, states
from trooptally_dashboards.components.keys import key_button

if TYPE_CHECKING:
    from dash.development.base_component import Component


_REPORT = claim_form.REPORT


def register(app: Dash) -> None:
    """Let an article be read and each of its figures be decided."""
    app.callback(
        {
            "text": Output("article-text", "data"),
            "state": Output("article-state", "data"),
            "said": Output("article-found", "children"),
            "decided": Output("article-said", "children"),
            "open": Output("article-asked", "open"),
            "title": Output(field_id("article", "title"), "value"),
        },
        {
            "clicks": Input("article-read", "n_clicks"),
            "pasted_text": State("article-pasted", "value"),
            "values": states("article", State, _REPORT),
        },
        prevent_initial_call=True,
    )(lambda pasted_text, values, **_: read_article(pasted_text or "", answers(values)))
    app.callback(
        {
            "state": Output("article-state", "data", allow_duplicate=True),
            "said": Output("article-said", "children", allow_duplicate=True),
            "errors": {name: Output(field_id("article", name), "error", allow_duplicate=True) for name in SHOWN},
        },
        {
            "clicks": tuple(Input(f"article-{act}", "n_clicks") for act in ("accept", "reject", "undo", "hold")),
            "text": State("article-text", "data"),
            "state": State("article-state", "data"),
            "values": states("article", State),
        },
        prevent_initial_call=True,
    )(lambda text, state, values, **_: act_on_article(str(ctx.triggered_id), text or "", state, answers(values)))
    app.callback(
        {
            "pasted": Output("article-pasted", "value"),
            "report": {name: Output(field_id("article", name), "value", allow_duplicate=True) for name in _REPORT},
            "said": Output("article-found", "children", allow_duplicate=True),
            "taken": Output("article-taken", "data"),
        },
        {
            "clicks": Input("article-fetch", "n_clicks"),
            "file": Input("article-file", "data"),
            "values": states("article", State, _REPORT),
        },
        prevent_initial_call=True,
    )(lambda file, values, **_: take_article(str(ctx.triggered_id), file, answers(values)))
    app.clientside_callback(
        ClientsideFunction("entering", "read_taken"),
        Output("article-taken", "modified_timestamp"),
        Input("article-taken", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("entering", "choose_file"),
        Output("article-choose", "title"),
        Input("article-choose", "n_clicks"),
        prevent_initial_call=True,
    )
    app.callback(Output("article-undo-text", "children"), Input("article-state", "data"))(entering.undo_label)
    app.clientside_callback(
        ClientsideFunction("entering", "draw_article"),
        Output("article-shown", "children"),
        Output("article-where", "children"),
        Output("article-desk", "className"),
        Input("article-state", "data"),
        State("article-text", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("entering", "step_article"),
        Output("article-state", "data", allow_duplicate=True),
        *[Input(f"article-{act}", "n_clicks") for act in ("next", "previous", "edit", "add")],
        State("article-state", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("entering", "goto_mark"),
        Output("article-state", "data", allow_duplicate=True),
        Input("article-goto", "data"),
        State("article-state", "data"),
        prevent_initial_call=True,
    )


def take_article(button: str, file: Any, told: dict[str, str]) -> dict[str, Any]:
    """Return the words of a page of the web or of a file, for the field in which an article is pasted."""
    quiet = {"pasted": no_update, "report": dict.fromkeys(_REPORT, no_update), "taken": no_update}
    particulars = entering.told_of(told)
    try:
        if button == "article-fetch":
            text, found = sessions.desk().words_at(told.get("url", ""), particulars)
        else:
            name, content = entering.file_of(file)
            text, found = sessions.desk().words_of(name, content, particulars)
    except TrooptallyError as err:
        return quiet | {"said": html.P(str(err), className="said")}
    report = {name: getattr(found, name) for name in _REPORT}
    return {"pasted": text, "report": report, "said": "", "taken": {"characters": len(text)}}


def read_article(text: str, told: Mapping[str, str]) -> dict[str, Any]:
    """Return an article's text and the proposals in it."""
    try:
        article = sessions.desk().propose(text, entering.told_of(told))
    except TrooptallyError as err:
        said = html.P(str(err), className="said")
        quiet = dict.fromkeys(("text", "state", "decided", "open", "title"), no_update)
        return quiet | {"said": said}
    said = html.P(entering.read_said(article))
    state = entering.article_state(article)
    after = {"said": "", "decided": said, "open": False, "title": article.title}
    return {"text": article.text, "state": state, **after}


def act_on_article(button: str, text: str, state: Any, values: dict[str, str]) -> dict[str, Any]:
    """Return the article's state after a decision on the proposal that is looked at."""
    kept: dict[str, Any] = dict.fromkeys(SHOWN, no_update)
    if not state or (button != "article-undo" and not state["marks"]):
        return {"state": no_update, "said": html.P("Read an article first."), "errors": kept}
    try:
        match button:
            case "article-accept":
                return _accepted(text, state, values)
            case "article-undo":
                after, said = _undone(state)
            case "article-hold":
                after, said = _held(text, state, values)
            case _:
                after = entering.with_decision(state, state["at"], "rejected", None)
                said = "Left out; nothing was written."
    except TrooptallyError as err:
        return {"state": no_update, "said": html.P(str(err), className="said"), "errors": kept}
    return {"state": after, "said": html.P(said), "errors": kept}


def _accepted(text: str, state: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    desk, mark = sessions.desk(), state["marks"][state["at"]]
    if mark["state"] not in {"proposed", "added"}:
        said = html.P("This one has been decided; undo takes the last decision back.", className="said")
        return {"state": no_update, "said": said, "errors": dict.fromkeys(SHOWN, no_update)}
    article = desk.propose(text, entering.told_of(values))
    entered = desk.enter_from(article, int(mark["start"]), int(mark["end"]), values)
    errors: dict[str, Any] = claim_form.shown_errors(entered.look)
    if entered.receipt is None:
        return {"state": no_update, "said": html.P(entering.became_of(entered), className="said"), "errors": errors}
    after = entering.with_decision(state, state["at"], "accepted", entered.receipt.change)
    link = dcc.Link("Open the claim", href=f"/claims/{entered.claim_id}", target="_blank")
    return {"state": after, "said": html.P([entering.became_of(entered), " ", link]), "errors": errors}


def _undone(state: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if not state["done"]:
        return state, "There is nothing to undo."
    change = state["done"][-1]["change"]
    if change is not None:
        sessions.desk().undo(int(change))
    return entering.without_decision(state), entering.undo_label(state).replace("Undo", "Undone", 1) + "."


def _held(text: str, state: dict[str, Any], values: dict[str, str]) -> tuple[dict[str, Any], str]:
    desk = sessions.desk()
    waiting = [at for at, mark in enumerate(state["marks"]) if mark["state"] == "proposed"]
    receipt = desk.hold(
        desk.propose(text, entering.told_of(values)), {state["marks"][at]["claim_id"] for at in waiting}
    )
    marks = [{**mark, "state": "kept" if at in waiting else mark["state"]} for at, mark in enumerate(state["marks"])]
    return {**state, "marks": marks}, f"{receipt.drafts:,} kept for review; nothing else was written."


def layout(completions: Mapping[str, Sequence[str]]) -> Component:
    """Return the panel."""
    text = dmc.Textarea(
        id="article-pasted",
        label="The words of the article",
        description="Paste its text or its HTML, fetch it by its URL, or choose a file. Reading writes nothing.",
        autosize=True,
        minRows=5,
        maxRows=12,
        value="",
    )
    read = html.Div(
        [
            dmc.Button("Read it", id="article-read", n_clicks=0),
            dmc.Button("Fetch the URL", id="article-fetch", variant="default", n_clicks=0),
            dmc.Button("Choose a file", id="article-choose", variant="default", n_clicks=0),
            html.Span("Web page, PDF, Word file or text", className="note"),
        ],
        className="buttons",
    )
    shown = html.Div(id="article-shown", className="article-text", tabIndex=0, role="region", **aria(label="Article"))
    keys = html.Div(
        [
            key_button("a", "Accept", "article-accept", kind="good"),
            key_button("e", "Edit", "article-edit"),
            key_button("r", "Reject", "article-reject", kind="bad"),
            key_button("j", "Next", "article-next"),
            key_button("k", "Previous", "article-previous"),
            key_button("m", "Add the selected words", "article-add"),
            key_button("u", "Nothing to undo", "article-undo"),
            key_button("h", "Keep the rest for review", "article-hold"),
        ],
        className="key-row",
        role="group",
        **aria(label="Decide on the marked figure"),
    )
    where = html.Div(id="article-where", className="where")
    said = html.Div(id="article-said", role="status", className="review-said")
    form = claim_form.claim_form("article", completions, report=html.Span())
    panel = html.Section([where, keys, said, form], className="card panel")
    desk = html.Div([html.Section([shown], className="card"), panel], id="article-desk", className="absent")
    stores = [dcc.Store(id=f"article-{name}") for name in ("text", "state", "goto", "file", "taken")]
    report = claim_form.report_fields("article", completions)
    asked = html.Details(
        [html.Summary("The article"), text, report, read, html.Div(id="article-found", role="status")],
        open=True,
        id="article-asked",
        className="card asked",
    )
    return html.Div([asked, desk, *stores])
