"""How many keys and how many seconds one figure takes by hand, beside a plain form of the same columns.

    python bench/entering_keystrokes.py [--pause 0.2]

A script presses keys in Chromium, one every `--pause` seconds (0.2 is a practised typist), from the first field until
the server has confirmed the save. One claim (but for the last digit, or it would be known already) goes in as a pasted
sentence, as a typed sentence, as a typed form, and into a plain HTML form with one text field for each of the columns
needed, the way database front ends insert a row. The plain form checks nothing, completes nothing and keeps no quote;
it confirms at once: its seconds are typing alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect, sync_playwright

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
SAID = ("force", "place", "measure", "point", "hedge", "as_of", "published_on", "source", "attributed_to")
PLAIN = "".join(f"<label>{name} <input name={name}></label><br>" for name in ROW)
PLAIN = f"<form onsubmit='document.title=\"saved\"; return false'>{PLAIN}<button>Insert</button></form>"


@dataclass
class Hands:
    """A typist: counts keys and keeps a pace."""

    page: Page
    pause: float
    number: str
    keys: int = field(default=0)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        text = text.format(number=self.number)
        self.page.keyboard.type(text, delay=self.pause * 1000)
        self.keys += len(text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a key with a modifier counts as two."""
        for key in keys:
            time.sleep(self.pause)
            self.page.keyboard.press(key)
            self.keys += 1 + key.count("+")


def pasted(hands: Hands) -> None:
    """Paste the sentence, go on, save."""
    time.sleep(hands.pause)
    hands.page.keyboard.insert_text(SENTENCE.format(number=hands.number))
    hands.keys += 2
    _saved_from_the_line(hands)


def typed_line(hands: Hands) -> None:
    """Type the sentence, go on, save."""
    hands.type(SENTENCE)
    _saved_from_the_line(hands)


def _saved_from_the_line(hands: Hands) -> None:
    hands.press("Enter")
    expect(hands.page.locator("#enter-save")).to_be_focused()
    hands.press("Enter")
    expect(hands.page.locator("#enter-said")).to_contain_text("Saved")


def typed_form(hands: Hands) -> None:
    """Fill the form field by field with the tab key, save from the last one."""
    hands.press("Tab")
    for name in ("force", "place"):
        hands.type(ROW[name])
        hands.press("Tab")
    hands.type("pres")
    hands.press("ArrowDown", "Enter", "Tab")
    for name in ("figure", "as_of", "attributed_to"):
        hands.type(ROW[name])
        hands.press("Tab")
    hands.press("Tab")
    while hands.page.evaluate("document.activeElement.id") != "enter-publisher":
        hands.press("Tab")
    hands.type(ROW["publisher"])
    hands.press("Tab")
    hands.type(ROW["published_on"])
    hands.press("Control+Enter")
    expect(hands.page.locator("#enter-said")).to_contain_text("Saved")


def plain_form(hands: Hands) -> None:
    """Fill a plain form field by field and insert the row."""
    for at, text in enumerate(ROW.values()):
        if at:
            hands.press("Tab")
        hands.type(text)
    hands.press("Enter")
    hands.page.wait_for_function("document.title === 'saved'")


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


def last_claim(url: str) -> dict[str, object]:
    """Return what the newest claim says."""
    with Ledger.open(url, read_only=True) as ledger:
        return dict(ledger.claims().sort_values("recorded_at").iloc[-1][list(SAID)])


def main() -> None:
    """Measure every way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pause", type=float, default=0.2)
    pause = parser.parse_args().pause
    expect.set_options(timeout=60_000)
    program = os.environ.get("TROOPTALLY_CHROMIUM") or shutil.which("chromium")
    with served() as (url, address, link), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'way':<18}{'keys':>6}{'seconds':>9}   what was saved")
        context = browser.new_context()
        context.new_page().goto(link)
        for at, (name, enter) in enumerate(WAYS.items()):
            page = context.new_page()
            if name == "plain form":
                page.set_content(PLAIN)
                page.focus("input")
            else:
                page.goto(f"{address}/enter")
                expect(page.locator("#enter-line")).to_be_focused()
            hands, begun = Hands(page=page, pause=pause, number=f"2,5{at:02}"), time.perf_counter()
            enter(hands)
            seconds = time.perf_counter() - begun
            saved = "" if name == "plain form" else ", ".join(str(one) for one in last_claim(url).values())
            print(f"{name:<18}{hands.keys:>6}{seconds:>9.1f}   {saved}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
