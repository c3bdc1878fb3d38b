"""Entering, reviewing and correcting in a real browser: by keyboard, by phone, in the light and in the dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browsing import DESKTOP, PHONE, Scheme, claims, opened, quiet, violations, visiting, wide
from trooptally.ledger import Ledger
from trooptally.vocabulary import Status
from trooptally_dashboards.reviewing import queue

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from support.entering import House

pytestmark = pytest.mark.browser

LINE = "around 2,500 U.S. troops are in Iraq, according to the Biden administration, NYT 20 Sep 2021"
STORY = (
    "The United States has about 900 troops in Syria and 2,500 in Iraq, the Pentagon said on Tuesday. "
    "France will withdraw 400 soldiers from Niger, President Emmanuel Macron said. The harvest of 60 tonnes has begun."
)
PAGES = {
    "sign-in": ("", "/sign-in", "#sign-in-name"),
    "gate": ("", "/enter", ".notice"),
    "refused": ("Cleo", "/review", ".notice"),
    "enter": ("Cleo", "/enter", "#enter-line"),
    "review": ("Rita", "/review", ".queue-entry"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_have_no_barriers(
    browser: Browser, house: House, address: str, size: tuple[int, int], scheme: Scheme
) -> None:
    """No page of writing has a barrier that axe finds or scrolls sideways, on a desk or a phone, light or dark."""
    for name, path, ready in PAGES.values():
        with visiting(browser, house, address, name, scheme=scheme, size=size) as page:
            opened(page, address + path, ready)
            quiet(page)
            assert violations(page) == [], path
            assert wide(page) <= 0, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_work_in_progress_has_no_barriers(browser: Browser, house: House, address: str, scheme: Scheme) -> None:
    """A filled form with an error, a read article, previewed rows and an open correction have none either."""
    with visiting(browser, house, address, "Rita", scheme=scheme, size=PHONE) as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", "171,00 US troops in Iraq")
        page.fill("#enter-figure", "171,00")
        page.fill("#enter-force", "USA")
        expect(page.locator('#enter-figure[aria-invalid="true"]')).to_be_visible()
        assert violations(page) == []
        page.get_by_role("tab", name="An article").click()
        page.fill("#article-pasted", STORY)
        page.click("#article-read")
        expect(page.locator("mark.here")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("tab", name="Many rows").click()
        page.fill("#rows-pasted", "force\tplace\tmeasure\tfigure\nUSA\tIRQ\tpresent\t2,500\nUSA\tNowhere\tpresent\t1")
        expect(page.locator(".fate-refused")).to_be_visible()
        assert violations(page) == []
        assert wide(page) <= 0
        claim = house.drafts()[1]
        opened(page, f"{address}/correct/{claim}", "#correct-reason")
        quiet(page)
        assert violations(page) == []
        assert wide(page) <= 0


def test_line_to_claim_by_keyboard(browser: Browser, house: House, address: str) -> None:
    """From the first key to the saved claim: the line, Enter to go on to Save, Enter to save, and focus is back."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        expect(page.locator("#enter-line")).to_be_focused()
        page.keyboard.insert_text(LINE)
        page.keyboard.press("Enter")
        expect(page.locator("#enter-save")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#enter-said")).to_contain_text("Saved: Approximately 2,500")
        expect(page.locator("#enter-line")).to_be_focused()
        expect(page.locator("#enter-figure")).to_have_value("")
    assert claims(house) == ["around 2,500"]


def test_emptied_line_empties_what_it_filled(browser: Browser, house: House, address: str) -> None:
    """With the line taken away, every field that it had filled shows nothing, and what was typed beside it stays."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-measure")).to_have_value("present")
        page.fill("#enter-title", "A story")
        quiet(page)
        page.fill("#enter-line", "")
        for name in ("force", "place", "measure", "figure", "as_of", "publisher"):
            expect(page.locator(f"#enter-{name}")).to_have_value("")
        expect(page.locator("#enter-title")).to_have_value("A story")


def test_form_by_keyboard_alone(browser: Browser, house: House, address: str) -> None:
    """The whole form is filled and saved with the tab key, the arrows and Ctrl+Enter."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        expect(page.locator("#enter-line")).to_be_focused()
        page.keyboard.press("Tab")
        for text in ("USA", "IRQ"):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.type("pres")
        page.keyboard.press("Tab")
        expect(page.locator("#enter-figure")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(page.locator("#enter-measure")).to_have_value("present")
        page.keyboard.press("Tab")
        for text in ("more than 5,000", "2021-09"):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        expect(page.locator("#enter-understood")).to_contain_text("More than 5,000")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#enter-said")).to_contain_text("Saved: More than 5,000")
    assert claims(house) == ["more than 5,000"]


def test_closed_browser_keeps_the_draft(browser: Browser, house: House, address: str) -> None:
    """What was being typed is there again after the page was closed, the person's own words included."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-place")).to_have_value("Iraq")
        page.fill("#enter-place", "Syria")
        expect(page.locator("#enter-understood")).to_contain_text("Syria")
        again = page.context.new_page()
        page.close()
        opened(again, f"{address}/enter", "#enter-line")
        expect(again.locator("#enter-line")).to_have_value(LINE)
        expect(again.locator("#enter-understood")).to_contain_text("Syria")
        quiet(again)
        expect(again.locator("#enter-place")).to_have_value("Syria")
        expect(again.locator("#enter-figure")).to_have_value("around 2,500")


def test_every_key_is_kept(browser: Browser, house: House, address: str) -> None:
    """What was typed without a pause to the last key is there again after the page was closed."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        expect(page.locator("#enter-line")).to_be_focused()
        page.keyboard.type("2,500 U.S. tro")
        again = page.context.new_page()
        page.close()
        opened(again, f"{address}/enter", "#enter-line")
        expect(again.locator("#enter-line")).to_have_value("2,500 U.S. tro")


def test_saved_entry_is_no_draft_any_more(browser: Browser, house: House, address: str) -> None:
    """A page closed right after the confirmation leaves nothing behind that would be typed upon or saved again."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-understood")).to_contain_text("2,500")
        again = page.context.new_page()
        # Remembers every draft that the page ever keeps from the confirmation on.
        page.evaluate(
            """() => {
                window.kept = [];
                const keep = Storage.prototype.setItem;
                Storage.prototype.setItem = function (name, told) {
                    window.kept.push(told);
                    keep.call(this, name, told);
                };
            }"""
        )
        page.click("#enter-save")
        expect(page.locator("#enter-said")).to_contain_text("Saved")
        expect(page.locator("#enter-line")).to_be_focused()
        quiet(page)
        assert page.evaluate("window.kept.filter(told => told.includes('2,500'))") == []
        page.close()
        opened(again, f"{address}/enter", "#enter-line")
        expect(again.locator("#enter-line")).to_be_focused()
        expect(again.locator("#enter-line")).to_have_value("")
        expect(again.locator("#enter-force")).to_have_value("")


def test_session_that_ends_at_save_loses_nothing(browser: Browser, house: House, address: str) -> None:
    """A save after the session has ended says so, writes nothing, keeps what was typed, and leads to the sign-in."""
    before = house.digest()
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-place")).to_have_value("Iraq")
        page.context.clear_cookies()
        page.click("#enter-save")
        expect(page.locator("#connection-said")).to_contain_text("signed out; nothing was written")
        expect(page.locator("#enter-line")).to_have_value(LINE)
        assert house.digest() == before
        page.goto(f"{address}/sign-in?link={house.link('Cleo')}")
        expect(page.locator(".person")).to_have_text("Cleo")
        opened(page, f"{address}/enter", "#enter-line")
        expect(page.locator("#enter-line")).to_have_value(LINE)
        expect(page.locator("#enter-understood")).to_contain_text("2,500")
        page.click("#enter-save")
        expect(page.locator("#enter-said")).to_contain_text("Saved")


def test_network_that_goes_away_loses_nothing(browser: Browser, house: House, address: str) -> None:
    """A save without a network says so and keeps the form; sent again it is one claim."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-understood")).to_contain_text("2,500")
        page.context.set_offline(True)
        page.click("#enter-save")
        expect(page.locator("#connection-said")).to_contain_text("cannot be reached")
        page.context.set_offline(False)
        page.dblclick("#enter-save")
        expect(page.locator("#enter-said")).to_contain_text(re.compile("Saved|already has"))
        quiet(page)
    assert claims(house) == ["around 2,500"]


