"""The form of a claim as components: an input for each declared field, what was understood and what is wrong beside it.

The same form stands on the pages of entry, review and correction, told apart by a prefix of its ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import dash_mantine_components as dmc
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from trooptally.dates import describe, parse_as_of
from trooptally.entry import Field, field_named
from trooptally.errors import LedgerError, RefusedInput
from trooptally.figures import parse_figure
from trooptally.intake.form import spoken
from trooptally.intake.looking import Look, is_blank, look
from trooptally.vocabulary import Measure
from trooptally_dashboards import words
from trooptally_dashboards.components import new_name
from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.names import Names
    from trooptally_dashboards.ledger_door import LedgerDoor

CLAIM = ("force", "place", "measure", "figure", "as_of", "attributed_to")
REPORT = ("publisher", "published_on", "url", "title")
MORE = ("unit", "component", "basis", "missing_reason", "note")
SHOWN = (*CLAIM, "quote", *REPORT, *MORE)
"""The fields of the form in the order of the tab key."""

_ECHOED = ("figure", "as_of", "published_on", "measure", "force", "place")
_COMPLETED = {"force": "force", "place": "place", "publisher": "source", "attributed_to": "source"}
_WORDS = {
    "measure": words.MEASURES,
    "component": words.COMPONENTS,
    "basis": words.BASES,
    "missing_reason": words.MISSING,
}
PAUSE = 400  # milliseconds without a key before the server is asked: longer than between two keys of who types slowly
"""A page that asks and draws between two keys makes whoever types wait."""

_COMPLETIONS = 7
# A list outside the page's landmarks, or one that scrolls by itself, is lost to whoever listens.
_IN_PLACE: dict[str, Any] = {"comboboxProps": {"withinPortal": False}, "withScrollArea": False}
# Typed letters mark the first word that has them; entering.js takes it on leaving.
# A choice is never dropped by choosing it again.
_PICKED = {"searchable": True, "selectFirstOptionOnChange": True, "allowDeselect": False}


def field_id(form: str, name: str) -> str:
    """Return the id of one field's input."""
    return f"{form}-{name}"


def states(form: str, kind: type[Any], names: Sequence[str] = SHOWN) -> dict[str, Any]:
    """Return the inputs' values by field as `State` or `Input` of a callback."""
    return {name: kind(field_id(form, name), "value") for name in names}


