"""`trooptally read`: of any kind of document, and with its reasons told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.feeds import rss
from support.papers import docx, pdf
from support.program import run

if TYPE_CHECKING:
    from pathlib import Path

STORY = "There are about 300 French soldiers in Mali, the ministry said. The mission began in 2013."


def test_reasons_are_told(tmp_path: Path) -> None:
    """Of each number it is said what was understood and why, or why it was left out."""
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    done = run(tmp_path, "read", "story.txt", "--published-on", "2013-02-01", "--explain")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 number taken as a draft, 1 number left out.")
    assert "about 300, present, France in Mali, as of 2013-02-01" in done.stdout
    assert "said by: the ministry" in done.stdout
    assert "[2013]. ...\n    because: a year" in done.stdout


def test_every_kind_of_document_is_read(tmp_path: Path) -> None:
    """A web page, a PDF and a Word file give the same draft as the plain text."""
    (tmp_path / "story.html").write_text(f"<html><p>{STORY}</p></html>", encoding="utf-8")
    (tmp_path / "story.pdf").write_bytes(pdf(STORY))
    (tmp_path / "story.docx").write_bytes(docx(STORY))
    for name in ("story.html", "story.pdf", "story.docx"):
        done = run(tmp_path, "read", name, "--json")
        assert done.stdout.startswith('{"quote":"about 300 French soldiers","start":10,"end":35,'), name


def test_explanations_are_not_json(tmp_path: Path) -> None:
    """Reasons are for people: with --json or --jsonl they are bad usage."""
    assert run(tmp_path, "read", "story.txt", "--explain", "--json").returncode == 2


def test_feed_and_damaged_documents_get_a_sentence(tmp_path: Path) -> None:
    """A feed is named as one, and a damaged document as that, with status 1."""
    (tmp_path / "feed.xml").write_bytes(rss(("Mali", "https://news.example/", STORY)))
    (tmp_path / "cut.pdf").write_bytes(pdf(STORY)[:50])
    for name, sentence in (("feed.xml", "is a feed of many articles"), ("cut.pdf", "is a broken PDF file")):
        done = run(tmp_path, "read", name)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert sentence in done.stderr