def test_entry_can_be_taken_back(browser: Browser, house: House, address: str) -> None:
    """The confirmation leads to the claim and takes it back."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-line", LINE)
        expect(page.locator("#enter-understood")).to_contain_text("2,500")
        page.click("#enter-save")
        page.get_by_role("button", name="Take it back").click()
        expect(page.locator("#enter-said")).to_contain_text("was taken back")
    assert claims(house) == []
    assert claims(house, Status.RETRACTED) == ["around 2,500"]


def test_article_by_single_keys(browser: Browser, house: House, address: str) -> None:
    """Proposals are accepted and rejected by keys with auto-advance, undone by name, and a missed one is added."""
    with visiting(browser, house, address, "Cleo") as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.get_by_role("tab", name="An article").click()
        page.fill("#article-pasted", STORY)
        page.fill("#article-publisher", "The Daily Sample")
        page.fill("#article-published_on", "2021-09-21")
        page.click("#article-read")
        expect(page.locator("mark.here")).to_have_text("about 900 troops")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("a")
        expect(page.locator("mark.mark-accepted")).to_have_text("about 900 troops")
        expect(page.locator("mark.here")).to_have_text("2,500")
        page.keyboard.press("r")
        expect(page.locator("mark.mark-rejected")).to_have_text("2,500")
        expect(page.locator("#article-undo")).to_contain_text("rejected")
        page.keyboard.press("u")
        expect(page.locator("mark.mark-rejected")).to_have_count(0)
        page.keyboard.press("u")
        expect(page.locator("#article-said")).to_contain_text("accepted")
        expect(page.locator("mark.mark-accepted")).to_have_count(0)
        assert claims(house) == []
        _select(page, "60 tonnes")
        page.keyboard.press("m")
        expect(page.locator("mark.mark-added")).to_have_text("60 tonnes")
        expect(page.locator("#article-figure")).to_be_focused()
        page.fill("#article-figure", "60")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#article-said")).to_contain_text("Saved: Exactly 60")
    assert claims(house) == ["60 tonnes"]


def _select(page: Page, words: str) -> None:
    """Select words of the article as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById("article-shown"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at >= 0) {
                    window.getSelection().setBaseAndExtent(
                        walker.currentNode, at, walker.currentNode, at + words.length);
                }
            }
        }""",
        words,
    )


def test_queue_by_single_keys(browser: Browser, house: House, address: str) -> None:
    """Drafts are accepted, rejected, edited and undone by keys, and the next one is there at once."""
    with Ledger.open(house.url, read_only=True) as ledger:
        first, second, third, fourth = (one["printed"].removeprefix("about ") for one in queue(ledger))
    with visiting(browser, house, address, "Rita") as page:
        shown = page.locator(".panel-title")
        opened(page, f"{address}/review", ".queue-entry.here")
        expect(shown).to_contain_text(first)
        page.keyboard.press("j")
        expect(shown).to_contain_text(second)
        page.keyboard.press("a")
        expect(shown).to_contain_text(third)
        expect(page.locator("#review-undo")).to_contain_text("accepted")
        page.keyboard.press("r")
        expect(shown).to_contain_text(fourth)
        page.keyboard.press("u")
        expect(shown).to_contain_text(third)
        page.keyboard.press("e")
        expect(page.locator("#review-figure")).to_be_focused()
        page.fill("#review-figure", "about 1,222")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#review-said")).to_contain_text("Corrected and accepted")
    with Ledger.open(house.url, read_only=True) as ledger:
        accepted = ledger.claims(status=[Status.ACCEPTED])
        assert sorted(accepted["point"]) == sorted((int(second.replace(",", "")), 1_222))


def test_bulk_leaves_what_is_held(browser: Browser, house: House, address: str) -> None:
    """Accepting the list takes the clear drafts and leaves the one that a doubt holds."""
    with visiting(browser, house, address, "Rita") as page:
        opened(page, f"{address}/review", ".queue-entry.here")
        page.click("#review-bulk")
        expect(page.locator("#review-said")).to_contain_text("Accepted 3 drafts")
        expect(page.locator(".queue-entry")).to_have_count(1)
    assert len(claims(house)) == 3


def test_two_browsers_correct_one_claim(browser: Browser, house: House, address: str) -> None:
    """The second of two people is told what the first has changed and why, and nothing of theirs is written."""
    claim = house.drafts()[1]
    with visiting(browser, house, address, "Rita") as one, visiting(browser, house, address, "Ada") as other:
        for page in (one, other):
            opened(page, f"{address}/correct/{claim}", "#correct-reason")
            expect(page.locator("#correct-understood")).to_contain_text("1,001")
        _correct(one, "about 1,111", "misread")
        expect(one.locator("#correct-said")).to_contain_text("Corrected")
        _correct(other, "about 1,999", "typing error")
        said = other.locator("#correct-said")
        expect(said).to_contain_text("Rita made version 2")
        expect(said).to_contain_text("from 1001 to 1111")
        other.click("#correct-save")
        expect(said).to_contain_text("Corrected: Approximately 1,999")
    with Ledger.open(house.url, read_only=True) as ledger:
        assert [version.contributor for version in ledger.claim(claim).versions] == ["reader", "Rita", "Ada"]


def _correct(page: Page, figure: str, reason: str) -> None:
    page.fill("#correct-figure", figure)
    page.fill("#correct-reason", reason)
    page.click("#correct-save")


def test_claim_is_retracted_and_graded_with_a_reason(browser: Browser, house: House, address: str) -> None:
    """Without a reason nothing is written; with one the claim is graded and withdrawn."""
    claim = house.drafts()[1]
    with visiting(browser, house, address, "Rita") as page:
        opened(page, f"{address}/correct/{claim}", "#correct-reason")
        page.click("#correct-retract")
        expect(page.locator("#correct-said")).to_contain_text("Say why")
        page.fill("#correct-reason", "withdrawn by the paper")
        page.click("#correct-grade-claim-to")
        page.get_by_role("option", name=re.compile("^5,")).click()
        page.click("#correct-grade-claim")
        expect(page.locator("#correct-said")).to_contain_text("graded 5")
        page.click("#correct-retract")
        expect(page.locator("#correct-said")).to_contain_text("Retracted")
    with Ledger.open(house.url, read_only=True) as ledger:
        detail = ledger.claim(claim)
        assert (detail.columns["status"], detail.grades["claim"]) == ("retracted", "5")


def test_password_signs_in_and_out(browser: Browser, house: House, address: str) -> None:
    """A wrong password is told, the right one leads on, and signing out ends it."""
    house.set_password("Rita")
    with visiting(browser, house, address) as page:
        opened(page, f"{address}/sign-in?next=/review", "#sign-in-name")
        page.fill("#sign-in-name", "Rita")
        page.fill("#sign-in-password", "not the password")
        page.click("#sign-in")
        expect(page.locator("#sign-in-said")).to_contain_text("wrong")
        page.fill("#sign-in-password", house.PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".queue-entry").first).to_be_visible()
        page.click("#sign-out")
        expect(page.locator("#who")).to_have_text("Sign in")
