"""Word files: their words, and what old, locked, damaged or monstrous ones get for an answer."""

from __future__ import annotations

import pytest

from support.papers import docx
from trooptally.errors import UnreadableDocument
from trooptally.importers.prose import importer
from trooptally.importing import Document
from trooptally.importing.kinds import Kind, kind_of
from trooptally.importing.wordfile import read_word_file
from trooptally.names import Names

STORY = ("Soldiers in Mali", "There are about 300 French soldiers in Mali, the ministry said.")
_NOTES = (
    b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnotes>"
)


def test_paragraphs_are_lines() -> None:
    """Each paragraph is a line, notes stand at the end, and the first line is the title where none is stored."""
    article = read_word_file(docx(*STORY, parts={"footnotes": _NOTES}), "x.docx")
    assert article.text == "\n".join((*STORY, "A note."))
    assert article.title == "Soldiers in Mali"
    assert read_word_file(docx(*STORY, title="Mali"), "x.docx").title == "Mali"


def test_deleted_text_is_not_read() -> None:
    """Text that somebody struck out or moved away is gone; tabs and breaks are spaces."""
    runs = "<w:del><w:r><w:delText>900</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>800</w:t></w:r></w:moveFrom>"
    assert read_word_file(docx(f"{runs}<w:r><w:t>300</w:t><w:tab/><w:t>men</w:t></w:r>"), "x.docx").text == "300 men"


def test_figures_become_drafts() -> None:
    """A Word file is prose like any other, and no workbook."""
    document = Document(name="x.docx", content=docx(*STORY))
    assert document.kind is Kind.WORD
    assert not document.is_workbook
    assert importer.identify(document)
    drafts = importer.extract(document, Names.shipped()).drafts
    assert (drafts.force, drafts.place, drafts.point) == (["FRA"], ["MLI"], [300])


def test_workbook_with_a_word_file_in_it_is_a_workbook() -> None:
    """A spreadsheet that holds a whole Word file as one of its parts is still a spreadsheet."""
    assert kind_of(b"PK\x03\x04 xl/workbook.xml word/document.xml") is Kind.WORKBOOK


_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_OLD, "save it as DOCX or PDF"),
        (docx(*STORY)[:-40], "broken Word file"),
        (b"PK\x03\x04 word/document.xml", "broken Word file"),
        (docx(parts={"document": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "broken Word file"),
        (docx(parts={"document": "<a/>".encode("utf-16")}), "broken Word file"),
        (docx(parts={"document": b" " * 60_000_000}), "unpacks to more"),
        (docx(parts={"document": b"<a>" * 2_000_000}), "broken|memory or time"),
        (docx(), "without words"),
        (docx(parts={f"part{n}": b"" for n in range(5_001)}), "unpacks to more"),
    ],
    ids=["old", "cut", "no zip", "doctype", "utf-16", "blanks", "nested", "empty", "parts"],
)
def test_unreadable_file_is_refused(content: bytes, sentence: str) -> None:
    """What is old, damaged, empty or too much gets one sentence."""
    assert kind_of(content) is Kind.WORD
    with pytest.raises(UnreadableDocument, match=sentence):
        read_word_file(content, "x.docx")
