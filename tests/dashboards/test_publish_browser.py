"""The published site in a real browser: opened from disk and from a plain web server, with nothing else to ask."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support.drafting import attribution, draft, table
from trooptally.intake.starter import take_starter
from trooptally.ledger import Ledger
from trooptally.model import Report
from trooptally.vocabulary import Measure
from trooptally_dashboards.publishing import Wish, publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
DESKTOP, PHONE = (1280, 900), (390, 844)
PAGES = {
    "overview": ("index.html", "#world-map .geolayer path.point"),
    "all-forces": ("forces/all.html", "#world-map .geolayer path.point"),
    "series": ("series/USA/IRQ.html", "#series-chart .points path"),
    "hostile": ("series/FRA/KWT.html", "#series-chart .points path"),
    "sources": ("sources.html", "main table"),
    "about": ("about.html", "main dl"),
}
RUN = "window.pwned=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src='x' onerror='{RUN}'>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f'"><svg/onload={RUN}>',
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><script>{RUN}</script></svg>",
    f"<math><mi//xlink:href='data:x,<script>{RUN}</script>'>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN} tabindex=1>x</a>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<style>@import 'javascript:{RUN}'</style>",
    f"</title><script>{RUN}</script>",
    f"</q></td></tr></table><script>{RUN}</script>",
    "{{ ''.__class__ }}{% for x in y %}${7*7}#{7*7}",
    f"%{{customdata[0]}}<b onmouseover={RUN}>bold</b>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;\N{LINE SEPARATOR}<script>{RUN}</script>",
    f"`-{RUN}-`';{RUN}//",
)


def hostile(number: int, payload: str) -> Any:
    """Return a claim with the payload in every text that a report can carry."""
    report = Report(
        source_id=f"hostile-{number}",
        publisher=payload,
        title=payload,
        url=f"javascript:{RUN}//{number}",
        published_on="2021-09-20",
        published_earliest="2021-09-20",
        published_latest="2021-09-20",
    )
    return draft(
        str(1000 + number),
        report=report,
        force="FRA",
        place="KWT",
        quote=payload,
        locator=payload,
        note=payload,
        unit=payload,
        measure=Measure.DEPLOYING if number % 5 == 0 else Measure.PRESENT,
        attribution=attribution(payload, f"{payload} said"),
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the starter facts, and of claims whose every text is an attack."""
    folder = tmp_path_factory.mktemp("browsed")
    drafts = [hostile(number, payload) for number, payload in enumerate(PAYLOADS)]
    url = f"sqlite:///{folder / 'ledger.db'}"
    with Ledger.create(url, contributor="tests", reason="a ledger to publish") as ledger:
        list(take_starter(ledger))
        ledger.record([d.report for d in drafts], table(*drafts), contributor="Eve", reason="an attack")
    with Ledger.open(url, read_only=True) as ledger:
        return publish(ledger, folder / "a site", Wish()).folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """The address at which a plain web server offers the site, below a folder of its own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as offering:
        thread = threading.Thread(target=offering.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{offering.server_address[1]}/a%20site/"
        offering.shutdown()
        thread.join()


@contextmanager
def opened(
    browser: Browser, url: str, scheme: Scheme = "light", size: tuple[int, int] = DESKTOP, **settings: Any
) -> Iterator[Page]:
    """Open a page; leaving the block checks that it asked for nothing but its own files, and complained of nothing."""
    asked: list[str] = []
    complaints: list[str] = []
    context = browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, **settings)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    own = url.split("a%20site/", maxsplit=1)[0] + "a%20site/"
    assert [address for address in asked if not address.startswith((own, "data:", "blob:"))] == []
    assert complaints == []


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line for each element."""
    # Axe would fetch the style sheets to look for rules on rotated screens; the page's policy lets nothing be fetched.
    found: Any = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def wide(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    beyond: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_from_disk(browser: Browser, site: Path, name: str, size: tuple[int, int], scheme: Scheme) -> None:
    """Opened from disk, a page asks for its own files alone; no complaint, sideways scroll or barrier."""
    path, drawn = PAGES[name]
    with opened(browser, f"{site.as_uri()}/{path}", scheme, size) as page:
        expect(page.locator(drawn).first).to_be_attached()
        if name != "about":
            expect(page.locator("table.ledger tbody tr").first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        assert wide(page) <= 0
        assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_from_a_web_server(browser: Browser, server: str, name: str) -> None:
    """Offered by a plain web server below some folder, a page is drawn just so."""
    path, drawn = PAGES[name]
    with opened(browser, server + path) as page:
        expect(page.locator(drawn).first).to_be_attached()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_tables_need_no_script(browser: Browser, site: Path, scheme: Scheme) -> None:
    """Without JavaScript every claim stands in its table, in the reader's colours; the page says what is missing."""
    with opened(browser, f"{site.as_uri()}/series/USA/IRQ.html", scheme, java_script_enabled=False) as page:
        expect(page.locator("table.claims tbody tr").first).to_be_visible()
        expect(page.get_by_text("The chart needs JavaScript")).to_be_visible()
        expect(page.locator("#series-chart")).to_be_hidden()
        colour = "rgb(20, 24, 29)" if scheme == "dark" else "rgb(245, 246, 248)"
        expect(page.locator("body")).to_have_css("background-color", colour)
        page.get_by_role("link", name="United States", exact=True).click()
        page.locator("table.ledger td.number a").first.click()
        expect(page.locator("tr:target")).to_be_visible()


def test_mark_leads_to_its_claim(browser: Browser, site: Path) -> None:
    """Choosing a mark of the chart goes to its claim in the table and puts the claim's place into the address."""
    with opened(browser, f"{site.as_uri()}/series/USA/SYR.html") as page:
        page.locator("#series-chart .points path").first.click(force=True)
        expect(page.locator("tr:target")).to_be_in_viewport()
        assert "#claim-" in page.url


def test_claim_has_an_address(browser: Browser, site: Path) -> None:
    """The sign beside a claim's day is a link that opens the page at that claim."""
    with opened(browser, f"{site.as_uri()}/series/USA/IRQ.html") as page:
        place = page.locator("table.claims tbody tr").nth(9).locator("a.here").get_attribute("href")
    with opened(browser, f"{site.as_uri()}/series/USA/IRQ.html{place}") as page:
        expect(page.locator("tr:target")).to_be_in_viewport()


def test_map_and_chooser_lead_on(browser: Browser, site: Path) -> None:
    """A place on the map opens its series, and choosing a force opens the page of that force."""
    with opened(browser, f"{site.as_uri()}/index.html") as page:
        page.get_by_label("Force", exact=True).select_option("France")
        expect(page.locator("h1")).to_contain_text("France")
        page.locator("#world-map .geolayer path.point").first.click(force=True)
        expect(page.locator("h1")).to_have_text("France in Kuwait")


def test_chosen_scheme_is_kept(browser: Browser, site: Path) -> None:
    """Light and dark are switched by a button, and the choice holds on the next page."""
    with opened(browser, f"{site.as_uri()}/index.html") as page:
        page.get_by_role("button", name="Switch between light and dark").click()
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        page.get_by_role("link", name="Sources").click()
        expect(page.locator("h1")).to_have_text("Sources")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_chart_is_that_of_the_app(browser: Browser, site: Path) -> None:
    """The estimate's band, the claims and the rows for movements and ceilings are drawn, and a card says a claim."""
    with opened(browser, f"{site.as_uri()}/series/USA/IRQ.html") as page:
        expect(page.locator("#series-chart .js-fill")).not_to_have_count(0)
        for heading in ("People present", "Movements: in, out, relief", "Ceilings and plans"):
            expect(page.locator("#series-chart .annotation-text").filter(has_text=heading)).to_be_visible()
        cards: list[list[str]] = page.evaluate(
            "document.getElementById('series-chart').data.flatMap((trace) => trace.customdata || [])"
        )
        assert ["About 2,000", "rotating", "September 2021"] in [card[1:4] for card in cards]


def test_hostile_text_is_only_text(browser: Browser, site: Path) -> None:
    """Attacks in titles, quotes, notes, units, links and names are shown as they were printed, and never run."""
    with opened(browser, f"{site.as_uri()}/series/FRA/KWT.html") as page:
        points = page.locator("#series-chart .points path")
        expect(points.first).to_be_attached()
        for n in range(min(points.count(), 8)):
            points.nth(n).hover(force=True)
        printed = page.locator("table.claims q.printed").all_text_contents()
        assert sorted(printed) == sorted(PAYLOADS)
        assert page.evaluate("window.pwned") is None
        assert page.locator("a[href^='javascript:'], iframe, object, embed, main img, main style").count() == 0
    for path in ("sources.html", "index.html", "forces/FRA.html"):
        with opened(browser, f"{site.as_uri()}/{path}") as page:
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("way", ["disk", "server"])
def test_policy_holds(browser: Browser, site: Path, server: str, way: str) -> None:
    """Should an attack ever get into a page, the page's own policy keeps it from running and from calling out."""
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/sources.html" if way == "disk" else f"{server}sources.html")
    page.evaluate("""() => {
        const inline = document.createElement("script");
        inline.textContent = "window.pwned = 1";
        document.body.append(inline);
        document.body.insertAdjacentHTML("beforeend", "<img src=x: onerror='window.pwned=2'>");
        document.body.insertAdjacentHTML("beforeend", "<a id='bad' href='javascript:window.pwned=3'>x</a>");
        document.getElementById("bad").click();
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    refused: str = page.evaluate("fetch('https://elsewhere.example/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    page.close()
