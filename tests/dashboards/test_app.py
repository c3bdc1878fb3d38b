"""The app: its pages by address, its headers, what it refuses, and what it says without a ledger."""

from __future__ import annotations

import gzip
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import plotly.offline
import pytest
from flask.testing import FlaskClient

import trooptally_dashboards
from trooptally.errors import LedgerMissing, TrooptallyError
from trooptally.ledger import Ledger
from trooptally_dashboards.app import create_app, serve
from trooptally_dashboards.figures.world import centres
from trooptally_dashboards.ledger_door import LedgerDoor

ASSETS = Path(trooptally_dashboards.__file__).parent / "assets"


@pytest.fixture
def client(ledger_url: str) -> FlaskClient:
    """A client of the app over the small ledger."""
    client: FlaskClient = create_app(ledger_url).server.test_client()
    return client


def ask_for_page(client: FlaskClient, path: str, search: str = "") -> str:
    """Return the page that the browser would draw at an address, as text."""
    asked = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post("/_dash-update-component", json=asked)
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.get_json(), ensure_ascii=False)


@pytest.mark.parametrize("path", ["/", "/series/USA/IRQ", "/series/USA/JPN", "/_dash-layout", "/health"])
def test_known_addresses_answer(client: FlaskClient, path: str) -> None:
    """Every page answers 200, also a series of known names without claims."""
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/series/USA/XX", "/series/US/IRQ", "/series/USA", "/series/USA/IRQ/x", "/claims/x", "/nowhere", "/404"]
)
def test_unknown_addresses_are_not_found(client: FlaskClient, path: str) -> None:
    """Nothing stands at an unknown address, and the status says so."""
    assert client.get(path).status_code == 404


def test_ids_may_hold_a_slash(client: FlaskClient) -> None:
    """The page of a source whose id has a slash in it is found, though a server is told of %2F as of a slash."""
    assert client.get("/sources/%3C%2Ftitle%3E%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E").status_code == 200
    assert client.get("/sources/pentagon%2Fno").status_code == 404


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v9/claims"])
def test_unknown_api_answers_json(client: FlaskClient, path: str) -> None:
    """An unknown address under /api is a 404 in JSON."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert answer.is_json


@pytest.mark.parametrize("path", ["/", "/health", "/api/x", "/assets/favicon.svg", "/nowhere"])
def test_every_answer_has_strict_headers(client: FlaskClient, path: str) -> None:
    """No answer lets a browser load from elsewhere, guess types, or be framed."""
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_index_names_its_language(client: FlaskClient) -> None:
    """The page says which language it is in and names no other host."""
    text = client.get("/").text
    assert '<html lang="en">' in text
    assert "https://" not in text
    assert "http://" not in text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_foreign_host_names_are_refused(client: FlaskClient, host: str) -> None:
    """A request that names another host is refused, so that a rebound name gains nothing."""
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_foreign_writes_are_refused(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    """What another site may have sent is refused before any callback."""
    given = {"Content-Type": "application/json", **headers}
    assert client.post("/_dash-update-component", data="{}", headers=given).status_code == status


@pytest.mark.parametrize("body", [[], {}, 1, {"output": 1, "inputs": []}, {"output": "x.y", "inputs": []}])
def test_malformed_callbacks_are_refused(client: FlaskClient, body: Any) -> None:
    """A callback of no known output is a plain 400."""
    assert client.post("/_dash-update-component", json=body).status_code == 400


def test_pages_read_the_ledger_anew(tmp_path: Path, ledger_url: str) -> None:
    """A page shows what was recorded after the app was made."""
    from support.drafting import TIMES, draft, table

    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    with Ledger.create(url, contributor="tests", reason="a new ledger") as ledger:
        client = create_app(url).server.test_client()
        assert "holds no claims yet" in ask_for_page(client, "/")
        assert "No claims on United States in Iraq" in ask_for_page(client, "/series/USA/IRQ")
        ledger.record([TIMES], table(draft("about 2,500")), contributor="Ada", reason="a first claim")
        assert "About 2,500" in ask_for_page(client, "/")
        assert "About 2,500, by 1 independent origin" in ask_for_page(client, "/series/USA/IRQ")


def test_missing_ledger_teaches(absent_ledger: str) -> None:
    """Without a ledger the pages say how to make one, health says 503, and nothing breaks."""
    client = create_app(absent_ledger).server.test_client()
    for path in ("/", "/series/USA/IRQ", "/claims/x"):
        assert "trooptally init" in ask_for_page(client, path)
        assert client.get(path).status_code == 200
    assert client.get("/health").status_code == 503


def test_ledger_made_later_is_found(absent_ledger: str) -> None:
    """A ledger made while the app runs is read without a restart."""
    client = create_app(absent_ledger).server.test_client()
    Ledger.create(absent_ledger, contributor="tests", reason="made later").close()
    assert client.get("/health").status_code == 200


def test_known_at_repeats_what_was_known(client: FlaskClient) -> None:
    """A page asked for a day before the first claim shows none of them; a day that lies ahead means now."""
    assert "No claim matches" in ask_for_page(client, "/series/USA/IRQ", "?known_at=2020-01-01")
    assert "About 2,500" in ask_for_page(client, "/series/USA/IRQ", "?known_at=2999-01-01")


def test_claim_page_tells_everything(client: FlaskClient, ledger_url: str) -> None:
    """The page of a claim has its quote, locator, report, chain, standing and who recorded it."""
    with Ledger.open(ledger_url, read_only=True) as ledger:
        series = ledger.series("USA", "IRQ")
    claim_id = series.claim_id[series.measure.index("rotating")]
    page = ask_for_page(client, f"/claims/{claim_id}")
    for told in ("around 2,000 U.S. troops", "line 9", "Report 9", "Biden administration", "Ada", "Cite this claim"):
        assert told in page
    assert client.get(f"/claims/{claim_id}").status_code == 200


def test_unknown_names_get_suggestions(client: FlaskClient) -> None:
    """An unknown place is answered with near ones as links."""
    assert "/series/USA/IRQ" in ask_for_page(client, "/series/USA/Irak")


def test_map_shapes_fit_the_chart_library() -> None:
    """The shapes were taken from the release of the chart library that is installed."""
    version = (ASSETS / "topojson" / "VERSION").read_text("utf-8").strip()
    assert version == plotly.offline.get_plotlyjs_version()
    assert (ASSETS / "topojson" / "world_110m.json").stat().st_size > 100_000


def test_every_centre_is_on_the_globe() -> None:
    """Each country's middle has a longitude and a latitude."""
    assert len(centres()) > 240
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in centres().values())


