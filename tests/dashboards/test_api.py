"""Plain addresses: the view of a series, what stands behind it, and claims as files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import orjson
import pandas as pd
import pytest

from trooptally.ledger import COLUMNS, Ledger
from trooptally_dashboards.app import create_app
from trooptally_dashboards.downloads import FORMATS
from trooptally_dashboards.openapi import ADDRESSES

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SERIES = "/api/v1/series/USA/IRQ"


@pytest.fixture(scope="module")
def client(ledger_url: str) -> FlaskClient:
    """A client of the app over the small ledger."""
    client: FlaskClient = create_app(ledger_url).server.test_client()
    return client


def shown(client: FlaskClient, address: str) -> set[str]:
    """Return the ids of the claims that the page of a series shows."""
    told = client.get(address.replace("/api/v1/series", "/api/v1/views/series")).get_json()
    return {told["claims"]["claim_id"][row] for group in told["rows"] for row in group}


@pytest.mark.parametrize("query", ["", "?status=accepted", "?measure=rotating,authorized", "?known_at=2020-01-01"])
def test_files_hold_what_the_page_shows(client: FlaskClient, query: str) -> None:
    """Each format holds exactly the claims that the page shows under the same address."""
    expected = shown(client, SERIES + query)
    files = {form: client.get(f"{SERIES}.{form}{query}").data for form in ("csv", "json", "xlsx", "parquet")}
    sheet = list(openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active.values)  # type: ignore[union-attr]  # our book has a sheet
    assert {row["claim_id"] for row in csv.DictReader(io.StringIO(files["csv"].decode()))} == expected
    assert {row["claim_id"] for row in orjson.loads(files["json"])} == expected
    assert {row[sheet[0].index("claim_id")] for row in sheet[1:]} == expected
    assert set(pd.read_parquet(io.BytesIO(files["parquet"]))["claim_id"]) == expected


def test_files_carry_quotes_and_addresses(client: FlaskClient) -> None:
    """Each claim comes with its quote and the address of its report, as a file with a name of its own."""
    answer = client.get(f"{SERIES}.json?measure=rotating")
    (claim,) = answer.get_json()
    assert claim["quote"] == "around 2,000 U.S. troops"
    assert claim["url"] == "https://reports.example/9"
    assert answer.headers["Content-Disposition"] == "attachment; filename=USA-IRQ.json"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula(form: str) -> None:
    """What a spreadsheet could take for a formula is marked as text."""
    texts = {name: ["", "", ""] for name in COLUMNS if name not in {"quote", "low"}}
    written = FORMATS[form][1](pd.DataFrame({"quote": ["=1+1", "@x", "plain"], "low": [1, None, -3], **texts}))
    assert (b"'=1+1" in written) if form == "csv" else _first_cell(written) == "'=1+1"


def _first_cell(book: bytes) -> Any:
    return list(openpyxl.load_workbook(io.BytesIO(book)).active.values)[1][0]  # type: ignore[union-attr]  # as above


def test_claims_take_the_filters_of_the_command(client: FlaskClient) -> None:
    """The address of all claims filters as the command does, and answers JSON unless asked otherwise."""
    claims = client.get("/api/v1/claims?force=American&place=Iraq&measure=rotating").get_json()
    assert [(claim["force"], claim["place"], claim["measure"]) for claim in claims] == [("USA", "IRQ", "rotating")]
    assert len(client.get("/api/v1/claims?status=draft").get_json()) == 1
    assert client.get("/api/v1/claims?format=csv&place=MLI").text.startswith("claim_id,force,place")


@pytest.mark.parametrize(
    "query",
    ["force=Ruritania", "as_of=soon", "measure=x", "rank=first", "status=maybe", "format=exe", "colour=red"],
)
def test_filters_that_mean_nothing_are_refused(client: FlaskClient, query: str) -> None:
    """A filter that means nothing is refused in one sentence, not ignored."""
    answer = client.get(f"/api/v1/claims?{query}")
    assert answer.status_code == 400
    assert len(answer.get_json()["error"]) > 10


def test_estimate_stands_behind_with_its_scope(client: FlaskClient) -> None:
    """The estimate comes as a line within a band, with words on what it is about; without enough, it says so."""
    behind = client.get("/api/v1/views/behind/USA/IRQ").get_json()
    low, high, best = (trace["y"] for trace in behind["data"])
    assert all(a <= b <= c for a, b, c in zip(low, best, high, strict=True))
    assert "90% band" in behind["notes"][0]
    none = client.get("/api/v1/views/behind/USA/LBY").get_json()
    assert (none["data"], "no estimate" in none["notes"][0]) == ([], True)
    assert client.get("/api/v1/views/behind/USA/IRQ?estimate=off").get_json()["notes"] == []


def test_without_a_ledger_the_reason_is_told(absent_ledger: str) -> None:
    """Where there is no ledger, every address says so with 503."""
    client = create_app(absent_ledger).server.test_client()
    for path in (f"{SERIES}.csv", "/api/v1/claims", "/api/v1/views/series/USA/IRQ", "/api/v1/views/behind/USA/IRQ"):
        answer = client.get(path)
        assert (answer.status_code, "error" in answer.get_json()) == (503, True)


def test_answer_is_known_again_until_the_ledger_changes(tmp_path: Path) -> None:
    """The same question is answered with the same tag, an empty 304 to whoever has it, and anew after a change."""
    from support.drafting import TIMES, draft, table

    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    path = "/api/v1/views/series/USA/IRQ"
    with Ledger.create(url, contributor="tests", reason="a ledger") as ledger:
        ledger.record([TIMES], table(draft("about 2,500")), contributor="Ada", reason="a claim")
        client = create_app(url).server.test_client()
        first, again = client.get(path), client.get(path)
        assert first.data == again.data
        assert first.headers["ETag"] == again.headers["ETag"]
        tag = {"If-None-Match": first.headers["ETag"]}
        assert client.get(path, headers=tag).status_code == 304
        assert client.get(path, headers={**tag, "Accept-Language": "de"}).status_code == 200
        ledger.record([TIMES], table(draft("about 900", locator="line 7")), contributor="Ada", reason="another")
        changed = client.get(path, headers=tag)
        assert changed.status_code == 200
        assert len(changed.get_json()["rows"]) == 2


def test_compared_claims_are_handed_out(client: FlaskClient) -> None:
    """The files of a comparison hold the accepted levels of each series, and of no other."""
    claims = client.get("/api/v1/compare.json?series=USA/IRQ,FRA/MLI").get_json()
    assert {(claim["force"], claim["place"]) for claim in claims} == {("USA", "IRQ"), ("FRA", "MLI")}
    assert {claim["status"] for claim in claims} == {"accepted"}
    assert {claim["measure"] for claim in claims} == {"present"}
    assert client.get("/api/v1/compare.json").get_json() == []


def test_every_documented_address_answers(client: FlaskClient) -> None:
    """The document lists the addresses that the server has, and every example on its page answers."""
    told = client.get("/openapi/openapi.json").get_json()
    served = {
        re.sub(r"<(?:[^<>:]*:)?([a-z]+)>", r"{\1}", rule.rule) for rule in client.application.url_map.iter_rules()
    }
    assert set(told["paths"]) <= served
    page = client.get("/openapi/").text
    for address in ADDRESSES:
        assert client.get(address.example).status_code == 200
        assert address.path in page
