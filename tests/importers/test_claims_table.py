"""The claims table: what is taken, what is refused, and that nothing depends on the order of rows."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from trooptally.entry import FIELDS, guarded
from trooptally.errors import BadTable, RefusedInput
from trooptally.importers.claims_table import importer
from trooptally.importing import Document, Extract
from trooptally.names import Names
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_COLUMNS = tuple(field.name for field in FIELDS)
ROW = {
    "force": "USA",
    "place": "IRQ",
    "measure": "present",
    "figure": "about 2,500",
    "as_of": "2021-09-20",
    "published_on": "2021-09-20",
    "publisher": "The New York Times",
    "url": "https://news.example/1",
    "quote": "about 2,500 troops",
}


def _csv(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = _COLUMNS) -> Document:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return Document(name="claims.csv", content=stream.getvalue().encode())


def _extract(*rows: Mapping[str, str]) -> Extract:
    extract = importer.extract(_csv(rows), Names.shipped())
    assert extract.balanced
    return extract


def _errors(extract: Extract) -> list[tuple[str, str]]:
    return [(i.locator, i.message) for i in extract.issues if i.severity is Severity.ERROR]


def test_row_becomes_a_draft() -> None:
    """A full row is one draft with its figure as printed, its bounds, its report and its chain."""
    extract = _extract(ROW)
    drafts = extract.drafts
    assert (drafts.low, drafts.point, drafts.high, drafts.hedge) == ([None], [2500], [None], ["approximate"])
    assert (drafts.force, drafts.place, drafts.component) == (["USA"], ["IRQ"], ["military"])
    assert (drafts.printed, drafts.quote) == (["about 2,500"], ["about 2,500 troops"])
    assert (drafts.as_of_earliest, drafts.held) == (["2021-09-20"], [""])
    (report,) = extract.reports
    assert (report.publisher, report.url, report.published_on) == (ROW["publisher"], ROW["url"], "2021-09-20")
    assert drafts.report_id == [report.report_id]
    assert extract.issues == []
    assert extract.trusted


def test_names_are_resolved_in_any_spelling() -> None:
    """Forces and places are read by name and adjective."""
    extract = _extract(ROW | {"force": "American", "place": "Iraq"})
    assert (extract.drafts.force, extract.drafts.place) == (["USA"], ["IRQ"])


def test_unknown_names_are_refused_with_the_nearest() -> None:
    """A force or place nobody knows is an error that suggests what could be meant; other rows are taken."""
    extract = _extract(ROW, ROW | {"place": "Irak City", "force": "Untied States"})
    assert len(extract.drafts) == 1
    assert extract.refused == 1
    (force, place) = _errors(extract)
    assert force[0] == "row 3, column force"
    assert "United States" in force[1]
    assert place[0] == "row 3, column place"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"figure": "171,00"}, "figure"),
        ({"figure": "NaN"}, "figure"),
        ({"figure": "inf"}, "figure"),
        ({"figure": "-5"}, "figure"),
        ({"figure": "1000000000000"}, "figure"),
        ({"figure": "", "quote": ""}, "figure"),
        ({"figure": "", "low": "300", "high": "200"}, "low, point, high"),
        ({"as_of": "0000"}, "as_of"),
        ({"as_of": "2999"}, "as_of"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"measure": "stationed"}, "measure"),
        ({"measure": ""}, "measure"),
        ({"component": "ghosts"}, "component"),
        ({"basis": "hearsay"}, "basis"),
        ({"force": ""}, "force"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "http://[broken"}, "url"),
    ],
)
def test_bad_cell_refuses_its_row_alone(cells: dict[str, str], column: str) -> None:
    """Each cell that cannot be read is one error with row and column; the row is out, the others are in."""
    extract = _extract(ROW, ROW | cells, ROW | {"place": "SYR"})
    assert (len(extract.drafts), extract.refused) == (2, 1)
    assert [locator for locator, _ in _errors(extract)] == [f"row 3, column {column}"]


def test_doubtful_figure_is_held() -> None:
    """132.000 can be read in two ways, so the row is taken but held for review, with a warning."""
    extract = _extract(ROW | {"figure": "132.000"})
    assert extract.drafts.held[0]
    (issue,) = extract.issues
    assert (issue.severity, issue.locator) == (Severity.WARNING, "row 2, column figure")
    assert issue.claim_id == extract.drafts.claim_id[0]


@pytest.mark.parametrize(
    ("cells", "locator"),
    [
        ({"published_on": ""}, "row 2, column published_on"),
        ({"as_of": ""}, "row 2, column as_of"),
        ({"publisher": "", "url": ""}, "row 2"),
    ],
)
def test_missing_circumstance_is_a_warning(cells: dict[str, str], locator: str) -> None:
    """A row without a day of publication, an as-of or a report is recorded, with one warning each."""
    extract = _extract(ROW | cells)
    assert len(extract.drafts) == 1
    assert [(i.severity, i.locator) for i in extract.issues] == [(Severity.WARNING, locator)]


def test_missing_figure_is_never_zero() -> None:
    """A withheld figure is recorded as withheld, and 0 as 0."""
    drafts = _extract(ROW | {"figure": "withheld"}, ROW | {"figure": "0"}).drafts
    assert drafts.missing_reason == ["withheld", None]
    assert drafts.point == [None, 0]


def test_repeated_row_is_one_claim() -> None:
    """A row that stands twice is one claim; the second is accounted for and named."""
    extract = _extract(ROW, ROW | {"place": "SYR"}, ROW)
    assert len(extract.drafts) == 2
    assert extract.ignored == {"repeats an earlier row": 1}
    (issue,) = extract.issues
    assert (issue.severity, issue.locator) == (Severity.NOTE, "row 4")
    assert "row 2" in issue.message


def test_report_is_filled_from_all_of_its_rows() -> None:
    """Rows of one address are one report; what one row leaves out another fills in, and quarrels are told."""
    extract = _extract(
        ROW | {"published_on": ""}, ROW | {"place": "SYR", "title": "Troops"}, ROW | {"place": "KWT", "publisher": "AP"}
    )
    (report,) = extract.reports
    assert (report.title, report.published_on, report.publisher) == ("Troops", "2021-09-20", ROW["publisher"])
    assert any("publisher" in issue.message for issue in extract.issues)


def test_report_without_address_is_known_by_its_words() -> None:
    """Without an address, publisher, title and day as printed tell reports apart."""
    no_url = ROW | {"url": ""}
    extract = _extract(no_url, no_url | {"place": "SYR"}, no_url | {"title": "Another"})
    assert len(extract.reports) == 2


def test_unknown_columns_are_ignored_by_name() -> None:
    """A column that is no field is left out with a note of its name."""
    document = _csv([ROW | {"colour": "green"}], [*ROW, "colour"])
    (issue,) = importer.extract(document, Names.shipped()).issues
    assert (issue.severity, issue.locator) == (Severity.NOTE, "colour")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("force,place,colour\nUSA,IRQ,red\n", r"lacks measure, figure .*; it has force, place, colour"),
        ("force,place,measure,figure,figure\n", "figure twice"),
    ],
)
def test_wrong_columns_are_named(text: str, sentence: str) -> None:
    """A table with other columns is refused with what is missing and what was found."""
    with pytest.raises(BadTable, match=sentence):
        importer.extract(Document(name="x.csv", content=text.encode()), Names.shipped())


def test_workbook_is_read_like_text() -> None:
    """A filled sheet is the same as its CSV; sheets of other content are left out by name."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "notes"
    book.active.append(["whatever"])
    sheet = book.create_sheet("claims")
    sheet.append(list(ROW))
    sheet.append(list(ROW.values()))
    sheet.append([*[*ROW.values()][:3], "many"])
    stream = io.BytesIO()
    book.save(stream)
    document = Document(name="x.xlsx", content=stream.getvalue())
    assert importer.identify(document)
    extract = importer.extract(document, Names.shipped())
    assert extract.drafts.claim_id == _extract(ROW).drafts.claim_id
    assert [i.locator for i in extract.issues] == ["notes", "claims!row 3, column figure"]


