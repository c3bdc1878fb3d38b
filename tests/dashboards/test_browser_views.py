"""What a reader does with the views in a real browser: going back in time, taking along, showing elsewhere, failing."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from trooptally_dashboards import words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
IRAQ = "/series/USA/IRQ"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, as a reader of plain English has it."""
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    yield context.new_page()
    context.close()


def drawn(page: Page, address: str, path: str = IRAQ) -> None:
    """Open a series and wait for its chart."""
    page.goto(address + path)
    expect(page.locator("#series-chart .points path").first).to_be_attached()
    expect(page.locator("#series-notes p").first).to_be_attached()


def test_slider_goes_back_in_time(page: Page, address: str) -> None:
    """The slider asks the ledger as it stood, writes the instant into the address, and Back and reload restore it."""
    drawn(page, address)
    rows = page.locator("table.ledger tbody tr")
    now = rows.count()
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(page.locator("#series-slider-said")).to_contain_text("as it stood on")
    expect(page).to_have_url(re.compile(r"known_at=\d{4}-"))
    expect(rows).to_have_count(now - 1)  # the draft came with the second change
    page.reload()
    expect(rows).to_have_count(now - 1)
    page.get_by_role("link", name="Trooptally", exact=True).click()
    expect(page.locator("#overview-sentence")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("known_at="))
    expect(rows).to_have_count(now - 1)
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(rows).to_have_count(now)
    expect(page.locator("#series-slider-said")).to_have_text("now")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?from=2017&to=2018", 3),
        ("?source=pentagon", 4),
        ("?basis=all_present", 0),
        ("?from=2017-11-24&to=2017-11-24", 1),
    ],
)
def test_address_narrows_the_series(page: Page, address: str, query: str, rows: int) -> None:
    """Time, source and basis in the address narrow table and chart; where nothing is left, the way back is shown."""
    page.goto(address + IRAQ + query)
    if rows:
        expect(page.locator("table.ledger tbody tr")).to_have_count(rows)
    else:
        page.get_by_role("link", name="Show every claim of this series").click()
        expect(page.locator("table.ledger tbody tr").first).to_be_visible()


def test_a_failed_answer_is_said(page: Page, address: str) -> None:
    """Where the server fails or cannot be reached, the page says so and keeps what it showed, until the next answer."""
    drawn(page, address)
    rows = page.locator("table.ledger tbody tr")
    before = rows.count()
    page.route("**/api/v1/views/series/**", lambda route: route.fulfill(status=503, json={"error": "No ledger."}))
    page.get_by_label("From").fill("2017")
    expect(page.locator("#series-trouble")).to_contain_text("No ledger.")
    assert rows.count() == before
    page.unroute("**/api/v1/views/series/**")
    page.route("**/api/v1/views/series/**", lambda route: route.abort())
    page.get_by_label("From").fill("2018")
    expect(page.locator("#series-trouble")).to_contain_text("cannot be reached")
    page.unroute("**/api/v1/views/series/**")
    page.get_by_label("From").fill("2020")
    expect(rows).not_to_have_count(before)
    expect(page.locator("#series-trouble")).to_be_empty()


