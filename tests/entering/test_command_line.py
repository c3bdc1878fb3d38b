"""Accounts, review and corrections on the command line: for people, and with --json for programs."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from support.entering import House
from trooptally.cli import main
from trooptally.ledger import Ledger
from trooptally.vocabulary import Status


@pytest.fixture
def run(house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on the house's ledger, with lines on its standard input."""

    def _run(*arguments: str, told: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(told))
        status = main(["--db", house.url, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return _run


def test_accounts_are_kept(run: Any) -> None:
    """An account is made, listed, changed, disabled and enabled, each told as JSON."""
    status, out, _ = run("user", "add", "Zoe", "--role", "reviewer", "--password", "--json", told="a good password\n")
    assert (status, json.loads(out)["has_password"]) == (0, True)
    assert json.loads(run("user", "role", "zoe", "viewer", "--json")[1])["role"] == "viewer"
    assert json.loads(run("user", "disable", "Zoe", "--json")[1])["disabled"] is True
    assert json.loads(run("user", "enable", "Zoe", "--json")[1])["disabled"] is False
    assert "Zoe" in {json.loads(line)["name"] for line in run("user", "list", "--json")[1].splitlines()}
    assert "Zoe" in run("user", "list")[1]


def test_link_is_an_address(run: Any, house: House) -> None:
    """The link is one line, an address at which the person is signed in."""
    _, out, _ = run("user", "link", "Rita", "--at", "https://figures.example/")
    where = out.strip()
    assert where.startswith("https://figures.example/sign-in?link=")
    assert house.client().post("/session", json={"link": where.partition("link=")[2]}).status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [("user", "link", "Nobody"), ("user", "add", "Rita"), ("user", "password", "Rita"), ("user", "link", "Dan")],
)
def test_what_cannot_be_is_refused_in_a_sentence(run: Any, arguments: tuple[str, ...]) -> None:
    """An unknown, taken or disabled account and an empty password end with status 1 and one sentence."""
    status, out, err = run(*arguments, told="\n")
    assert (status, out) == (1, "")
    assert err.startswith("Error: ")
    assert err.count("\n") == 1


def test_queue_is_decided_line_by_line(run: Any, house: House) -> None:
    """Lines accept, undo, correct, reject and skip; each decision is one JSON object, and the rest goes on waiting."""
    told = "a\nu\ne figure about 3,333\na\nr\ns\nq\n"
    status, out, err = run("review", "--json", "--contributor", "Rita", told=told)
    acts = [json.loads(line)["act"] for line in out.splitlines()]
    assert (status, acts) == (0, ["accepted", "undone", "corrected", "accepted", "rejected"])
    assert "1 of 4" in err
    waiting = run("review", "--list", "--json")[1].splitlines()
    assert len(waiting) == 2
    with Ledger.open(house.url, read_only=True) as ledger:
        assert list(ledger.claims(status=[Status.ACCEPTED])["point"]) == [3_333]


def test_unknown_keys_and_wrong_values_decide_nothing(run: Any, house: House) -> None:
    """A key that is none and a value that is none are told, and every draft still waits."""
    before = house.digest()
    status, out, err = run("review", told="x\ne figure 171,00\nu\ne\n")
    assert status == 0
    assert "0 accepted, 0 rejected, 4 left waiting" in out
    assert "The keys are" in err
    assert "171,00" in err
    assert house.digest() == before


def test_correction_and_retraction(run: Any, house: House) -> None:
    """A flag makes the next version, an older version is refused, and a retraction is the last word."""
    claim = house.drafts()[1]
    _, out, _ = run("correct", claim, "--figure", "more than 1,000", "--reason", "misread", "--json")
    assert json.loads(out)["corrected"] == ["figure"]
    status, _, err = run("correct", claim, "--note", "late", "--reason", "late", "--version", "1")
    assert status == 1
    assert "somebody else changed it" in err
    assert run("correct", claim, "--figure", "171,00", "--reason", "x")[0] == 1
    assert run("correct", claim, "--reason", "nothing")[0] == 2
    _, out, _ = run("retract", claim, "--reason", "withdrawn", "--json")
    assert json.loads(out)["version"] == 3
    with Ledger.open(house.url, read_only=True) as ledger:
        assert [version.status for version in ledger.claim(claim).versions] == ["draft", "draft", "retracted"]


def test_dry_runs_write_nothing(run: Any, house: House) -> None:
    """Every act that writes can be rehearsed: it is checked and told as ever, and the ledger stays as it was."""
    claim, before = house.drafts()[1], house.digest()
    dry = ("--dry-run", "--json", "--reason", "a rehearsal")
    for arguments, told in (
        (("correct", claim, "--figure", "more than 1,000"), {"corrected": ["figure"], "version": 2}),
        (("retract", claim), {"version": 2}),
        (("undo", "2"), {"undoes": 2}),
        (("name", "place", "Camp Sample", "--is", "base"), {"id": "CAMP-SAMPLE"}),
    ):
        status, out, _ = run(*arguments, *dry)
        assert (status, json.loads(out)) == (0, json.loads(out) | told | {"dry_run": True, "change": None})
        assert run(*arguments, "--dry-run", "--reason", "a rehearsal")[0] == 0
    assert run("review", "--dry-run", "--json", told="a\nu\nr\ne figure about 9\nq\n")[0] == 0
    assert run("add", *ADDED, "--dry-run", "--json")[0] == 0
    assert house.digest() == before


ADDED = ("--force", "USA", "--place", "IRQ", "--measure", "present", "--figure", "2,500", "--publisher", "AP")


def test_batch_is_added_taken_back_and_told(run: Any) -> None:
    """What was added is in the log, is taken back by the number of its change, and its history tells both."""
    added = json.loads(run("add", *ADDED, "--json")[1])
    change = added["change"]
    done = json.loads(run("undo", str(change), "--reason", "typed twice", "--json")[1])
    assert (done["undoes"], len(done["claims"])) == (change, 1)
    first = json.loads(run("log", "--json")[1].splitlines()[0])
    assert (first["act"], first["undoes"], first["reason"]) == ("undo", change, "typed twice")
    versions = [json.loads(line)["status"] for line in run("history", done["claims"][0], "--json")[1].splitlines()]
    assert versions == ["accepted", "retracted"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("undo", "999", "--reason", "x"),
        ("retract", "nothing", "--reason", "x"),
        ("correct", "nothing", "--figure", "1", "--reason", "x"),
        ("history", "nothing"),
        ("add", *ADDED[:-4], "--figure", "171,00"),
        ("name", "place", "Iraq", "--is", "country", "--reason", "x"),
        ("name", "unit", "9th Sample", "--reason", "x"),
        ("retract", "nothing", "--reason", " "),
    ],
)
def test_wrong_input_is_one_sentence(run: Any, house: House, arguments: tuple[str, ...]) -> None:
    """A change, claim, figure or name that is none ends with status 1, one sentence, and nothing written."""
    before = house.digest()
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert house.digest() == before


def test_name_is_added(run: Any) -> None:
    """A new name is known to the commands that follow."""
    told = ("name", "place", "Camp Sample", "--is", "base", "--within", "Iraq", "--reason", "named in a report")
    assert json.loads(run(*told, "--json")[1])["id"] == "CAMP-SAMPLE"
    assert run("add", *ADDED, "--place", "Camp Sample", "--json")[0] == 0
