"""What programs may ask, written down once: as an OpenAPI document, and as a plain page for people."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, Response

from trooptally import __version__
from trooptally.vocabulary import Basis, Component, Measure
from trooptally_dashboards import downloads

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address; a required one stands in the path."""

    name: str
    told: str
    allowed: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address that answers a GET."""

    path: str
    told: str
    parameters: tuple[Parameter, ...]
    example: str
    media: tuple[str, ...] = ("application/json",)


_FORCE = Parameter(name="force", told="Id of a force, such as USA.", required=True)
_PLACE = Parameter(name="place", told="Id of a place, such as IRQ.", required=True)
_FORM = Parameter(name="form", told="File format.", allowed=tuple(downloads.FORMATS), required=True)
_COMPONENT = Parameter(name="component", told="Only this component.", allowed=tuple(c.value for c in Component))
_BASIS = Parameter(name="basis", told="Only counts on this basis.", allowed=tuple(b.value for b in Basis))
_KNOWN_AT = Parameter(name="known_at", told="ISO 8601 instant: the ledger as it stood then.")
_SHOWN = (
    Parameter(name="measure", told=f"Comma-separated measures: {', '.join(m.value for m in Measure)}."),
    *(_COMPONENT, _BASIS),
    Parameter(name="source", told="Id of a source: only what it printed or is the origin of."),
    Parameter(name="from", told="First day or period, such as 2011 or 2011-06."),
    Parameter(name="to", told="Last day or period."),
    Parameter(name="status", told="Accepted claims alone; drafts too otherwise.", allowed=("accepted",)),
    Parameter(name="rank", told="Deprecated claims too, or not.", allowed=("best", "all")),
    _KNOWN_AT,
)
_CLAIMS = (
    Parameter(name="force", told="Id or name of a force."),
    Parameter(name="place", told="Id or name of a place."),
    Parameter(name="measure", told="One measure.", allowed=tuple(m.value for m in Measure)),
    *(_COMPONENT, _BASIS),
    Parameter(name="as_of", told="EDTF day, period or interval A/B that a claim's as-of must touch."),
    _KNOWN_AT,
    Parameter(name="rank", told="best, or all with deprecated ones.", allowed=("best", "all")),
    Parameter(name="status", told="Comma-separated statuses, or all; accepted and draft otherwise."),
    Parameter(name="format", told="File format; JSON otherwise.", allowed=tuple(downloads.FORMATS)),
)
_FILES = tuple(media for media, _ in downloads.FORMATS.values())
ADDRESSES = (
    Address(
        path="/api/v1/claims",
        told="Claims, with their quotes and addresses; the filters of 'trooptally claims'.",
        parameters=_CLAIMS,
        example="/api/v1/claims?force=USA&place=IRQ&measure=present&format=csv",
        media=_FILES,
    ),
    Address(
        path="/api/v1/series/{force}/{place}.{form}",
        told="The claims that the page of a series shows, and no other; parameters as in its address.",
        parameters=(_FORCE, _PLACE, _FORM, *_SHOWN),
        example="/api/v1/series/USA/IRQ.json?from=2017&to=2018",
        media=_FILES,
    ),
    Address(
        path="/api/v1/compare.{form}",
        told="The claims that the page of compared series shows; parameters as in its address.",
        parameters=(
            _FORM,
            Parameter(name="series", told="Comma-separated series, such as USA/IRQ,USA/SYR."),
            *(_COMPONENT, _BASIS, _KNOWN_AT),
            Parameter(name="then", told="A second instant, whose claims are added."),
        ),
        example="/api/v1/compare.csv?series=USA/IRQ,USA/SYR",
        media=_FILES,
    ),
    Address(
        path="/api/v1/views/series/{force}/{place}",
        told="What the page of a series draws: sentence, chart, legend, and the claims as columns. It has an ETag.",
        parameters=(_FORCE, _PLACE, *_SHOWN),
        example="/api/v1/views/series/USA/IRQ",
    ),
    Address(
        path="/api/v1/views/behind/{force}/{place}",
        told="The estimate, its band and the events behind the claims.",
        parameters=(_FORCE, _PLACE, _COMPONENT, _BASIS, _KNOWN_AT),
        example="/api/v1/views/behind/USA/IRQ",
    ),
)
"""Every address of the programs' interface."""


def register(server: Flask) -> None:
    """Add the document at /openapi/openapi.json and the page at /openapi/ (and /api/v1)."""
    document_bytes, page_bytes = orjson.dumps(document(ADDRESSES)), page(ADDRESSES).encode()
    server.add_url_rule(
        "/openapi/openapi.json", "openapi_document", lambda: Response(document_bytes, mimetype="application/json")
    )
    for path, name in (("/openapi/", "openapi_page"), ("/api/v1/", "api_page")):
        server.add_url_rule(path, name, lambda: Response(page_bytes, mimetype="text/html"))


def document(addresses: Sequence[Address]) -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Trooptally", "version": __version__, "description": "Claims on troop figures, read-only."},
        "paths": {address.path: {"get": _operation(address)} for address in addresses},
    }


def _operation(address: Address) -> dict[str, Any]:
    refused = {"application/json": {"schema": {"type": "object", "properties": {"error": {"type": "string"}}}}}
    return {
        "summary": address.told,
        "parameters": [_parameter(one) for one in address.parameters],
        "responses": {
            "200": {"description": "The answer.", "content": {media: {} for media in address.media}},
            "400": {"description": "A filter means nothing; one sentence says which.", "content": refused},
            "503": {"description": "There is no ledger to read.", "content": refused},
        },
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} | ({"enum": list(one.allowed)} if one.allowed else {})
    where = "path" if one.required else "query"
    return {"name": one.name, "in": where, "required": one.required, "description": one.told, "schema": schema}


def page(addresses: Sequence[Address]) -> str:
    """Return the page, without any script."""
    sections = "".join(_section(address) for address in addresses)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>For programs \N{MIDDLE DOT} Trooptally</title>
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
<link rel="stylesheet" href="/assets/trooptally.css">
</head>
<body class="plain-page">
<header class="top"><a class="home" href="/"><img src="/assets/logo.svg" alt="" width="30" height="30">
<span>Trooptally</span></a></header>
<main class="page" id="main">
<h1>For programs</h1>
<p class="sentence">Everything that the pages show can be asked for by plain addresses; nothing can be written here, and
no account is needed. The same in one file: <a href="/openapi/openapi.json">openapi.json</a>.</p>
{sections}
</main>
</body>
</html>"""


def _section(address: Address) -> str:
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(one.name)}</code></th><td>{escape(one.told)}</td>"
        f"<td>{escape(', '.join(one.allowed))}</td></tr>"
        for one in address.parameters
    )
    return (
        f"<section class='card'><h2><code>GET {escape(address.path)}</code></h2><p>{escape(address.told)}</p>"
        f"<p>For example <a href='{escape(address.example)}'>{escape(address.example)}</a></p><div class='table-frame'>"
        "<table class='ledger'><thead><tr><th scope='col'>Parameter</th><th scope='col'>What</th>"
        f"<th scope='col'>One of</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
