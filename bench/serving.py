"""How many series pages a second the dashboards serve, beside Datasette's JSON of the same rows of the same file.

    python bench/serving.py [--claims 130] [--seconds 2] [--clients 1 8 32] [--ledger FILE]

Both run as they are delivered, one process each, on the same SQLite file, asked in turn by the same plain socket
client on this machine. What counts is the ratio within one run; the rates themselves belong to the machine.

In a ledger that is given, the series asked for are those of the United States whose number of claims is nearest to
what --claims says.

Three things are asked: one series again and again, which the dashboards answer from memory as long as the ledger has
not changed; ever another question, none of them twice, so that no memory helps; and the callback by which a browser
opens the page of a series, with all its controls.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlencode

from trooptally.dates import parse_as_of
from trooptally.figures import parse_figure
from trooptally.ledger import Ledger
from trooptally.model import Attribution, Draft, DraftTable, Link, Report
from trooptally.vocabulary import Measure

SQL = """
select c.claim_id, c.version, c.measure, c.component, c.basis, c.low, c.point, c.high, c.hedge, c.missing_reason,
  c.as_of, c.as_of_earliest, c.as_of_latest, r.published_on, c.source_id, c.origin_id, c.status, c.rank, c.printed,
  c.recorded_at
from claim c join report r on c.report_id = r.report_id
where c.force = 'USA' and c.place = :place and c.superseded_at is null
order by c.as_of_latest, c.as_of_earliest, c.claim_id
"""
ROUNDS = 3
PLACES = ("IRQ", "AFG", "SYR", "KWT", "DEU", "JPN", "KOR", "ITA", "GBR", "ESP", "TUR")
_LAST_CHUNK = b"\r\n0\r\n\r\n"
PRINTED = ("about 2,500", "5,200", "more than 5,000", "2,000-2,500", "up to 3,000")
MEASURES = (Measure.PRESENT, Measure.PRESENT, Measure.PRESENT, Measure.ROTATING, Measure.AUTHORIZED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A server that is running, and the requests that it is asked, one after the other."""

    name: str
    port: int
    pid: int
    requests: Iterator[bytes]


def _draft(number: int, place: str) -> Draft:
    source = f"Paper {number % 13}"
    day = f"20{10 + number % 14:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    report = Report(
        source_id=source.lower().replace(" ", "-"),
        publisher=source,
        title=f"Report {number}",
        url=f"https://reports.example/{place}/{number}",
        published_on=day,
        published_earliest=day,
        published_latest=day,
    )
    links = (
        Link(source_id=report.source_id, printed=source),
        Link(source_id=f"origin-{number % 10}", printed="Origin"),
    )
    printed = PRINTED[number % len(PRINTED)]
    return Draft(
        report=report,
        locator=f"line {number}",
        quote=f"{printed} troops",
        printed=printed,
        figure=parse_figure(printed).figure,
        force="USA",
        place=place,
        measure=MEASURES[number % len(MEASURES)],
        attribution=Attribution(links=links),
        as_of=parse_as_of(day),
    )


def make_ledger(path: Path, claims: int) -> None:
    """Write a ledger with one series of that many claims among ten others."""
    drafts = [_draft(n, place) for place in PLACES for n in range(claims)]
    reports = [draft.report for draft in drafts]
    with Ledger.create(f"sqlite:///{path}", contributor="bench", reason="a ledger to measure") as ledger:
        ledger.record(reports, DraftTable.of(drafts), contributor="bench", reason="claims to measure")


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Run a server until the block ends; enter it with its process id when it accepts connections."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        try:
            _await(port)
            yield server.pid
        finally:
            server.terminate()


def _await(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"No server came up on port {port}.")


def dashboards_request(place: str, **chosen: str) -> bytes:
    """Return the request that a browser sends when a filter of the series page changes."""
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"GET /api/v1/views/series/USA/{place}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def places_of(path: Path, claims: int) -> list[str]:
    """Return the places whose series of the United States have about so many claims, the nearest first."""
    nearest = """
        select place, count(*) from claim where force = 'USA' and superseded_at is null
        group by place order by abs(count(*) - :claims), place limit :most"""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found = connection.execute(nearest, {"claims": claims, "most": len(PLACES)}).fetchall()
    print(f"claims of the series: {', '.join(f'{place} {many}' for place, many in found)}")
    return [place for place, _ in found]


def other_questions(places: Sequence[str]) -> Iterator[bytes]:
    """Yield questions without end, no two the same, so that an answer that is remembered helps nobody."""
    for day in count(date(1800, 1, 1).toordinal()):
        chosen = {"from": date.fromordinal(day).isoformat()}
        yield dashboards_request(places[day % len(places)], **chosen)


