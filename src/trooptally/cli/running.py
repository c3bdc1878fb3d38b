"""Running a command, and what becomes of everything that can go wrong in it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from trooptally.cli.group import trooptally
from trooptally.errors import TrooptallyError

if TYPE_CHECKING:
    from collections.abc import Sequence

_REFUSED = 1
_STOPPED = 130
_PIPE_CLOSED = 141  # what a shell shows for a program that wrote to a reader who had left


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; never let a traceback out, unless TROOPTALLY_DEBUG is set."""
    try:
        status = trooptally.main(arguments, prog_name="trooptally", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as err:
        return err.exit_code
    except BrokenPipeError:
        return _reader_left()
    except (click.ClickException, click.Abort, KeyboardInterrupt, TrooptallyError) as err:
        return _refusal(err)
    except Exception as err:
        if os.environ.get("TROOPTALLY_DEBUG"):
            raise
        return _say(_unexpected(err), _REFUSED)
    return status if isinstance(status, int) else 0


def _refusal(err: BaseException) -> int:
    if isinstance(err, click.ClickException):
        err.show()
        return err.exit_code
    if isinstance(err, TrooptallyError):
        return _say(str(err), err.exit_status)
    return _say("Stopped; what was not yet written was left unwritten.", _STOPPED)


def _reader_left() -> int:
    # The interpreter flushes once more at its end and would complain then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _PIPE_CLOSED


def _say(sentence: str, status: int) -> int:
    click.echo(f"Error: {sentence}" if status != _STOPPED else sentence, err=True)
    return status


def _unexpected(err: Exception) -> str:
    if isinstance(err, OSError) and err.strerror:
        where = f"{err.filename}: " if err.filename else ""
        return f"{where}{err.strerror}."
    if isinstance(err, MemoryError):
        return "There is not enough memory for this; nothing was written."
    words = " ".join(str(err).split())[:200]
    return f"Something unexpected happened ({type(err).__name__}: {words}); TROOPTALLY_DEBUG=1 shows where."
