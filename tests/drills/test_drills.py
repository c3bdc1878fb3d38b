"""The drills of `bench/drill.py`, short: kills, full disks, torn logs, crowds of writers, backups while writing."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest

DRILL = Path(__file__).parents[2] / "bench" / "drill.py"

_numbers = count(1)


def drilled(*arguments: str) -> dict[str, Any]:
    """Run a drill and return what it counted."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(DRILL), "--short", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout, done.stderr
    counted: dict[str, Any] = json.loads(done.stdout)
    assert counted["kept"], counted
    assert done.returncode == 0
    return counted


def test_a_killed_save_loses_nothing_that_was_acknowledged() -> None:
    """Kill -9 at random moments between saves: every acknowledged claim is there, none twice, and it verifies."""
    assert drilled("killed saves")["acknowledged"] > 0


def test_a_killed_import_is_there_whole_or_not_at_all() -> None:
    """Kill -9 at random moments of an import: all rows or none, and running it again makes it whole, once."""
    assert drilled("killed imports")["killed"] > 0


def test_a_crowd_of_writers_loses_no_update() -> None:
    """Processes that correct the same claims at once see conflicts, never errors, and every change is kept."""
    counted = drilled("writers")
    assert counted["acknowledged"] == 60


def test_a_full_disk_refuses_clearly_and_keeps_what_was_acknowledged() -> None:
    """Too big an import, a filling disk and a checkpoint on a full one: one sentence each, nothing lost or halved."""
    assert drilled("full disk")["refused"] == 1


def test_a_torn_log_opens_with_whole_changes_only() -> None:
    """A write-ahead log cut or garbled anywhere: the ledger opens, verifies, and holds a beginning of the changes."""
    assert drilled("torn logs")["shortened"] > 0


def test_backups_during_writes_all_restore() -> None:
    """Each backup taken while another process writes restores, verifies, and has all acknowledged before it."""
    assert drilled("backups")["saved"] > 0


@pytest.mark.parametrize("name", ["killed saves", "killed imports", "writers"])
def test_the_same_holds_on_postgresql(request: pytest.FixtureRequest, name: str) -> None:
    """Killed clients and crowds of writers lose nothing on a server either."""
    server = request.getfixturevalue("cluster")
    drilled(name, "--postgresql", server.database(f"drill_{next(_numbers)}"))
