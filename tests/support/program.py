"""The program as people run it: its own process in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(folder: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `trooptally` in a folder, warnings as errors, with no ledger named but the default one."""
    environment = {name: word for name, word in os.environ.items() if not name.startswith("TROOPTALLY_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "trooptally", *arguments],
        cwd=folder,
        env=environment,
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
