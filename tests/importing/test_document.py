"""Documents from paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from trooptally.errors import UnreadableDocument
from trooptally.importing import Document, document

if TYPE_CHECKING:
    from pathlib import Path


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


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_refused(tmp_path: Path) -> None:
    """A file that may not be read is refused for its rights."""
    path = tmp_path / "secret.csv"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableDocument, match="may not be read"):
        Document.at(path)


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused by its size."""
    monkeypatch.setattr(document, "LARGEST", 3)
    (tmp_path / "big.csv").write_text("1234")
    with pytest.raises(UnreadableDocument, match="MB"):
        Document.at(tmp_path / "big.csv")
