"""Many rows at once: typed, pasted as a whole or as a block, looked at, saved all or none, taken back as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from support.browsing import DESKTOP, PHONE, Scheme, claims, opened, violations, visiting, wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from support.entering import House

pytestmark = pytest.mark.browser

HEADER = "force\tplace\tmeasure\tfigure\tas_of\tpublisher"
PASTE = """text => {
    const held = new DataTransfer();
    held.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true}));
}"""


def rows(many: int) -> list[str]:
    """Return rows of a spreadsheet that differ in figure and month."""
    return [f"USA\tIRQ\tpresent\t{2_000 + n:,}\t{1960 + n // 12}-{n % 12 + 1:02d}\tAP" for n in range(many)]


def at_the_grid(page: Page, address: str) -> None:
    """Open the grid."""
    opened(page, f"{address}/enter", "#enter-line")
    page.get_by_role("tab", name="Many rows").click()
    expect(page.locator("#rows-grid .ag-row").first).to_be_visible()


def cell(page: Page, row: int, column: str) -> Any:
    """Return one cell of the grid."""
    return page.locator(f'#rows-grid .ag-row[row-index="{row}"] [col-id="{column}"]')


def test_hundreds_of_rows_are_looked_at_and_saved(browser: Browser, house: House, address: str) -> None:
    """Three hundred pasted rows are previewed, saved as one change, and taken back as one."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_grid(page, address)
        page.fill("#rows-pasted", "\n".join([HEADER, *rows(300)]))
        expect(page.locator("#rows-said")).to_contain_text("300 rows")
        expect(page.locator("#rows-pasted")).to_have_value("")
        assert claims(house) == []
        page.click("#rows-save")
        expect(page.locator("#rows-saved")).to_contain_text("300 recorded")
        assert len(claims(house)) == 300
        expect(cell(page, 0, "figure")).to_have_text("")
        page.get_by_role("button", name=re.compile("Take back all of change")).click()
        expect(page.locator("#rows-saved")).to_contain_text("were taken back")
    assert claims(house) == []


def test_wrong_rows_are_found_mended_and_nothing_is_saved_before(browser: Browser, house: House, address: str) -> None:
    """A refused row keeps all from being saved; its cell is found, mended by typing, and then all go in at once."""
    before = house.digest()
    with visiting(browser, house, address, "Cleo") as page:
        at_the_grid(page, address)
        wrong = ["USA\tNowhere\tpresent\t171,00\t2021-09\tAP", "USA\tSYR\tpresent\tabout 900\t\tAP"]
        page.fill("#rows-pasted", "\n".join([HEADER, *rows(2), *wrong]))
        expect(page.locator("#rows-said")).to_contain_text("4 rows")
        expect(page.locator("#rows-said")).to_contain_text("Nothing can be saved")
        expect(page.locator("#rows-save")).to_be_disabled()
        expect(cell(page, 2, "fate")).to_have_text("refused")
        expect(cell(page, 2, "place")).to_have_class(re.compile("cell-wrong"))
        page.click("#rows-next")
        expect(cell(page, 2, "place")).to_be_focused()
        page.keyboard.type("Iraq")
        page.keyboard.press("Enter")
        expect(cell(page, 2, "place")).to_have_text("Iraq")
        cell(page, 2, "figure").click()
        page.keyboard.type("17,100")
        page.keyboard.press("Enter")
        expect(page.locator("#rows-save")).to_be_enabled()
        assert house.digest() == before
        page.click("#rows-save")
        expect(page.locator("#rows-saved")).to_contain_text("recorded")
    assert len(claims(house)) == 4


def test_looking_does_not_cut_off_what_is_being_typed(browser: Browser, house: House, address: str) -> None:
    """Whoever pauses within a cell while the rows before are looked at finds every letter of it kept, and saved."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_grid(page, address)
        page.fill("#rows-pasted", "\n".join([HEADER, *rows(1)]))
        expect(page.locator("#rows-save")).to_be_enabled()
        cell(page, 0, "place").click()
        page.keyboard.type("Syria")
        page.keyboard.press("Enter")
        cell(page, 0, "figure").click()
        page.keyboard.type("17,")
        page.wait_for_timeout(800)  # longer than the grid waits before it looks
        page.keyboard.type("100")
        page.click("#rows-save")
        expect(page.locator("#rows-saved")).to_contain_text("1 recorded")
    assert claims(house) == ["17,100"]


def test_block_is_pasted_onto_a_cell(browser: Browser, house: House, address: str) -> None:
    """A block pasted from a spreadsheet fills the cells from the focused one to the right and below."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_grid(page, address)
        cell(page, 0, "force").click()
        page.evaluate(PASTE, "\n".join(row.replace("present\t", "present\t\t") for row in rows(20)))
        expect(page.locator("#rows-said")).to_contain_text("20 rows")
        cell(page, 0, "figure").click()
        page.evaluate(PASTE, "about 10\t2001\nabout 20\t2002\r\n")
        expect(cell(page, 1, "figure")).to_have_text("about 20")
        expect(cell(page, 1, "as_of")).to_have_text("2002")
        expect(cell(page, 2, "figure")).to_have_text("2,002")


def test_closed_browser_keeps_the_rows(browser: Browser, house: House, address: str) -> None:
    """What stood in the grid is there again after the page was closed."""
    with visiting(browser, house, address, "Cleo") as page:
        at_the_grid(page, address)
        cell(page, 0, "figure").click()
        page.keyboard.type("about 40")
        page.keyboard.press("Enter")
        expect(page.locator("#rows-said")).to_contain_text("1 row")
        again = page.context.new_page()
        page.close()
        at_the_grid(again, address)
        expect(cell(again, 0, "figure")).to_have_text("about 40")
        again.click("#rows-clear")
        expect(cell(again, 0, "figure")).to_have_text("")


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE), ("dark", PHONE)])
def test_grid_has_no_barriers(
    browser: Browser, house: House, address: str, scheme: Scheme, size: tuple[int, int]
) -> None:
    """Neither an empty grid nor one with refused rows has a barrier or scrolls the page sideways."""
    with visiting(browser, house, address, "Cleo", scheme=scheme, size=size) as page:
        at_the_grid(page, address)
        assert violations(page) == []
        page.fill("#rows-pasted", "\n".join([HEADER, *rows(30), "USA\tNowhere\tpresent\t1\t\t"]))
        expect(page.locator("#rows-said")).to_contain_text("31 rows")
        assert violations(page) == []
        assert wide(page) <= 0
