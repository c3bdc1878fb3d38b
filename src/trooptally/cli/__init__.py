"""The command line: one file for each command in `commands`, found there, loaded only when asked for.

What a command means is the work of the rooms below; this one asks, shows, and turns errors into one sentence
and an exit status: 0 done, 1 refused, 2 bad usage, 130 stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    from trooptally.cli.running import run

    return run(arguments)
