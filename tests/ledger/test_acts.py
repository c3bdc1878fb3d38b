"""Recording, accepting, correcting, retracting, grading and undoing, on each engine."""

from __future__ import annotations

from typing import Any

import pytest

from support.drafting import TIMES, attribution, draft, table
from trooptally.dates import parse_as_of
from trooptally.errors import ClaimMissing, Conflict, LedgerError, RefusedInput, UnknownName
from trooptally.figures import parse_figure
from trooptally.ledger import COLUMNS, Ledger
from trooptally.model import Draft, Issue, Qualifier
from trooptally.vocabulary import MissingReason, QualifierKind, Rank, Severity, Status

WHO: dict[str, Any] = {"contributor": "Ana", "reason": "a test"}


def put(ledger: Ledger, *drafts: Draft, status: Status = Status.ACCEPTED) -> list[str]:
    """Record drafts and return their claims' ids."""
    ledger.record({d.report for d in drafts}, table(*drafts), **WHO, status=status)
    return [d.claim_id for d in drafts]


def test_a_recorded_claim_comes_back_in_the_contracts_columns(ledger: Ledger) -> None:
    """What was recorded is listed with its figure, as-of, source, origin and words."""
    (claim_id,) = put(ledger, draft())
    frame = ledger.claims()
    assert tuple(frame.columns) == COLUMNS
    (row,) = frame.to_dict("records")
    assert row["claim_id"] == claim_id
    assert (row["force"], row["place"], row["measure"], row["component"]) == (
        "USA",
        "IRQ",
        "present",
        "military",
    )
    assert row["point"] == 2500
    assert frame["low"].isna().all()
    assert row["as_of_earliest"] == row["as_of_latest"] == row["published_on"] == "2021-09-20"
    assert (row["source"], row["origin"]) == ("The Times of Testing", "Biden administration")
    assert row["attributed_to"] == "Biden administration"
    assert row["quote"] == "about 2,500 U.S. troops"
    assert (row["rank"], row["status"], row["basis"]) == ("normal", "accepted", "unstated")


def test_recording_twice_adds_nothing(ledger: Ledger) -> None:
    """The same report recorded again leaves every claim, change and version as it was."""
    drafts = [draft(), draft("around 2,000")]
    first = ledger.record([TIMES], table(*drafts), **WHO)
    changes = ledger.recent_changes(100)
    second = ledger.record([TIMES], table(*reversed(drafts)), **WHO)
    assert (first.recorded, first.unchanged) == (2, 0)
    assert (second.recorded, second.drafts, second.unchanged, second.change) == (0, 0, 2, None)
    assert ledger.recent_changes(100) == changes


def test_two_drafts_of_one_id_are_one_claim(ledger: Ledger) -> None:
    """A row that stands twice in a batch is recorded once."""
    assert ledger.record([TIMES], table(draft(), draft()), **WHO).recorded == 1
    assert len(ledger.claims()) == 1


def test_a_better_parse_of_the_same_words_is_reported_and_not_written(ledger: Ledger) -> None:
    """What now reads differently is named as differing; the ledger keeps what it had."""
    (claim_id,) = put(ledger, draft())
    again = ledger.record([TIMES], table(draft(figure=parse_figure("2,500").figure)), **WHO)
    assert again.differing == (claim_id,)
    assert ledger.claims()["hedge"].tolist() == ["approximate"]


def test_held_drafts_wait_whatever_the_status(ledger: Ledger) -> None:
    """A draft that somebody must look at is never accepted by rule."""
    done = ledger.record([TIMES], table(draft(held="doubtful"), draft("around 2,000")), **WHO)
    assert (done.recorded, done.drafts) == (1, 1)
    assert set(ledger.claims()["status"]) == {"accepted", "draft"}


def test_dry_run_counts_and_writes_nothing(ledger: Ledger) -> None:
    """A dry run gives the counts of the real run and leaves the ledger as it was."""
    before = ledger.recent_changes(9)
    counted = ledger.record([TIMES], table(draft(), draft("5,000", held="look")), **WHO, dry_run=True)
    assert (counted.recorded, counted.drafts, counted.change) == (1, 1, None)
    assert ledger.recent_changes(9) == before
    assert ledger.claims().empty


