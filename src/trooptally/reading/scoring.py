"""How well the reader reads labelled documents: four levels, from finding a figure to getting all of it right.

    python -m trooptally.reading.scoring LABELLED.jsonl [--errors] [--fold N/M]

A labelled document is one JSON object a line: `doc_id, text, title, published_on, publisher, figures`, each figure with
`start, end, low, point, high, hedge, measure, force, location`, where `*_alt` lists further right answers, `also_at`
lists repetitions and `optional` marks what is neither asked for nor counted against the reader.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from trooptally.reading.door import read
from trooptally.reading.rows import as_row

Row: TypeAlias = Mapping[str, Any]

LEVELS: dict[str, tuple[str, ...]] = {
    "detection": (),
    "value and measure": ("measure",),
    "value, force and place": ("force", "location"),
    "full record": ("hedge", "measure", "force", "location"),
}


@dataclass(slots=True)
class Tally:
    """Hits, proposals and demands of one level."""

    hits: int = 0
    proposed: int = 0
    asked: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.proposed + self.asked) if self.proposed + self.asked else 1.0

    def __str__(self) -> str:
        precision = self.hits / self.proposed if self.proposed else 1.0
        recall = self.hits / self.asked if self.asked else 1.0
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {self.f1:.3f}"


@dataclass(slots=True)
class Scores:
    """The tallies of all levels, and what went wrong where."""

    levels: dict[str, Tally] = field(default_factory=lambda: {level: Tally() for level in LEVELS})
    documents: int = 0
    silent: int = 0
    alarmed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, document: Row, proposed: Sequence[Row]) -> None:
        """Count one document."""
        asked = [figure for figure in document["figures"] if not figure.get("optional")]
        optional = [figure for figure in document["figures"] if figure.get("optional")]
        found = _paired(asked, proposed, _detected)
        spare = [j for j in range(len(proposed)) if j not in found.values()]
        extra = [j for j in spare if not any(_overlaps(figure, proposed[j]) for figure in optional)]
        counted = len(found) + len(extra)
        self.documents += 1
        self.silent += not asked
        self.alarmed += not asked and counted > 0
        for level, names in LEVELS.items():
            pairs = _paired(asked, proposed, partial(_fits, names))
            tally = self.levels[level]
            tally.hits += len(pairs)
            tally.proposed += counted
            tally.asked += len(asked)
        self._note(document, asked, proposed, found, extra)

    def _note(
        self, document: Row, asked: Sequence[Row], proposed: Sequence[Row], found: dict[int, int], extra: list[int]
    ) -> None:
        name = document["doc_id"]
        for i, gold in enumerate(asked):
            if i not in found:
                self.errors.append(
                    f"{name}: missed {gold['quote']!r} ({gold['measure']}, {gold['force']}, {gold['location']})"
                )
                continue
            row = proposed[found[i]]
            wrong = [
                f"{n} {row.get(n)!r} for {gold.get(n)!r}" for n in LEVELS["full record"] if not _right(gold, row, n)
            ]
            if wrong:
                self.errors.append(f"{name}: {gold['quote']!r}: {', '.join(wrong)}")
        self.errors += [f"{name}: proposed {proposed[j]['quote']!r} ({proposed[j]['measure']})" for j in extra]


def score(documents: Iterable[Row]) -> Scores:
    """Return the scores of the reader on labelled documents."""
    scores = Scores()
    for document in documents:
        scores.add(document, proposals(document))
    return scores


def proposals(document: Row) -> list[dict[str, Any]]:
    """Return what the reader proposes for a document, places and forces under the names that labels use."""
    drafts = read(
        document["text"], published_on=document.get("published_on"), publisher=document.get("publisher") or "",
        title=document.get("title") or "",
    )  # fmt: skip
    return [row | {"force": row["force_name"]} for row in map(as_row, drafts)]


def _paired(asked: Sequence[Row], proposed: Sequence[Row], fits: Callable[[Row, Row], bool]) -> dict[int, int]:
    """Return the largest one-to-one pairing of labels with proposals, by augmenting paths."""
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in range(len(proposed)):
            if j in tried or not fits(asked[i], proposed[j]):
                continue
            tried.add(j)
            if j not in taken or place(taken[j], tried):
                taken[j] = i
                return True
        return False

    for i in range(len(asked)):
        place(i, set())
    return {i: j for j, i in taken.items()}


def _fits(names: Sequence[str], gold: Row, row: Row) -> bool:
    return _detected(gold, row) and all(_right(gold, row, name) for name in names)


def _detected(gold: Row, row: Row) -> bool:
    return _same_value(gold, row) and _overlaps(gold, row)


def _overlaps(gold: Row, row: Row) -> bool:
    spans = [gold, *(gold.get("also_at") or [])]
    return any(span["start"] < row["end"] and row["start"] < span["end"] for span in spans)


def _same_value(gold: Row, row: Row) -> bool:
    if gold["hedge"] == "vague":
        return row["hedge"] == "vague" or gold.get("low") in (row["low"], row["point"])
    if gold["hedge"] == "range":
        return (gold["low"], gold["high"]) == (row["low"], row["high"])
    named = next(n for n in (gold.get("point"), gold.get("low"), gold.get("high")) if n is not None)
    return {n for n in (row["low"], row["point"], row["high"]) if n is not None} == {named}


def _right(gold: Row, row: Row, name: str) -> bool:
    answers = [gold.get(name), *(gold.get(f"{name}_alt") or [])]
    return _plain(row.get(name)) in [_plain(answer) for answer in answers]


def _plain(answer: Any) -> str | None:
    """Return an answer without article and case, names of states and unions as their ids."""
    if answer in (None, ""):
        return None
    name = " ".join(str(answer).split()).casefold().removeprefix("the ")
    return _SPELLINGS.get(name, name)


_SPELLINGS = {
    "united nations": "un",
    "african union": "au",
    "european union": "eu",
    "north atlantic treaty organization": "nato",
    "persian gulf": "gulf",
    "islamic state": "isis",
    "multi-national force": "multinational force",
    "wagner group": "wagner",
    "worldwide": "global",
}


def report(scores: Scores, *, errors: bool) -> str:
    """Return the scores as text for a terminal."""
    lines = [f"{scores.documents} documents"]
    lines += [f"  {level:24} {tally}" for level, tally in scores.levels.items()]
    lines.append(f"  false alarms in {scores.alarmed} of {scores.silent} documents without a figure")
    if errors:
        lines += [f"  {error}" for error in scores.errors]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the reader on a file and print the four levels."""
    parser = argparse.ArgumentParser(description="Score the reader on labelled documents.")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed, wrong or proposed in vain")
    parser.add_argument("--only", default="", help="a file with the ids of the documents to score, one a line")
    options = parser.parse_args(arguments)
    only = set(Path(options.only).read_text(encoding="utf-8").split()) if options.only else None
    with options.labelled.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    chosen = [document for document in documents if only is None or document["doc_id"] in only]
    sys.stdout.write(report(score(chosen), errors=options.errors) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
