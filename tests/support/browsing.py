"""Browsers of people who write: signed in, watched for complaints, asked what they show and what they lack."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from trooptally.ledger import Ledger
from trooptally.vocabulary import Status

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

    from support.entering import House

Scheme = Literal["light", "dark"]
# What Chromium and Dash say themselves when the server refuses or is not there.
EXPECTED = ("Failed to load resource", "Callback failed", "body stream already read")
DESKTOP, PHONE = (1280, 900), (390, 844)
PATIENCE = 60_000  # milliseconds until a state counts as never reached; a busy machine is slow, not wrong


@contextmanager
def visiting(
    browser: Browser,
    house: House,
    address: str,
    name: str = "",
    *,
    scheme: Scheme = "light",
    size: tuple[int, int] = DESKTOP,
) -> Iterator[Page]:
    """Give a person a browser of their own in which they are signed in; leaving checks that nothing complained."""
    context: BrowserContext = browser.new_context(
        color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    _watched(context)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    if name:
        page.goto(f"{address}/sign-in?link={house.link(name)}")
        expect(page.locator(".person")).to_have_text(name)
    yield page
    context.close()
    unexpected = [said for said in complaints if not any(expected in said for expected in EXPECTED)]
    assert not unexpected, unexpected


def opened(page: Page, url: str, ready: str) -> None:
    """Open a page and wait until it can be used."""
    page.goto(url)
    expect(page.locator(ready).first).to_be_visible()


_ASKED: WeakKeyDictionary[BrowserContext, set[Request]] = WeakKeyDictionary()


def _watched(context: BrowserContext) -> None:
    asked = _ASKED.setdefault(context, set())

    # Functions of their own: Playwright takes no methods of built-in types.
    def begun(request: Request) -> None:
        asked.add(request)

    def ended(request: Request) -> None:
        asked.discard(request)

    context.on("request", begun)
    context.on("requestfinished", ended)
    context.on("requestfailed", ended)


def quiet(page: Page) -> None:
    """Wait until the page has asked the server nothing for longer than it waits for a pause in typing."""
    calm, until = 0, time.monotonic() + PATIENCE / 1_000
    while calm < 5:  # tenths of a second: longer than a pause in typing
        assert time.monotonic() < until, "the page never came to rest"
        page.wait_for_timeout(100)
        calm = 0 if _ASKED[page.context] else calm + 1


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line for each element."""
    found: Any = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def wide(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    beyond: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond


def claims(house: House, *statuses: Status) -> list[str]:
    """Return the printed figures of the claims of some statuses."""
    with Ledger.open(house.url, read_only=True) as ledger:
        return list(ledger.claims(status=statuses or (Status.ACCEPTED,), rank="all")["printed"])
