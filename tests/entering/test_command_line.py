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
