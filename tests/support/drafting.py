"""Small drafts for the ledger's tests, each field with a plain default."""

from __future__ import annotations

from typing import Any

from trooptally.dates import parse_as_of
from trooptally.figures import parse_figure
from trooptally.model import Attribution, Draft, DraftTable, Link, Report
from trooptally.vocabulary import Measure

TIMES = Report(
    source_id="the-times-of-testing",
    publisher="The Times of Testing",
    title="Troops",
    url="https://times.example/troops",
    published_on="2021-09-20",
    published_earliest="2021-09-20",
    published_latest="2021-09-20",
)


def attribution(*names: str) -> Attribution:
    """Return a chain of sources named as given, nearest first."""
    links = tuple(Link(source_id=name.lower().replace(" ", "-"), printed=name) for name in names)
    return Attribution(links=links, printed=names[-1] if len(names) > 1 else "")


def draft(printed: str = "about 2,500", **changes: Any) -> Draft:
    """Return a draft of a figure as printed: U.S. forces in Iraq in September 2021."""
    given: dict[str, Any] = {
        "report": TIMES,
        "locator": f"sentence with {printed}",
        "quote": f"{printed} U.S. troops",
        "printed": printed,
        "figure": None if "figure" in changes else parse_figure(printed).figure,
        "force": "USA",
        "place": "IRQ",
        "measure": Measure.PRESENT,
        "as_of": parse_as_of("2021-09-20"),
        "attribution": attribution("The Times of Testing", "Biden administration"),
    }
    return Draft(**{**given, **changes})


def table(*drafts: Draft) -> DraftTable:
    """Return drafts as columns."""
    return DraftTable.of(drafts)
