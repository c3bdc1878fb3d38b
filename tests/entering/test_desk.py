"""The desk: what each role may write, what is written once however often it is sent, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from support.drafting import table
from support.entering import waiting_drafts
from trooptally.errors import Conflict, NotAllowed, RefusedInput
from trooptally.importing.document import Particulars
from trooptally.intake.correcting import answers_of_claim
from trooptally.intake.desk import NOBODY, Desk, Person
from trooptally.intake.proposals import propose
from trooptally.ledger import Ledger
from trooptally.ledger.naming import NewName
from trooptally.names import Names
from trooptally.vocabulary import Rank, Role, Status

ANSWERS = {
    "force": "USA",
    "place": "Iraq",
    "measure": "present",
    "figure": "about 2,500",
    "as_of": "2021-09-20",
    "publisher": "The New York Times",
    "published_on": "2021-09-20",
    "attributed_to": "the Biden administration",
}
STORY = "The United States has about 900 troops in Syria, the Pentagon said. France has 400 soldiers in Niger."
ARTICLE = propose(STORY, Particulars(), Names.shipped())
NEW = NewName(kind="place", name="Camp Sample", sort="base")
# They write nothing and tell nothing but what anybody may read; what they tell of is asked for by other acts.
ASKS_NOTHING = {"may_undo", "own_decisions", "head", "change"}


def _fetched(desk: Desk) -> None:
    with suppress(RefusedInput):  # an address of this machine is refused, to whomever may ask at all
        desk.words_at("http://127.0.0.1/", Particulars())


def _merged(desk: Desk, claim: str) -> None:
    with suppress(RefusedInput):  # it has the same origin as the other
        desk.merge(claim, waiting_drafts()[2].claim_id, version=1, reason="why")


NEEDED: dict[str, tuple[Role, Callable[[Desk, str], Any]]] = {
    "enter": (Role.CONTRIBUTOR, lambda desk, _: desk.enter(ANSWERS)),
    "propose": (Role.CONTRIBUTOR, lambda desk, _: desk.propose(STORY, Particulars())),
    "preview": (Role.CONTRIBUTOR, lambda desk, _: desk.preview([ANSWERS])),
    "enter_rows": (Role.CONTRIBUTOR, lambda desk, _: desk.enter_rows([ANSWERS], reason="rows")),
    "add_name": (Role.CONTRIBUTOR, lambda desk, _: desk.add_name(NEW, reason="why")),
    "enter_from": (Role.CONTRIBUTOR, lambda desk, _: desk.enter_from(ARTICLE, 0, 5, ANSWERS)),
    "hold": (Role.CONTRIBUTOR, lambda desk, _: desk.hold(ARTICLE, {ARTICLE.proposals[0].claim_id})),
    "words_of": (Role.CONTRIBUTOR, lambda desk, _: desk.words_of("x.txt", b"words", Particulars())),
    "words_at": (Role.CONTRIBUTOR, lambda desk, _: _fetched(desk)),
    "merge": (Role.REVIEWER, _merged),
    "accept": (Role.REVIEWER, lambda desk, claim: desk.accept(claim, version=1)),
    "reject": (Role.REVIEWER, lambda desk, claim: desk.reject(claim, version=1, reason="no")),
    "accept_clear": (Role.REVIEWER, lambda desk, claim: desk.accept_clear([(claim, 1)], reason="")),
    "correct": (Role.REVIEWER, lambda desk, claim: desk.correct(claim, {"note": "x"}, version=1, reason="why")),
    "revise": (Role.REVIEWER, lambda desk, claim: desk.revise(claim, ANSWERS, version=1, reason="why")),
    "retract": (Role.REVIEWER, lambda desk, claim: desk.retract(claim, version=1, reason="why")),
    "rank": (Role.REVIEWER, lambda desk, claim: desk.rank(claim, Rank.PREFERRED, version=1, reason="why")),
    "assess": (Role.REVIEWER, lambda desk, claim: desk.assess("claim", claim, "2", reason="why")),
    "undo": (Role.REVIEWER, lambda desk, _: desk.undo(2)),
}


@pytest.fixture
def drafted(sqlite_url: str) -> Ledger:
    """A ledger with four drafts, of which the first is held."""
    ledger = Ledger.open(sqlite_url)
    drafts = waiting_drafts()
    reports = [one.report for one in drafts]
    ledger.record(reports, table(*drafts), contributor="reader", reason="read", status=Status.DRAFT)
    return ledger


def at(ledger: Ledger, role: Role, name: str = "Ida") -> Desk:
    """Return the desk of a person of a role."""
    return Desk(ledger, Person(name=name, role=role))


def drafts_of(ledger: Ledger) -> list[str]:
    """Return the ids of the drafts, the held one first."""
    return [one.claim_id for one in waiting_drafts() if ledger.claim(one.claim_id)]


def test_every_act_is_in_the_matrix() -> None:
    """Every public act of the desk is asked of every role; a new one has to be put into the matrix."""
    acts = {name for name, act in vars(Desk).items() if callable(act) and not name.startswith("_")}
    assert acts == NEEDED.keys() | ASKS_NOTHING


def test_known_claim_with_other_words_is_told(drafted: Ledger) -> None:
    """A form that says of a known claim something else in another field adds nothing, and the receipt names it."""
    desk = at(drafted, Role.CONTRIBUTOR)
    first = desk.enter(ANSWERS)
    again = desk.enter({**ANSWERS, "note": "seen twice"})
    assert again.receipt is not None
    assert (again.claim_id, again.receipt.change) == (first.claim_id, None)
    assert again.receipt.differing == (first.claim_id,)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", NEEDED)
def test_each_act_asks_for_its_role(drafted: Ledger, act: str, role: Role) -> None:
    """Whoever has the role may do it; whoever has not changes nothing, whichever page they come from."""
    needed, do = NEEDED[act]
    before, claim = drafted.recent_changes(1), drafts_of(drafted)[1]
    if role.covers(needed):
        do(at(drafted, role), claim)
        return
    with pytest.raises(NotAllowed, match=r"this needs a|another person's"):
        do(at(drafted, role), claim)
    assert drafted.recent_changes(1) == before


@pytest.mark.parametrize("act", NEEDED)
def test_nobody_may_do_nothing(drafted: Ledger, act: str) -> None:
    """Whoever is not signed in is refused every act, were they given the highest role by mistake."""
    for person in (NOBODY, Person(name="", role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed, match="Nobody is signed in"):
            NEEDED[act][1](Desk(drafted, person), drafts_of(drafted)[1])


def test_saved_twice_is_saved_once(drafted: Ledger) -> None:
    """The same form sent again adds nothing and names the same claim."""
    desk = at(drafted, Role.CONTRIBUTOR)
    first, second = desk.enter(ANSWERS), desk.enter(ANSWERS)
    assert first.claim_id == second.claim_id
    assert first.receipt is not None
    assert second.receipt is not None
    assert (first.receipt.recorded, second.receipt.recorded, second.receipt.change) == (1, 0, None)


def test_who_wrote_stands_on_the_change(drafted: Ledger) -> None:
    """The name of whoever is signed in is the contributor on the change."""
    at(drafted, Role.CONTRIBUTOR, "Ida").enter(ANSWERS)
    assert drafted.recent_changes(1)[0].contributor == "Ida"


def test_faulty_form_writes_nothing(drafted: Ledger) -> None:
    """A form with an error comes back with it, and the ledger is as before."""
    before = drafted.recent_changes(1)
    entered = at(drafted, Role.CONTRIBUTOR).enter({**ANSWERS, "figure": "171,00"})
    assert set(entered.look.errors) == {"figure"}
    assert drafted.recent_changes(1) == before


def test_contributor_takes_back_only_their_own(drafted: Ledger) -> None:
    """A contributor can undo what they entered, not what another did; a reviewer can."""
    entered = at(drafted, Role.CONTRIBUTOR, "Ida").enter(ANSWERS)
    assert entered.receipt is not None
    change = entered.receipt.change
    assert change is not None
    with pytest.raises(NotAllowed, match="another person's"):
        at(drafted, Role.CONTRIBUTOR, "Joe").undo(change)
    at(drafted, Role.CONTRIBUTOR, "Ida").undo(change)
    assert drafted.claim(entered.claim_id).columns["status"] == Status.RETRACTED


def test_rows_are_all_or_nothing(drafted: Ledger) -> None:
    """One refused row keeps all of them out, and a batch is taken back whole."""
    desk, before = at(drafted, Role.CONTRIBUTOR), drafted.recent_changes(1)
    rows = [{**ANSWERS, "as_of": f"2021-{month:02d}"} for month in range(1, 13)]
    with pytest.raises(RefusedInput, match="1 row is refused"):
        desk.enter_rows([*rows, {**ANSWERS, "place": "Nowhere"}], reason="rows")
    assert drafted.recent_changes(1) == before
    receipt = desk.enter_rows(rows, reason="rows")
    assert receipt.recorded == 12
    assert receipt.change is not None
    desk.undo(receipt.change)
    assert len(drafted.claims(place="IRQ", status=[Status.RETRACTED])) >= 12


def test_article_is_accepted_one_by_one_and_the_rest_waits(drafted: Ledger) -> None:
    """An accepted proposal is a claim, and those kept are drafts; doing it again adds nothing."""
    desk = at(drafted, Role.CONTRIBUTOR)
    article = desk.propose(STORY, Particulars(publisher="The Daily Sample", published_on="2021-09-21"))
    first, second = article.proposals
    entered = desk.enter_from(article, first.start, first.end, first.answers)
    kept = desk.hold(article, {second.claim_id})
    assert drafted.claim(entered.claim_id).columns["status"] == Status.ACCEPTED
    assert kept.drafts == 1
    again = desk.enter_from(article, first.start, first.end, first.answers)
    assert again.receipt is not None
    assert again.receipt.change is None


def test_bulk_accepts_what_no_doubt_holds(drafted: Ledger) -> None:
    """Accepting all takes the clear ones as one change and leaves the held one waiting."""
    change, accepted = at(drafted, Role.REVIEWER).accept_clear([(one, 1) for one in drafts_of(drafted)], reason="")
    assert len(accepted) == 3
    assert drafted.recent_changes(1)[0].change == change
    assert drafted.claim(drafts_of(drafted)[0]).columns["status"] == Status.DRAFT


def test_second_corrector_sees_both(drafted: Ledger) -> None:
    """Of two people who correct one version the second is refused, and a repeat by the first is no conflict."""
    claim = drafts_of(drafted)[1]
    one, other = at(drafted, Role.REVIEWER, "Ida"), at(drafted, Role.REVIEWER, "Joe")
    change = one.correct(claim, {"note": "mine"}, version=1, reason="a note")
    assert one.correct(claim, {"note": "mine"}, version=1, reason="a note") == change
    with pytest.raises(Conflict):
        other.correct(claim, {"note": "other"}, version=1, reason="another note")
    assert drafted.claim(claim).columns["note"] == "mine"


def test_revision_changes_what_the_form_changed(drafted: Ledger) -> None:
    """Of a filled form only what differs from the claim becomes the next version; the print stays."""
    claim, desk = drafts_of(drafted)[1], at(drafted, Role.REVIEWER)
    before = drafted.claim(claim)
    told = answers_of_claim(before, drafted.names())
    with pytest.raises(RefusedInput, match="already"):
        desk.revise(claim, told, version=1, reason="nothing")
    desk.revise(claim, {**told, "figure": "more than 1,100", "as_of": "2021-10"}, version=1, reason="misread")
    after = drafted.claim(claim)
    changed = set(after.versions[-1].changed)
    assert changed == {"low", "point", "hedge", "as_of", "as_of_earliest", "as_of_latest"}
    assert after.columns["printed"] == before.columns["printed"]
