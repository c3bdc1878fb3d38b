"""A full disk, torn logs, and backups in the middle of writing."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from drill_ledger import REPORT, WHO, Child, broken, drafts, fresh, ids, template

from trooptally.errors import LedgerError
from trooptally.ledger import Ledger
from trooptally.ledger.keeping import backup, restore


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path | None]:
    """Yield a small file system of its own, or None where mounting is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder.mkdir(exist_ok=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={megabytes}m".encode()):
        yield None
        return
    try:
        yield folder
    finally:
        libc.umount2(os.fsencode(folder), 2)


def full_disk(rows: int, folder: Path) -> Counter[str]:
    """Import more than the disk holds, save until it is full, and checkpoint on a full disk."""
    made = template(folder)
    with small_disk(folder / "small", 8) as small:
        place = small or folder
        url = fresh(made, place / "full.db")
        with Ledger.open(url) as ledger:
            ledger.record([REPORT], drafts("before", 0, 100), **WHO)
        counted = Counter(tmpfs=int(small is not None))
        counted += _import_too_much(url, rows, small)
        counted += _fill(url, place, small)
        counted += _checkpoint(url, place, small)
        counted["corrupt"] = sum(1 for _ in broken(url))
    return counted


def _import_too_much(url: str, rows: int, small: Path | None) -> Counter[str]:
    table = drafts("too much", 0, rows)

    def work(say: Callable[[str], None]) -> None:
        _limit(small)
        with Ledger.open(url) as ledger:
            try:
                ledger.record([REPORT], table, **WHO)
            except LedgerError as error:
                say(str(error))

    before = ids(url)
    said = Child(work).rest()
    return Counter(refused=len(said), unclear=int(len(said) != 1), half=len(ids(url) ^ before))


def _fill(url: str, place: Path, small: Path | None) -> Counter[str]:
    """Save one claim after another until the disk is full: what is there is what was acknowledged."""

    def work(say: Callable[[str], None]) -> None:
        _limit(small)
        with Ledger.open(url) as ledger:
            for number in range(20_000):
                table = drafts("filling", number, number + 1)
                try:
                    ledger.record([REPORT], table, **WHO)
                except LedgerError:
                    return
                say(table.claim_id[0])

    before = ids(url)
    if small:
        _stuff(place, leave=600_000)
    said = Child(work).rest()
    (place / "stuff").unlink(missing_ok=True)
    there = ids(url) - before
    with Ledger.open(url) as ledger:
        works = ledger.record([REPORT], drafts("afterwards", 0, 1), **WHO).recorded
    lost = len(set(said) - there)
    return Counter(saved=len(said), lost=lost, half=len(there - set(said)), stuck=int(works != 1))


def _checkpoint(url: str, place: Path, small: Path | None) -> Counter[str]:
    """Fill the disk while claims stand in the log alone, try a checkpoint, kill, and open again."""

    def work(say: Callable[[str], None]) -> None:
        from trooptally.ledger.engine import sqlite_driver

        reader = sqlite_driver().connect(str(place / "full.db"))
        reader.execute("SELECT count(*) FROM claim").fetchall()
        with Ledger.open(url) as ledger:
            table = drafts("in the log", 0, 300)
            ledger.record([REPORT], table, **WHO)
            for key in table.claim_id:
                say(key)
            if small:
                _stuff(place, leave=0)
            reader.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            os.kill(os.getpid(), signal.SIGKILL)

    said = Child(work).rest()
    (place / "stuff").unlink(missing_ok=True)
    return Counter(logged=len(said), lost=len(set(said) - ids(url)))


def _limit(small: Path | None) -> None:
    """Where no small disk can be mounted, let no file grow beyond two megabytes."""
    if small is None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))


def _stuff(place: Path, leave: int) -> None:
    free = shutil.disk_usage(place).free
    (place / "stuff").write_bytes(bytes(max(0, free - leave)))


def torn_logs(trials: int, folder: Path) -> Counter[str]:
    """Cut or garble the end of a write-ahead log: the ledger opens with whole changes only."""
    chance, counted = random.Random(17), Counter(trials=trials)  # noqa: S311 - drills need no secrets
    url = fresh(template(folder), folder / "log.db")
    sizes = [0]
    from trooptally.ledger.engine import sqlite_driver

    keeper = sqlite_driver().connect(str(folder / "log.db"))
    with Ledger.open(url) as ledger:
        for number in range(8):
            keeper.execute("SELECT count(*) FROM claim").fetchall()  # keeps the log from being folded in
            ledger.record([REPORT], drafts(f"batch {number}", 0, 25), **WHO)
            sizes.append(sizes[-1] + 25)
        database, log = (folder / "log.db").read_bytes(), (folder / "log.db-wal").read_bytes()
    keeper.close()
    for trial in range(trials):
        torn = f"sqlite:///{folder / 'torn.db'}"
        (folder / "torn.db").write_bytes(database)
        (folder / "torn.db-shm").unlink(missing_ok=True)
        (folder / "torn.db-wal").write_bytes(_torn(log, chance, garble=trial % 2 == 1))
        there = len(ids(torn))
        counted["half"] += there not in sizes
        counted["shortened"] += there != sizes[-1]
        counted["corrupt"] += sum(1 for _ in broken(torn))
    return counted


def _torn(log: bytes, chance: random.Random, *, garble: bool) -> bytes:
    cut = chance.randrange(len(log) // 8, len(log))
    return log[:cut] + chance.randbytes(len(log) - cut) if garble else log[:cut]


def backups(number: int, folder: Path, url: str | None = None) -> Counter[str]:
    """Take backups while a process saves: each restores, is sound, and has all that was acknowledged before it."""
    target = url or fresh(template(folder), folder / "backed.db")
    log = folder / "acknowledged"

    def work(_say: Callable[[str], None]) -> None:
        with Ledger.open(target) as ledger, log.open("w", encoding="utf-8", buffering=1) as said:
            for turn in range(100_000):
                table = drafts("backed up", turn, turn + 1)
                ledger.record([REPORT], table, **WHO)
                said.write(f"{table.claim_id[0]}\n")

    child, counted = Child(work), Counter(backups=number)
    while not log.exists() or not log.stat().st_size:
        os.sched_yield()
    for turn in range(number):
        acknowledged = set(log.read_text(encoding="utf-8").split("\n")[:-1])
        path = folder / f"backup-{turn}"
        backup(target, path)
        if url is None:
            restored = f"sqlite:///{folder / f'restored-{turn}.db'}"
            restore(path, restored)
            counted["lost"] += len(acknowledged - ids(restored))
            counted["corrupt"] += sum(1 for _ in broken(restored))
    child.kill(0)
    counted["saved"] = len(log.read_text(encoding="utf-8").split("\n")) - 1
    child.rest()
    return counted
