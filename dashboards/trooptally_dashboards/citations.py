"""A claim as a reference: plain words for a footnote, BibTeX, and CSL-JSON for programs that keep references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from trooptally_dashboards import words
from trooptally_dashboards.components.links import is_web_address

if TYPE_CHECKING:
    from trooptally.ledger import ClaimDetail

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}"})
_LEFT, _RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def plain(claim: ClaimDetail, headline: str, where: str) -> str:
    """Return the claim as a footnote.

    Args:
        claim: What is cited.
        headline: Its figure and measure in words.
        where: Whose and where, in words.
    """
    report = claim.report
    title = f" {_LEFT}{report['title']}.{_RIGHT}" if report["title"] else ""
    url = f" {report['url']}" if is_web_address(report["url"]) else ""
    day = words.sentence_case(words.as_of(report["published_on"]))
    return f"{report['publisher']}.{title} {day}.{url} ({_note(claim, headline, where)}.)"


def bibtex(claim: ClaimDetail, headline: str, where: str) -> str:
    """Return the claim as a BibTeX entry."""
    report = claim.report
    fields = {
        "author": "{" + _escaped(report["publisher"]) + "}",
        "title": _escaped(report["title"] or headline),
        "date": report["published_on"] or "",
        "url": report["url"] if is_web_address(report["url"]) else "",
        "note": _escaped(_note(claim, headline, where)),
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items() if said]
    return "\n".join([f"@misc{{trooptally-{claim.columns['claim_id'][:12]},", *lines, "}"])


def csl_json(claim: ClaimDetail, headline: str, where: str) -> str:
    """Return the claim as CSL-JSON, a list of one."""
    report = claim.report
    entry: dict[str, Any] = {
        "id": f"trooptally-{claim.columns['claim_id'][:12]}",
        "type": "report",
        "publisher": report["publisher"],
        "title": report["title"] or headline,
        "note": _note(claim, headline, where),
    }
    if is_web_address(report["url"]):
        entry["URL"] = report["url"]
    day = _DAY.fullmatch(report["published_on"] or "")
    if day:
        entry["issued"] = {"date-parts": [[int(part) for part in day.groups() if part]]}
    return orjson.dumps([entry], option=orjson.OPT_INDENT_2).decode()


def _note(claim: ClaimDetail, headline: str, where: str) -> str:
    columns = claim.columns
    return (
        f"{headline}: {where}, {words.as_of(columns['as_of'])}; claim {columns['claim_id']}, "
        f"version {columns['version']}, recorded {words.instant(columns['recorded_at'])}"
    )


def _escaped(text: str) -> str:
    """Return the text as BibTeX prints it: its special characters are only characters."""
    return text.translate(_SPECIAL)
