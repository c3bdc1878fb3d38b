"""Claims that leave a ledger as a file, and come home to another."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from trooptally.cli import main
from trooptally.importing import Document
from trooptally.intake import take_in
from trooptally.intake.starter import take_starter
from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

_SAME = [
    *("force", "place", "measure", "component", "low", "point", "high", "hedge", "as_of", "published_on", "source"),
    *("origin", "attributed_to", "quote", "locator", "url", "status", "basis", "missing_reason", "printed", "unit"),
    *("part", "note", "title", "report_id", "source_id", "origin_id"),
]


@pytest.fixture
def full(tmp_path: Path) -> str:
    """A ledger with everything a fresh demo has, and one claim that counts a part."""
    url = f"sqlite:///{tmp_path / 'full.db'}"
    with Ledger.create(url) as ledger:
        list(take_starter(ledger))
    return url


def _exported(url: str, path: Path, *options: str) -> None:
    assert main(["--db", url, "export", str(path), *options]) == 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_home_whole(full: str, tmp_path: Path, form: str) -> None:
    """Another ledger that takes an export in has the same claims under the same ids, drafts as drafts."""
    path, there = tmp_path / f"out.{form}", f"sqlite:///{tmp_path / 'there.db'}"
    _exported(full, path)
    with Ledger.create(there) as ledger, Ledger.open(full) as left:
        receipt = take_in(ledger, Document(name=path.name, content=path.read_bytes()), contributor="me", reason="home")
        assert receipt.refused == 0
        had, has = (each.claims(rank="all").set_index("claim_id").sort_index() for each in (left, ledger))
        pd.testing.assert_frame_equal(had[_SAME], has[_SAME])
        again = take_in(ledger, Document(name="e", content=path.read_bytes()), contributor="me", reason="again")
        assert (again.recorded, again.drafts) == (0, 0)


def test_a_row_changed_after_the_export_is_a_claim_of_its_own(full: str, tmp_path: Path) -> None:
    """Somebody who uses an export as a form loses nothing: the copied row does not pass for the claim it came from."""
    path = tmp_path / "out.csv"
    _exported(full, path, "--force", "USA", "--place", "IRQ", "--as-of", "2010")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    changed = rows[0] | {"printed": "1,234", "low": "1234", "point": "1234", "high": "1234"}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(changed))
        writer.writeheader()
        writer.writerows([*rows, changed])
    with Ledger.open(full) as ledger:
        receipt = take_in(ledger, Document(name="c.csv", content=path.read_bytes()), contributor="me", reason="more")
        assert (receipt.recorded, receipt.unchanged) == (1, len(rows))
        assert 1234 in set(ledger.claims(force="USA", place="IRQ")["point"].dropna())


def test_withdrawn_claims_stay_withdrawn(full: str, tmp_path: Path) -> None:
    """An export of all statuses does not bring back what was retracted or rejected; the receipt names the rows."""
    with Ledger.open(full) as ledger:
        claims = ledger.claims(rank="all")
        accepted, draft = claims[claims.status == "accepted"].iloc[0], claims[claims.status == "draft"].iloc[0]
        ledger.retract(accepted.claim_id, version=1, contributor="me", reason="wrong")
        ledger.reject(draft.claim_id, version=1, contributor="me", reason="wrong")
    path = tmp_path / "out.csv"
    _exported(full, path, "--status", "all")
    with Ledger.create(f"sqlite:///{tmp_path / 'there.db'}") as ledger:
        receipt = take_in(ledger, Document(name="e.csv", content=path.read_bytes()), contributor="me", reason="home")
        assert receipt.ignored == {"was rejected or retracted before the export": 2}
        assert not {accepted.claim_id, draft.claim_id} & set(ledger.claims(rank="all", status="all")["claim_id"])


def test_what_export_refuses(full: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder, a file that is there, a missing folder and an unknown ending get one sentence; nothing is written."""
    there = tmp_path / "there.csv"
    there.write_text("mine")
    for path, status, words in (
        (tmp_path, 2, "does not end in"),
        (there, 1, "--overwrite"),
        (tmp_path / "no" / "out.csv", 1, "does not exist"),
        (tmp_path / "out.ods", 2, "--format"),
    ):
        assert main(["--db", full, "export", str(path)]) == status
        assert words in capsys.readouterr().err
    assert there.read_text() == "mine"
    _exported(full, there, "--overwrite", "--dry-run")
    assert there.read_text() == "mine"
    _exported(full, there, "--overwrite")
    assert there.read_text().startswith("claim_id,")
    assert not list(tmp_path.glob(".*.part"))


def test_json_and_parquet_carry_the_same_claims(full: str, tmp_path: Path) -> None:
    """Each format has every claim once."""
    for form, read in (("json", pd.read_json), ("parquet", pd.read_parquet)):
        _exported(full, tmp_path / f"out.{form}")
        frame = read(tmp_path / f"out.{form}")
        with Ledger.open(full) as ledger:
            assert set(frame["claim_id"]) == set(ledger.claims(rank="all")["claim_id"])
