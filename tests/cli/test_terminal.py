"""What only a terminal shows: questions, a confirmation, and a clean end when somebody stops it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="this system has no terminals of that kind")

_PATIENCE = 60.0


class _Person:
    """Sits at a terminal in front of the program."""

    def __init__(self, *arguments: str, folder: Path) -> None:
        self._own, theirs = pty.openpty()
        self.program = subprocess.Popen(
            [sys.executable, "-m", "trooptally", *arguments],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_heed_interrupts,  # noqa: PLW1509  this process has no threads that hold locks
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, words: str) -> None:
        """Read until the words stand on the screen."""
        end = time.monotonic() + _PATIENCE
        while words not in self.seen:
            ready, _, _ = select.select([self._own], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{words!r} never came; there was {self.seen!r}"
            self.seen += os.read(self._own, 4096).decode()

    def type(self, line: str) -> None:
        """Type one line."""
        os.write(self._own, line.encode() + b"\n")

    def press_ctrl_c(self) -> None:
        """Interrupt the program, and once more if it took no notice, as a person would.

        An interrupt between the showing of a question and the wait for its answer is only noticed with the next one.
        """
        end = time.monotonic() + _PATIENCE
        while self.program.poll() is None and time.monotonic() < end:
            os.killpg(self.program.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.program.wait(5)

    def leave(self) -> int:
        """Read what is left, and return the exit status."""
        end = time.monotonic() + _PATIENCE
        try:
            while select.select([self._own], [], [], max(0.0, end - time.monotonic()))[0]:
                self.seen += os.read(self._own, 4096).decode()
        except OSError:  # the other end is closed
            pass
        os.close(self._own)
        return self.program.wait(_PATIENCE)


def _heed_interrupts() -> None:
    """Let Ctrl-C work in the program even where a background job passes it on as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty ledger of the default name."""
    Ledger.create(f"sqlite:///{tmp_path / 'trooptally.db'}").close()
    return tmp_path


def test_add_asks_for_what_is_missing(folder: Path) -> None:
    """On a terminal, add asks for the fields that no flag gave, says what it understood, and asks before writing."""
    person = _Person("add", "--force", "American", "--place", "Iraq", "--url", "https://news.example/1", folder=folder)
    for title, answer in (
        ("Measure", "present"),
        ("Figure", "about 2,500"),
        ("As of", "2021-09-20"),
        ("Published on", ""),
        ("Publisher", "Reuters"),
        ("Attributed to", ""),
        ("Quote", ""),
        ("Write it?", "y"),
    ):
        person.wait_for(f"{title}")
        time.sleep(0.1)
        person.type(answer)
    assert person.leave() == 0
    assert "about 2,500 = approximately 2,500" in person.seen
    with Ledger.open(f"sqlite:///{folder / 'trooptally.db'}") as ledger:
        assert ledger.claims()["point"].tolist() == [2500]


def test_stopping_ends_with_one_line(folder: Path) -> None:
    """Ctrl-C ends with status 130 and one line, and nothing is written."""
    person = _Person("add", folder=folder)
    person.wait_for("Force: ")
    person.press_ctrl_c()
    assert person.leave() == 130
    assert "Stopped" in person.seen
    assert "Traceback" not in person.seen
    with Ledger.open(f"sqlite:///{folder / 'trooptally.db'}") as ledger:
        assert len(ledger.claims()) == 0
