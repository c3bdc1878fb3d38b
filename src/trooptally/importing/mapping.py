"""Mapping files: what the columns of somebody's table are, written and kept by a person (TOML)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trooptally.errors import BadTable
from trooptally.vocabulary import Basis, Component, Measure, MissingReason

FIELDS = ("force", "place", "measure", "component", "basis", "as_of", "branch", "unit", "note", "attributed_to")
"""What a row can say beside the figure, in a column of its own or fixed for the whole table."""

_SECTIONS = {
    "table": frozenset({"sheet", "header_row"}),
    "report": frozenset({"publisher", "title", "url", "published_on", "attributed_to"}),
    "columns": frozenset({*FIELDS, "figure"}),
    "fixed": frozenset(FIELDS),
    "totals": frozenset({"rows", "columns"}),
    "places": frozenset({"scheme"}),
}
_FREE = frozenset({"figures", "missing", "decisions"})
_CLOSED = {"measure": Measure, "component": Component, "basis": Basis}
_SCHEMES = ("names", "cow")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """A mapping, checked.

    Attributes:
        sheet: Name of the sheet, or empty for the first.
        header_row: Number of the row of headings, from 1; 0 for the first row that is not blank.
        report: What is known of the report: publisher, title, url, published_on, attributed_to.
        columns: Field -> heading of the column that says it.
        fixed: Field -> what holds for every row.
        figures: Heading of a column of figures -> what that column says beside them.
        total_rows: Labels of rows that are sums.
        total_columns: Headings of columns that are sums.
        missing: Text of a cell -> why there is no figure.
        decisions: Kind ("force", "place") -> printed name -> id.
        scheme: How places are named: "names", or "cow" for the codes of the Correlates of War project.
    """

    sheet: str = ""
    header_row: int = 0
    report: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    total_rows: frozenset[str] = frozenset()
    total_columns: frozenset[str] = frozenset()
    missing: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scheme: str = "names"


def read_mapping(text: str) -> TableMapping:
    """Return the mapping that a file says.

    Raises:
        BadTable: it is no TOML, says something that no mapping says, or leaves out what a claim needs.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise BadTable(f"The mapping is no TOML: {err}.") from err
    _refuse_unknown(said)
    table, totals = _part(said, "table"), _part(said, "totals")
    columns = _words(said, "columns")
    mapping = TableMapping(
        sheet=str(table.get("sheet", "")),
        header_row=_row_number(table.get("header_row", 0)),
        report=_words(said, "report"),
        columns={name: heading for name, heading in columns.items() if name != "figure"},
        fixed=_words(said, "fixed"),
        figures=_figures(said, columns.get("figure")),
        total_rows=_list(totals.get("rows", [])),
        total_columns=_list(totals.get("columns", [])),
        missing={text.casefold(): reason for text, reason in _words(said, "missing").items()},
        decisions={kind: _words(_part(said, "decisions"), kind) for kind in ("force", "place")},
        scheme=str(_part(said, "places").get("scheme", "names")),
    )
    _check(mapping)
    return mapping


def _refuse_unknown(said: Mapping[str, Any]) -> None:
    for section, content in said.items():
        if section not in _SECTIONS and section not in _FREE:
            known = ", ".join(sorted([*_SECTIONS, *_FREE]))
            raise BadTable(f"The mapping has a section [{section}]; expected {known}.")
        if not isinstance(content, dict):
            raise BadTable(f"In the mapping, {section} must be a section of its own: [{section}].")
        odd = set(content) - _SECTIONS.get(section, frozenset(content))
        if odd:
            known = ", ".join(sorted(_SECTIONS[section]))
            raise BadTable(f"The mapping's [{section}] says {min(odd)!r}; expected {known}.")


def _check(mapping: TableMapping) -> None:
    for field_name in ("force", "place", "as_of"):
        if not mapping.columns.get(field_name) and not mapping.fixed.get(field_name):
            raise BadTable(f"The mapping does not say the {field_name}: name its column, or fix it for every row.")
    if not mapping.figures:
        raise BadTable("The mapping names no column of figures: say figure in [columns], or [figures.HEADING].")
    for said in (mapping.fixed, *mapping.figures.values()):
        for name, word in said.items():
            if name in _CLOSED and word not in list(_CLOSED[name]):
                raise BadTable(f"The mapping says {name} = {word!r}; expected one of {', '.join(_CLOSED[name])}.")
    for reason in mapping.missing.values():
        if reason not in list(MissingReason):
            raise BadTable(f"The mapping's [missing] says {reason!r}; expected one of {', '.join(MissingReason)}.")
    if mapping.scheme not in _SCHEMES:
        raise BadTable(f"The mapping's places have the scheme {mapping.scheme!r}; expected {' or '.join(_SCHEMES)}.")


def _figures(said: Mapping[str, Any], plain: str | None) -> dict[str, dict[str, str]]:
    figures = {heading: _words(_part(said, "figures"), heading) for heading in _part(said, "figures")}
    for heading, told in figures.items():
        odd = set(told) - set(FIELDS)
        if odd:
            raise BadTable(f"The mapping's [figures.{heading}] says {min(odd)!r}; expected {', '.join(FIELDS)}.")
    return figures | ({plain: {}} if plain else {})


def _part(said: Mapping[str, Any], section: str) -> dict[str, Any]:
    part = said.get(section, {})
    if not isinstance(part, dict):
        raise BadTable(f"In the mapping, {section} must be a section of its own: [{section}].")
    return part


def _words(said: Mapping[str, Any], section: str) -> dict[str, str]:
    return {name: str(word) for name, word in _part(said, section).items()}


def _list(words: Any) -> frozenset[str]:
    if not isinstance(words, list):
        raise BadTable("The mapping's [totals] lists rows and columns in brackets: rows = ['Total'].")
    return frozenset(str(word).strip().casefold() for word in words)


def _row_number(given: Any) -> int:
    if not isinstance(given, int) or not 0 <= given <= 10_000:  # noqa: PLR2004 - no table begins below
        raise BadTable(f"The mapping's header_row is {given!r}; expected the number of a row.")
    return given
