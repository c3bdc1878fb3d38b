"""Everything that stands behind one figure: words, report, the chain to who said it, grades, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from trooptally.vocabulary import Credibility, Reliability
from trooptally_dashboards import citations, words
from trooptally_dashboards.components.links import external
from trooptally_dashboards.questions import claim_link, series_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trooptally.ledger import ClaimDetail, Version

_GRADED = {"claim": "this claim", "source": "the publisher", "origin": "the origin"}
_ARROW = " \N{LEFTWARDS ARROW} "

# A term and what is said of it.
Fact = tuple[str, Component | str]


def hint() -> Component:
    """Return what stands in the panel before a point is chosen."""
    return html.P(
        "Choose a point in the chart to see the words, the report and the chain to who said it.",
        className="hint",
    )


def summary(claim: ClaimDetail, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return a claim in short, for the panel beside a chart, with a link to all of it."""
    facts = [*_report_facts(claim), *_saying_facts(claim), *_claim_facts(claim), *_standing_facts(claim)]
    return [
        html.H2(headline(claim), className="panel-title"),
        _subtitle(claim, names),
        _quote(claim),
        _facts(facts),
        dcc.Link("Everything about this claim", href=claim_link(claim.columns["claim_id"]), className="more"),
    ]


def whole(claim: ClaimDetail, names: Mapping[str, Mapping[str, str]]) -> tuple[list[Component], Component, Component]:
    """Return all that is known about a claim: its words and standing, every version, and how to cite it."""
    columns = claim.columns
    series = series_link(columns["force"], columns["place"])
    facts = [*_report_facts(claim), *_saying_facts(claim), *_claim_facts(claim), *_standing_facts(claim)]
    head: list[Component] = [
        html.H1(headline(claim)),
        _subtitle(claim, names),
        html.P(dcc.Link("The series it belongs to", href=series)),
        html.Section([_quote(claim), _facts(facts)], className="card"),
    ]
    history = html.Section([html.H2("History"), _history(claim.versions)], className="card")
    return head, history, html.Section([html.H2("Cite this claim"), _citation(claim, names)], className="card")


def headline(claim: ClaimDetail) -> str:
    """Return the claim's figure and measure in words ("About 2,500 present")."""
    columns = claim.columns
    if columns["hedge"] is None:
        said = words.missing(columns["missing_reason"])
    else:
        said = words.figure(columns["low"], columns["point"], columns["high"], columns["hedge"])
    return f"{words.sentence_case(said)}, {words.MEASURES[columns['measure']]}"


def _subtitle(claim: ClaimDetail, names: Mapping[str, Mapping[str, str]]) -> Component:
    columns = claim.columns
    force, place = (names[kind].get(columns[kind], columns[kind]) for kind in ("force", "place"))
    parts = [html.Span(f"{force} in {place}, {words.as_of(columns['as_of'])}")]
    if columns["status"] != "accepted":
        parts.append(html.Span(columns["status"], className="badge badge-draft"))
    if columns["rank"] != "normal":
        parts.append(html.Span(columns["rank"], className="badge"))
    return html.P(parts, className="subtitle")


def _quote(claim: ClaimDetail) -> Component:
    quote = claim.columns["quote"] or claim.columns["printed"]
    return html.Figure(
        [
            html.Blockquote(quote, className="quote"),
            html.Figcaption(["as printed, at ", html.Span(claim.columns["locator"], className="locator")]),
        ],
        className="quotation",
    )


def _facts(facts: list[Fact]) -> Component:
    pairs = [html.Div([html.Dt(term), html.Dd(said)]) for term, said in facts if said]
    return html.Dl(pairs, className="facts")


def _report_facts(claim: ClaimDetail) -> list[Fact]:
    report = claim.report
    return [
        ("Report", external(report["url"], report["title"] or report["url"] or report["publisher"])),
        ("Published by", report["publisher"]),
        ("Published on", words.as_of(report["published_on"])),
    ]


def _saying_facts(claim: ClaimDetail) -> list[Fact]:
    chain = _ARROW.join(printed for _, printed in claim.chain)
    beside = words.listed([printed for _, printed in claim.beside])
    return [
        ("Said by", claim.chain[-1][1] if claim.chain else ""),
        ("Chain", chain if len(claim.chain) > 1 else ""),
        ("Named beside", beside),
        ("Attributed as", claim.attributed_to),
    ]


def _claim_facts(claim: ClaimDetail) -> list[Fact]:
    columns = claim.columns
    component = words.COMPONENTS.get(columns["component"], columns["component"])
    return [
        ("Counts", f"{component}; {words.BASES.get(columns['basis'], columns['basis'])}"),
        ("Unit", columns["unit"]),
        ("Note", columns["note"]),
        *[(words.sentence_case(kind.replace("_", " ")), text) for kind, text in claim.qualifiers],
        *[(f"Issue ({severity})", message) for severity, message in claim.issues],
        ("Held because", columns["held"]),
    ]


def _standing_facts(claim: ClaimDetail) -> list[Fact]:
    last = claim.versions[-1]
    graded = [grade_in_words(role, grade) for role, grade in claim.grades.items()]
    return [
        ("Grades", words.sentence_case("; ".join(graded)) if graded else "Not graded yet"),
        ("Standing", f"{claim.columns['status']}, rank {claim.columns['rank']}, version {last.version}"),
        ("Recorded", f"{words.instant(last.recorded_at)} by {last.contributor}: {last.reason}"),
    ]


def grade_in_words(role: str, grade: str) -> str:
    """Return a grade of the Admiralty code in its own wording ("the publisher: B, usually reliable")."""
    try:
        meaning = Credibility(grade).meaning if role == "claim" else Reliability(grade).meaning
    except ValueError:
        return f"{_GRADED.get(role, role)}: {grade}"
    return f"{_GRADED.get(role, role)}: {grade}, {meaning}"


def _history(versions: tuple[Version, ...]) -> Component:
    return html.Ol([html.Li(_version(version)) for version in reversed(versions)], className="history")


def _version(version: Version) -> list[Component]:
    changed = [
        html.Li(f"{name.replace('_', ' ')}: {_shown(before)} became {_shown(now)}")
        for name, (before, now) in version.changed.items()
    ]
    said = f"{words.sentence_case(version.act)} by {version.contributor}, {words.instant(version.recorded_at)}"
    return [html.Strong(said), html.P(version.reason), *([html.Ul(changed)] if changed else [])]


def _citation(claim: ClaimDetail, names: Mapping[str, Mapping[str, str]]) -> Component:
    """Return the claim as a reference in three forms."""
    columns = claim.columns
    force, place = (names[kind].get(columns[kind], columns[kind]) for kind in ("force", "place"))
    cited = claim, headline(claim), f"{force} in {place}"
    forms = (("BibTeX", citations.bibtex(*cited)), ("CSL-JSON", citations.csl_json(*cited)))
    folded = [
        html.Details([html.Summary(name), html.Pre(text, className="citation")], className="fold")
        for name, text in forms
    ]
    return html.Div([html.Pre(citations.plain(*cited), className="citation"), *folded])


def _shown(stored: object) -> str:
    return "nothing" if stored in {None, ""} else str(stored)
