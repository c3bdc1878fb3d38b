"""How fast prose is read: a stream, labelled text, one long text, and quantulum3 on the same documents if installed.

    python bench/reading.py [FOLDER]

FOLDER (or TROOPTALLY_REAL_DATA) holds `corpus/bulk-gov.jsonl.gz` and `corpus/dev.jsonl`. All numbers come from one run
of one process, in CPU seconds. Beside quantulum3 both read the same documents: all labelled ones, and of the longer
streams, it being slow, an even sample.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from time import process_time

from trooptally.reading import read, read_lines
from trooptally.reading.prefilter import worth_reading

_SLOW_DOCUMENTS = 12
_LENGTHS = (1_000_000, 10_000_000)


def main() -> int:
    """Measure and print."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TROOPTALLY_REAL_DATA", "../shared/data"))
    with gzip.open(folder / "corpus" / "bulk-gov.jsonl.gz") as packed:
        lines = packed.read().splitlines()
    labelled = (folder / "corpus" / "dev.jsonl").read_bytes().splitlines()
    list(read_lines(labelled[:3]))
    general = [line for line in lines if not worth_reading(line)]
    soldierly = [line for line in lines if worth_reading(line)]
    _stream("government statements, all", lines)
    _stream("  of them without soldiers", general)
    _stream("  of them with soldiers", soldierly)
    stream, heavy = _mixed(general, soldierly, 200), _mixed(general, labelled, 2.5)
    _stream("general stream, 1 in 200 with soldiers", stream * 10)
    _stream("labelled documents", labelled * 3)
    _stream("war-heavy stream, 2 in 5 labelled", heavy)
    _long_text()
    _memory(lines)
    if find_spec("quantulum3") is None:
        print("quantulum3 is not installed: no comparison")
        return 0
    _beside_quantulum("the general stream", stream * 10, 6 * _SLOW_DOCUMENTS)
    _beside_quantulum("labelled documents", labelled, len(labelled))
    _beside_quantulum("statements with soldiers", soldierly, _SLOW_DOCUMENTS)
    return 0


def _mixed(general: list[bytes], others: list[bytes], one_in: float) -> list[bytes]:
    """Return lines cut to the length of a news item, of which one in so many is of the other kind."""
    short = [_shortened(line) for line in general]
    wanted = [_shortened(line) for line in others]
    taken = max(1, int(len(short) / (one_in - 1)))
    return short + [wanted[i % len(wanted)] for i in range(taken)]


def _shortened(line: bytes) -> bytes:
    document = json.loads(line)
    return json.dumps({**document, "text": document["text"][:1_300]}).encode()


def _stream(name: str, lines: list[bytes]) -> None:
    seconds, drafts = _timed(lambda: sum(1 for _ in read_lines(lines)))
    size = sum(map(len, lines)) / 1e6
    print(f"{name:42} {len(lines) / seconds:10,.0f} documents/s {size / seconds:8.1f} MB/s  {drafts:6} drafts")


def _long_text() -> None:
    sentence = "About 2,500 U.S. troops are in Iraq, officials said, and the talks on the budget went on. "
    short, long = (_seconds(sentence * (size // len(sentence))) for size in _LENGTHS)
    print(f"one text of 1 MB and 10 MB                 {short:.1f} s and {long:.1f} s, ratio {long / short:.1f}")


def _seconds(text: str) -> float:
    return _timed(lambda: len(read(text)))[0]


def _memory(lines: list[bytes]) -> None:
    peaks = []
    for stream in (lines[:400], lines[:1600]):
        tracemalloc.start()
        _exhaust(read_lines(stream))
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    print(f"peak memory over 400 and 1,600 documents   {peaks[0]:.1f} MB and {peaks[1]:.1f} MB")


def _beside_quantulum(name: str, lines: list[bytes], sampled: int) -> None:
    """Compare the best of three times for the same documents, evenly taken."""
    from quantulum3 import parser

    taken = lines[:: max(1, len(lines) // sampled)][:sampled]
    texts = [json.loads(line)["text"] for line in taken]
    parser.parse("about 2,500 troops")
    theirs = min(_timed(lambda: sum(len(parser.parse(text)) for text in texts))[0] for _ in range(3))
    ours = min(_timed(lambda: sum(1 for _ in read_lines(taken)))[0] for _ in range(3))
    each = f"{1e3 * ours / len(taken):.3f} ms and {1e3 * theirs / len(taken):.1f} ms a document"
    print(f"beside quantulum3, {name:33} {theirs / ours:10,.0f}x as fast ({each}; {len(taken)} of {len(lines):,} read)")


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    before = process_time()
    result = work()
    return process_time() - before, result


def _exhaust(rows: Iterable[object]) -> None:
    for _ in rows:
        pass


if __name__ == "__main__":
    raise SystemExit(main())
