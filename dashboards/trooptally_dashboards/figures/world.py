"""The world map of latest levels: a disc for each place, other signs where there is no number."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette, words
from trooptally_dashboards.figures import graph
from trooptally_dashboards.figures.points import height, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import Head

BOUNDARY_NOTE = (
    "Boundaries: United Nations geodata, 1:110 million. The boundaries and names shown do not imply official "
    "endorsement or acceptance by the United Nations, nor any position of this project."
)
_LAND, _BORDER = "rgba(128,128,128,0.20)", "rgba(128,128,128,0.55)"
_LARGEST = 46  # pixels across for the highest level
_SMALLEST = 7
_NAMED = 8  # so many of the highest levels carry their name
_APART_EAST, _APART_NORTH = 30, 7  # degrees between two names
_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the middle of each country, by its id."""
    text = files("trooptally_dashboards.figures").joinpath("centres.csv").read_text("utf-8")
    return {
        row["place"]: (float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(text.splitlines())
    }


def world_figure(heads: Sequence[Head], names: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, Any]:
    """Return the map of the latest levels, one mark a country; other places are left to the table."""
    placed = list(one_per_place(heads).values())
    counted = sorted((h for h in placed if (_people(h) or 0) > 0), key=lambda h: -(_people(h) or 0))
    none = [h for h in placed if _people(h) == 0]
    silent = [h for h in placed if _people(h) is None]
    withheld = [h for h in silent if h.missing_reason == "withheld"]
    unreported = [h for h in silent if h.missing_reason != "withheld"]
    traces = [
        _discs(counted, names, sources),
        _signs(none, names, sources, "circle-open"),
        _signs(withheld, names, sources, "x"),
        _signs(unreported, names, sources, "line-ew-open"),
    ]
    return {"data": [trace for trace in traces if trace["lon"]], "layout": _layout()}


def one_per_place(heads: Sequence[Head]) -> dict[str, Head]:
    """Return for each place on the map the head to draw: military people before others, then the newest."""
    best: dict[str, Head] = {}
    for head in heads:
        held = best.get(head.place)
        if head.place in centres() and (held is None or _preference(head) > _preference(held)):
            best[head.place] = head
    return best


def _preference(head: Head) -> tuple[bool, str, float]:
    return head.component == "military", head.as_of_latest or "", _people(head) or 0


def _people(head: Head) -> float | None:
    return height(head.low, head.point, head.high)


def _discs(heads: list[Head], names: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, Any]:
    most = max((_people(head) or 0 for head in heads), default=1) or 1
    sizes = [max(_SMALLEST, _LARGEST * ((_people(head) or 0) / most) ** 0.5) for head in heads]
    trace = _at(heads, names, sources)
    return trace | {
        "mode": "markers+text",
        "text": _labels(heads, names),
        "textposition": "top center",
        "textfont": {"size": 12, "color": graph.INK},
        "marker": {
            "size": sizes,
            "color": palette.ACCENT,
            "opacity": 0.72,
            "line": {"width": 1, "color": graph.INK},
        },
    }


def _labels(heads: list[Head], names: Mapping[str, str]) -> list[str]:
    """Return names for the highest levels, leaving out those that would cover another."""
    named: list[tuple[float, float]] = []
    texts: list[str] = []
    for head in heads:
        longitude, latitude = centres()[head.place]
        free = all(abs(longitude - x) > _APART_EAST or abs(latitude - y) > _APART_NORTH for x, y in named)
        shown = free and len(named) < _NAMED
        texts.append(plain(names.get(head.place, head.place)) if shown else "")
        named.extend([(longitude, latitude)] if shown else [])
    return texts


def _signs(heads: list[Head], names: Mapping[str, str], sources: Mapping[str, str], symbol: str) -> dict[str, Any]:
    marker = {"symbol": symbol, "size": 10, "color": palette.COLOURS[1], "line": {"width": 2}}
    return _at(heads, names, sources) | {"mode": "markers", "marker": marker}


def _at(heads: list[Head], names: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, Any]:
    points = [centres()[head.place] for head in heads]
    return {
        "type": "scattergeo",
        "lon": [longitude for longitude, _ in points],
        "lat": [latitude for _, latitude in points],
        "customdata": [_card(head, names, sources) for head in heads],
        "hovertemplate": _HOVER,
    }


def _card(head: Head, names: Mapping[str, str], sources: Mapping[str, str]) -> list[str]:
    said = (
        words.figure(head.low, head.point, head.high, head.hedge) if head.hedge else words.missing(head.missing_reason)
    )
    return [
        f"{head.force}/{head.place}",
        f"{plain(names.get(head.place, head.place))}: {said}",
        words.as_of(head.as_of or head.published_on),
        plain(f"{sources.get(head.origin_id, head.origin_id)}, {words.counted(head.origins, 'origin')} in all"),
    ]


def _layout() -> dict[str, Any]:
    return graph.base_layout(
        margin={"t": 0, "r": 0, "b": 0, "l": 0},
        showlegend=False,
        autosize=True,
        geo={
            "projection": {"type": "natural earth"},
            "resolution": 110,
            "fitbounds": False,
            "bgcolor": "rgba(0,0,0,0)",
            "showframe": False,
            "showcoastlines": False,
            "showland": True,
            "landcolor": _LAND,
            "showcountries": True,
            "countrycolor": _BORDER,
            "countrywidth": 0.6,
            "showocean": False,
            "lataxis": {"range": [-56, 80]},
        },
    )
