"""Kill -9 at a random moment, of single saves and of one big import; then count what was promised."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from drill_ledger import REPORT, WHO, Child, broken, drafts, fresh, ids, template

from trooptally.ledger import Ledger
from trooptally.model import DraftTable


def saves(trials: int, folder: Path, url: str | None = None) -> Counter[str]:
    """Kill a process that saves one claim after another; every claim it acknowledged must be there."""
    chance, counted = random.Random(11), Counter(trials=trials)  # noqa: S311 - drills need no secrets
    target = url or fresh(template(folder), folder / "saves.db")
    for trial in range(trials):
        before = ids(target)
        child = Child(_saving(target, f"trial {trial}"))
        child.first()
        child.kill(chance.uniform(0, 0.5))
        said = child.rest()
        after = ids(target)
        counted["acknowledged"] += len(said)
        counted["lost"] += len(set(said) - after)
        counted["half"] += len(after - before - set(said)) > 2  # the one on its way and the one not yet read
        counted += _again(target, f"trial {trial}", len(said) + 2, before)
    counted["corrupt"] = sum(1 for _ in broken(target))
    return counted


def _saving(url: str, batch: str) -> Callable[[Callable[[str], None]], None]:
    def work(say: Callable[[str], None]) -> None:
        with Ledger.open(url) as ledger:
            say("ready")
            for number in range(10_000):
                table = drafts(batch, number, number + 1)
                ledger.record([REPORT], table, **WHO)
                say(table.claim_id[0])

    return work


def imports(trials: int, rows: int, folder: Path, url: str | None = None) -> Counter[str]:
    """Kill a process that imports a batch; all of the batch must be there, or none."""
    chance, counted = random.Random(13), Counter(trials=trials)  # noqa: S311 - drills need no secrets
    made = None if url else template(folder)
    window = 0.0
    for trial in range(trials + 1):  # the first one is left alone, to see how long it takes
        target = url or fresh(made or folder, folder / "imports.db")
        batch = f"import {trial}"
        table, before = drafts(batch, 0, rows), ids(target)
        child = Child(_importing(target, table))
        child.first()
        start = time.perf_counter()
        if trial:
            child.kill(chance.uniform(0, window * 1.05))
        said = child.rest()
        window = window or time.perf_counter() - start
        there = len(ids(target) - before)
        counted["killed"] += bool(trial and child.status)
        counted["whole"] += there == rows
        counted["half"] += there not in (0, rows)
        counted["lost"] += bool(said) and there != rows
        with Ledger.open(target) as ledger:
            done = ledger.record([REPORT], table, **WHO)
        counted["duplicates"] += abs(len(ids(target) - before) - rows) + abs(done.recorded + done.unchanged - rows)
        counted["corrupt"] += sum(1 for _ in broken(target)) if not url or trial == trials else 0
    return counted


def _importing(url: str, table: DraftTable) -> Callable[[Callable[[str], None]], None]:
    def work(say: Callable[[str], None]) -> None:
        with Ledger.open(url) as ledger:
            say("ready")
            ledger.record([REPORT], table, **WHO)
            say("done")

    return work


def _again(url: str, batch: str, rows: int, before: set[str]) -> Counter[str]:
    """Run the work again: what is there must not be there twice."""
    with Ledger.open(url) as ledger:
        ledger.record([REPORT], drafts(batch, 0, rows), **WHO)
    return Counter(duplicates=abs(len(ids(url) - before) - rows))
