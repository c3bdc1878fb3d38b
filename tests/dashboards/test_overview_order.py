"""The overview leads with what is newest, not with what is large and long ago."""

from __future__ import annotations

from trooptally.ledger import Head
from trooptally_dashboards.overview import of_force, overview_sentence


def head(place: str, people: int | None, latest: str | None, *, published: str | None = None) -> Head:
    """Return the newest level of a series at a place."""
    return Head(
        force="USA",
        place=place,
        component="military",
        basis="unstated",
        claim_id=place,
        low=people,
        point=people,
        high=people,
        hedge=None if people is None else "exact",
        missing_reason="withheld" if people is None else None,
        printed="",
        as_of=latest,
        as_of_earliest=latest,
        as_of_latest=latest,
        published_on=published,
        source_id="s",
        origin_id="s",
        recorded_at="2026-01-01T00:00:00.000000Z",
        origins=1,
        claims=1,
    )


def test_newest_levels_come_first() -> None:
    """A level of 2010 stands below one of 2025, of one day the higher is first, and no figure comes last."""
    heads = [
        head("AFG", 81875, "2010-09-30"),
        head("SYR", None, "2025-12-31"),
        head("JPN", 54288, "2025-12-31"),
        head("DEU", 60000, "2025-12-31"),
        head("IRQ", 2500, None, published="2021-09~"),
    ]
    ordered = of_force(heads, "USA")
    assert [shown.place for shown in ordered] == ["DEU", "JPN", "IRQ", "AFG", "SYR"]
    said = overview_sentence(ordered, "United States", {"DEU": "Germany"})
    assert "The newest is 60,000 in Germany, 31 December 2025." in said
    assert "withholds" in said
