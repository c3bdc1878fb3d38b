"""An article by its URL or as a file: its words, what it says of itself, and its figures, decided by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browsing import DESKTOP, PHONE, Scheme, claims, opened, violations, visiting, wide
from support.papers import docx, pdf
from trooptally.errors import NotAllowed
from trooptally.importing import Document, Particulars
from trooptally.intake import desk as desk_room
from trooptally.intake.desk import NOBODY, Desk
from trooptally.intake.proposals import propose, words_of
from trooptally.intake.taking import check
from trooptally.ledger import Ledger
from trooptally.names import Names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from support.entering import House

SENTENCE = "The United States has about 900 troops in Syria, the Pentagon said on Tuesday."
PAGE = (
    '<html><head><title>Troops stay</title><meta property="og:site_name" content="The Daily Sample">'
    '<meta property="article:published_time" content="2021-09-21T08:00:00Z"></head>'
    f"<body><article><h1>Troops stay</h1><p>{SENTENCE}</p>"
    f"<p>{'The harvest has begun. ' * 30}</p></article></body></html>"
)
FILES = {
    "story.pdf": pdf(SENTENCE),
    "story.docx": docx(SENTENCE),
    "story.html": PAGE.encode(),
    "story.txt": SENTENCE.encode(),
}


def at_the_article(page: Page, address: str) -> None:
    """Open the panel of articles."""
    opened(page, f"{address}/enter", "#enter-line")
    page.get_by_role("tab", name="An article").click()
    expect(page.locator("#article-choose")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("name", FILES)
def test_file_is_read_and_accepted_by_key(browser: Browser, house: House, address: str, name: str) -> None:
    """A PDF, a Word file, a web page or a text is chosen by keyboard, read at once, and its figure accepted."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_article(page, address)
        with page.expect_file_chooser() as chosen:
            page.locator("#article-choose").press("Enter")
        chosen.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": FILES[name]})
        expect(page.locator("mark.here")).to_have_text("about 900 troops")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("a")
        expect(page.locator("#article-said")).to_contain_text("Saved: Approximately 900")
    assert claims(house) == ["about 900 troops"]


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_url_is_fetched_and_fills_the_report(
    browser: Browser, house: House, address: str, monkeypatch: pytest.MonkeyPatch, scheme: Scheme, size: tuple[int, int]
) -> None:
    """What stands at a URL is read, with the publisher, day and title that the page gives for itself."""

    def fetched(url: str, told: Particulars) -> Document:
        return Document(name=url, content=PAGE.encode(), particulars=told)

    monkeypatch.setattr(desk_room, "fetch", fetched)
    with visiting(browser, house, address, "Cleo", scheme=scheme, size=size) as page:
        at_the_article(page, address)
        page.fill("#article-url", "https://sample.example/troops")
        page.locator("#article-fetch").press("Enter")
        expect(page.locator("mark.here")).to_have_text("about 900 troops")
        expect(page.locator("#article-publisher")).to_have_value("The Daily Sample")
        expect(page.locator("#article-published_on")).to_have_value("2021-09-21")
        expect(page.locator("#article-title")).to_have_value("Troops stay")
        assert violations(page) == []
        assert wide(page) <= 0
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("a")
        expect(page.locator("#article-said")).to_contain_text("Saved: Approximately 900")
    with Ledger.open(house.url, read_only=True) as ledger:
        (url,) = ledger.claims()["url"][ledger.claims()["printed"] == "about 900 troops"]
    assert url == "https://sample.example/troops"


@pytest.mark.browser
def test_url_inside_the_network_is_refused(browser: Browser, house: House, address: str) -> None:
    """An address of this machine is refused in a sentence, and what was pasted stays."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_article(page, address)
        page.fill("#article-pasted", "my own words")
        page.fill("#article-url", "http://127.0.0.1/health")
        page.click("#article-fetch")
        expect(page.locator("#article-found")).not_to_be_empty()
        expect(page.locator("#article-pasted")).to_have_value("my own words")
        expect(page.locator("#article-found")).to_contain_text("public")


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"story.pdf"}))
def test_article_with_its_address_is_what_an_import_makes(name: str) -> None:
    """With a URL, what is read out of a file and proposed are the claims that importing the file makes."""
    names, told = Names.shipped(), Particulars(url="https://sample.example/troops")
    document = Document(name=name, content=FILES[name], particulars=told)
    text, found = words_of(document)
    proposed = [one.claim_id for one in propose(text, found, names).proposals]
    assert proposed == check(document, names, importer="prose").extract.drafts.claim_id


def test_nobody_makes_the_server_fetch_or_read(house: House) -> None:
    """Whoever is not signed in neither makes the server fetch a page nor open a file."""
    with Ledger.open(house.url) as ledger:
        with pytest.raises(NotAllowed):
            Desk(ledger, NOBODY).words_at("https://sample.example/", Particulars())
        with pytest.raises(NotAllowed):
            Desk(ledger, NOBODY).words_of("x.txt", b"text", Particulars())


def test_large_requests_are_for_those_who_write(house: House) -> None:
    """Three megabytes are taken from a contributor and refused to everybody else."""
    sent = {"output": "nothing", "inputs": [], "filler": "x" * 3_000_000}
    assert house.client().post("/_dash-update-component", json=sent).status_code == 413
    assert house.signed_in("Vera").post("/_dash-update-component", json=sent).status_code == 413
    assert house.signed_in("Cleo").post("/_dash-update-component", json=sent).status_code == 400
    huge = {**sent, "filler": "x" * 9_000_000}
    assert house.signed_in("Cleo").post("/_dash-update-component", json=huge).status_code == 413
