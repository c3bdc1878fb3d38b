"""What is known of sources, read from a real ledger and shown on their pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from trooptally.ledger import Ledger
from trooptally_dashboards.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def page_at(client: FlaskClient, path: str) -> str:
    """Return the page that the browser would draw at an address, as text."""
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    asked = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs,
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    return json.dumps(client.post("/_dash-update-component", json=asked).get_json())


def test_sources_count_what_they_printed_and_said(ledger_url: str) -> None:
    """A publisher counts what it printed, an origin what others print of it; who said nothing is not listed."""
    with Ledger.open(ledger_url, read_only=True) as ledger:
        heads = {head.source_id: head for head in ledger.sources()}
        detail = ledger.source("pentagon")
        assert ledger.source("nobody-at-all") is None
        assert ledger.source("reuters") is None
    assert heads["pentagon"].reports == heads["pentagon"].claims == 0
    assert heads["pentagon"].said == 4
    assert heads["the-daily-sample"].said == 0
    assert heads["the-daily-sample"].claims > 0
    assert detail is not None
    assert [(share.place, share.printed, share.said) for share in detail.shares] == [("IRQ", 0, 4)]
    assert sum(echo.claims for echo in detail.echoes) == 4


def test_levels_leave_out_drafts_and_what_is_missing(ledger_url: str) -> None:
    """Only accepted figures with a day are compared."""
    with Ledger.open(ledger_url, read_only=True) as ledger:
        levels = ledger.levels()
    assert {level.measure for level in levels} == {"present", "authorized"}
    assert all(level.low is not None or level.point is not None or level.high is not None for level in levels)
    assert 6000 not in {level.low for level in levels}


def test_pages_of_sources(ledger_url: str) -> None:
    """The list links every source, a source's page has its series, and an unknown source is not found."""
    client: FlaskClient = create_app(ledger_url).server.test_client()
    assert "/sources/the-daily-sample" in page_at(client, "/sources")
    page = page_at(client, "/sources/pentagon")
    assert "it is the origin of 4 claims" in page
    assert "/series/USA/IRQ" in page
    assert client.get("/sources/pentagon").status_code == 200
    assert client.get("/sources/nobody").status_code == 404
    assert "No such source" in page_at(client, "/sources/nobody")
