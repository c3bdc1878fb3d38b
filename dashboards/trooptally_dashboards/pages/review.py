"""The queue of drafts: one at a time with its words and what the ledger has beside it, decided by single keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from trooptally.errors import Conflict, RefusedInput, TrooptallyError
from trooptally.intake.correcting import answers_of_claim
from trooptally.vocabulary import Role
from trooptally_dashboards import reviewing, sessions, words
from trooptally_dashboards.components import claim_form, gate, provenance
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.claim_form import SHOWN, answers, field_id, states
from trooptally_dashboards.components.keys import key_button
from trooptally_dashboards.components.tables import table, table_id
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.REVIEWER

_DECISIONS = ("accept", "reject", "merge", "undo", "bulk", "save")
_FILTERS = ("force", "place", "source", "words", "doubt")


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    dash.register_page(
        "review",
        path="/review",
        title="Review \N{MIDDLE DOT} Trooptally",
        layout=lambda **_: gate.for_role(NEEDS, "/review", lambda: _drawn(door)),
    )
    claim_form.register(app, "review", door)
    app.callback(
        {
            "queue": Output("review-queue", "data"),
            "at": Output("review-at", "data"),
            "said": Output("review-found", "children"),
        },
        {
            "filters": {name: Input(f"review-by-{name}", "value") for name in _FILTERS},
            "again": Input("review-again", "n_clicks"),
        },
    )(lambda filters, **_: found(filters, door))
    app.callback(
        {
            "panel": Output("review-claim", "children"),
            "beside": Output(table_id("review-beside"), "data"),
            "values": {name: Output(field_id("review", name), "value") for name in SHOWN},
            "version": Output("review-seen", "data"),
            "echoed": Output("review-echo-of", "data"),
            "echo": Output("review-echo-of", "value"),
            "around": Output("review-around", "children"),
        },
        {"queue": Input("review-queue", "data"), "at": Input("review-at", "data")},
    )(lambda queue, at: looked_at(queue or [], at or 0, door))
    app.callback(
        {
            "queue": Output("review-queue", "data", allow_duplicate=True),
            "at": Output("review-at", "data", allow_duplicate=True),
            "done": Output("review-done", "data"),
            "said": Output("review-said", "children"),
            "undo": Output("review-undo-text", "children"),
            "errors": {name: Output(field_id("review", name), "error", allow_duplicate=True) for name in SHOWN},
        },
        {
            "clicks": tuple(Input(f"review-{act}", "n_clicks") for act in _DECISIONS),
            "queue": State("review-queue", "data"),
            "at": State("review-at", "data"),
            "seen": State("review-seen", "data"),
            "done": State("review-done", "data"),
            "reason": State("review-reason", "value"),
            "echo_of": State("review-echo-of", "value"),
            "values": states("review", State),
        },
        prevent_initial_call=True,
    )(lambda **given: decided(str(ctx.triggered_id).removeprefix("review-"), door, **given))
    _register_browser(app)
    return Route(template="/review", skeleton=html.Div(layout({})))


def _register_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("entering", "draw_queue"),
        Output("review-list", "children"),
        Output("review-desk", "className"),
        Input("review-queue", "data"),
        Input("review-at", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("entering", "step_queue"),
        Output("review-at", "data", allow_duplicate=True),
        Input("review-next", "n_clicks"),
        Input("review-previous", "n_clicks"),
        Input("review-goto", "data"),
        State("review-at", "data"),
        State("review-queue", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("entering", "open_edit"),
        Output("review-edit-box", "open"),
        Input("review-edit", "n_clicks"),
        Input("review-seen", "data"),
        prevent_initial_call=True,
    )


def found(filters: Mapping[str, Any], door: LedgerDoor) -> dict[str, Any]:
    """Return the queue under the filters."""
    told = answers(filters)
    try:
        waiting = reviewing.queue(
            door(),
            force=told.get("force", ""),
            place=told.get("place", ""),
            source=told.get("source", ""),
            words_in=told.get("words", ""),
            doubt=told.get("doubt", ""),
        )
    except TrooptallyError as err:
        return {"queue": [], "at": 0, "said": html.P(str(err), className="said")}
    many = words.counted(len(waiting), "draft waits", "drafts wait")
    more = f"; the first {reviewing.MOST_LISTED} are listed" if len(waiting) > reviewing.MOST_LISTED else ""
    return {"queue": waiting[: reviewing.MOST_LISTED], "at": 0, "said": f"{many}{more}."}


def looked_at(queue: list[dict[str, Any]], at: int, door: LedgerDoor) -> dict[str, Any]:
    """Return one draft with what stands beside it."""
    if not queue:
        empty = html.P("Nothing waits for review here.", className="hint")
        blank: dict[str, Any] = {"echoed": [], "echo": None, "around": ""}
        return blank | {"panel": empty, "beside": None, "values": dict.fromkeys(SHOWN, ""), "version": None}
    ledger = door()
    claim = ledger.claim(queue[min(at, len(queue) - 1)]["claim_id"])
    columns = claim.columns
    names = {"force": door.names("force"), "place": door.names("place")}
    near = reviewing.neighbours(claim, ledger.series(columns["force"], columns["place"]))
    filled = answers_of_claim(claim, ledger.names())
    sources = door.names("source", [one.origin_id for one in near])
    origins = reviewing.origins_beside(claim, near, sources)
    return {
        "echoed": origins,
        "echo": reviewing.likely_origin(claim, near),
        "around": _around(queue, min(at, len(queue) - 1)),
        "panel": provenance.summary(claim, names),
        "beside": reviewing.neighbour_table(near, door.names("source", [one.source_id for one in near])),
        "values": {name: filled.get(name, "") for name in SHOWN},
        "version": {"claim_id": columns["claim_id"], "version": columns["version"]},
    }


def decided(
    act: str,
    door: LedgerDoor,
    *,
    queue: list[dict[str, Any]] | None,
    at: int | None,
    seen: dict[str, Any] | None,
    done: list[dict[str, Any]] | None,
    reason: str | None,
    echo_of: str | None,
    values: Mapping[str, Any],
    clicks: object,
) -> dict[str, Any]:
    """Return the page after a decision: the queue without what was decided, or why nothing was."""
    del clicks  # which button it was is all that counts
    waiting, decisions = queue or [], done or []
    kept: dict[str, Any] = dict.fromkeys(SHOWN, no_update)
    quiet = {"queue": no_update, "at": no_update, "done": no_update, "undo": no_update, "errors": kept}
    why = (reason or "").strip()
    try:
        match act:
            case "undo":
                return quiet | _undone(decisions, door)
            case "bulk":
                made = _accepted_all(waiting, why)
            case _ if seen is None:
                return quiet | {"said": "Nothing is being looked at."}
            case "merge":
                made = _merged(seen, waiting[at or 0], echo_of, why)
            case "save":
                errors, made = _revised(seen, answers(values), why)
                if errors:
                    return quiet | {"said": html.P("See the fields marked.", className="said"), "errors": errors}
            case _:
                made = _moved(act, seen, waiting[at or 0], why)
    except Conflict as err:
        again = [{**one, "version": err.now} if one["claim_id"] == err.claim_id else one for one in waiting]
        said = html.P(reviewing.conflict(door().claim(err.claim_id)), className="said")
        return quiet | {"queue": again, "said": said}
    except TrooptallyError as err:
        return quiet | {"said": html.P(str(err), className="said")}
    left, next_at = reviewing.after_decision(waiting, at or 0, set(made["claims"]))
    after = [*decisions, made]
    return quiet | {
        "queue": left,
        "at": next_at,
        "done": after,
        "said": words.sentence_case(made["said"]),
        "undo": reviewing.said_of(after),
    }


def _moved(act: str, seen: dict[str, Any], waiting: dict[str, Any], why: str) -> dict[str, Any]:
    desk, claim_id = sessions.desk(), seen["claim_id"]
    if act == "accept":
        change = desk.accept(claim_id, version=seen["version"], reason=why or "reviewed")
    else:
        change = desk.reject(claim_id, version=seen["version"], reason=why or "rejected in review")
    said = f"{act}ed \N{LEFT DOUBLE QUOTATION MARK}{waiting['printed'][:60]}\N{RIGHT DOUBLE QUOTATION MARK}"
    return {"said": said, "changes": [change], "claims": [claim_id]}


def _merged(seen: dict[str, Any], waiting: dict[str, Any], echo_of: str | None, why: str) -> dict[str, Any]:
    if not echo_of:
        raise RefusedInput("There is no claim of another origin beside it that it could echo.")
    changes = sessions.desk().merge(
        seen["claim_id"], echo_of, version=seen["version"], reason=why or f"an echo of claim {echo_of}"
    )
    said = f"merged \N{LEFT DOUBLE QUOTATION MARK}{waiting['printed'][:60]}\N{RIGHT DOUBLE QUOTATION MARK} as an echo"
    return {"said": said, "changes": changes, "claims": [seen["claim_id"]]}


def _accepted_all(waiting: Sequence[dict[str, Any]], why: str) -> dict[str, Any]:
    desk = sessions.desk()
    change, claims = desk.accept_clear([(one["claim_id"], one["version"]) for one in waiting], reason=why)
    said = f"accepted {words.counted(len(claims), 'draft')} that no doubt holds"
    return {"said": said, "changes": [change], "claims": claims}


def _revised(seen: dict[str, Any], told: dict[str, str], why: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the form's errors, or the correction with the acceptance that follows it."""
    desk, claim_id, version = sessions.desk(), seen["claim_id"], seen["version"]
    entered = desk.revise(claim_id, told, version=version, reason=why or "corrected in review")
    if not entered.claim_id:
        return claim_form.shown_errors(entered.look), {}
    corrected = desk.head(claim_id)
    accepted = desk.accept(claim_id, version=corrected.version, reason=why or "reviewed")
    made = {"said": f"corrected and accepted: {entered.understood}", "changes": [corrected.change, accepted]}
    return {}, made | {"claims": [claim_id]}


