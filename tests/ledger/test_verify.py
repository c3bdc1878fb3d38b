"""Verification finds each of six tamperings, and whatever is derived wrongly, and names the row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.engines import raw, without_guards
from support.populated import WHO, populate
from trooptally.cli import main
from trooptally.errors import RefusedInput
from trooptally.ledger import Anchor, Ledger, read_anchors, write_anchor
from trooptally.ledger.chain import FIRST, change_hash


@pytest.fixture
def ids(ledger: Ledger) -> list[str]:
    """The claims of a populated ledger, with an event of two versions."""
    ids = populate(ledger)
    event = ledger.add_event(title="A vote", as_of="2020-01-05", place="Iraq", **WHO)
    ledger.correct_event(event, {"note": "not binding"}, version=1, **WHO)
    return ids


def rehashed(url: str) -> None:
    """Write every hash of the chain anew, as somebody who owns the file can."""
    columns = "seq, at, name, act, reason, program, undoes, claims, root"
    with raw(url) as run:
        rows = run(f"SELECT {columns} FROM change JOIN contributor USING (contributor_id) ORDER BY seq")  # noqa: S608  own names
    previous, statements = FIRST, []
    for row in rows:
        link = change_hash(row, previous)
        statements.append(f"UPDATE change SET previous = '{previous}', hash = '{link}' WHERE seq = {row[0]}")  # noqa: S608  same
        previous = link
    without_guards(url, *statements)


def test_a_sound_history_has_no_findings(ledger: Ledger, ids: list[str]) -> None:
    """What only the program wrote verifies, against its own anchor too."""
    verified = ledger.verify(ledger.anchor())
    assert verified.findings == ()
    assert verified.sound
    assert verified.head == ledger.anchor()
    assert verified.changes == len(ledger.recent_changes(99))


def test_an_edited_value_is_named(ledger: Ledger, ids: list[str], engine_url: str) -> None:
    """A figure edited in place is found, and the claim named."""
    without_guards(engine_url, f"UPDATE claim SET point = 4500 WHERE claim_id = '{ids[0]}' AND version = 1")  # noqa: S608  own id
    (finding,) = ledger.verify().findings
    assert finding.row == f"claim {ids[0]} version 1"
    assert finding.change == 2
    assert "edited" in str(finding)


def test_an_edited_who_is_named(ledger: Ledger, ids: list[str], engine_url: str) -> None:
    """A contributor renamed, or a change moved to another one, is found at the first change it touches."""
    without_guards(engine_url, "UPDATE contributor SET name = 'Mallory' WHERE name = 'Ben'")
    assert ledger.verify().findings[0].row == "change 3"
    without_guards(
        engine_url,
        "UPDATE contributor SET name = 'Ben' WHERE name = 'Mallory'",
        "UPDATE change SET contributor_id = 'ben' WHERE seq = 5",
    )
    assert ledger.verify().findings[0].row == "change 5"


@pytest.mark.parametrize("edit", ["reason = 'nothing to see'", "at = at - 1000000", "act = 'init'"])
def test_an_edited_why_or_when_is_named(ledger: Ledger, ids: list[str], engine_url: str, edit: str) -> None:
    """A reason, an instant or an act edited afterwards is found at its change."""
    without_guards(engine_url, f"UPDATE change SET {edit} WHERE seq = 4")  # noqa: S608  own edits
    assert ledger.verify().findings[0].row == "change 4"


def test_a_deleted_claim_and_a_deleted_change_are_named(ledger: Ledger, ids: list[str], engine_url: str) -> None:
    """A hole in the middle is found: first a claim's, then a whole change's."""
    without_guards(engine_url, f"DELETE FROM claim WHERE claim_id = '{ids[3]}'")  # noqa: S608  own id
    assert ledger.verify().findings[0].row == "change 2"
    without_guards(engine_url, "DELETE FROM claim WHERE change_seq = 4", "DELETE FROM change WHERE seq = 4")
    assert "change 4: it is missing" in " ".join(map(str, ledger.verify().findings))


def test_a_cut_tail_is_found_with_an_anchor_only(ledger: Ledger, ids: list[str], engine_url: str) -> None:
    """A history without its last change fits together; the anchor says that there was one more."""
    anchor = ledger.anchor()
    assert anchor is not None
    last = anchor.change
    without_guards(
        engine_url,
        f"DELETE FROM event WHERE change_seq = {last}",  # noqa: S608  own number
        "UPDATE event SET superseded_at = NULL",
        f"DELETE FROM change WHERE seq = {last}",  # noqa: S608  same
    )
    assert ledger.verify().sound
    (finding,) = ledger.verify(anchor).findings
    assert finding.row == f"change {last}"
    assert "missing" in finding.problem


def test_a_history_rehashed_from_end_to_end_is_found_with_an_anchor_only(
    ledger: Ledger, ids: list[str], engine_url: str
) -> None:
    """Whoever rewrites a reason and every hash after it makes a chain that fits; the anchor does not."""
    anchor = ledger.anchor()
    without_guards(engine_url, "UPDATE change SET reason = 'as they wished' WHERE seq = 3")
    rehashed(engine_url)
    assert ledger.verify().sound
    (finding,) = ledger.verify(anchor).findings
    assert "rewritten" in finding.problem


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        ("UPDATE claim SET superseded_at = recorded_at + 1 WHERE version = 1 AND superseded_at IS NULL", "claim"),
        ("UPDATE claim SET superseded_at = NULL WHERE version = 1", "claim"),
        ("UPDATE claim SET recorded_at = recorded_at - 1 WHERE version = 2", "claim"),
        ("UPDATE claim SET status = 'rejected' WHERE version = 1 AND status = 'draft'", "change"),
        ("UPDATE event SET note = 'binding' WHERE version = 2", "change"),
        ("UPDATE event SET superseded_at = superseded_at + 1 WHERE version = 1", "event"),
        ("UPDATE report SET publisher = 'Another'", "change"),
        ("UPDATE assessment SET grade = 'A'", "change"),
        ("DELETE FROM issue", "change"),
        ("UPDATE qualifier SET text = 'another' WHERE version = 1", "claim"),
        ("DELETE FROM qualifier", "claim"),
        ("UPDATE attribution_link SET printed = 'another'", "change"),
        ("UPDATE source SET trust = 'official' WHERE source_id = 'the-times-of-testing'", "change"),
        ("UPDATE place SET name = 'Another' WHERE place_id = 'IRQ'", "change"),
        ("UPDATE tally SET claims = claims + 1", "tally"),
        ("DELETE FROM tally", "tally"),
        ("UPDATE series_origin SET claims = claims + 1", "series_origin"),
        ("DELETE FROM series", "series"),
    ],
)
def test_whatever_else_is_edited_is_found(sqlite_url: str, edit: str, row: str) -> None:
    """Every table that says something is either hashed or recomputed."""
    with Ledger.open(sqlite_url) as ledger:
        populate(ledger)
        event = ledger.add_event(title="A vote", as_of="2020-01-05", place="Iraq", **WHO)
        ledger.correct_event(event, {"note": "not binding"}, version=1, **WHO)
        without_guards(sqlite_url, edit)
        assert ledger.verify().findings[0].row.split()[0] == row


def test_a_switched_off_guard_is_found(ledger: Ledger, ids: list[str], engine_url: str) -> None:
    """A trigger that was dropped or disabled is a finding, though every row is still as written."""
    with raw(engine_url) as run:
        on_sqlite = engine_url.startswith("sqlite")
        run("DROP TRIGGER keep_claim_update" if on_sqlite else "ALTER TABLE claim DISABLE TRIGGER keep_claim_update")
    (finding,) = ledger.verify().findings
    assert finding.row == "trigger keep_claim_update"


def test_the_command_names_the_row_and_fails(
    ledger: Ledger, ids: list[str], engine_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sound history gives an anchor and status 0; a broken one a sentence with the row and status 1."""
    kept = tmp_path / "anchors"
    assert main(["--db", engine_url, "verify", "--write-anchor", str(kept)]) == 0
    assert main(["--db", engine_url, "verify", "--anchor", str(kept)]) == 0
    assert "sound" in capsys.readouterr().out
    without_guards(engine_url, f"UPDATE claim SET note = 'x' WHERE claim_id = '{ids[1]}' AND version = 1")  # noqa: S608  own id
    assert main(["--db", engine_url, "verify", "--write-anchor", str(kept)]) == 1
    assert f"claim {ids[1]} version 1" in capsys.readouterr().err
    assert main(["--db", engine_url, "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["findings"][0]["row"] == f"claim {ids[1]} version 1"
    assert len(read_anchors(kept)) == 1


@pytest.mark.parametrize("text", ["", "hello", "[]", '{"change": 1}'])
def test_a_file_without_anchors_is_refused(tmp_path: Path, text: str) -> None:
    """What is no file of anchors ends in one sentence, not in a verification that proves nothing."""
    path = tmp_path / "anchors"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedInput, match="anchor"):
        read_anchors(path)
    with pytest.raises(RefusedInput, match="cannot be read"):
        read_anchors(tmp_path / "nowhere")


def test_anchors_are_added_never_replaced(tmp_path: Path) -> None:
    """A file of anchors only grows."""
    first = Anchor(change=1, hash="a", at="2026-01-01T00:00:00Z")
    second = Anchor(change=2, hash="b", at="2026-01-02T00:00:00Z")
    write_anchor(tmp_path / "kept", first)
    write_anchor(tmp_path / "kept", second)
    assert read_anchors(tmp_path / "kept") == (first, second)
