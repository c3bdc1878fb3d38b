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
from trooptally.ledger.roll import row_line
from trooptally_db import tables


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
    (finding,) = ledger.verify().findings[:1]
    assert (finding.row, finding.change) == (f"claim {ids[3]} version 1", 2)
    assert "removed" in finding.problem
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
        f"DELETE FROM roll WHERE change_seq = {last}",  # noqa: S608  same
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


TOUCHED = {
    "UPDATE source SET trust = 'official' WHERE source_id = 'the-times-of-testing'": ("source the-times-of-testing", 2),
    "DELETE FROM source WHERE source_id = 'pentagon'": ("source pentagon", 3),
    "INSERT INTO source VALUES ('mallory', 'Mallory', 'unknown', '', '', '', 3)": ("source mallory", 3),
    "UPDATE report SET publisher = 'Another'": ("report {report}", 2),
    "UPDATE assessment SET grade = 'A'": ("assessment 8", 8),
    "DELETE FROM assessment": ("assessment 8", 8),
    "UPDATE event SET note = 'binding' WHERE version = 2": ("event {event} version 2", 10),
    "UPDATE event SET status = 'retracted' WHERE version = 1": ("event {event} version 1", 9),
    "UPDATE place SET name = 'Another' WHERE place_id = 'IRQ'": ("place IRQ", 1),
    "UPDATE force SET name = 'Another' WHERE force_id = 'USA'": ("force USA", 1),
    "DELETE FROM place_member WHERE theatre_id = 'IRQ-SYR' AND place_id = 'SYR'": (
        "place_member IRQ-SYR place_id SYR",
        1,
    ),
    "UPDATE unit SET name = 'Another' WHERE unit_id = '{unit}'": ("unit {unit}", 1),
    "UPDATE issue SET message = 'nothing'": ("issue 2 position 0", 2),
    "DELETE FROM issue": ("issue 2 position 0", 2),
    "UPDATE attribution SET printed = 'x' WHERE attribution_id = '{attribution}'": ("attribution {attribution}", 2),
    "UPDATE attribution_link SET printed = 'x' WHERE attribution_id = '{attribution}' AND position = 1": (
        "attribution_link {attribution} position 1",
        2,
    ),
    "UPDATE claim SET status = 'rejected' WHERE version = 1 AND status = 'draft' AND claim_id = '{held}'": (
        "claim {held} version 1",
        3,
    ),
    "UPDATE claim SET rank = 'normal' WHERE version = 2 AND claim_id = '{ranked}'": ("claim {ranked} version 2", 6),
    "UPDATE claim SET note = 'x', content_hash = 'x' WHERE version = 1 AND claim_id = '{ranked}'": (
        "claim {ranked} version 1",
        2,
    ),
    "UPDATE claim SET change_seq = 3 WHERE version = 1 AND claim_id = '{ranked}'": ("claim {ranked} version 1", 2),
    "UPDATE claim SET change_seq = 0 WHERE version = 1 AND claim_id = '{ranked}'": ("claim {ranked} version 1", 2),
    "UPDATE claim SET recorded_at = recorded_at - 1 WHERE claim_id = '{ranked}' AND version = 2": (
        "claim {ranked} version 2",
        6,
    ),
    "UPDATE qualifier SET text = 'x' WHERE version = 1": ("claim {ranked} version 1", 2),
    "DELETE FROM qualifier WHERE version = 1": ("claim {ranked} version 1", 2),
    "INSERT INTO qualifier VALUES ('{held}', 1, 0, 'unit', 'x')": ("claim {held} version 1", 3),
    "UPDATE contributor SET created_at = created_at + 1 WHERE contributor_id = 'ben'": ("contributor ben", None),
    "UPDATE roll SET lines = 'x' WHERE change_seq = 8": ("roll of change 8", 8),
    "DELETE FROM roll WHERE change_seq = 2": ("roll of change 2", 2),
}
"""What somebody does to a row, the name it is found by, and the change that it belongs to."""


@pytest.mark.parametrize("edit", TOUCHED)
def test_every_row_that_is_touched_is_named(ledger: Ledger, ids: list[str], engine_url: str, edit: str) -> None:
    """Edited, removed or put in, in any table: the first finding names the table, the key and the change."""
    with raw(engine_url) as run:
        names = {
            "ranked": ids[1],
            "held": ids[5],
            "report": run("SELECT report_id FROM report")[0][0],
            "event": run("SELECT event_id FROM event")[0][0],
            "unit": run("SELECT min(unit_id) FROM unit")[0][0],
            "attribution": run("SELECT min(attribution_id) FROM attribution WHERE change_seq = 2")[0][0],
        }
    row, change = TOUCHED[edit]
    without_guards(engine_url, edit.format(**names))
    finding = ledger.verify().findings[0]
    assert (finding.row, finding.change) == (row.format(**names), change)


def test_a_row_and_its_line_edited_alike_are_found_at_their_change(
    ledger: Ledger, ids: list[str], engine_url: str
) -> None:
    """Who edits a row and writes its line on the roll anew still does not have the root."""
    with raw(engine_url) as run:
        ((line,),) = run("SELECT lines FROM roll WHERE change_seq = 8")
    forged = row_line(tables.assessment, [8, "source", "the-times-of-testing", "A"])
    assert line != forged
    on_the_roll = f"UPDATE roll SET lines = '{forged}' WHERE change_seq = 8"  # noqa: S608  own text
    without_guards(engine_url, "UPDATE assessment SET grade = 'A'", on_the_roll)
    (finding,) = ledger.verify().findings
    assert finding.row == "change 8"
    assert "alike" in finding.problem


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        ("UPDATE claim SET superseded_at = recorded_at + 1 WHERE version = 1 AND superseded_at IS NULL", "claim"),
        ("UPDATE claim SET superseded_at = NULL WHERE version = 1", "claim"),
        ("UPDATE event SET superseded_at = superseded_at + 1 WHERE version = 1", "event"),
        ("UPDATE tally SET claims = claims + 1", "tally"),
        ("DELETE FROM tally", "tally"),
        ("UPDATE series_origin SET claims = claims + 1", "series_origin"),
        ("DELETE FROM series", "series"),
        ("DELETE FROM claim", "claim"),
    ],
)
def test_whatever_is_derived_wrongly_is_found(
    ledger: Ledger, ids: list[str], engine_url: str, edit: str, row: str
) -> None:
    """Ends of versions, series and counts are recomputed, on each engine."""
    without_guards(engine_url, edit)
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
    assert f"claim {ids[1]} version 1, change 2: a value of it was edited" in capsys.readouterr().err
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