def _undone(decisions: list[dict[str, Any]], door: LedgerDoor) -> dict[str, Any]:
    if not decisions:
        return {"said": "There is nothing to undo."}
    *left, last = decisions
    for change in reversed(last["changes"]):
        sessions.desk().undo(change)
    waiting = reviewing.queue(door())
    back = next((n for n, one in enumerate(waiting) if one["claim_id"] in last["claims"]), 0)
    said = f"Taken back: {last['said']}."
    listed = waiting[: reviewing.MOST_LISTED]
    return {"queue": listed, "at": back, "done": left, "said": said, "undo": reviewing.said_of(left)}


def _around(queue: list[dict[str, Any]], at: int) -> list[Component]:
    before, behind = reviewing.around(queue, at)
    told = (("Before it in the report", before), ("Behind it", behind))
    return [html.P([f"{where}: ", html.Q(said[:300])], className="note") for where, said in told if said]


def _drawn(door: LedgerDoor) -> Component:
    return layout(claim_form.completions(door), reviewing.decisions(sessions.desk().own_decisions()))


def layout(completions: Mapping[str, Sequence[str]], done: Sequence[dict[str, Any]] = ()) -> Component:
    """Return the page, with what the person has decided before and can still take back."""
    filters = html.Div(
        [
            _filter("force", "Force", completions.get("force", ())),
            _filter("place", "Place", completions.get("place", ())),
            _filter("source", "Publisher", completions.get("source", ())),
            dmc.TextInput(id="review-by-words", label="Words", value="", debounce=300, size="sm"),
            _doubt_filter(),
        ],
        className="controls",
    )
    queue = html.Section(
        [
            html.Div(id="review-found", className="note", role="status"),
            html.Ol(id="review-list", className="queue", **aria(label="Drafts that wait")),
        ],
        className="card",
    )
    desk = html.Div([queue, _panel(completions, done)], id="review-desk", className="review-desk")
    stores = [dcc.Store(id=f"review-{name}") for name in ("queue", "at", "seen", "goto")]
    stores.append(dcc.Store(id="review-done", data=list(done)))
    again = html.Button("Look again for new drafts", id="review-again", className="plain-button", n_clicks=0)
    head = html.Div([html.H1("Review"), again], className="headline")
    return html.Div([head, filters, desk, *stores])


