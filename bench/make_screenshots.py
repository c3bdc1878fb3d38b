"""Make the pictures of the README anew: a fresh demo ledger, its dashboards, and the first screen of three pages.

python bench/make_screenshots.py [FOLDER]
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

WINDOW: ViewportSize = {"width": 1280, "height": 860}
# Each picture: its page, what must be drawn before it is taken, and what is chosen first.
PICTURES = {
    "series": ("/series/USA/IRQ", "#series-chart .points path", "#series-chart .xy .points path"),
    "overview": ("/?force=USA&since=2010-12-31", "#overview-map .geolayer path", ""),
    "compare": (
        "/compare?series=USA/IRQ,USA/SYR&component=military&from=2016&to=2024",
        "#compare-chart .points path",
        "",
    ),
}
LARGEST = 200_000
_ATTEMPTS = 600


def main(folder: Path) -> None:
    """Write the pictures into the folder."""
    program = os.environ.get("TROOPTALLY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("There is no Chromium here: install it, or name it in TROOPTALLY_CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, demo(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name in PICTURES:
            path = folder / f"{name}.png"
            take(browser, address, name, path)
            print(f"{path}: {path.stat().st_size:,} bytes")
            if path.stat().st_size > LARGEST:
                raise SystemExit(f"{path} is larger than {LARGEST:,} bytes.")
        browser.close()


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """Serve a new demo ledger on a free port until the block ends; enter it with its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "trooptally", "demo", "--db", f"sqlite:///{home / 'demo.db'}", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, cwd=home) as server:
        try:
            _await(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _await(port: int) -> None:
    for _ in range(_ATTEMPTS):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"The demo did not come up on port {port}.")


def take(browser: Browser, address: str, name: str, path: Path) -> None:
    """Take the picture of one page's first screen."""
    at, drawn, chosen = PICTURES[name]
    page = browser.new_page(viewport=WINDOW, color_scheme="light", locale="en-GB")
    page.goto(address + at)
    page.wait_for_selector(drawn, state="attached", timeout=60_000)
    page.wait_for_load_state("networkidle")
    if chosen:
        page.wait_for_selector("#series-notes p")  # the estimate has drawn the chart anew
        page.wait_for_timeout(1_000)
        page.locator(chosen).first.click(force=True)
        page.wait_for_selector("#series-claim .quote")
    page.evaluate("window.scrollTo(0, 0)")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_000)  # the chart's marks settle
    page.screenshot(path=path, scale="css")
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "images")
