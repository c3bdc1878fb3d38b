"""Documents parsed in a process of their own, so that a hostile one takes neither memory, time nor life from ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

from trooptally.errors import UnreadableDocument

_WORKER = Path(__file__).with_name("docworker.py")
_WALL_SECONDS = 30.0
_PASSED_ON = ("PATH", "PYTHONPATH", "HOME", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")


def answer_of(content: bytes, name: str, *, kind: str, reader: str, most_bytes: int) -> dict[str, Any]:
    """Return what the confined reader finds in a document.

    Args:
        content: All bytes.
        name: Of the document, for messages.
        kind: What it is, for messages, such as "web page".
        reader: Which reader of `docworker` reads it.
        most_bytes: Longer documents are refused before anything reads them.

    Raises:
        UnreadableDocument: with the reason, in one sentence.
    """
    if len(content) > most_bytes:
        size, most = len(content) / 1e6, most_bytes / 1e6
        raise UnreadableDocument(f"{name} has {size:,.1f} MB; a {kind} may have {most:,.0f} MB.")
    answer = _asked(content, name, kind, reader)
    if "error" in answer:
        raise UnreadableDocument(_sentence(str(answer["error"]), name, kind))
    return answer


def _asked(content: bytes, name: str, kind: str, reader: str) -> dict[str, Any]:
    try:
        worker = subprocess.run(  # noqa: S603 - our own script and interpreter, no shell
            [sys.executable, "-P", str(_WORKER), reader],
            input=content,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ},
        )
    except subprocess.TimeoutExpired as err:
        raise UnreadableDocument(f"{name} takes longer than {_WALL_SECONDS:.0f} seconds to read.") from err
    if worker.returncode != 0:
        raise UnreadableDocument(f"{name} needs more memory or time than a {kind} does, and was not read.")
    answer: dict[str, Any] = orjson.loads(worker.stdout)
    return answer


def _sentence(reason: str, name: str, kind: str) -> str:
    match reason:
        case "encrypted":
            return f"{name} is protected by a password."
        case "too much":
            return f"{name} unpacks to more than a {kind} needs and was not read."
        case "empty":
            return f"{name} is a {kind} without words; if it shows pictures of text, make text of them first."
        case _:
            return f"{name} is a broken {kind}: it cannot be parsed."
