"""Who said it: from publisher and attribution to a chain whose last link is the origin."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trooptally.names import Names

NAMES = Names.shipped()
# The first example builds an index, or waits for the others on a busy machine.
WITHOUT_CLOCK = settings(deadline=None)
TIMES = "the-new-york-times"


@pytest.mark.parametrize(
    ("publisher", "attributed_to", "chain", "beside"),
    [
        ("Reuters", "", ["reuters"], []),
        ("Reuters", "Reuters", ["reuters"], []),
        ("Reuters News", "REUTERS", ["reuters"], []),
        ("scribd graphic", "", ["scribd-graphic"], []),
        ("lightlynews", "New York Times", ["lightlynews", TIMES], []),
        ("Kayhan", "New York Times / Middle East Eye", ["kayhan", TIMES], ["middle-east-eye"]),
        ("astutenews", "NBC News / Ash Carter", ["astutenews", "nbc-news", "ashton-carter"], []),
        ("astutenews", "NBC News / Some General", ["astutenews", "nbc-news", "some-general"], []),
        ("Press TV", "Col. Rob Manning, Pentagon", ["press-tv", "robert-manning"], []),
        ("Press TV", "Maj. Ann Other, Pentagon", ["press-tv", "maj-ann-other-pentagon"], []),
        ("Deseret News / AP", "AP", ["deseret-news", "associated-press"], []),
        ("Deseret News / AP", "", ["deseret-news", "associated-press"], []),
        ("Hindustan Times/Reuters", "US government", ["hindustan-times", "reuters", "us-government"], []),
        ("Business Standard (AFP/PTI)", "Pentagon", ["business-standard", "afp", "us-department-of-defense"], ["pti"]),
        ("Business Standard (Delhi)", "", ["business-standard-delhi"], []),
        ("Musings on Iraq (blog)", "Gen. Lloyd Austin", ["musings-on-iraq", "lloyd-austin"], []),
        ("Daily", "Reuters, citing the Pentagon", ["daily", "reuters", "us-department-of-defense"], []),
        ("Daily", "Reuters quoting TASS", ["daily", "reuters", "tass"], []),
        ("Daily", "Pentagon via Reuters", ["daily", "reuters", "us-department-of-defense"], []),
        ("Daily", "the Pentagon, quoted by CNN", ["daily", "cnn", "us-department-of-defense"], []),
        ("Reuters", "Pentagon via Reuters", ["reuters", "us-department-of-defense"], []),
        ("Reuters", "AP, citing Reuters", ["reuters"], []),
        ("Wire", "AFP/PTI", ["wire", "afp"], ["pti"]),
        ("Wire", "either/or", ["wire", "either-or"], []),
        ("Dispatches", "the Biden administration", ["dispatches", "biden-administration"], []),
        ("Pakistan Today", "Defense Manpower Data Center", ["pakistan-today", "dmdc"], []),
        ("A", "several defense officials", ["a", "us-defense-officials"], []),
        ("Business Standard (AFP/PTI)", "PTI", ["business-standard", "afp", "pti"], []),
        ("Wire", "AP / CNN / BBC / CNN", ["wire", "associated-press"], ["cnn", "bbc"]),
        ("A", " / ", ["a", "unnamed"], []),
    ],
)
def test_chains(publisher: str, attributed_to: str, chain: list[str], beside: list[str]) -> None:
    """The chain goes from the publisher to the origin; second publishers stand beside it."""
    read = NAMES.attribution(publisher, attributed_to)
    assert [link.source_id for link in read.links] == chain
    assert [link.source_id for link in read.beside] == beside
    assert read.origin_id == chain[-1]


def test_what_was_printed_is_kept() -> None:
    """Each link carries its own words, and the attribution those that name it."""
    read = NAMES.attribution(" Business Standard (AFP/PTI) ", "  NY Times, citing US officials ")
    assert read.printed == "NY Times, citing US officials"
    assert [link.printed for link in read.links] == ["Business Standard (AFP/PTI)", "AFP", "NY Times", "US officials"]


@pytest.mark.parametrize("printed", ["The New York Times", "New York Times", "NYT", "NY Times", "the new york times"])
def test_a_source_has_one_id(printed: str) -> None:
    """However it is printed, a known source has one id and keeps its print."""
    link = NAMES.source(f" {printed} ")
    assert (link.source_id, link.printed) == (TIMES, printed)


def test_an_unknown_source_gets_a_readable_id() -> None:
    """A source that no list carries is named by its own words."""
    assert NAMES.source("Gen. Ünknown O'Neil (ret.)").source_id == "gen-unknown-o-neil-ret"


@WITHOUT_CLOCK
@given(st.text(), st.text())
def test_any_words_make_a_chain(publisher: str, attributed_to: str) -> None:
    """Whatever is printed, there is a publisher, and no source stands twice."""
    read = NAMES.attribution(publisher, attributed_to)
    assert read.links[0].printed == publisher.strip()
    named = [link.source_id for link in (*read.links, *read.beside)]
    assert all(named)
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("hostile", [" " * 200_000, "(" * 200_000, " /" * 50_000, ", citing " * 20_000])
def test_hostile_words_take_no_long_time(hostile: str) -> None:
    """Long runs of what separates sources are read in linear time."""
    began = time.process_time()
    assert NAMES.attribution(f"a{hostile}b", f"a{hostile}b").links
    assert time.process_time() - began < 5


COPIES = [
    ("first-copy", "New York Times"),
    ("second-copy", "NY Times"),
    ("third-copy", "The New York Times"),
    ("fourth-copy", "NYT"),
    ("The New York Times", ""),
    ("Some Daily", "New York Times / Middle East Eye"),
]


def test_copies_of_one_story_have_one_origin() -> None:
    """Six reports of what one newspaper wrote have that newspaper as their one origin."""
    assert {NAMES.attribution(*row).origin_id for row in COPIES} == {TIMES}


def test_the_real_copies_have_one_origin(real_data: Path) -> None:
    """The September 2021 rotation, printed by five copying sites and a newspaper, has one origin."""
    with (real_data / "claims" / "starter-claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["measure"] == "rotating"]
    assert len(rows) == 6
    origins = {NAMES.attribution(row["publisher"], row["attributed_to"]).origin_id for row in rows}
    assert origins == {TIMES}


def test_every_source_of_the_starter_claims_is_known(real_data: Path) -> None:
    """Publishers and speakers of the starter claims are all on the list of sources."""
    with (real_data / "claims" / "starter-claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    links = [link for row in rows for link in NAMES.attribution(row["publisher"], row["attributed_to"]).links]
    assert {link.printed for link in links if not NAMES.facts("source", link.source_id)} == set()
