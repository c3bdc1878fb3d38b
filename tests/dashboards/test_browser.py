"""The pages in a real browser, with every request beyond this machine blocked and counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support.hostile import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DESKTOP, PHONE = (1280, 900), (390, 844)
PAGES = {
    "overview": ("/", "#overview-map .geolayer path"),
    "overview of a place": ("/?place=IRQ&since=2011-12-31", "#overview-map .geolayer path"),
    "series": ("/series/USA/IRQ", "#series-chart .points path"),
    "series then": ("/series/USA/IRQ?known_at=2020-01-01", "#series-table a"),
    "compare": ("/compare?series=USA/IRQ,USA/SYR,FRA/MLI", "#compare-chart .points path"),
    "added": ("/compare?series=USA/IRQ,USA/SYR&mode=added&then=2020-01-01", "#compare-chart .points path"),
    "compare nothing": ("/compare", "#compare-chart .main-svg"),
    "embedded": ("/embed/series/USA/IRQ", "#series-chart .points path"),
    "disagreements": ("/disagreements", "main .card h2 a"),
    "sources": ("/sources", "#echoes-chart .sankey-link"),
    "source": ("/sources/pentagon", "main .card h2"),
    "claim": ("claim", "#claim-effect p:not(.note)"),
    "programs": ("/openapi/", "main h2"),
    "hostile": ("/series/USA/KWT", "#series-events li"),  # they come last
    "unknown": ("/nowhere", "main h1"),
}
WITHOUT_TABLE = {"series then", "compare nothing", "embedded", "claim", "unknown"}


@dataclass
class Watch:
    """What went wrong while a page was open."""

    own: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def filter(self, route: Route) -> None:
        """Let own requests through, and block and note every other."""
        url = route.request.url
        if url.startswith((self.own, "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()


@contextmanager
def opened(
    browser: Browser,
    url: str,
    scheme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = DESKTOP,
) -> Iterator[tuple[Page, Watch]]:
    """Open a page and watch it; leaving the block checks that nothing went wrong."""
    own = "/".join(url.split("/")[:3])
    watch = Watch(own)
    context = browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.route("**/*", watch.filter)
    page.on("console", lambda said: watch.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    page.goto(url)
    yield page, watch
    context.close()
    assert watch.outside == []
    assert watch.complaints == []


def wide(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    beyond: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond


def a_claim(address: str) -> str:
    """Return the path of the page of a claim."""
    with urlopen(f"{address}/api/v1/claims?place=IRQ&measure=rotating") as answer:  # noqa: S310 - our own server
        return f"/claims/{json.load(answer)[0]['claim_id']}"


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line for each element."""
    found: Any = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_stands_alone(
    browser: Browser, address: str, name: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """Every page is drawn without outside requests, complaints, sideways scrolling or barriers."""
    path, drawn = PAGES[name]
    path = a_claim(address) if path == "claim" else path
    with opened(browser, address + path, scheme, size) as (page, watch):
        expect(page.locator(drawn).first).to_be_attached()
        if name not in WITHOUT_TABLE:
            expect(page.locator("table.ledger tbody tr").first).to_be_visible()
        if name == "unknown":  # the browser itself complains of the 404
            watch.complaints.clear()
        assert wide(page) <= 0
        assert violations(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_point_shows_its_words(browser: Browser, address: str, size: tuple[int, int]) -> None:
    """A chosen point shows the quote as printed, its place in the report, and who said it."""
    with opened(browser, f"{address}/series/USA/IRQ?measure=rotating", size=size) as (page, _):
        page.locator("#series-chart .points path").first.click(force=True)
        panel = page.locator("#series-claim")
        expect(panel.locator(".quote")).to_have_text("around 2,000 U.S. troops")
        expect(panel).to_contain_text("line 9")
        expect(panel).to_contain_text("Biden administration")
        expect(panel).to_contain_text("Fourth Infantry Division")
        assert violations(page) == []


def test_claim_tells_what_it_does_to_the_estimate(browser: Browser, address: str) -> None:
    """The page of a claim says its weight, what changes without it, and how likely its figure is wrong."""
    with urlopen(f"{address}/api/v1/claims?place=IRQ&measure=present") as answer:  # noqa: S310 - our own server
        claim = next(one for one in json.load(answer) if one["printed"] == "47,000")
    with opened(browser, f"{address}/claims/{claim['claim_id']}", size=PHONE) as (page, _):
        told = page.locator("#claim-effect")
        for words in ("2011 we estimate", "Weight", "best moves by", "P(wrong)"):
            expect(told).to_contain_text(words)
        assert wide(page) <= 0
        assert violations(page) == []


def test_filters_stand_in_the_address(browser: Browser, address: str) -> None:
    """A filter changes sentence, table and address, and the address alone brings the same view back."""
    with opened(browser, f"{address}/series/USA/IRQ") as (page, _):
        rows = page.locator("table.ledger tbody tr")
        expect(rows.first).to_be_visible()
        before = rows.count()
        page.get_by_label("Status").first.click()
        page.get_by_role("option", name="Accepted", exact=True).click()
        expect(rows).to_have_count(before - 1)
        expect(page).to_have_url(f"{address}/series/USA/IRQ?status=accepted")
        page.reload()
        expect(rows).to_have_count(before - 1)


def test_force_is_chosen_on_the_overview(browser: Browser, address: str) -> None:
    """Choosing another force shows its places and puts it into the address."""
    with opened(browser, f"{address}/") as (page, _):
        page.get_by_label("Force").first.click()
        page.get_by_role("option", name="France").click()
        expect(page.locator("#overview-sentence")).to_contain_text("5,100")
        expect(page).to_have_url(re.compile(r"/\?force=FRA&since=\d{4}-\d\d-\d\d$"))


def test_zero_withheld_and_unreported_look_different(browser: Browser, address: str) -> None:
    """Zero, withheld and not reported have words and looks of their own."""
    with opened(browser, f"{address}/") as (page, _):
        expect(page.locator("td.zero")).to_have_text("0 (none)")
        assert {text.strip() for text in page.locator("td.withheld").all_inner_texts()} == {"Withheld"}
        expect(page.locator("td.unreported")).to_have_text("Not reported")


def test_hostile_text_is_only_text(browser: Browser, address: str) -> None:
    """Mark-up in titles, quotes, notes, units, links and names is shown, not run."""
    with opened(browser, f"{address}/series/USA/KWT") as (page, _):
        expect(page.locator("#series-events li")).to_have_count(len(PAYLOADS))  # they come last, with the estimate
        page.locator("#series-chart .points path").first.click(force=True)
        expect(page.locator("#series-claim .quote")).to_be_visible()
        assert page.evaluate("window.pwned") is None
        assert page.locator("a[href^='javascript:']").count() == 0


def test_claims_go_before_the_estimate(browser: Browser, address: str) -> None:
    """Where the line of the estimate goes through a claim, the pointer meets the claim; beside it, the estimate."""
    with opened(browser, f"{address}/series/USA/KWT") as (page, _):
        expect(page.locator("#series-notes p").first).to_be_attached()
        mark = page.locator("#series-chart .points path").first
        mark.hover(force=True)
        hover = page.locator("#series-chart .hoverlayer .hovertext")
        expect(hover).to_contain_text("as printed: 1,234")
        box = mark.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] + 4, box["y"] + box["height"] / 2)
        expect(hover).to_contain_text("estimate")
        expect(page.locator("#series-claim")).to_contain_text("That is the estimate, not a claim.")


