"""Documents from paths."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trooptally.errors import UnreadableDocument
from trooptally.importing import Document, document

_NOBODY = 65534


def test_file_becomes_a_document(tmp_path: Path) -> None:
    """A document has the file's name and all of its bytes."""
    path = tmp_path / "claims.csv"
    path.write_bytes(b"force,place\n")
    found = Document.at(path)
    assert (found.name, found.content) == ("claims.csv", b"force,place\n")


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is refused as one."""
    with pytest.raises(UnreadableDocument, match="is a folder"):
        Document.at(tmp_path)


@pytest.mark.parametrize("name", ["missing.csv", "missing/claims.csv", "nul\0.csv"])
def test_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    """A file that is not there is refused as missing."""
    with pytest.raises(UnreadableDocument, match="There is no file"):
        Document.at(f"{tmp_path}/{name}")


def test_empty_file_is_refused(tmp_path: Path) -> None:
    """A file without a byte is refused as empty."""
    (tmp_path / "empty.csv").touch()
    with pytest.raises(UnreadableDocument, match="is empty"):
        Document.at(tmp_path / "empty.csv")


@contextmanager
def without_rights_of_root() -> Iterator[None]:
    """Act as nobody for a moment, where the tests run as root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_unreadable_file_is_refused(what: str) -> None:
    """A file that may not be read, or whose folder may not be entered, is refused for its rights."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to all but root
        path = Path(folder, "secret.csv")
        path.write_text("x")
        path.chmod(0 if what == "file" else 0o644)
        Path(folder).chmod(0o755 if what == "file" else 0)
        with without_rights_of_root(), pytest.raises(UnreadableDocument, match="may not be read"):
            Document.at(path)
        Path(folder).chmod(0o700)


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused by its size."""
    monkeypatch.setattr(document, "LARGEST", 3)
    (tmp_path / "big.csv").write_text("1234")
    with pytest.raises(UnreadableDocument, match="MB"):
        Document.at(tmp_path / "big.csv")
