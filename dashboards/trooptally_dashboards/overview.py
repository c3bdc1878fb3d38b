"""What the overview says about the newest levels, as pure functions of what the ledger answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from trooptally_dashboards import words
from trooptally_dashboards.figures.points import height

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import Head

DEFAULT_FORCE = "USA"


def chosen_force(asked: str, heads: Sequence[Head]) -> str:
    """Return the force to show: the one asked for, else the usual one where it has claims, else all ("")."""
    forces = {head.force for head in heads}
    if asked == "all":
        return ""
    if asked in forces:
        return asked
    return DEFAULT_FORCE if DEFAULT_FORCE in forces else ""


def of_force(heads: Sequence[Head], force: str) -> list[Head]:
    """Return the heads of one force (or all, for ""), newest first, of one day the highest, without a figure last."""
    shown = [head for head in heads if not force or head.force == force]
    return sorted(shown, key=_order)


def _order(head: Head) -> tuple[bool, int, float]:
    people = height(head.low, head.point, head.high)
    day = head.as_of_latest or head.published_on or ""
    return people is None, -int(re.sub(r"\D", "", day)[:8].ljust(8, "0")), -(people or 0)


def overview_sentence(heads: Sequence[Head], force_name: str, places: Mapping[str, str]) -> str:
    """Return how many places are known, the newest level, and where no figure is given."""
    if not heads:
        return "No level is reported."
    where = words.counted(len({head.place for head in heads}), "place")
    first = heads[0]
    said = f"{force_name}: levels are reported for {where}."
    if height(first.low, first.point, first.high) is not None:
        level = words.figure(first.low, first.point, first.high, first.hedge)
        said += (
            f" The newest is {level} in {places.get(first.place, first.place)}, "
            f"{words.as_of(first.as_of or first.published_on)}."
        )
    withheld = sum(head.missing_reason == "withheld" for head in heads)
    return said + (
        f" For {words.counted(withheld, 'place')} the newest report withholds the figure." if withheld else ""
    )


def forces_table(heads: Sequence[Head], forces: Mapping[str, str]) -> dict[str, Any]:
    """Return every force with the number of places it is reported at and its newest day."""
    by_force: dict[str, list[Head]] = {}
    for head in heads:
        by_force.setdefault(head.force, []).append(head)
    rows = [_force_cells(force, own, forces) for force, own in by_force.items()]
    rows.sort(key=lambda cells: -int(str(cells[1]).replace(",", "")))
    return {
        "caption": f"{words.sentence_case(words.counted(len(rows), 'force'))} with a reported level",
        "headings": ("Force", "Places", "Newest as of"),
        "rows": rows,
    }


def _force_cells(force: str, heads: Sequence[Head], forces: Mapping[str, str]) -> list[Any]:
    newest = max(heads, key=lambda head: head.as_of_latest or head.published_on or "")
    return [
        {"text": forces.get(force, force), "href": f"/?{urlencode({'force': force})}"},
        words.number(len({head.place for head in heads})),
        words.as_of(newest.as_of or newest.published_on),
    ]


def force_options(heads: Sequence[Head], forces: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the forces to choose from, by name, with all of them at the end."""
    known = sorted({head.force for head in heads}, key=lambda force: forces.get(force, force))
    return [{"value": f, "label": forces.get(f, f)} for f in known] + [{"value": "all", "label": "All forces"}]
