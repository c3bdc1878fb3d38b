"""Many processes that change the same few claims: nobody's change is lost, and nobody is shown an error."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from drill_ledger import REPORT, WHO, Child, broken, drafts, fresh, template

from trooptally.errors import Conflict, TrooptallyError
from trooptally.ledger import Ledger

_HOT = 20


def writers(processes: int, writes: int, folder: Path, url: str | None = None) -> dict[str, float]:
    """Let processes correct hot claims at once; every acknowledged note must be a version of its claim."""
    target = url or fresh(template(folder), folder / "writers.db")
    table = drafts("hot", 0, _HOT)
    with Ledger.open(target) as ledger:
        ledger.record([REPORT], table, **WHO)
    start = time.perf_counter()
    children = [Child(_writing(target, number, writes, table.claim_id)) for number in range(processes)]
    results = [json.loads(line) for child in children for line in child.rest()]
    seconds = time.perf_counter() - start
    acknowledged = [tuple(pair) for result in results for pair in result["notes"]]
    waits = sorted(wait for result in results for wait in result["waits"])
    with Ledger.open(target, read_only=True) as ledger:
        versions = {key: ledger.claim(key).versions for key in table.claim_id}
    notes = {(key, v.changed["note"][1]) for key, several in versions.items() for v in several if "note" in v.changed}
    return {
        "processes": processes,
        "acknowledged": len(acknowledged),
        "lost": len(set(acknowledged) - notes) + (processes * writes - len(acknowledged)),
        "errors": sum(result["errors"] for result in results) + (processes - len(results)),
        "conflicts": sum(result["conflicts"] for result in results),
        "corrupt": sum(1 for _ in broken(target)),
        "per_second": round(len(acknowledged) / seconds),
        "p50_ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99_ms": round(waits[len(waits) * 99 // 100] * 1000, 1),
        "max_ms": round(waits[-1] * 1000, 1),
    }


def _writing(url: str, number: int, writes: int, claims: list[str]) -> Callable[[Callable[[str], None]], None]:
    def work(say: Callable[[str], None]) -> None:
        notes: list[tuple[str, str]] = []
        waits: list[float] = []
        counted: Counter[str] = Counter(errors=0, conflicts=0)
        with Ledger.open(url) as ledger:
            for turn in range(writes):
                claim, note = claims[(number * 7 + turn) % len(claims)], f"{number}.{turn}"
                start = time.perf_counter()
                try:
                    counted["conflicts"] += _write(ledger, claim, note)
                    notes.append((claim, note))
                except TrooptallyError:
                    counted["errors"] += 1
                waits.append(time.perf_counter() - start)
        say(json.dumps({"notes": notes, "waits": waits, **counted}))

    return work


def _write(ledger: Ledger, claim: str, note: str) -> int:
    """Correct a claim as a person does: look, decide, save; after a conflict look again. Return the conflicts."""
    conflicts = 0
    while True:
        seen = ledger.claim(claim).columns["version"]
        try:
            ledger.correct(claim, {"note": note}, version=seen, **WHO)
        except Conflict:
            conflicts += 1
        else:
            return conflicts