def test_only_claims_tables_are_recognised() -> None:
    """Prose and tables of other columns are not taken for claims tables."""
    assert importer.identify(_csv([ROW]))
    assert not importer.identify(Document(name="x", content=b"country,year,troops\nIraq,2003,0\n"))
    assert not importer.identify(Document(name="x", content=b"About 2,500 troops are in Iraq, he said.\n"))


def test_starter_claims_are_taken_whole(real_data: Path) -> None:
    """All 41 real rows are drafts; those without a day of publication are named, and six copies have one origin."""
    extract = importer.extract(Document.at(real_data / "claims" / "starter-claims.csv"), Names.shipped())
    assert (len(extract.drafts), extract.refused) == (41, 0)
    with (real_data / "claims" / "starter-claims.csv").open(encoding="utf-8", newline="") as lines:
        undated = sum(not row["published_on"] for row in csv.DictReader(lines))
    assert len(extract.issues) == undated
    drafts = extract.drafts
    rotations = [at for at, measure in enumerate(drafts.measure) if measure == "rotating"]
    assert len(rotations) == 6
    assert {drafts.attribution[at].origin_id for at in rotations} == {drafts.attribution[rotations[0]].origin_id}


def test_shipped_starter_claims_are_taken_whole() -> None:
    """The starter table that ships is imported without an error."""
    from importlib.resources import files

    content = files("trooptally_db").joinpath("starter", "claims.csv").read_bytes()
    extract = importer.extract(Document(name="claims.csv", content=content), Names.shipped())
    assert len(extract.drafts) == extract.seen == 41


