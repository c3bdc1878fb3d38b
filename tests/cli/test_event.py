"""Events on the command line: added once, corrected and withdrawn in versions, refused in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from trooptally.cli import main
from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

_VOTE = ("event", "add", "A vote", "--as-of", "2020-01-05", "--place", "Iraq", "--url", "https://news.example/vote")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """An empty ledger."""
    made = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.create(made).close()
    return made


def _run(url: str, *arguments: str) -> int:
    return main(["--db", url, *arguments])


def _json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_event_is_added_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Adding the same event again leaves one; a rehearsal writes none."""
    assert _run(url, *_VOTE, "--dry-run") == 0
    with Ledger.open(url) as ledger:
        assert ledger.events() == []
    assert _run(url, *_VOTE) == _run(url, *_VOTE) == 0
    capsys.readouterr()
    assert _run(url, "event", "list", "--place", "IRQ", "--json") == 0
    (event,) = _json(capsys)
    assert (event["title"], event["as_of"], event["place"], event["force"]) == ("A vote", "2020-01-05", "IRQ", "")


def test_an_event_is_corrected_and_withdrawn(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is a version with who and why; a withdrawn event shows no more, and did before."""
    assert _run(url, *_VOTE, "--json") == 0
    (added,) = _json(capsys)
    event_id = added["event_id"]
    assert _run(url, "event", "correct", event_id, "--title", "A vote to leave", "--source", "Reuters") == 0
    with Ledger.open(url) as ledger:
        (event,) = ledger.events("USA", "IRQ")
    assert (event.title, event.version, event.source_id) == ("A vote to leave", 2, "reuters")
    assert _run(url, "event", "retract", event_id, "--reason", "wrong country", "--dry-run") == 0
    assert _run(url, "event", "retract", event_id, "--reason", "wrong country") == 0
    capsys.readouterr()
    assert _run(url, "event", "list") == 0
    assert "no such events" in capsys.readouterr().out
    with Ledger.open(url) as ledger:
        assert len(ledger.events(known_at=event.recorded_at)) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "A vote", "--as-of", "last week some time"), "last week some time"),
        (("add", " ", "--as-of", "2020"), "title"),
        (("add", "A vote", "--as-of", "2020", "--place", "Iraqq"), "Iraq"),
        (("add", "A vote", "--as-of", "2020", "--url", "javascript:alert(1)"), "web address"),
        (("add", "A vote", "--as-of", "2020", "--source", "Nobody's Gazette"), "nobody"),
        (("correct", "0" * 32, "--title", "Another"), "0000"),
        (("retract", "0" * 32, "--reason", "wrong"), "0000"),
    ],
)
def test_what_is_refused(url: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str) -> None:
    """Bad input gets one sentence, and nothing is written."""
    assert _run(url, "event", *arguments) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    with Ledger.open(url) as ledger:
        assert ledger.events() == []
