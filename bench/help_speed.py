"""How long `trooptally --help` takes beside `datasette --help`, in fresh processes, in turn.

python bench/help_speed.py [TIMES]         # 9 unless given
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(command: list[str]) -> float:
    """Return the wall seconds of one run."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians and their ratio."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    datasette = shutil.which("datasette", path=str(Path(sys.executable).parent)) or "datasette"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "trooptally --version": [sys.executable, "-m", "trooptally", "--version"],
        "trooptally --help": [sys.executable, "-m", "trooptally", "--help"],
        "datasette --help": [datasette, "--help"],
    }
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(seconds(command))
    medians = {name: statistics.median(taken) for name, taken in runs.items()}
    for name, median in medians.items():
        print(f"{name:22} {median * 1000:7.0f} ms   {median / medians['datasette --help']:5.2f} x datasette")


if __name__ == "__main__":
    main()