_FIGURES = st.sampled_from(["2,500", "about 2,500", "up to 300", "dozens", "0", "171,00", "132.000", "withheld"])
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "force": st.sampled_from(["USA", "American", "France", "Nowhere"]),
            "place": st.sampled_from(["IRQ", "Syria", "Mali"]),
            "measure": st.sampled_from(["present", "Deploying", "planned"]),
            "figure": _FIGURES,
            "as_of": st.sampled_from(["2021-09", "2020~", "", "2011-01-01/2011-06-30"]),
            "publisher": st.sampled_from(["AP", "Reuters / AFP", ""]),
            "note": st.sampled_from(["", "=1+1", "'-2", "about"]),
        }
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)  # the first example loads the code lists
@given(_ROWS, st.randoms())
def test_order_of_rows_changes_no_claim(rows: list[dict[str, str]], chance: random.Random) -> None:
    """The same rows in any order make the same claims."""
    shuffled = list(rows)
    chance.shuffle(shuffled)
    there, back = _extract(*rows), _extract(*shuffled)
    assert sorted(there.drafts.claim_id) == sorted(back.drafts.claim_id)
    assert {r.report_id for r in there.reports} == {r.report_id for r in back.reports}


@settings(deadline=None)  # the first example loads the code lists
@given(_ROWS)
def test_marked_cells_are_read_as_they_were(rows: list[dict[str, str]]) -> None:
    """Cells that were marked against formulas make the same claims and the same notes."""
    marked = [{name: guarded(cell) for name, cell in row.items()} for row in rows]
    plain, safe = _extract(*[_unmarked(row) for row in rows]), _extract(*marked)
    assert plain.drafts.claim_id == safe.drafts.claim_id
    assert set(safe.drafts.note) <= {"", "=1+1", "'-2", "about"}


def _unmarked(row: dict[str, str]) -> dict[str, str]:
    return row | {"note": ""}


@settings(deadline=None)  # the first example loads the code lists
@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(content: bytes) -> None:
    """Whatever follows a good header, the answer is an extract that balances or one sentence."""
    head = ",".join(_COLUMNS).encode() + b"\n"
    try:
        extract = importer.extract(Document(name="x.csv", content=head + content), Names.shipped())
    except RefusedInput:
        return
    assert extract.balanced