def page_request(place: str) -> bytes:
    """Return the request by which a browser opens the page of a series."""
    content = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    location = [
        {"id": "_pages_location", "property": "pathname", "value": f"/series/USA/{place}"},
        {"id": "_pages_location", "property": "search", "value": ""},
    ]
    asked = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": content,
        "inputs": location,
        "changedPropIds": ["_pages_location.pathname"],
    }
    body = json.dumps(asked)
    head = "POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def datasette_request(database: str, place: str) -> bytes:
    """Return the request for the same rows as JSON."""
    query = urlencode({"sql": SQL, "place": place, "_shape": "arrays"})
    return f"GET /{database}.json?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        return exchange(connection, request)


def exchange(connection: socket.socket, request: bytes) -> bytes:
    """Send a request and return the whole answer; refuse every answer but 200."""
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _more(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise SystemExit(f"Answered {head.decode(errors='replace')} {body[:300]!r}")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    whole = len(head) + 4 + int(length[1]) if length else None
    while len(answer) < whole if whole is not None else not answer.endswith(_LAST_CHUNK):
        answer += _more(connection)
    return answer


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(262_144)
    if not received:
        raise SystemExit("The server hung up.")
    return received


def _body(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used; what others do on the machine leaves it nearly alone."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rate(contender: Contender, clients: int, seconds: float) -> tuple[float, float, float]:
    """Return answers a second, answers a second of processor time, and the 95th percentile of a wait in milliseconds.

    Each connection asks again as soon as it is answered.
    """
    until = time.perf_counter() + seconds
    waits: list[list[float]] = [[] for _ in range(clients)]
    turn = threading.Lock()

    def following() -> bytes:
        with turn:
            return next(contender.requests)

    def ask(client: int) -> None:
        with socket.create_connection(("127.0.0.1", contender.port), timeout=30) as connection:
            while time.perf_counter() < until:
                request, asked_at = following(), time.perf_counter()
                exchange(connection, request)
                waits[client].append(1_000 * (time.perf_counter() - asked_at))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(clients)]
    started, used = time.perf_counter(), cpu_seconds(contender.pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.perf_counter() - started, cpu_seconds(contender.pid) - used
    every = sorted(wait for own in waits for wait in own)
    return len(every) / elapsed, len(every) / max(used, 0.01), every[int(0.95 * (len(every) - 1))]


def compare(ours: Contender, theirs: Contender, clients: int, seconds: float) -> None:
    """Print the median rates of both, asked in turn, and their ratio."""
    pairs = [(rate(ours, clients, seconds), rate(theirs, clients, seconds)) for _ in range(ROUNDS)]
    for kind, unit in enumerate(("/s", "/s of processor time")):
        mine, other = (statistics.median(side[kind] for side in column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a[kind] / b[kind] for a, b in pairs)
        print(f"{clients:>3} clients: {ours.name} {mine:5.0f}  {theirs.name} {other:5.0f} {unit}, ratio {ratio:.2f}")
    slow = [statistics.median(side[2] for side in column) for column in zip(*pairs, strict=True)]
    print(f"{clients:>3} clients: 95 of 100 answers within {slow[0]:.1f} and {slow[1]:.1f} ms", flush=True)


def main() -> None:
    """Make the ledger, start both servers, and compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=130)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--ledger", type=Path, help="a ledger to serve in place of a new one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or Path(folder) / "ledger.db"
        if asked.ledger is None:
            make_ledger(path, asked.claims)
        places = places_of(path, asked.claims)
        one = places[:1]
        port, other = free_port(), free_port()
        program = f"from trooptally_dashboards.app import serve; serve('sqlite:///{path}', port={port})"
        datasette = [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(other)]
        with running([sys.executable, "-c", program], port) as pid, running(datasette, other) as other_pid:

            def ours(requests: Iterator[bytes]) -> Contender:
                return Contender(name="dashboards", port=port, pid=pid, requests=requests)

            def theirs(places: Sequence[str]) -> Contender:
                requests = cycle([datasette_request(path.stem, place) for place in places])
                return Contender(name="datasette", port=other, pid=other_pid, requests=requests)

            first = (ours(other_questions(one)), theirs(one))
            sizes = [len(_body(_ask(server.port, next(server.requests)))) for server in first]
            print(f"bytes of an answer: dashboards {sizes[0]:,}, datasette {sizes[1]:,}")
            cells = (
                ("one series again and again", ours(cycle([dashboards_request(*one)])), theirs(one)),
                ("ever another question", ours(other_questions(places)), theirs(places)),
                ("opening the page of a series", ours(cycle([page_request(*one)])), theirs(one)),
            )
            for title, mine, opposite in cells:
                print(title)
                for clients in asked.clients:
                    compare(mine, opposite, clients, asked.seconds)


if __name__ == "__main__":
    main()