def answers(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in the form as text; empty fields are left out."""
    return {name: str(value).strip() for name, value in values.items() if value is not None and str(value).strip()}


def claim_form(form: str, completed: Mapping[str, Sequence[str]], *, report: Component | None = None) -> Component:
    """Return the form, empty; `register` makes it answer.

    Args:
        form: Prefix of all its ids.
        completed: Names to complete by, by "force", "place" and "source".
        report: What stands for the report's fields where the page has them elsewhere or knows the report.
    """
    more = html.Details(
        [html.Summary("Unit, component, basis, no figure, note"), _group(form, MORE, completed, "fields")],
        className="more-fields",
    )
    told = [
        html.P(id=f"{form}-understood", className="understood", role="status"),
        html.P(id=f"{form}-doubts", className="note doubts"),
    ]
    asked = (
        [report] if report is not None else [html.H2("The report", className="part"), report_fields(form, completed)]
    )
    claim = _group(form, CLAIM, completed, "fields")
    quote = _group(form, ("quote",), completed, "fields wide")
    added = new_name.new_name(form)
    return html.Div([claim, added, quote, *asked, more, *told], id=f"{form}-form", className="claim-form")


def filled(drawn: Component, form: str, values: Mapping[str, str]) -> Component:
    """Return the drawn form with values in its fields."""
    for name, value in values.items():
        drawn[field_id(form, name)].value = value
    return drawn


def report_fields(form: str, completed: Mapping[str, Sequence[str]], *, shown: bool = True) -> Component:
    """Return the fields of the report; unseen on a page that knows the report, where the form still needs them."""
    return _group(form, REPORT, completed, "fields" if shown else "absent")


def completions(door: LedgerDoor) -> dict[str, list[str]]:
    """Return the names to complete by."""
    kinds: tuple[Any, ...] = ("force", "place", "source")
    return {kind: sorted(set(door.names(kind).values()), key=str.casefold) for kind in kinds}


def register(app: Dash, form: str, door: LedgerDoor) -> None:
    """Say beside each field, while one types, what was understood and what is wrong."""
    app.callback(
        {
            "errors": {name: Output(field_id(form, name), "error") for name in SHOWN},
            "echoes": {name: Output(field_id(form, name), "description") for name in _ECHOED},
            "understood": Output(f"{form}-understood", "children"),
            "doubts": Output(f"{form}-doubts", "children"),
        },
        {"values": states(form, Input), "added": Input(f"{form}-names", "data")},
    )(lambda values, **_: _beside(answers(values), door))
    new_name.register(app, form)


def shown_errors(seen: Look) -> dict[str, str]:
    """Return the errors by field of the form; one of a field that it does not show stands at the figure."""
    placed = {name if name in SHOWN else "figure": text for name, text in seen.errors.items()}
    return {name: placed.get(name, "") for name in SHOWN}


def _beside(told: dict[str, str], door: LedgerDoor) -> dict[str, Any]:
    try:
        names = door().names()
    except LedgerError as err:
        blank = {"errors": dict.fromkeys(SHOWN, ""), "echoes": dict.fromkeys(_ECHOED, "")}
        return blank | {"understood": str(err), "doubts": ""}
    return beside(told, names)


def beside(told: dict[str, str], names: Names) -> dict[str, Any]:
    """Return what stands beside the fields of a form as it is: errors only where something was typed."""
    seen = Look() if is_blank(told) else look(told, names)
    typed = {name: text if told.get(name) else "" for name, text in shown_errors(seen).items()}
    return {
        "errors": typed,
        "echoes": {name: echo(name, told.get(name, ""), names) if not typed[name] else "" for name in _ECHOED},
        "understood": seen.understood,
        "doubts": " ".join(dict.fromkeys(seen.doubts.values())),
    }


def echo(name: str, told: str, names: Names) -> str:
    """Return in words what was understood of one field; empty where there is nothing to add."""
    if not told:
        return ""
    try:
        match name:
            case "figure":
                return f"understood: {_figure_in_words(told)}"
            case "as_of" | "published_on":
                return f"understood: {describe(parse_as_of(told))}"
            case "measure":
                return Measure(told).meaning
            case "force":
                identity = names.force(told)
            case _:
                identity = names.place(told)
    except (RefusedInput, ValueError):
        return ""
    kind: Literal["force", "place"] = "force" if name == "force" else "place"
    label = names.label(kind, identity) if identity else ""
    return f"{label} ({identity})" if identity and label.casefold() != told.casefold() else ""


def _figure_in_words(told: str) -> str:
    parsed = parse_figure(told)
    figure = parsed.figure
    return spoken_figure(figure.low, figure.point, figure.high, figure.hedge.value) + (
        f"; {parsed.doubt}" if parsed.doubt else ""
    )


def spoken_figure(low: int | None, point: int | None, high: int | None, hedge: str | None) -> str:
    """Return a figure's bounds in words ("more than 5,000")."""
    from trooptally.model import DraftTable

    return spoken(DraftTable(hedge=[hedge], low=[low], point=[point], high=[high], missing_reason=[None]))


def _group(form: str, names: Sequence[str], completed: Mapping[str, Sequence[str]], look_of: str) -> Component:
    return html.Div([_input(form, field_named(name), completed) for name in names], className=look_of)


def _input(form: str, field: Field, completed: Mapping[str, Sequence[str]]) -> Component:
    shared: dict[str, Any] = {
        "id": field_id(form, field.name),
        "label": field.title,
        "inputWrapperOrder": ["label", "input", "description", "error"],
        "placeholder": field.example if not field.choices else "",
        "value": "",
        "size": "sm",
    }
    if field.choices:
        return _choice(field, shared)
    typed = shared | {"debounce": PAUSE}
    if field.name in _COMPLETED:
        suggestions = list(completed.get(_COMPLETED[field.name], ()))
        return _component(dmc.Autocomplete, typed | _IN_PLACE | {"data": suggestions, "limit": _COMPLETIONS})
    if field.name in {"quote", "note"}:
        return _component(dmc.Textarea, typed | {"autosize": True, "minRows": 2, "maxRows": 8})
    return _component(dmc.TextInput, typed | {"autoComplete": "off"})


def _choice(field: Field, shared: dict[str, Any]) -> Component:
    listed = [{"value": word, "label": _WORDS[field.name].get(word, word)} for word in field.choices]
    clear = {"clearable": not field.required, "clearButtonProps": aria(label=f"Clear {field.title.lower()}")}
    return _component(dmc.Select, shared | clear | _IN_PLACE | {"data": listed, "value": None} | _PICKED)


def _component(kind: Any, props: dict[str, Any]) -> Component:
    made: Component = kind(**props)
    return made
