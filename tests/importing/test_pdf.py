"""PDF files: their words with their pages, and what damaged, locked or monstrous ones get for an answer."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from support.papers import pdf
from trooptally.errors import UnreadableDocument
from trooptally.importers.prose import importer
from trooptally.importing import Document, Particulars
from trooptally.importing.docworker import MOST_PAGES
from trooptally.importing.kinds import Kind, kind_of
from trooptally.importing.pdf import read_pdf
from trooptally.names import Names

PAGES = ("Soldiers in Mali", "There are about 300 French soldiers in Mali, the ministry said.")


def _encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*PAGES))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_pages_are_read_in_order() -> None:
    """The text is that of all pages, and each page's beginning is known."""
    article = read_pdf(pdf(*PAGES), "x.pdf")
    assert article.text == "\n".join(PAGES)
    assert article.page_starts == (0, len(PAGES[0]) + 1)
    assert [article.page_at(offset) for offset in (0, len(PAGES[0]), len(PAGES[0]) + 1)] == [1, 1, 2]
    assert article.title == "Soldiers in Mali"


def test_text_about_the_format_is_text() -> None:
    """A text that merely speaks of the format's mark is no PDF; blanks before the mark do not matter."""
    assert kind_of(b"Files begin with %PDF-1.7, the manual says.") is Kind.TEXT
    assert kind_of(b"\n\n%PDF-1.7") is Kind.PDF


def test_figure_is_found_on_its_page() -> None:
    """A draft of a PDF says on which page it stands, and its quote stands there in the text."""
    document = Document(name="x.pdf", content=pdf(*PAGES), particulars=Particulars(published_on="2013-02-01"))
    assert document.kind is Kind.PDF
    assert importer.identify(document)
    extract = importer.extract(document, Names.shipped())
    assert extract.balanced
    assert (extract.drafts.force, extract.drafts.place, extract.drafts.point) == (["FRA"], ["MLI"], [300])
    (locator,) = extract.drafts.locator
    assert locator.startswith("page 2, characters ")
    start, end = map(int, locator.rpartition(" ")[2].split("-"))
    assert read_pdf(document.content, "x.pdf").text[start:end] == extract.drafts.quote[0]


def test_file_that_only_forbids_printing_is_read() -> None:
    """Without a password to open it, a file with rights is read like any other."""
    assert read_pdf(_encrypted(""), "x.pdf").text == "\n".join(PAGES)


def _bomb() -> bytes:
    """Return a file whose one page unpacks to gigabytes, packed three times over."""
    packed = b"(a) Tj " * 30_000_000
    for _ in range(2):
        packed = zlib.compress(packed, 9)
    return pdf("", packed=packed, filters="[/FlateDecode /FlateDecode]")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_encrypted("secret"), "protected by a password"),
        (pdf(*PAGES)[:60], "broken PDF file"),
        (b"%PDF-1.7 and then nothing", "broken PDF file"),
        (pdf(""), "without words"),
        (pdf(*[""] * (MOST_PAGES + 1)), "unpacks to more"),
        (b"%PDF-" + b" " * 20_000_001, "may have 20 MB"),
    ],
    ids=["locked", "cut", "nothing", "scan", "pages", "large"],
)
def test_unreadable_file_is_refused(content: bytes, sentence: str) -> None:
    """What is locked, damaged, a scan or too much gets one sentence."""
    with pytest.raises(UnreadableDocument, match=sentence):
        read_pdf(content, "x.pdf")


def test_bomb_takes_only_its_own_process() -> None:
    """A page that unpacks to hundreds of megabytes ends in a sentence."""
    with pytest.raises(UnreadableDocument, match=r"^x\.pdf "):
        read_pdf(_bomb(), "x.pdf")