@pytest.mark.parametrize(("form", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_picture_is_made_in_the_browser(page: Page, address: str, form: str, begins: bytes) -> None:
    """A chart is saved as a picture that names the series, with no request to any server."""
    drawn(page, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    saved = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == f"united-states-in-iraq.{form.lower()}"
    assert saved.startswith(begins)
    assert len(saved) > 5_000
    assert not [url for url in asked if url.startswith("http")]


def test_downloads_hold_what_is_shown(page: Page, address: str) -> None:
    """The links beneath a narrowed series give its claims and no other."""
    drawn(page, address, f"{IRAQ}?from=2017&to=2018")
    for form in ("CSV", "JSON", "XLSX", "PARQUET"):
        link = page.get_by_role("link", name=form, exact=True).get_attribute("href") or ""
        assert link.startswith(f"/api/v1{IRAQ}.{form.lower()}?from=2017")
    assert page.request.get(f"{address}/api/v1{IRAQ}.csv?from=2017&to=2018").text().count("\r\n") == 4


@contextmanager
def elsewhere(body: str) -> Iterator[str]:
    """Serve one page of another site until the block ends; enter it with its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_only_the_embedded_form_may_be_framed(page: Page, address: str) -> None:
    """Another site may show the form without menus, and only that."""
    frames = f'<iframe id="a" src="{address}/embed{IRAQ}"></iframe><iframe id="b" src="{address}{IRAQ}"></iframe>'
    with elsewhere(frames) as other:
        page.goto(other)
        shown = page.frame_locator("#a")
        expect(shown.locator("#series-chart .points path").first).to_be_attached()
        expect(shown.locator("header.top")).to_be_hidden()
        expect(shown.locator(".controls").first).to_be_hidden()
        assert page.frame_locator("#b").locator("#series-chart").count() == 0


def test_lines_to_embed_hold_what_is_chosen(page: Page, address: str) -> None:
    """The lines for another page carry the address with every choice."""
    drawn(page, address, f"{IRAQ}?scale=log&measure=present")
    page.get_by_text("Show this chart on another page").click()
    expect(page.locator("#series-chart-embed")).to_contain_text("/embed/series/USA/IRQ?scale=log&amp;measure=present")


def test_added_levels_refuse_with_the_reason(page: Page, address: str) -> None:
    """Choosing to add says why that is refused, and lays nothing on another; the address keeps the choice."""
    page.goto(f"{address}/compare?series=USA/IRQ,USA/NER")
    expect(page.locator("#compare-chart .points path").first).to_be_attached()
    page.get_by_label("Shown").first.click()
    page.get_by_role("option", name="Added up").click()
    expect(page.locator("#compare-sentence")).to_contain_text("no day on which a level of each stands")
    expect(page).to_have_url(f"{address}/compare?series=USA/IRQ,USA/NER&mode=added")


def test_numbers_as_the_reader_writes_them(browser: Browser, address: str) -> None:
    """A German reader sees 47.000 in sentence, table and axis alike, and nowhere 47,000."""
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    drawn(page, address)
    expect(page.locator("#series-table")).to_contain_text("47.000")
    expect(page.locator("#series-sentence")).to_contain_text("2.500")
    expect(page.locator("#series-chart .ytick").filter(has_text="40.000")).to_have_count(1)
    assert "47,000" not in page.locator("main").inner_text().replace("as printed", "")
    context.close()


@pytest.fixture(scope="module")
def speaking(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose script speaks the words of the server."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(f"{address}/")
    page.wait_for_function("window.trooptally && window.trooptally.figure")
    yield page
    context.close()


_PEOPLE = st.one_of(st.none(), st.integers(0, 10_000_000))
_HEDGES = st.one_of(st.none(), st.sampled_from([*words._HEDGED, "range"]))
_DAYS = st.from_regex(r"-?\d{4}(-(0[1-9]|1[0-2])(-[0-3]\d)?)?[~?%]?", fullmatch=True)
_EDTF = st.one_of(st.none(), _DAYS, st.builds("{}/{}".format, _DAYS, st.one_of(_DAYS, st.sampled_from(["", ".."]))))


@settings(max_examples=60, deadline=None)
@given(low=_PEOPLE, point=_PEOPLE, high=_PEOPLE, hedge=_HEDGES, edtf=_EDTF)
def test_script_says_what_the_server_says(
    speaking: Page, low: int | None, point: int | None, high: int | None, hedge: str | None, edtf: str | None
) -> None:
    """Figures and dates read the same from the browser's script as from the server, in the reader's language."""
    words.read_in("fr-FR,fr;q=0.9")
    try:
        told = [words.figure(low, point, high, hedge), words.as_of(edtf), words.missing(hedge)]
    finally:
        words.read_in("")
    ask = "([l, p, h, g, e]) => [trooptally.figure(l, p, h, g), trooptally.as_of(e), trooptally.missing(g)]"
    assert speaking.evaluate(ask, [low, point, high, hedge, edtf]) == told
