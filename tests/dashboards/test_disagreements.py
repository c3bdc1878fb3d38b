"""Which figures conflict, and how that is said."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trooptally.ledger import Level
from trooptally_dashboards.disagreements import disagreements
from trooptally_dashboards.pages.disagreements import sentence


def level(origin: str, day: str, **more: Any) -> Level:
    """Return a claim on the United States in Syria."""
    given: dict[str, Any] = {
        "claim_id": f"{origin}{day}",
        "force": "USA",
        "place": "SYR",
        "measure": "present",
        "component": "military",
        "basis": "unstated",
        "low": None,
        "point": None,
        "high": None,
        "hedge": "approximate",
        "as_of": day,
        "as_of_latest": day,
        "source_id": "paper",
        "origin_id": origin,
        **more,
    }
    return Level(**given)


def exact(people: int) -> dict[str, Any]:
    """Return an exact figure."""
    return {"low": people, "point": people, "high": people, "hedge": "exact"}


SYRIA = [
    level("quarterly", "2017-09-30", **exact(1720)),
    level("general", "2017-10-31", point=4000),
    level("spokesman", "2017-11-27", point=500),
    level("officials", "2017-11-24", point=2000),
    level("pentagon", "2017-11-30", measure="authorized", **exact(503)),
]


def test_syria_at_the_end_of_2017() -> None:
    """Four origins conflict, the ceiling stands apart, and the words say so."""
    (found,) = disagreements(SYRIA)
    assert [one.origin_id for one in found.levels] == ["spokesman", "quarterly", "officials", "general"]
    assert [one.origin_id for one in found.ceilings] == ["pentagon"]
    assert sentence(found) == (
        "3,500 people apart: about 500, 1,720, about 2,000 and about 4,000, by 4 independent origins. "
        "Not a count, but a ceiling of the same time: 503."
    )


def test_echoes_and_change_are_no_conflict() -> None:
    """One origin that corrects itself, and figures a year apart, do not conflict."""
    assert disagreements([level("a", "2017-09-30", point=100), level("a", "2017-10-01", point=900)]) == []
    assert disagreements([level("a", "2016-09-30", point=100), level("b", "2017-10-01", point=900)]) == []


def test_hedges_may_mean_the_same() -> None:
    """About 2,000 and 2,100, or more than 500 and 900, can both be meant."""
    assert disagreements([level("a", "2017-09-30", point=2000), level("b", "2017-10-01", **exact(2100))]) == []
    more = {"low": 500, "hedge": "more_than"}
    assert disagreements([level("a", "2017-09-30", **more), level("b", "2017-10-01", **exact(900))]) == []


def test_other_bases_are_other_series() -> None:
    """Counts of different people are not compared."""
    other = level("b", "2017-09-30", basis="permanently_assigned", **exact(9000))
    assert disagreements([level("a", "2017-09-30", **exact(100)), other]) == []


claims = st.builds(
    lambda origin, month, people: level(origin, f"2017-{month:02}-15", **exact(people)),
    st.sampled_from("abcd"),
    st.integers(1, 12),
    st.integers(0, 100_000),
)


@given(st.lists(claims, max_size=20))
def test_conflicts_are_between_origins(found: list[Level]) -> None:
    """Whatever is claimed, a conflict names each origin once and is as wide as its ends are apart."""
    for one in disagreements(found):
        origins = [claim.origin_id for claim in one.levels]
        assert len(set(origins)) == len(origins) >= 2
        assert one.size == (one.levels[-1].point or 0) - (one.levels[0].point or 0) > 0