def test_busy_port_is_one_sentence(ledger_url: str) -> None:
    """A port that somebody else holds is refused in one sentence that names it."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(TrooptallyError, match=f"Cannot serve on 127.0.0.1:{port}: .*--port"):
            serve(ledger_url, port=port)


def test_serving_nothing_is_refused(absent_ledger: str) -> None:
    """There is nothing to serve without a ledger."""
    with pytest.raises(LedgerMissing):
        serve(absent_ledger)


def test_many_readers_at_once_are_served(ledger_url: str) -> None:
    """Sixteen threads that read one open ledger at once each get the whole series, and no connection is pulled away."""
    with Ledger.open(ledger_url, read_only=True) as ledger, ThreadPoolExecutor(16) as readers:
        whole = len(ledger.series("USA", "IRQ"))
        asked = [readers.submit(lambda: len(ledger.series("USA", "IRQ"))) for _ in range(400)]
        assert {answer.result() for answer in asked} == {whole}


def test_starting_reads_no_page(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app starts without drawing any page, which on a large ledger would take minutes."""
    asked: list[str] = []
    monkeypatch.setattr(LedgerDoor, "__call__", lambda door: asked.append(door.url))
    create_app(ledger_url)
    assert asked == []


def test_long_text_travels_squeezed(client: FlaskClient) -> None:
    """Who takes gzip gets the same answer in less; who does not gets it plain; a picture is left as it is."""
    path, asked = "/api/v1/views/series/USA/IRQ", {"Accept-Encoding": "gzip, deflate"}
    plain, small = client.get(path), client.get(path, headers=asked)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    with client.get("/assets/favicon.svg", headers=asked) as picture:
        assert "Content-Encoding" not in picture.headers


def test_a_page_is_light(client: FlaskClient) -> None:
    """Beyond files that a browser keeps, the page of a series takes less than 60 KB."""
    asked = {"Accept-Encoding": "gzip"}
    paths = ("/series/USA/IRQ", "/_dash-layout", "/_dash-dependencies", "/api/v1/views/behind/USA/IRQ")
    sizes = [len(client.get(path, headers=asked).data) for path in paths]
    sizes.append(len(gzip.compress(ask_for_page(client, "/series/USA/IRQ").encode(), 1)))
    assert sum(sizes) < 60_000
