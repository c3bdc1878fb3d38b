"""The folder of a site: taken only if it is ours or empty, and exchanged whole once everything is written."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from trooptally.errors import RefusedInput, TrooptallyError

MARKER = "trooptally-site.json"
MADE_BY = "trooptally publish"


def require_free(folder: Path, ours: frozenset[str]) -> None:
    """Refuse a folder that holds anything but a site of ours.

    Args:
        folder: Where the site shall stand.
        ours: The names that a site has at its top.

    Raises:
        RefusedInput: something else stands there, or there is no folder to put it into.
    """
    if not folder.parent.is_dir():
        raise RefusedInput(f"There is no folder {folder.parent} to write the site into; make it first.")
    if folder in (Path.cwd(), *Path.cwd().parents):
        raise RefusedInput(f"{folder} is the folder you are in; name one within it, such as 'site'.")
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise RefusedInput(f"{folder} is not a folder; nothing was written.")
    try:
        held = {path.name for path in folder.iterdir()}
    except OSError as err:
        raise RefusedInput(f"{folder} cannot be read: {_reason(err)}.") from err
    if held and not _is_site(folder):
        raise RefusedInput(
            f"{folder} is there already and is not a site that Trooptally made; name a new or empty folder."
        )
    foreign = sorted(held - ours)
    if foreign:
        raise RefusedInput(
            f"{folder} holds {foreign[0]!r}, which Trooptally did not write and would lose; move it elsewhere first."
        )


@contextmanager
def exchanged(folder: Path) -> Iterator[Path]:
    """Give a new folder beside the named one, and put it in that one's place when the block ends well.

    Whatever goes wrong, what stood at the name still stands there, and nothing is left beside it.

    Raises:
        TrooptallyError: the file system refused.
    """
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    try:
        fresh.mkdir()
        yield fresh
        _exchange(folder, fresh, old)
    except OSError as err:
        raise TrooptallyError(
            f"The site could not be written to {folder}: {_reason(err)}; what stood there is unchanged."
        ) from err
    finally:
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)


def _exchange(folder: Path, fresh: Path, old: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    shutil.copymode(folder, fresh)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        old.rename(folder)
        raise


def _beside(folder: Path, role: str) -> Path:
    return folder.with_name(f".{folder.name}.{role}-{secrets.token_hex(4)}")


def _is_site(folder: Path) -> bool:
    with suppress(OSError, ValueError):
        marked = orjson.loads((folder / MARKER).read_bytes())
        return isinstance(marked, dict) and marked.get("made_by") == MADE_BY
    return False


def _reason(err: OSError) -> str:
    return (err.strerror or str(err)).lower()
