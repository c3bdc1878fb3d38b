"""Prose and web pages as drafts of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trooptally.errors import BadDate
from trooptally.importers.prose import importer
from trooptally.importing import Document, Extract, Particulars
from trooptally.names import Names
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from pathlib import Path

STORY = "Soldiers in Mali\nThere are about 300 French soldiers in Mali, the defence ministry said.\n"
PAGE = """<!DOCTYPE html><html><head><title>Soldiers in Mali</title><style>p {}</style></head><body>
<nav>Home 5,000 troops in Iraq</nav><h1>Soldiers in Mali</h1>
<p>There are about 300 French soldiers
in Mali, the defence ministry said.</p><script>var troops = "900 troops in Syria"</script></body></html>"""


def _extract(text: str, **told: str) -> Extract:
    document = Document(name="story.txt", content=text.encode(), particulars=Particulars(**told))
    assert importer.identify(document)
    extract = importer.extract(document, Names.shipped())
    assert extract.balanced
    return extract


def test_story_becomes_drafts_of_one_report() -> None:
    """The text is one report with what was told of it, its first line as title, and its figures as drafts."""
    extract = _extract(STORY, publisher="Le Monde", published_on="2013-02-01", url="https://news.example/mali")
    (report,) = extract.reports
    assert (report.title, report.publisher, report.published_on) == ("Soldiers in Mali", "Le Monde", "2013-02-01")
    drafts = extract.drafts
    assert (drafts.force, drafts.place, drafts.point) == (["FRA"], ["MLI"], [300])
    assert drafts.report_id == [report.report_id]
    assert not extract.trusted


def test_told_title_goes_before_the_first_line() -> None:
    """A title given with the document is taken as it is."""
    assert _extract(STORY, title="Mali").reports[0].title == "Mali"


def test_web_page_is_read_without_its_menus_and_scripts() -> None:
    """Of a page only the words count: no menu, no script, and a line end in a paragraph is a space."""
    extract = _extract(PAGE)
    assert extract.reports[0].title == "Soldiers in Mali"
    assert extract.drafts.point == [300]


def test_same_text_is_the_same_report() -> None:
    """Without an address, a report is known by its bytes."""
    assert _extract(STORY).drafts.claim_id == _extract(STORY).drafts.claim_id
    assert _extract(STORY).drafts.claim_id != _extract(STORY + " ").drafts.claim_id


def test_text_without_figures_says_so() -> None:
    """A text that reports no figure is taken, with a note."""
    extract = _extract("The weather was fine in Berlin.\n")
    assert len(extract.drafts) == 0
    assert [issue.severity for issue in extract.issues] == [Severity.NOTE]


def test_bad_day_of_publication_is_refused() -> None:
    """A day that is none is refused before anything is read."""
    with pytest.raises(BadDate):
        _extract(STORY, published_on="yesterday")


def test_founding_story_gives_two_drafts(real_data: Path) -> None:
    """The founding story is a rotation of about 2,000 and a presence of about 2,500, never 4,500 present."""
    told = Particulars(publisher="Dispatches", published_on="2021-09-20")
    document = Document.at(real_data / "seed" / "iraq-rotation-2021.txt", told)
    drafts = importer.extract(document, Names.shipped()).drafts
    assert list(zip(drafts.measure, drafts.point, strict=True)) == [("rotating", 2000), ("present", 2500)]


def test_sample_story_tells_the_same() -> None:
    """Our own sample story gives the same two drafts as the founding story."""
    from importlib.resources import files

    text = files("trooptally_db").joinpath("starter", "story.txt").read_text("utf-8")
    drafts = _extract(text, published_on="2021-09-20").drafts
    assert list(zip(drafts.measure, drafts.point, strict=True)) == [("rotating", 2000), ("present", 2500)]
    assert (drafts.force, drafts.place) == (["USA", "USA"], ["IRQ", "IRQ"])
    assert [a.printed for a in drafts.attribution] == ["The New York Times", "the Biden administration"]