def test_missing_is_never_zero(ledger: Ledger) -> None:
    """A withheld figure has no number at all and keeps its reason; a printed zero is a zero."""
    put(
        ledger,
        draft("*", figure=None, missing_reason=MissingReason.WITHHELD),
        draft("0", figure=parse_figure("0").figure, place="SYR"),
    )
    frame = ledger.claims().set_index("place")
    assert all(frame[name].isna()["IRQ"] for name in ("low", "point", "high", "hedge"))
    assert frame.loc["IRQ", "missing_reason"] == "withheld"
    assert [frame[name]["SYR"] for name in ("low", "point", "high")] == [0, 0, 0]


def test_accept_reject_and_retract_are_versions(ledger: Ledger) -> None:
    """Each decision is a new version with who, when and why; the one before stays."""
    accepted, rejected = put(ledger, draft(), draft("around 2,000"), status=Status.DRAFT)
    ledger.accept(accepted, version=1, contributor="Ben", reason="read the article")
    ledger.reject(rejected, version=1, contributor="Ben", reason="a rotation told twice")
    assert ledger.claims()["claim_id"].tolist() == [accepted]
    ledger.retract(accepted, version=2, contributor="Cleo", reason="the paper withdrew it")
    assert ledger.claims().empty
    versions = ledger.claim(accepted).versions
    assert [(v.version, v.status, v.contributor, v.reason) for v in versions] == [
        (1, "draft", "Ana", "a test"),
        (2, "accepted", "Ben", "read the article"),
        (3, "retracted", "Cleo", "the paper withdrew it"),
    ]
    assert len(ledger.claims(status="all")) == 2


def test_a_correction_keeps_the_old_version_and_says_what_changed(ledger: Ledger) -> None:
    """Figure, as-of, attribution and qualifiers change in a new version; the id and the report stay."""
    (claim_id,) = put(ledger, draft())
    ledger.correct(
        claim_id,
        {
            "figure": parse_figure("2,000-2,500").figure,
            "as_of": parse_as_of("2021-09"),
            "attribution": attribution("The Times of Testing", "Pentagon"),
            "qualifiers": (Qualifier(kind=QualifierKind.UNIT, text="4th Infantry Division"),),
            "place": "Syria",
        },
        version=1,
        **WHO,
    )
    detail = ledger.claim(claim_id)
    assert (detail.columns["low"], detail.columns["high"], detail.columns["place"]) == (2000, 2500, "SYR")
    assert detail.chain[-1] == ("pentagon", "Pentagon")
    assert detail.qualifiers == (("unit", "4th Infantry Division"),)
    assert detail.versions[1].changed["as_of"] == ("2021-09-20", "2021-09")


def test_the_second_of_two_editors_is_told(ledger: Ledger) -> None:
    """A change made to an old version is refused, names both versions, and leaves the newer one."""
    (claim_id,) = put(ledger, draft())
    ledger.correct(claim_id, {"note": "first"}, version=1, **WHO)
    with pytest.raises(Conflict, match="at version 2") as caught:
        ledger.correct(claim_id, {"note": "second"}, version=1, **WHO)
    assert (caught.value.seen, caught.value.now) == (1, 2)
    assert ledger.claim(claim_id).columns["note"] == "first"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"recorded_at": "now"}, RefusedInput, "cannot be corrected"),
        ({"measure": "guessed"}, RefusedInput, "expected one of present"),
        ({"place": "Irak!"}, UnknownName, "Iraq"),
        ({"figure": "about 3,000"}, RefusedInput, "cannot be corrected"),
        ({"note": ""}, RefusedInput, "already is"),
    ],
)
def test_a_bad_correction_is_refused_in_one_sentence(
    ledger: Ledger, changes: dict[str, str], error: type[Exception], words: str
) -> None:
    """What cannot be corrected, is no word of a closed list, or changes nothing leaves the claim alone."""
    (claim_id,) = put(ledger, draft())
    with pytest.raises(error, match=words):
        ledger.correct(claim_id, changes, version=1, **WHO)
    assert len(ledger.claim(claim_id).versions) == 1


def test_who_and_why_are_required(ledger: Ledger) -> None:
    """No change is written without a contributor and a reason."""
    with pytest.raises(RefusedInput, match="contributor"):
        ledger.record([TIMES], table(draft()), contributor=" ", reason="x")
    with pytest.raises(RefusedInput, match="reason"):
        ledger.record([TIMES], table(draft()), contributor="Ana", reason="")
    assert ledger.claims().empty


