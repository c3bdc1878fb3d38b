"""Which encoding bytes are in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trooptally.errors import UnreadableDocument
from trooptally.importing import Document
from trooptally.vocabulary import Severity

WORDS = "Türkiye has 500 soldiers in Iraq"


def _document(content: bytes) -> Document:
    return Document(name="x.txt", content=content)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_or_without_its_mark(codec: str) -> None:
    """UTF-8, and UTF-16 or UTF-32 with a byte order mark, are read without an issue."""
    document = _document(WORDS.encode(codec))
    assert document.text == WORDS
    assert document.encoding.issues == ()


def test_big_endian_is_read_by_its_mark() -> None:
    """UTF-16 is read in either byte order."""
    assert _document(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")).text == WORDS


def test_windows_text_is_read_with_a_warning() -> None:
    """Western European text that is not UTF-8 is read as Windows-1252, and the doubt is kept."""
    document = _document(WORDS.encode("cp1252"))
    assert document.text == WORDS
    (issue,) = document.encoding.issues
    assert issue.severity is Severity.WARNING
    assert issue.locator == "line 1"


def test_other_alphabets_are_not_taken_for_accents() -> None:
    """Cyrillic in a single-byte encoding is refused, not read as a row of accents."""
    with pytest.raises(UnreadableDocument, match="neither UTF-8 nor Windows-1252"):
        _ = _document("Россия направила две тысячи солдат".encode("cp1251")).text


def test_mixed_encodings_are_refused_with_the_line() -> None:
    """A file whose lines are in two encodings names one line of each."""
    content = "plain\nTürkiye\n".encode() + "Côte d'Ivoire\n".encode("cp1252")
    with pytest.raises(UnreadableDocument, match="line 2 is UTF-8 and line 3 is not"):
        _ = _document(content).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n123", "a picture"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"one\ntwo\nthr\x00ee", "line 3 contains a NUL byte"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"  \n ", "is empty"),
        (codecs.BOM_UTF16_LE + b"\x00", "says that it is UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, sentence: str) -> None:
    """Binary and empty files are refused in one sentence that says what they are."""
    with pytest.raises(UnreadableDocument, match=sentence):
        _ = _document(content).text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever the bytes, the answer is a text or one sentence, never another error."""
    try:
        answer = _document(content).text
    except UnreadableDocument as err:
        answer = str(err)
    assert isinstance(answer, str)


@given(st.integers(min_value=0, max_value=1 << 21))
def test_broken_byte_is_found_across_pieces(at: int) -> None:
    """A character that stands on the border of two pieces is no broken byte."""
    content = b"a" * at + "ü".encode() * 3
    assert _document(content).encoding.codec == "utf-8"
