"""How many keys and how many seconds one figure takes by hand, beside a plain form of the same columns.

    python bench/entering_keystrokes.py [--pause 0.2]

A script presses keys in Chromium, one every `--pause` seconds (0.2 is a practised typist) unless the page is slower,
from the first field until the server has confirmed the save. One claim (but for the last digit, or it would be known
already) goes in as a pasted sentence, as a typed sentence, as a typed form, and into a plain HTML form with one text
field for each of the columns needed, the way database front ends insert a row: a small server writes it to a table of
its own. The plain form checks nothing, completes nothing and keeps no quote, so each cell is typed as it is to stand.
The column `beyond` is what is not typing: seconds less keys times the pause.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, request
from playwright.sync_api import Page, expect, sync_playwright
from waitress.server import create_server

from trooptally.ledger import Ledger

SENTENCE = "about {number} US troops are in Iraq, the Pentagon said, NYT 20 Sep 2021"
ROW = {
    "force": "USA",
    "place": "IRQ",
    "measure": "present",
    "figure": "about {number}",
    "as_of": "2021-09-20",
    "published_on": "2021-09-20",
    "publisher": "The New York Times",
    "attributed_to": "Pentagon",
}
SHORT = {
    **{name: ROW[name] for name in ("force", "place")},
    "measure": "pres",
    **{name: ROW[name] for name in ("figure", "as_of", "attributed_to")},
    "publisher": "NYT",
    "published_on": ROW["published_on"],
}
"""What a person types where the form completes it, in the order of its fields."""
SAID = ("force", "place", "measure", "point", "hedge", "as_of", "published_on", "source", "attributed_to")
PLAIN = "".join(f"<label>{name} <input name={name}></label><br>" for name in ROW).replace("name=", "autofocus name=", 1)
PLAIN = f"<title>new</title><form method=post>{PLAIN}<button>Insert</button></form>"
PATIENCE = 60  # seconds
LOOK = 20  # milliseconds from one look at the page to the next


@dataclass
class Hands:
    """A typist: counts keys and keeps a pace."""

    page: Page
    pause: float
    number: str
    keys: int = field(default=0)
    due: float = field(default_factory=time.perf_counter)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        for character in text.format(number=self.number):
            self.press(character)

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a key with a modifier counts as two."""
        for key in keys:
            self.wait(1 + key.count("+"))
            self.page.keyboard.press(key)

    def wait(self, keys: int) -> None:
        """Wait as long as so many keys take; what the page is late cannot be made up."""
        self.keys += keys
        self.due = max(self.due, time.perf_counter() - self.pause) + keys * self.pause
        time.sleep(max(0.0, self.due - time.perf_counter()))

    def see(self, shown: str) -> None:
        """Wait until something is so on the page, looked at often."""
        begun = time.perf_counter()
        while not self.page.evaluate(shown):
            assert time.perf_counter() - begun < PATIENCE, f"never seen: {shown}"
            self.page.wait_for_timeout(LOOK)


SAVED = "document.getElementById('enter-said').textContent.includes('Saved')"
AT_SAVE = "document.activeElement.id === 'enter-save'"


def pasted(hands: Hands) -> None:
    """Paste the sentence, go on, save."""
    hands.wait(2)
    hands.page.keyboard.insert_text(SENTENCE.format(number=hands.number))
    _saved_from_the_line(hands)


def typed_line(hands: Hands) -> None:
    """Type the sentence, go on, save."""
    hands.type(SENTENCE)
    _saved_from_the_line(hands)


def _saved_from_the_line(hands: Hands) -> None:
    hands.press("Enter")
    hands.see(AT_SAVE)
    hands.press("Enter")
    hands.see(SAVED)


def typed_form(hands: Hands) -> None:
    """Fill the form field by field with the tab key, save from the last one."""
    hands.press("Tab")
    for name, text in SHORT.items():
        while hands.page.evaluate("document.activeElement.id") != f"enter-{name}":
            hands.press("Tab")
        hands.type(text)
    hands.press("Control+Enter")
    hands.see(SAVED)


def plain_form(hands: Hands) -> None:
    """Fill a plain form field by field and insert the row."""
    for at, text in enumerate(ROW.values()):
        if at:
            hands.press("Tab")
        hands.type(text)
    hands.wait(1)
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    hands.see("document.title === 'saved'")


WAYS: dict[str, Callable[[Hands], None]] = {
    "pasted sentence": pasted,
    "typed sentence": typed_line,
    "typed form": typed_form,
    "plain form": plain_form,
}


@contextmanager
def served() -> Iterator[tuple[str, str, str]]:
    """Serve a new ledger; yield its URL, the address and the link that signs in."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.db"
        Ledger.create(url).close()
        program = f"from trooptally_dashboards.app import serve; serve({url!r}, port=8077)"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
        ) as server:
            assert server.stdout is not None
            server.stdout.readline()
            link = server.stdout.readline().rpartition(" ")[2].strip()
            try:
                yield url, "http://127.0.0.1:8077", link
            finally:
                server.terminate()


@contextmanager
def plainly_served() -> Iterator[tuple[Path, str]]:
    """Serve a plain form over a table of its own; yield the database's path and the address."""
    with tempfile.TemporaryDirectory() as folder:
        path, app = Path(folder) / "plain.db", Flask("plain")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE claims ({', '.join(ROW)})")

        @app.route("/", methods=["GET", "POST"])
        def insert() -> str:
            if request.method == "POST":
                marks = ", ".join("?" * len(ROW))
                with closing(sqlite3.connect(path)) as connection, connection:
                    row = [request.form[one] for one in ROW]
                    connection.execute(f"INSERT INTO claims VALUES ({marks})", row)  # noqa: S608 - question marks
                return "<title>saved</title>Inserted."
            return PLAIN

        server: Any = create_server(app, host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        yield path, f"http://127.0.0.1:{server.effective_port}/"
        server.close()


def last_claim(url: str) -> list[object]:
    """Return what the newest claim says."""
    with Ledger.open(url, read_only=True) as ledger:
        return list(ledger.claims().sort_values("recorded_at").iloc[-1][list(SAID)])


def last_row(path: Path) -> list[object]:
    """Return the newest row of the plain table."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute("SELECT * FROM claims ORDER BY rowid DESC").fetchone())


def main() -> None:
    """Measure every way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pause", type=float, default=0.2)
    pause = parser.parse_args().pause
    expect.set_options(timeout=PATIENCE * 1_000)
    program = os.environ.get("TROOPTALLY_CHROMIUM") or shutil.which("chromium")
    with served() as (url, address, link), plainly_served() as (plain, plain_address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'way':<18}{'keys':>6}{'seconds':>9}{'beyond':>8}   what was saved")
        context = browser.new_context()
        context.new_page().goto(link)
        for at, (name, enter) in enumerate(WAYS.items()):
            page = context.new_page()
            page.goto(plain_address if name == "plain form" else f"{address}/enter")
            expect(page.locator("input[name=force]" if name == "plain form" else "#enter-line")).to_be_focused()
            hands, begun = Hands(page=page, pause=pause, number=f"2,5{at:02}"), time.perf_counter()
            enter(hands)
            seconds = time.perf_counter() - begun
            saved = last_row(plain) if name == "plain form" else last_claim(url)
            beyond = seconds - hands.keys * pause
            said = ", ".join(map(str, saved))
            print(f"{name:<18}{hands.keys:>6}{seconds:>9.1f}{beyond:>8.1f}   {said}", flush=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