def _panel(completions: Mapping[str, Sequence[str]], done: Sequence[dict[str, Any]]) -> Component:
    keys = html.Div(
        [
            key_button("a", "Accept", "review-accept", kind="good"),
            key_button("e", "Edit", "review-edit"),
            key_button("r", "Reject", "review-reject", kind="bad"),
            key_button("j", "Next", "review-next"),
            key_button("k", "Previous", "review-previous"),
            key_button("m", "Merge as echo", "review-merge"),
            key_button("u", reviewing.said_of(done), "review-undo"),
        ],
        className="key-row",
        role="group",
        **aria(label="Decide on this draft"),
    )
    reason = dmc.TextInput(
        id="review-reason", label="Why (for the history)", placeholder="reviewed", value="", size="sm", debounce=True
    )
    save = html.Div([dmc.Button("Save and accept", id="review-save", n_clicks=0)], className="buttons")
    known = claim_form.report_fields("review", completions, shown=False)
    form = claim_form.claim_form("review", completions, report=known)
    edit = html.Details(
        [html.Summary("Edit"), form, save],
        id="review-edit-box",
        className="more-fields",
    )
    bulk = html.Button(
        "Accept all in the list that no doubt holds", id="review-bulk", className="plain-button", n_clicks=0
    )
    said = html.Div(id="review-said", role="status", className="review-said")
    claim = html.Div(id="review-claim")
    echo = dmc.Select(
        id="review-echo-of",
        label="Merge as an echo of what another origin said",
        data=[],
        value=None,
        size="sm",
        comboboxProps={"withinPortal": False},
        nothingFoundMessage="Nothing of another origin is beside it.",
    )
    around = html.Div(id="review-around")
    beside = [claim, around, table("review-beside", None), echo, reason, edit, html.P(bulk)]
    return html.Section([keys, said, *beside], className="card")


def _doubt_filter() -> Component:
    made: Component = dmc.Select(
        id="review-by-doubt",
        label="Doubts",
        data=[{"value": "held", "label": "held or with an error"}, {"value": "clear", "label": "none"}],
        value=None,
        clearable=True,
        clearButtonProps=aria(label="Clear doubts"),
        placeholder="any",
        comboboxProps={"withinPortal": False},
        size="sm",
    )
    return made


def _filter(name: str, label: str, completed: Sequence[str]) -> Component:
    made: Component = dmc.Select(
        id=f"review-by-{name}",
        label=label,
        data=list(dict.fromkeys(completed)),
        value=None,
        searchable=True,
        clearable=True,
        clearButtonProps=aria(label=f"Clear {label.lower()}"),
        placeholder="any",
        limit=20,
        comboboxProps={"withinPortal": False},
        size="sm",
    )
    return made
