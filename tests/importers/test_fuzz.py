"""Damaged documents: whatever is wrong with one, the answer is claims or one sentence, never a crash."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from support.workbooks import counts, location_rows, sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importing import Document
from trooptally.intake import check
from trooptally.names import Names

WORKBOOKS = int(os.environ.get("TROOPTALLY_FUZZ_WORKBOOKS", "60"))
TABLES = int(os.environ.get("TROOPTALLY_FUZZ_TABLES", "200"))
"""How many damaged documents are tried; the full numbers are 3000 and 2000 (see bench/fuzz_importers.py)."""

_WORDS = (
    b"0",
    b"-1",
    b"NA",
    b"",
    b'"',
    b",",
    b"\n",
    b"1e9",
    b"=SUM(A1:A9)",
    b"IRAQ*",
    b"\xff",
    b"9" * 40,
    b"171,00",
    b"\0",
)

Damage = Callable[[random.Random, bytes], bytes]


def workbook() -> bytes:
    """Return a healthy location workbook."""
    rows: list[list[Any]] = [
        ["OVERSEAS", "GERMANY", *counts(7, 1)],
        [None, "IRAQ*", *[None] * 12],
        ["OVERSEAS TOTAL", None, *counts(7, 1)],
    ]
    return sheet_bytes(location_rows(rows))


def compilation() -> bytes:
    """Return a healthy compilation."""
    old, new = "Total,Total Ashore,Total Afloat,Army Total", "Total Active Duty,Army Active Duty"
    head = f"ccode,source,Location,{old},troops_ad,army_ad,{new}"
    rows = ["255,September 1990,Germany,5,4,1,4,5,4,NA,NA", "645,September 2021,IRAQ*,NA,NA,NA,NA,0,0,0,NA"] * 3
    return "\n".join([head, *rows]).encode()


def some_bytes(chance: random.Random, content: bytes) -> bytes:
    """Overwrite, cut or double a few bytes."""
    damaged = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(damaged))
        match chance.randrange(3):
            case 0:
                damaged[at] = chance.randrange(256)
            case 1:
                del damaged[at : at + chance.randrange(1, 40)]
            case _:
                damaged[at:at] = damaged[at : at + chance.randrange(1, 40)]
        if len(damaged) < 2:
            return b"x"
    return bytes(damaged)


def some_words(chance: random.Random, content: bytes) -> bytes:
    """Replace whole cells by awkward words."""
    cells = content.split(b",")
    for _ in range(chance.randrange(1, 6)):
        cells[chance.randrange(len(cells))] = chance.choice(_WORDS)
    return b",".join(cells)


def inside(chance: random.Random, content: bytes) -> bytes:
    """Damage one part of the archive and pack it again, so that the parser sees the damage."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name in parts if name.endswith(".xml")])
    damage = chance.choice((some_bytes, some_text))
    parts[chosen] = damage(chance, parts[chosen])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def some_text(chance: random.Random, content: bytes) -> bytes:
    """Replace the text of some elements by awkward words."""
    pieces = content.split(b">")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(pieces))
        _, mark, rest = pieces[at].partition(b"<")
        pieces[at] = chance.choice(_WORDS[:-1]) + mark + rest
    return b">".join(pieces)


def answered(document: Document) -> str:
    """Return how a document was answered: "taken", or the sentence that refuses it."""
    try:
        extract = check(document, Names.shipped()).extract
    except RefusedInput as err:
        return str(err)
    assert extract.balanced
    return "taken"


@pytest.mark.parametrize("damage", [some_bytes, inside])
def test_damaged_workbooks_never_crash(damage: Damage) -> None:
    """A damaged workbook is read or refused in one sentence."""
    healthy = workbook()
    for seed in range(WORKBOOKS // 2):
        damaged = damage(random.Random(seed), healthy)  # noqa: S311 - reproducible damage, not a secret
        assert "\n" not in answered(Document(name="damaged.xlsx", content=damaged)).strip(), seed


@pytest.mark.parametrize("damage", [some_bytes, some_words])
def test_damaged_tables_never_crash(damage: Damage) -> None:
    """A damaged compilation is read or refused in one sentence."""
    healthy = compilation()
    for seed in range(TABLES // 2):
        damaged = damage(random.Random(seed), healthy)  # noqa: S311 - reproducible damage, not a secret
        assert answered(Document(name="damaged.csv", content=damaged)), seed
