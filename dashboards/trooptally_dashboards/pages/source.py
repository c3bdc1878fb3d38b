"""One source: what it printed, what others attributed to it, its series, its grades with their reasons, its echoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import dash
from dash import Dash, dcc, html

from trooptally.vocabulary import Reliability, Role
from trooptally_dashboards import words
from trooptally_dashboards.bias import Meeting, bias_sentence, meetings
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.links import external
from trooptally_dashboards.components.tables import table
from trooptally_dashboards.questions import claim_link, series_link, source_link
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally.ledger import SourceDetail
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

_COMPARED = 12  # of its series, those that it speaks of most
_LISTED = 25
_ACTS = {"correct": "corrected", "retract": "taken back"}


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del app  # this page has no callbacks
    dash.register_page(
        "source",
        path_template="/sources/<source_id>",
        title="Source \N{MIDDLE DOT} Trooptally",
        layout=lambda source_id="", **_: guarded(lambda: layout(door, unquote(source_id))),
    )
    return Route(template="/sources/<source_id>", exists=lambda source_id: door().source(source_id) is not None)


def layout(door: LedgerDoor, source_id: str) -> Component:
    """Return the page of a source, or that there is none."""
    detail = door().source(source_id)
    if detail is None:
        ways = [("/sources", "All sources"), ("/", "Back to the overview")]
        return notices.notice("No such source", f"No source {source_id!r} reported or said anything.", ways=ways)
    pairs = [(share.force, share.place) for share in detail.shares if share.said][:_COMPARED]
    levels = [level for pair in pairs for level in door().levels(pair=pair)]
    return page(detail, meetings(levels, source_id), {kind: door.names(kind) for kind in ("force", "place", "source")})


def page(detail: SourceDetail, met: Sequence[Meeting], names: Mapping[str, Mapping[str, str]]) -> Component:
    """Return the page with its tables."""
    head = detail.head
    country = names["place"].get(head.country, head.country)
    about = ", ".join(part for part in (head.kind.replace("_", " "), country) if part)
    echoed = [echo for echo in detail.echoes if echo.origin_id == head.source_id]
    echoing = [echo for echo in detail.echoes if echo.source_id == head.source_id]
    sources = names["source"]
    return html.Div(
        [
            html.Div(html.H1(head.name), className="headline"),
            html.P(said(detail), className="sentence"),
            html.P([about, ". ", *([external(head.url)] if head.url else [])]),
            _card("Reliability", html.Ul([html.Li(line) for line in gradings(detail)], className="entries")),
            html.Section(_bias(met, names), className="card"),
            html.Section(_corrections(detail, names), className="card"),
            _card("Series", table("source-series", series_table(detail, names))),
            *_echo_card("Printed by others", [(echo.source_id, echo.claims) for echo in echoed], sources),
            *_echo_card("Whom it repeats", [(echo.origin_id, echo.claims) for echo in echoing], sources),
        ]
    )


def _bias(met: Sequence[Meeting], names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return how the source differs from others who speak of the same key and day."""
    parts: list[Component] = [html.H2("Beside what others say"), html.P(bias_sentence(met))]
    if met:
        parts.append(table("bias", bias_table(met, names)))
    return parts


def bias_table(met: Sequence[Meeting], names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return each level beside the median of the others, the widest apart first."""
    rows = [_meeting(one, names) for one in met[:_LISTED]]
    caption = f"{words.sentence_case(words.counted(len(met), 'level'))}, the widest apart first"
    return {"caption": caption, "headings": ("Series", "As of", "It says", "Others", "Apart"), "rows": rows}


def _meeting(one: Meeting, names: Mapping[str, Mapping[str, str]]) -> list[Any]:
    level = one.level
    where = f"{names['force'].get(level.force, level.force)} in {names['place'].get(level.place, level.place)}"
    said = words.sentence_case(words.figure(level.low, level.point, level.high, level.hedge))
    sign = "\N{MINUS SIGN}" if one.apart < 0 else "+"
    return [
        {"text": where, "href": series_link(level.force, level.place)},
        words.as_of(level.as_of),
        {"text": said, "href": claim_link(level.claim_id), "class": "number"},
        f"{words.number(round(one.middle))} ({words.counted(one.others, 'origin')})",
        f"{sign}{words.number(abs(round(one.apart)))}" if round(one.apart) else "the same",
    ]


def _corrections(detail: SourceDetail, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return what people corrected or took back of what the source printed."""
    if not detail.corrections:
        return [html.H2("Corrections"), html.P("Nobody has corrected a claim that it printed.", className="note")]
    entries = [
        html.Li(
            [
                dcc.Link(
                    f"{names['force'].get(one.force, one.force)} in {names['place'].get(one.place, one.place)}",
                    href=claim_link(one.claim_id),
                ),
                html.Small(
                    f"{_ACTS.get(one.act, one.act)} by {one.contributor}, {words.instant(one.at)}: {one.reason}",
                    className="note",
                ),
            ]
        )
        for one in detail.corrections
    ]
    return [html.H2("Corrections"), html.Ul(entries, className="entries")]


def said(detail: SourceDetail) -> str:
    """Return in words how much the source printed and said."""
    head = detail.head
    printed = f"{words.counted(head.claims, 'claim')} in {words.counted(head.reports, 'report')}"
    return f"Printed {printed}; it is the origin of {words.counted(head.said, 'claim')}, wherever printed."


def gradings(detail: SourceDetail) -> list[str]:
    """Return each grade in words with who gave it, when and why."""
    return [
        f"{grading.grade}, {Reliability(grading.grade).meaning}: {grading.reason} "
        f"({grading.contributor}, {words.instant(grading.at)})"
        for grading in detail.gradings
    ] or ["Nobody has graded this source yet."]


def series_table(detail: SourceDetail, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the series that the source speaks of."""
    forces, places = names["force"], names["place"]
    rows = [
        [
            {
                "text": f"{forces.get(share.force, share.force)} in {places.get(share.place, share.place)}",
                "href": series_link(share.force, share.place),
            },
            words.number(share.printed),
            words.number(share.said),
            words.as_of(share.newest),
        ]
        for share in detail.shares
    ]
    caption = words.sentence_case(words.counted(len(rows), "series", "series"))
    return {"caption": caption, "headings": ("Series", "Printed", "Origin of", "Newest as of"), "rows": rows}


def _echo_card(title: str, echoes: Sequence[tuple[str, int]], names: Mapping[str, str]) -> list[Component]:
    if not echoes:
        return []
    rows = [[{"text": names.get(one, one), "href": source_link(one)}, words.number(claims)] for one, claims in echoes]
    content = {"caption": "The most claims first", "headings": ("Source", "Claims"), "rows": rows}
    return [_card(title, table(title.lower().replace(" ", "-"), content))]


def _card(title: str, content: Component) -> Component:
    return html.Section([html.H2(title), content], className="card")
