"""A small ledger that has every kind of claim, and the dashboards over it, served for a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.drafting import attribution, draft, table
from support.hostile import PAYLOADS, RUN
from trooptally.dates import parse_as_of
from trooptally.ledger import Ledger
from trooptally.model import Draft, Report
from trooptally.vocabulary import Measure, MissingReason, Status


def _report(number: int, title: str = "", url: str = "", publisher: str = "") -> Report:
    publisher = publisher or ("The Times of Testing", "The Daily Sample", "The Weekly Echo")[number % 3]
    return Report(
        source_id=publisher.lower().replace(" ", "-"),
        publisher=publisher,
        title=title or f"Report {number}",
        url=url or f"https://reports.example/{number}",
        published_on="2021-09-20",
        published_earliest="2021-09-20",
        published_latest="2021-09-20",
    )


def _said(
    number: int, printed: str, *, day: str = "2021-09-20", origin: str = "Biden administration", **more: Any
) -> Draft:
    report = more.pop("report", None) or _report(number)
    chain = attribution(report.publisher, origin)
    locator = more.pop("locator", f"line {number}")
    return draft(printed, report=report, locator=locator, as_of=parse_as_of(day), attribution=chain, **more)


def sample_drafts() -> list[Draft]:
    """Return claims of every measure, hedge and standing on the United States in Iraq, and some beside."""
    withheld: dict[str, Any] = {"figure": None, "missing_reason": MissingReason.WITHHELD}
    return [
        _said(1, "47,000", day="2011-01", origin="Pentagon"),
        _said(2, "fewer than 20,000", day="2011-11-20", origin="Gen. Lloyd Austin"),
        _said(3, "more than 5,000", day="2017-11-24", origin="U.S. officials"),
        _said(4, "2,000-2,500", day="2020-01-01/2020-06-30", origin="a spokesman"),
        _said(5, "dozens", day="2013", origin="a spokesman"),
        _said(6, "about 2,500"),
        _said(7, "about 2,500"),
        _said(8, "2,500", day="2021-09-01", origin="Pentagon"),
        _said(9, "around 2,000", day="2021-09", measure=Measure.ROTATING, unit="Fourth Infantry Division"),
        _said(10, "5,262", day="2017-09", measure=Measure.AUTHORIZED, origin="Pentagon"),
        _said(11, "*", day="2022-01-01/2022-12-31", origin="Pentagon", **withheld),
        _said(12, "0", place="NER", day="2025-12-31"),
        _said(13, "36,436", place="DEU", day="2025-12-31"),
        _said(14, "*", place="AFG", day="2025-12-31", **withheld),
        _said(15, "", place="LBY", day="2025-12-31", figure=None, missing_reason=MissingReason.NOT_STATED),
        _said(16, "5,100", place="MLI", force="FRA", day="2021-06-10"),
        _said(17, "about 500", place="SYR", day="2017-11-27", origin="a spokesman"),
        _said(18, "4,000", place="SYR", day="2017-10-31", origin="a general"),
        *[
            _said(
                100 + n,
                "1,234",
                place="KWT",
                quote=payload,
                note=payload,
                unit=payload,
                report=_report(100 + n, title=payload, url=f"javascript:{RUN}//{n}"),
                locator=f"{payload} {n}",
                origin=payload,
            )
            for n, payload in enumerate(PAYLOADS)
        ],
    ]


@pytest.fixture(scope="session")
def ledger_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the small ledger."""
    path = tmp_path_factory.mktemp("dashboards") / "ledger.db"
    url = f"sqlite:///{path}"
    drafts = sample_drafts()
    proposed = _said(50, "6,000 to 7,000", day="2018-05", origin="a reader")
    noted = {"contributor": PAYLOADS[1], "reason": PAYLOADS[0]}
    with Ledger.create(url, contributor="tests", reason="a ledger to look at") as ledger:
        reports = {d.report.report_id: d.report for d in drafts}.values()
        ledger.record(reports, table(*drafts), contributor="Ada", reason="claims to look at")
        ledger.record(
            [proposed.report], table(proposed), contributor="reader", reason="read from a story", status=Status.DRAFT
        )
        ledger.add_event(title="A vote to leave", as_of="2020-01-05", place="IRQ", note="Not a law.", **noted)
        for payload in PAYLOADS:
            ledger.add_event(title=payload, as_of="2021-01-05", place="KWT", note=payload, url=payload, **noted)
    return url


@pytest.fixture(scope="session")
def address(ledger_url: str) -> Iterator[str]:
    """The address at which a process of its own serves the dashboards of the small ledger."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = f"from trooptally_dashboards.app import serve; serve({ledger_url!r}, port={port})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def absent_ledger(tmp_path: Path) -> str:
    """The URL of a ledger that nobody has made."""
    return f"sqlite:///{tmp_path / 'absent.db'}"
