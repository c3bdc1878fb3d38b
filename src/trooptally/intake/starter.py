"""The starter facts, the sample story and the events that ship with the program."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from trooptally.importing import Document, Particulars
from trooptally.intake.taking import take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.intake.receipt import Receipt
    from trooptally.ledger import Ledger

_CONTRIBUTOR = "trooptally"
_STORY = Particulars(publisher="Trooptally sample desk", published_on="2021-09-20")


def take_starter(ledger: Ledger) -> Iterator[Receipt]:
    """Record the starter facts as claims and the sample story as drafts; what is there adds nothing."""
    for document in (_shipped("claims.csv"), _shipped("official.csv"), _shipped("story.txt", _STORY)):
        yield take_in(ledger, document, contributor=_CONTRIBUTOR, reason="starter facts")


def take_starter_events(ledger: Ledger) -> int:
    """Record the events of the starter data and return how many there are; what is there is left as it is."""
    rows = list(csv.DictReader(_shipped("events.csv").content.decode().splitlines()))
    for row in rows:
        ledger.add_event(**row, contributor=_CONTRIBUTOR, reason="starter facts")
    return len(rows)


def _shipped(name: str, particulars: Particulars | None = None) -> Document:
    content = files("trooptally_db").joinpath("starter", name).read_bytes()
    return Document(name=name, content=content, particulars=particulars or Particulars())
