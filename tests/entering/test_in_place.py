"""Names that are not known yet, added from the form by keyboard, with who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browsing import DESKTOP, PHONE, Scheme, claims, opened, quiet, violations, visiting, wide
from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.entering import House

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_unknown_place_is_added_and_the_claim_saved(
    browser: Browser, house: House, address: str, scheme: Scheme, size: tuple[int, int]
) -> None:
    """From an unknown place the button beside it leads, by keyboard alone, to the new name and back to the claim."""
    with visiting(browser, house, address, "Cleo", scheme=scheme, size=size) as page:
        opened(page, f"{address}/enter", "#enter-line")
        page.fill("#enter-force", "USA")
        page.fill("#enter-place", "Camp Sample")
        offer = page.locator("#enter-name-offer")
        expect(offer).to_contain_text("as a new place")
        quiet(page)
        offer.press("Enter")
        expect(page.locator("#enter-name-what")).to_be_focused()
        expect(page.locator("#enter-name-what")).to_have_value("Place: base")
        expect(page.locator("#enter-name-printed")).to_have_value("Camp Sample")
        page.locator("#enter-name-known").press_sequentially("Iraq")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#enter-name-said")).to_contain_text("A change needs a reason")
        page.locator("#enter-name-why").press_sequentially("named by the Pentagon")
        assert violations(page) == []
        assert wide(page) <= 0
        page.keyboard.press("Control+Enter")
        expect(page.locator("#enter-name-said")).to_contain_text("Camp Sample means CAMP-SAMPLE")
        expect(offer).to_be_hidden()
        expect(page.locator('#enter-place[aria-invalid="true"]')).to_have_count(0)
        page.fill("#enter-figure", "about 300")
        page.locator("#enter-measure").click()
        page.keyboard.type("pres")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#enter-said")).to_contain_text("Saved: Approximately 300")
    assert claims(house) == ["about 300"]
    with Ledger.open(house.url, read_only=True) as ledger:
        change = next(one for one in ledger.recent_changes(9) if one.act == "reference")
        assert (change.contributor, change.reason) == ("Cleo", "named by the Pentagon")
        assert ledger.names().facts("place", "CAMP-SAMPLE")["within"] == "IRQ"
