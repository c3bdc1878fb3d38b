"""From documents to a real ledger."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trooptally.errors import BadTable, RefusedInput, UnreadableDocument
from trooptally.exporting import write_csv
from trooptally.importing import Document, Extract
from trooptally.intake import check, importer_for, importers, record, take_in
from trooptally.intake.form import form_document, spoken
from trooptally.intake.starter import take_starter, take_starter_events
from trooptally.ledger import Ledger
from trooptally.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trooptally.intake import Receipt

HEADER = "force,place,measure,figure,as_of,published_on,publisher,url\n"
ROW = 'USA,IRQ,present,"2,500",2021-09-20,2021-09-20,Reuters,https://news.example/1\n'
OTHER = 'USA,IRQ,present,"2,500",2021-09-20,2021-09-20,Daily News,https://news.example/2\n'


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger in a file."""
    with Ledger.create(f"sqlite:///{tmp_path / 'ledger.db'}") as made:
        yield made


def _document(text: str) -> Document:
    return Document(name="claims.csv", content=text.encode())


def _take(ledger: Ledger, text: str, *, dry_run: bool = False) -> Receipt:
    return take_in(ledger, _document(text), contributor="me", reason="test", dry_run=dry_run)


def test_importers_are_found_and_complete() -> None:
    """Every importer has a name of its own and says what it knows its documents by."""
    found = importers()
    assert {"claims-table", "prose"} <= {importer.name for importer in found}
    assert len({importer.name for importer in found}) == len(found)
    assert all(importer.recognises for importer in found)


def test_importer_is_chosen_by_content_or_by_name() -> None:
    """Content decides, and a name given goes before it."""
    assert importer_for(_document(HEADER + ROW)).name == "claims-table"
    assert importer_for(_document("About 300 men are in Mali.\nMore, he said, may come.\n")).name == "prose"
    assert importer_for(_document(HEADER + ROW), "prose").name == "prose"


def test_unknown_importer_is_refused() -> None:
    """A name that no importer has is refused with those there are."""
    with pytest.raises(UnreadableDocument, match="claims-table"):
        importer_for(_document(HEADER), "csv")


def test_unknown_table_is_told_what_it_lacks() -> None:
    """A table that no importer knows is refused with the columns that are missing."""
    with pytest.raises(BadTable, match="lacks force"):
        check(_document("colour,size\nred,4\nblue,5\n"), Names.shipped())


