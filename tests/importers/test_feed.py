"""Feeds in the ledger's terms: each entry a report, every entry accounted for."""

from __future__ import annotations

from support.feeds import rss
from trooptally.importers.feed import importer
from trooptally.importing import Document, Extract, Particulars
from trooptally.intake import importer_for
from trooptally.names import Names
from trooptally.vocabulary import Severity

MALI = ("Mali", "https://news.example/1", "There are about 300 French soldiers in Mali, the ministry said.")
CHAD = ("Chad", "https://news.example/2", "There are 1,000 French soldiers in Chad, the ministry said.")
FINE = ("Weather", "https://news.example/3", "The weather was fine in Berlin.")


def _extract(content: bytes, **told: str) -> Extract:
    document = Document(name="feed.xml", content=content, particulars=Particulars(**told))
    assert importer_for(document) is importer
    extract = importer.extract(document, Names.shipped())
    assert extract.balanced
    return extract


def test_each_entry_is_a_report() -> None:
    """Entries with figures are reports with their own title, link and day; those without are left out by name."""
    extract = _extract(rss(MALI, CHAD, FINE))
    assert [(r.title, r.url, r.published_on) for r in extract.reports] == [
        ("Mali", "https://news.example/1", "2013-02-01"),
        ("Chad", "https://news.example/2", "2013-02-01"),
    ]
    assert (extract.drafts.place, extract.drafts.point) == (["MLI", "TCD"], [300, 1000])
    assert extract.drafts.report_id == [report.report_id for report in extract.reports]
    assert (extract.seen, dict(extract.ignored)) == (3, {"entries without a figure of a force at a place": 1})
    assert not extract.trusted


def test_told_publisher_goes_before_the_feed() -> None:
    """A publisher given with the feed is taken for all entries."""
    assert _extract(rss(MALI), publisher="AFP").reports[0].publisher == "AFP"


def test_entry_printed_twice_is_one_report() -> None:
    """A repeated entry adds nothing, and is accounted for."""
    extract = _extract(rss(MALI, MALI))
    assert (len(extract.reports), len(extract.drafts), extract.ignored["entries printed twice"]) == (1, 1, 1)


def test_entries_that_share_a_link_are_reports_of_their_own() -> None:
    """Where all entries link to the same page, their words tell them apart."""
    extract = _extract(rss(MALI, (CHAD[0], MALI[1], CHAD[2])))
    assert len({report.report_id for report in extract.reports}) == 2
    assert len(set(extract.drafts.claim_id)) == 2


def test_script_for_a_link_is_left_out_with_a_warning() -> None:
    """The figures of an entry with a bad link are kept, the link is not."""
    extract = _extract(rss((MALI[0], "javascript:alert(1)", MALI[2])))
    assert extract.reports[0].url == ""
    assert [(issue.severity, issue.locator) for issue in extract.issues] == [(Severity.WARNING, "entry 1")]


def test_same_feed_gives_the_same_claims() -> None:
    """A later edition with another entry on top leaves the ids of the others as they were."""
    before, after = _extract(rss(MALI)), _extract(rss(CHAD, MALI))
    assert set(before.drafts.claim_id) < set(after.drafts.claim_id)


def test_empty_feed_says_so() -> None:
    """A feed without entries is taken, with a note."""
    extract = _extract(rss())
    assert (extract.seen, [issue.severity for issue in extract.issues]) == (0, [Severity.NOTE])
