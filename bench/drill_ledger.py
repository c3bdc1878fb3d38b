"""What every drill needs: a ledger, drafts by number, children that can be killed, and a look at what is left."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from trooptally.dates import parse_as_of
from trooptally.figures import parse_figure
from trooptally.ledger import Ledger
from trooptally.ledger.engine import ledger_url, reading_engine, sqlite_driver
from trooptally.model import Attribution, Draft, DraftTable, Link, Report
from trooptally.vocabulary import Measure

WHO: dict[str, Any] = {"contributor": "drill", "reason": "a drill"}
REPORT = Report(source_id="the-drill", publisher="The Drill", title="Drill", url="https://drill.example/1")
PLACES = ("IRQ", "SYR", "AFG", "KWT", "JOR")


def template(folder: Path) -> Path:
    """Make an empty ledger to copy."""
    path = folder / "template.db"
    Ledger.create(f"sqlite:///{path}").close()
    return path


def fresh(made: Path, path: Path) -> str:
    """Copy an empty ledger and return the copy's URL."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(made, path)
    return f"sqlite:///{path}"


def drafts(batch: str, start: int, stop: int) -> DraftTable:
    """Return drafts by number; the same numbers of a batch are the same claims."""
    as_of, figure = parse_as_of("2021-09-20"), parse_figure("about 2,500").figure
    said = Attribution(links=(Link(source_id="the-drill", printed="The Drill"),), printed="")
    return DraftTable.of(
        [
            Draft(
                report=REPORT,
                locator=f"{batch}, row {number}",
                quote="about 2,500 troops",
                printed="about 2,500",
                figure=figure,
                force="USA",
                place=PLACES[number % len(PLACES)],
                measure=Measure.PRESENT,
                as_of=as_of,
                attribution=said,
            )
            for number in range(start, stop)
        ]
    )


class Child:
    """A process of its own that does some work, says what it has done, and can be killed at any moment."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        """Start the work; it is handed a function that says one line."""
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            status = 1
            try:
                work(lambda line: _say(writing, line))
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        self._lines = os.fdopen(reading, encoding="utf-8")

    def first(self) -> str:
        """Wait for the first line."""
        return self._lines.readline().rstrip()

    def kill(self, after: float) -> None:
        """Kill it, whatever it is doing."""
        time.sleep(after)
        os.kill(self.pid, signal.SIGKILL)

    def rest(self) -> list[str]:
        """Return the lines it still said, once it has ended."""
        with self._lines:
            lines = [line.rstrip("\n") for line in self._lines if line.endswith("\n")]
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return lines


def _say(descriptor: int, line: str) -> None:
    os.write(descriptor, f"{line}\n".encode())


def ids(url: str) -> set[str]:
    """Return the ids of all claims, read past the program's questions."""
    engine = reading_engine(ledger_url(url))
    try:
        with engine.connect() as connection:
            return set(connection.exec_driver_sql("SELECT DISTINCT claim_id FROM claim").scalars())
    finally:
        engine.dispose()


def broken(url: str) -> Iterator[str]:
    """Yield what is wrong with a ledger's pages or history."""
    target = ledger_url(url)
    if target.get_backend_name() == "sqlite":
        with closing(sqlite_driver().connect(target.database)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok":
                yield said
    with Ledger.open(url, read_only=True) as ledger:
        yield from map(str, ledger.verify().findings)