def test_careless_importer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An importer that does not account for all it has seen writes nothing."""
    module = import_module("trooptally.importers.claims_table")
    monkeypatch.setattr(module.ClaimsTable, "extract", lambda *_: Extract(seen=1))
    with pytest.raises(RefusedInput, match="does not account"):
        check(_document(HEADER + ROW), Names.shipped())


def test_receipt_accounts_for_every_row(ledger: Ledger) -> None:
    """Recorded, drafts, unchanged, refused and ignored add up to the rows seen."""
    rows = [ROW, ROW, "Nowhere,IRQ,present,5,2021,,,\n", "USA,SYR,present,132.000,2021,2021,AP,\n"]
    receipt = _take(ledger, HEADER + "".join(rows))
    assert (receipt.recorded, receipt.drafts, receipt.unchanged, receipt.refused) == (1, 1, 0, 1)
    assert receipt.ignored == {"repeats an earlier row": 1}
    assert receipt.seen == 4
    assert receipt.first_error.startswith("row 4, column force")
    assert set(receipt.as_json()) >= {"report_id", "importer", "recorded", "unchanged", "drafts", "issues"}


def test_second_import_adds_nothing(ledger: Ledger) -> None:
    """The same document once more changes nothing, and its claims are the same."""
    first = _take(ledger, HEADER + ROW)
    before = ledger.claims(rank="all")
    second = _take(ledger, HEADER + ROW)
    assert (first.recorded, second.recorded, second.unchanged) == (1, 0, 1)
    assert second.change is None
    assert ledger.claims(rank="all").equals(before)


def test_dry_run_counts_and_writes_nothing(ledger: Ledger) -> None:
    """A dry run gives the receipt of the real one, and the ledger stays as it was."""
    receipt = _take(ledger, HEADER + ROW, dry_run=True)
    assert (receipt.recorded, receipt.dry_run) == (1, True)
    assert len(ledger.claims(rank="all")) == 0


def test_every_row_refused_is_nothing_taken(ledger: Ledger) -> None:
    """A document of which every row is refused writes nothing and says so."""
    receipt = _take(ledger, HEADER + "Nowhere,IRQ,present,5,2021,,,\n")
    assert receipt.nothing_taken
    assert len(ledger.claims(rank="all")) == 0


def test_prose_waits_as_drafts(ledger: Ledger) -> None:
    """What was read from prose is never accepted by itself."""
    receipt = _take(ledger, "Mali\nThere are about 300 French soldiers in Mali, he said.\n")
    assert (receipt.recorded, receipt.drafts) == (0, 1)
    assert set(ledger.claims()["status"]) == {"draft"}


def test_echoes_and_duplicates_are_marked(ledger: Ledger) -> None:
    """A claim of one origin in another paper is an echo; the same paper twice is a possible duplicate."""
    header = "force,place,measure,figure,as_of,published_on,attributed_to,publisher,url\n"
    said = "USA,IRQ,present,500,2021-09-20,2021-09-20,Pentagon,{},https://news.example/{}\n"
    receipt = _take(ledger, header + said.format("Reuters", 1) + said.format("Daily News", 2))
    assert (len(receipt.echoes), len(receipt.possible_duplicates)) == (1, 0)
    again = _take(ledger, header + said.format("Reuters", 3))
    assert (len(again.echoes), len(again.possible_duplicates)) == (0, 1)


def test_starter_adds_nothing_the_second_time(ledger: Ledger) -> None:
    """The starter facts are recorded once, the sample story waits as two drafts, and again adds nothing."""
    claims, official, story = take_starter(ledger)
    assert (claims.recorded, official.recorded, story.drafts) == (41, official.seen, 2)
    assert [(r.recorded, r.drafts) for r in take_starter(ledger)] == [(0, 0)] * 3


def test_starter_events_stand_beside_their_series(ledger: Ledger) -> None:
    """The shipped events are written once, each with an address, and show on the series they concern."""
    count = take_starter_events(ledger)
    assert take_starter_events(ledger) == count == len(ledger.events())
    assert all(event.url.startswith("https://") for event in ledger.events())
    iraq = ledger.events("USA", "IRQ")
    assert {event.as_of for event in iraq} >= {"2008-11-17", "2020-01-05"}
    assert all(event.place == "IRQ" for event in iraq)


def test_starter_tells_level_from_rotation(ledger: Ledger) -> None:
    """In September 2021 there are 2,500 present and 2,000 rotating, and the copies have one origin."""
    list(take_starter(ledger))
    claims = ledger.claims(force="USA", place="IRQ", as_of="2021-09", rank="all")
    assert set(claims[claims["measure"] == "present"]["point"]) == {2500}
    rotating = claims[(claims["measure"] == "rotating") & (claims["status"] == "accepted")]
    assert len(rotating) == 6
    assert rotating["origin"].nunique() == 1


def test_form_is_taken_by_the_rules_of_the_table() -> None:
    """An answered form is one draft, whatever characters the answers begin with."""
    answers = {"force": "USA", "place": "IRQ", "measure": "present", "figure": "about 2,500", "note": "=1"}
    drafts = check(form_document(answers), Names.shipped(), importer="claims-table").extract.drafts
    assert drafts.note == ["=1"]
    assert spoken(drafts) == "approximately 2,500"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("2,500", "exactly 2,500"),
        ("2,000-2,500", "between 2,000 and 2,500"),
        ("up to 300", "at most 300"),
        ("withheld", "no figure (withheld)"),
        ("dozens", "vaguely, at least 24"),
    ],
)
def test_understood_figure_is_spoken(figure: str, words: str) -> None:
    """What was understood of a figure is said in words that differ for every hedge."""
    answers = {"force": "USA", "place": "IRQ", "measure": "present", "figure": figure}
    checked = check(form_document(answers), Names.shipped(), importer="claims-table")
    assert spoken(checked.extract.drafts) == words


_TABLES = st.lists(
    st.fixed_dictionaries(
        {
            "force": st.sampled_from(["USA", "American", "France"]),
            "place": st.sampled_from(["IRQ", "Syria"]),
            "measure": st.sampled_from(["present", "Deploying"]),
            "figure": st.sampled_from(["2,500", "about 2,500", "up to 300", "dozens", "132.000", "withheld", ""]),
            "low": st.sampled_from(["", "20"]),
            "as_of": st.sampled_from(["September 2021", "2021-09", ""]),
            "publisher": st.sampled_from(["AP", "NBC News / Ash Carter", ""]),
            "url": st.sampled_from(["", "https://news.example/1"]),
            "note": st.sampled_from(["", "=1+1", "'-2"]),
        }
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TABLES)
def test_export_comes_home_without_adding_anything(ledger: Ledger, rows: list[dict[str, str]]) -> None:
    """What a ledger exports it knows again, however the rows were written at first."""
    if not rows:
        return
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    _take(ledger, stream.getvalue())
    exported = io.BytesIO()
    write_csv(ledger.claims(rank="all"), exported)
    receipt = take_in(ledger, Document(name="e.csv", content=exported.getvalue()), contributor="me", reason="home")
    assert (receipt.recorded, receipt.drafts, receipt.refused) == (0, 0, 0)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([ROW, OTHER, ROW.replace("IRQ", "SYR"), ROW.replace("2,500", "132.000")])))
def test_importing_twice_in_any_order_is_importing_once(ledger: Ledger, rows: list[str]) -> None:
    """Whatever was imported before, importing rows again in reverse adds nothing."""
    checked = check(_document(HEADER + "".join(rows)), ledger.names())
    record(ledger, checked, contributor="me", reason="once")
    again = check(_document(HEADER + "".join(reversed(rows))), ledger.names())
    receipt = record(ledger, again, contributor="me", reason="twice")
    assert (receipt.recorded, receipt.drafts) == (0, 0)
