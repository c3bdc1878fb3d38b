"""Verifying: is the history what was written? Every row is hashed again and every chain link compared.

The rows are streamed in the order of the changes, so memory does not grow with the claims. What is derived (instants,
sources, series, counts) is recomputed from the claims and compared as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection

from trooptally.ledger import rows
from trooptally.ledger.anchors import Anchor
from trooptally.ledger.chain import FIRST, change_hash, row_hash
from trooptally.ledger.derived import Counts, derived_findings
from trooptally.ledger.findings import Finding, Findings
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.record import CONTENT, claim_line
from trooptally.ledger.roll import Difference, in_root, root_of_roll, row_line
from trooptally.ledger.tally import SERIES_KEY
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found.

    Attributes:
        findings: What is not as it was written, first things first; empty if all is well.
        changes: How many changes were read.
        rows: How many rows were hashed.
        head: The anchor of the last change, None of an empty history.
    """

    findings: tuple[Finding, ...]
    changes: int
    rows: int
    head: Anchor | None

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(connection: Connection, anchors: Sequence[Anchor] = ()) -> Verified:
    """Read the whole history and compare it with its hashes and with the anchors."""
    reading = _Reading(connection, {anchor.change: anchor for anchor in anchors})
    for change in rows.changes(connection):
        reading.change(change)
    reading.end(anchors)
    return Verified(findings=tuple(reading.findings), changes=reading.changes, rows=reading.hashed, head=reading.head)


_AT = {name: position for position, name in enumerate(rows.CLAIM_COLUMNS)}
_CONTENT = slice(_AT[CONTENT[0]], _AT[CONTENT[0]] + len(CONTENT))
_SERIES = slice(_AT[SERIES_KEY[0]], _AT[SERIES_KEY[0]] + len(SERIES_KEY))
_SOURCE, _ORIGIN = _AT["source_id"], _AT["origin_id"]
_RECORDED_AT = _AT["recorded_at"]