@pytest.mark.parametrize("path", ["/", "/sources", "/disagreements", "/compare?series=USA/KWT,FRA/MLI"])
def test_hostile_names_are_only_text_elsewhere(browser: Browser, address: str, path: str) -> None:
    """Thirty sources named like scripts run nothing on the pages that list them."""
    assert len(PAYLOADS) == 30
    with opened(browser, address + path) as (page, _):
        expect(page.locator("main .card").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.pwned") is None
        assert page.locator("a[href^='javascript:']").count() == 0


@pytest.mark.parametrize("number", range(0, 30, 3))
def test_hostile_claim_is_only_text(browser: Browser, address: str, number: int) -> None:
    """The page of a claim and that of its origin show hostile quote, note, unit, title, locator and name as text."""
    with urlopen(f"{address}/api/v1/claims?place=KWT") as answer:  # noqa: S310 - our own server
        claim = json.load(answer)[number]
    for path in (f"/claims/{claim['claim_id']}", f"/sources/{quote(claim['origin_id'], safe='')}"):
        with opened(browser, address + path) as (page, _):
            expect(page.locator("main h1").first).to_be_visible()
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.pwned") is None
            assert page.locator("a[href^='javascript:']").count() == 0


def test_skip_link_is_the_first_stop(browser: Browser, address: str) -> None:
    """The first press of Tab offers to skip to the content."""
    with opened(browser, f"{address}/") as (page, _):
        expect(page.locator("h1")).to_be_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"


def test_title_names_the_series(browser: Browser, address: str) -> None:
    """The window's title says whose people are counted where."""
    with opened(browser, f"{address}/series/USA/IRQ") as (page, _):
        expect(page).to_have_title("United States in Iraq \N{MIDDLE DOT} Trooptally")


def test_unknown_series_suggests(browser: Browser, address: str) -> None:
    """An unknown place is answered with what may have been meant."""
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{address}/series/USA/Irak")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name="Iraq", exact=True)).to_have_attribute("href", "/series/USA/IRQ")
    context.close()
