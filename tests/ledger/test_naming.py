"""New names: added with who, when and why, known from then on, and as firmly kept as everything else."""

from __future__ import annotations

import pytest

from support.populated import WHO
from trooptally.errors import RefusedInput, UnknownName
from trooptally.ledger import Ledger
from trooptally.ledger.naming import NewName
from trooptally.reading import read

CAMP = NewName(kind="place", name="Camp Sample", sort="base", within="Iraq")


@pytest.mark.parametrize(
    ("new", "identity"),
    [
        (CAMP, "CAMP-SAMPLE"),
        (NewName(kind="place", name="Camp  Sample ", means="Al Asad Airbase"), "AL-ASAD"),
        (NewName(kind="force", name="Sample Legion", sort="group"), "SAMPLE-LEGION"),
        (NewName(kind="force", name="Ruritanians", means="DEU"), "DEU"),
        (
            NewName(kind="source", name="The Sample", sort="newspaper", within="DEU", url="https://s.example"),
            "the-sample",
        ),
        (NewName(kind="source", name="The NYT of Sample", means="The New York Times"), "the-new-york-times"),
        (NewName(kind="unit", name="9th Sample Division", within="United States"), "usa-9th-sample-division"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_a_new_name_is_known_from_then_on(ledger: Ledger, new: NewName, identity: str) -> None:
    """It means what it was said to mean, the change says who and why, and the history is sound."""
    names = ledger.names()
    added, change = ledger.add_name(new, **WHO)
    assert added == identity
    known, printed = ledger.names(), " ".join(new.name.split())
    match new.kind:
        case "force":
            assert (names.force(printed), known.force(printed)) == (None, identity)
        case "place":
            assert (names.place(printed), known.place(printed)) == (None, identity)
        case "source":
            assert known.source(printed).source_id == identity
            assert known.facts("source", identity)
        case "unit":
            assert known.label("unit", identity) == printed
    (head,) = ledger.recent_changes(1)
    assert (head.change, head.act, head.contributor, head.reason) == (change, "reference", *WHO.values())
    assert ledger.verify().findings == ()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewName(kind="place", name="Iraq", sort="country"), "known already"),
        (NewName(kind="place", name="  ", sort="base"), "1 to 120"),
        (NewName(kind="place", name="x" * 121, sort="base"), "1 to 120"),
        (NewName(kind="place", name="a\x00b", sort="base"), "1 to 120"),
        (NewName(kind="place", name="12 345", sort="base"), "no letter"),
        (NewName(kind="place", name="Camp Sample"), "Say what Camp Sample is"),
        (NewName(kind="place", name="Camp Sample", sort="newspaper"), "Say what Camp Sample is"),
        (NewName(kind="place", name="Camp Sample", sort="base", within="Nowhere"), "no place this ledger knows"),
        (NewName(kind="force", name="Ruritanians", means="Ruritania"), "no force this ledger knows"),
        (NewName(kind="source", name="S", sort="newspaper", url="javascript:x"), "no web address"),
        (NewName(kind="unit", name="9th Sample Division"), "to which force"),
    ],
)
def test_what_is_no_new_name_is_refused(ledger: Ledger, new: NewName, said: str) -> None:
    """A known name, an empty one, or one of an unknown thing is refused in a sentence, and nothing is written."""
    before = ledger.recent_changes(1)
    with pytest.raises((RefusedInput, UnknownName), match=said):
        ledger.add_name(new, **WHO)
    assert ledger.recent_changes(1) == before


def test_a_name_needs_who_and_why(ledger: Ledger) -> None:
    """Without a reason nothing is written."""
    with pytest.raises(RefusedInput, match="reason"):
        ledger.add_name(CAMP, contributor="Ada", reason=" ")
    assert ledger.names().place(CAMP.name) is None


def test_the_reader_knows_a_new_name(ledger: Ledger) -> None:
    """Prose that names the new place is read as being about it."""
    said = "About 300 U.S. troops are at Camp Sample, the Pentagon said."
    assert [draft.place for draft in read(said, names=ledger.names())] != ["CAMP-SAMPLE"]
    ledger.add_name(CAMP, **WHO)
    assert [(draft.force, draft.place) for draft in read(said, names=ledger.names())] == [("USA", "CAMP-SAMPLE")]


def test_a_taken_id_gets_a_number(ledger: Ledger) -> None:
    """A name whose id another thing has gets a number behind it."""
    added, _ = ledger.add_name(NewName(kind="place", name="Aut", sort="base"), **WHO)
    assert added == "AUT-2"