@dataclass(slots=True)
class _Reading:
    """A verification on its way through the changes."""

    connection: Connection
    anchored: dict[int, Anchor]
    findings: Findings = field(default_factory=Findings)
    changes: int = 0
    hashed: int = 0
    head: Anchor | None = None
    previous: str = FIRST
    counts: Counts = field(default_factory=Counts)
    tables: dict[str, rows.Rows] = field(default_factory=dict)
    _qualifiers: dict[tuple[str, int], list[tuple[Any, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open a stream for every table."""
        streams: dict[str, Iterator[tuple[int, Any]]] = {
            table.name: rows.plain_lines(self.connection, table) for table in rows.PLAIN
        }
        streams |= {
            "attribution_link": rows.link_lines(self.connection),
            "claim": rows.claims(self.connection),
            "qualifier": rows.qualifiers(self.connection),
            "roll": rows.roll(self.connection),
            "closing": rows.closings(self.connection),
            "tally": rows.tallies(self.connection),
        }
        self.tables = {name: rows.Rows(name, stream) for name, stream in streams.items()}

    def change(self, change: tuple[Any, ...]) -> None:
        """Compare one change with its link in the chain, its rows with its root, and its counts with the claims."""
        seq, at, name, *_, claims, root, previous, written = change
        if seq != self.changes + 1:
            missing = self.changes + 1
            self.findings.add(f"change {missing}", f"it is missing; the next one is change {seq}", missing)
        elif previous != self.previous:
            self.findings.add(f"change {seq}", "it does not follow the change before it", seq)
        if name is None:
            self.findings.add(f"change {seq}", "its contributor is missing", seq)
        if change_hash(change[:9], previous) != written:
            self.findings.add(f"change {seq}", "who, when, why or what it says was edited after it was written", seq)
        difference = Difference(self.tables["roll"].of(seq))
        found, there = self._root(seq, at, difference)
        self._name(seq, difference, found, root)
        if there != claims and not difference:
            self.findings.add(f"change {seq}", f"it wrote {claims} versions of claims, and {there} are there", seq)
        self.counts.close(self.tables["closing"].of(seq))
        for finding in self.counts.compare(at, self.tables["tally"].of(seq)):
            self.findings.add(*finding, seq)
        self._step(Anchor(change=seq, hash=written, at=printed_instant(at)))

    def end(self, anchors: Iterable[Anchor]) -> None:
        """Look for what is cut off, left over, or derived wrongly."""
        for anchor in anchors:
            if anchor.change > self.changes:
                problem = f"it is missing: the anchor of {anchor.at} knows it, the history ends at {self.changes}"
                self.findings.add(f"change {anchor.change}", problem, anchor.change)
        for table in self.tables.values():
            if table.stray() is not None:
                self.findings.add(f"{table.name}", f"a row belongs to change {table.stray()}, which is missing", None)
        for row, problem in derived_findings(self.connection, self.counts):
            self.findings.add(row, problem, None)

    def _step(self, head: Anchor) -> None:
        self.changes, self.previous, self.head = head.change, head.hash, head
        anchor = self.anchored.get(head.change)
        if anchor is not None and anchor.hash != head.hash:
            problem = f"its hash is not the one of the anchor of {anchor.at}: the history up to it was rewritten"
            self.findings.add(f"change {head.change}", problem, head.change)

    def _name(self, seq: int, difference: Difference, found: str, root: str) -> None:
        """Name the rows of a change that are not as its roll says, or the roll where that is what was edited."""
        match found == root, bool(difference):
            case True, True:
                self.findings.add(f"roll of change {seq}", "it does not list the rows that are there", seq)
            case False, False:
                self.findings.add(f"change {seq}", "a row of it was edited, and its line on the roll alike", seq)
            case False, True:
                for row, problem in difference.touched():
                    self.findings.add(row, problem, seq)
                if root_of_roll(line for _, line in rows.roll(self.connection, seq)) != root:
                    self.findings.add(f"roll of change {seq}", "it was edited after it was written", seq)

    def _root(self, seq: int, at: int, difference: Difference) -> tuple[str, int]:
        """Return the root that the rows of a change have now, and how many versions of claims there are."""
        self._qualifiers = defaultdict(list)
        for row in self.tables["qualifier"].of(seq):
            self._qualifiers[row[0], row[1]].append(row)
        lines = {table.name: sorted(self.tables[table.name].of(seq)) for table in rows.PLAIN}
        lines["attribution_link"] = sorted(self.tables["attribution_link"].of(seq))
        lines["qualifier"] = sorted(
            row_line(tables.qualifier, row) for several in self._qualifiers.values() for row in several
        )
        digest, before = blake2b(digest_size=32), b""
        claims = 0
        for name in sorted((*lines, "claim"), key=lambda name: f"{name}:"):
            for line in self._claims(seq, at) if name == "claim" else lines[name]:
                difference.meet(line)
                digest.update(before + in_root(line).encode())
                before = b"\n"
                self.hashed += 1
                claims += name == "claim"
        difference.end()
        return digest.hexdigest(), claims

    def _claims(self, seq: int, at: int) -> Iterator[str]:
        """Yield the lines of the versions that a change wrote, in their order, and look at each."""
        entered = Counter[tuple[str, ...]]()
        for row in self.tables["claim"].of(seq):
            claim_id, version, status, rank, recorded_at, content_hash = row[:6]
            content, of_report, of_attribution = row[_CONTENT], row[-2], row[-1]
            plain = row_hash(content)
            several = self._qualifiers.get((claim_id, version)) if self._qualifiers else None
            if several:
                plain = row_hash([plain, *[[kind, text] for *_, kind, text in several]])
            if plain != content_hash:
                self._add_claim(row, seq, "a value of it was edited after it was written")
            if recorded_at != at:
                self._add_claim(row, seq, "the instant it was recorded at is not that of its change")
            if row[_SOURCE] != of_report:
                self._add_claim(row, seq, "its source is not that of its report")
            if row[_ORIGIN] != of_attribution:
                self._add_claim(row, seq, "its origin is not that of its attribution")
            entered[*row[_SERIES], status, row[_ORIGIN]] += 1
            yield claim_line(claim_id, version, status, rank, content_hash)
        self.counts.enter(entered)

    def _add_claim(self, row: tuple[Any, ...], seq: int, problem: str) -> None:
        self.findings.add(f"claim {row[0]} version {row[1]}", problem, seq)
