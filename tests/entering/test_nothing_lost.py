"""A server killed while it saves: the browser still has what was typed, and saving again makes exactly one claim."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browsing import claims, opened, quiet, visiting
from support.ports import free_port
from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.entering import House

pytestmark = pytest.mark.browser

LINE = "around 2,500 U.S. troops are in Iraq, according to the Biden administration, NYT 20 Sep 2021"
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
# What the server is made to do to itself, and how many claims the ledger has then.
MOMENTS = {
    "before the save": (f"Desk.enter = lambda self, answers: {KILL}", 0),
    "within the transaction": (f"pen.Pen.write = lambda self, **told: (written(self, **told), {KILL})", 0),
    "after the save, before the answer": (f"Desk.enter = lambda self, answers: (entered(self, answers), {KILL})", 1),
}
PROGRAM = """
import os, signal
from trooptally.intake.desk import Desk
from trooptally.ledger import pen
from trooptally_dashboards.app import serve
written, entered = pen.Pen.write, Desk.enter
{doom}
serve({url!r}, port={port})
"""


@contextmanager
def served(house: House, port: int, doom: str = "") -> Iterator[subprocess.Popen[str]]:
    """Serve the house in a process of its own until the block is left."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = PROGRAM.format(doom=doom, url=house.url, port=port)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        assert f":{port}" in server.stdout.readline()
        try:
            yield server
        finally:
            server.kill()  # whatever it still does; leaving the block waits for its end


@pytest.mark.parametrize("moment", MOMENTS)
def test_server_killed_at_save_loses_and_doubles_nothing(browser: Browser, house: House, moment: str) -> None:
    """Killed at any moment of a save and started again, the draft is there and saving it again is one claim."""
    doom, kept = MOMENTS[moment]
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with served(house, port, doom) as server, visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-understood")).to_contain_text("2,500")
        page.click("#enter-save")
        assert server.wait(timeout=60) == -signal.SIGKILL
        expect(page.locator("#connection-said")).to_contain_text("cannot be reached")
        assert len(claims(house)) == kept
        with served(house, port):
            again = page.context.new_page()
            page.close()
            opened(again, f"{address}/enter", "#enter-line")
            expect(again.locator("#enter-line")).to_have_value(LINE)
            expect(again.locator("#enter-understood")).to_contain_text("2,500")
            quiet(again)
            again.click("#enter-save")
            expect(again.locator("#enter-said")).to_contain_text("already has" if kept else "Saved")
            expect(again.locator("#enter-line")).to_have_value("")
    assert claims(house) == ["around 2,500"]
    with Ledger.open(house.url, read_only=True) as ledger:
        assert ledger.verify().findings == ()