def test_undo_takes_back_a_whole_batch(ledger: Ledger) -> None:
    """Undoing an import retracts its claims, undoing a correction brings back what was, each as a new version."""
    claim_id, other = put(ledger, draft(), draft("around 2,000"))
    corrected = ledger.correct(claim_id, {"note": "wrong"}, version=1, **WHO)
    ledger.undo(corrected, **WHO)
    assert ledger.claim(claim_id).columns["note"] == ""
    assert len(ledger.claim(claim_id).versions) == 3
    with pytest.raises(Conflict):
        ledger.undo(2, **WHO)
    assert ledger.claim(other).columns["status"] == "accepted"
    with pytest.raises(LedgerError, match="nothing to undo"):
        ledger.undo(99, **WHO)


def test_undoing_an_import_retracts_every_claim_of_it(ledger: Ledger) -> None:
    """A batch that nobody has touched since goes back whole, and the change says what it undoes."""
    put(ledger, draft(), draft("around 2,000"))
    ledger.undo(2, contributor="Ben", reason="the wrong file")
    assert ledger.claims().empty
    (newest, *_rest) = ledger.recent_changes(9)
    assert (newest.act, newest.undoes, newest.claims) == ("undo", 2, 2)


def test_grades_of_source_and_claim_stay_apart(ledger: Ledger) -> None:
    """A source's reliability and a claim's credibility are graded separately, the newest grade counts."""
    (claim_id,) = put(ledger, draft())
    ledger.assess("source", "the-times-of-testing", "C", **WHO)
    ledger.assess("source", "the-times-of-testing", "B", **WHO)
    ledger.assess("claim", claim_id, "2", **WHO)
    assert ledger.claim(claim_id).grades == {"source": "B", "claim": "2"}
    with pytest.raises(RefusedInput, match="no grade"):
        ledger.assess("claim", claim_id, "A", **WHO)
    with pytest.raises(LedgerError, match="No source"):
        ledger.assess("source", "nobody", "A", **WHO)
    with pytest.raises(ClaimMissing):
        ledger.assess("claim", "0" * 32, "1", **WHO)


def test_best_rank_leaves_out_deprecated_and_outranked_claims(ledger: Ledger) -> None:
    """A deprecated claim is never best; beside a preferred claim of the same key and as-of, normal ones are not."""
    wrong, chosen, beaten = put(ledger, draft("4,500"), draft(), draft("around 2,400"))
    ledger.rank(wrong, Rank.DEPRECATED, version=1, **WHO)
    assert set(ledger.claims()["claim_id"]) == {chosen, beaten}
    ledger.rank(chosen, Rank.PREFERRED, version=1, **WHO)
    assert ledger.claims()["claim_id"].tolist() == [chosen]
    assert len(ledger.claims(rank="all")) == 3


def test_filters_take_names_and_periods(ledger: Ledger) -> None:
    """Force and place are found by name, an as-of by any period that it touches; nonsense is refused with help."""
    put(ledger, draft(), draft("900", place="SYR", as_of=parse_as_of("2021-01-01/2024-12-18")))
    assert len(ledger.claims(force="American", place="Iraq")) == 1
    assert len(ledger.claims(as_of="2022")) == 1
    assert len(ledger.claims(as_of="2020/2021")) == 2
    assert ledger.claims(measure="deploying").empty
    with pytest.raises(UnknownName, match="Iraq"):
        ledger.claims(place="Iraqq")
    with pytest.raises(RefusedInput, match="no measure"):
        ledger.claims(measure="here")


def test_issues_travel_with_their_claim(ledger: Ledger) -> None:
    """An issue recorded with a batch is shown on its claim."""
    one = draft()
    issue = Issue(severity=Severity.WARNING, locator="row 2", message="no date.", claim_id=one.claim_id)
    ledger.record([TIMES], table(one), **WHO, issues=[issue])
    assert ledger.claim(one.claim_id).issues == (("warning", "no date."),)


def test_a_ledger_opened_for_reading_refuses_to_write(engine_url: str) -> None:
    """Every writing act on a read-only ledger ends in one sentence."""
    with Ledger.open(engine_url, read_only=True) as ledger, pytest.raises(LedgerError, match="reading only"):
        put(ledger, draft())
