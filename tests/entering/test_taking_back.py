"""Echoes merged in review, and undo that outlives a reload and takes back whole batches from the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browsing import DESKTOP, PHONE, Scheme, claims, opened, quiet, violations, visiting, wide
from support.drafting import attribution, draft, table
from support.entering import report, waiting_drafts
from trooptally.dates import parse_as_of
from trooptally.ledger import Ledger
from trooptally.vocabulary import Status

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.entering import House

pytestmark = pytest.mark.browser


def told_by_another_origin(house: House) -> str:
    """Record an accepted claim that says what the second draft says, of another origin; return its id."""
    said = draft(
        "about 1,001",
        report=report(9),
        locator="line 99",
        as_of=parse_as_of("2021-09-02"),
        attribution=attribution("The Daily Sample", "Gen. Kenneth McKenzie"),
    )
    with Ledger.open(house.url) as ledger:
        ledger.record([said.report], table(said), contributor="Ada", reason="another origin")
    return said.claim_id


def test_draft_is_merged_as_an_echo_by_one_key(browser: Browser, house: House, address: str) -> None:
    """Merged, a draft is accepted with the origin of the claim beside it; the words attributed to stay as printed."""
    other = told_by_another_origin(house)
    mine = waiting_drafts()[1].claim_id
    with visiting(browser, house, address, "Rita") as page:
        opened(page, f"{address}/review", ".queue-entry.here")
        page.keyboard.press("j")
        expect(page.locator(".panel-title")).to_contain_text("1,001")
        expect(page.locator("#review-echo-of")).to_have_value(
            "about 1,001, September 2, 2021, said by Gen. Kenneth McKenzie"
        )
        page.keyboard.press("m")
        expect(page.locator("#review-said")).to_contain_text("Merged")
        expect(page.locator("#review-undo")).to_contain_text("merged")
    with Ledger.open(house.url, read_only=True) as ledger:
        detail = ledger.claim(mine)
        assert detail.columns["status"] == "accepted"
        assert detail.columns["origin_id"] == ledger.claim(other).columns["origin_id"]
        assert detail.attributed_to == "Pentagon"


def test_undo_outlives_a_reload(browser: Browser, house: House, address: str) -> None:
    """After the page was closed a person still takes back their own last decision, and not another's."""
    with visiting(browser, house, address, "Rita") as page:
        opened(page, f"{address}/review", ".queue-entry.here")
        expect(page.locator(".panel-title")).to_contain_text("1,000")
        page.keyboard.press("a")
        expect(page.locator("#review-undo")).to_contain_text("accepted")
        with visiting(browser, house, address, "Ada") as other:
            opened(other, f"{address}/review", ".queue-entry.here")
            expect(other.locator("#review-undo")).to_contain_text("Nothing to undo")
        opened(page, f"{address}/review", ".queue-entry.here")
        expect(page.locator("#review-undo")).to_contain_text("accepted \N{LEFT DOUBLE QUOTATION MARK}about 1,000")
        quiet(page)
        page.keyboard.press("u")
        expect(page.locator("#review-said")).to_contain_text("Taken back")
    assert claims(house) == []


def test_filter_shows_what_is_doubtful(browser: Browser, house: House, address: str) -> None:
    """The queue can show only what a doubt holds, and says which doubt that is."""
    with visiting(browser, house, address, "Rita") as page:
        opened(page, f"{address}/review", ".queue-entry.here")
        page.click("#review-by-doubt")
        page.get_by_role("option", name="held or with an error").click()
        expect(page.locator(".queue-entry")).to_have_count(1)
        expect(page.locator(".queue-entry .doubt")).to_contain_text("the reader was unsure")


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_batch_is_taken_back_from_the_history(
    browser: Browser, house: House, address: str, scheme: Scheme, size: tuple[int, int]
) -> None:
    """A whole change is taken back from the history after it was said what it is, with who and why."""
    with visiting(browser, house, address, "Rita", scheme=scheme, size=size) as page:
        opened(page, f"{address}/review", ".queue-entry.here")
        page.click("#review-bulk")
        expect(page.locator("#review-said")).to_contain_text("Accepted 3 drafts")
        opened(page, f"{address}/history", "table.ledger tbody tr")
        assert violations(page) == []
        assert wide(page) <= 0
        page.get_by_role("button", name="Take back change").first.press("Enter")
        expect(page.locator("#enter-history-asked")).to_contain_text("accept of 3 claims by Rita")
        expect(page.locator("#enter-history-reason")).to_be_focused()
        page.keyboard.type("too early")
        assert violations(page) == []
        page.click("#enter-history-undo")
        expect(page.locator("#enter-history-said")).to_contain_text("was taken back by change")
    assert claims(house) == []
    assert len(claims(house, Status.DRAFT)) == 4
    with Ledger.open(house.url, read_only=True) as ledger:
        (last,) = ledger.recent_changes(1)
        assert (last.act, last.contributor, last.reason) == ("undo", "Rita", "too early")


def test_contributor_takes_back_only_their_own(house: House) -> None:
    """The history offers a contributor no change of somebody else's, and the desk refuses it."""
    client = house.signed_in("Cleo")
    shown = client.post(
        "/_dash-update-component",
        json={
            "output": "..enter-history-said.children...enter-history-list.children..",
            "outputs": [
                {"id": "enter-history-said", "property": "children"},
                {"id": "enter-history-list", "property": "children"},
            ],
            "inputs": [{"id": "enter-history-undo", "property": "n_clicks", "value": 1}],
            "state": [
                {"id": "enter-history-chosen", "property": "data", "value": 2},
                {"id": "enter-history-reason", "property": "value", "value": ""},
            ],
            "changedPropIds": ["enter-history-undo.n_clicks"],
        },
    )
    assert "a reviewer can take it back" in shown.text
