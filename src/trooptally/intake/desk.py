"""The desk: the only door through which the web pages write, and where the role of whoever writes is checked.

Pages and routes ask for a role as well, but only to answer early; what counts is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trooptally.errors import Conflict, NotAllowed, RefusedInput
from trooptally.importing import Document
from trooptally.intake.correcting import changes_of, echo_of
from trooptally.intake.fetching import fetch
from trooptally.intake.looking import Look, look
from trooptally.intake.proposals import Article, claim_in, only, propose, words_of
from trooptally.intake.rows import Preview, preview
from trooptally.intake.taking import Checked, record
from trooptally.ledger.decide import decide
from trooptally.vocabulary import Rank, Role, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from trooptally.importing.document import Particulars
    from trooptally.intake.receipt import Receipt
    from trooptally.ledger import ChangeHead, Ledger, Version
    from trooptally.ledger.changes import Touched
    from trooptally.ledger.naming import NewName

_CHANGES_LOOKED_THROUGH = 5_000
_DECISIONS = frozenset({"accept", "reject"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes: the contributor on each change, and what they may do."""

    name: str
    role: Role


NOBODY = Person(name="", role=Role.VIEWER)
"""Whoever is not signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of one claim.

    Attributes:
        claim_id: Its id.
        understood: The claim in words.
        receipt: The account of the change; its `change` is None where the ledger already had the claim.
        look: The form's errors, where it was not written.
    """

    claim_id: str = ""
    understood: str = ""
    receipt: Receipt | None = None
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on drafts: the change, the claims it moved, and the correction that went with it, if one did.

    Attributes:
        changes: The numbers of the correction and of the decision, in this order; most decisions are one change.
    """

    head: ChangeHead
    changes: tuple[int, ...]
    claims: tuple[Touched, ...]


class Desk:
    """One person at a ledger."""

    def __init__(self, ledger: Ledger, person: Person) -> None:
        self._ledger = ledger
        self.person = person

    # Entering

    def enter(self, answers: Mapping[str, str], *, reason: str = "entered by hand") -> Entered:
        """Write one filled form; where it has errors, nothing is written and they come back.

        Writing the same form again adds nothing.

        Raises:
            NotAllowed: the person may not add figures.
        """
        self._needs(Role.CONTRIBUTOR)
        seen = look(answers, self._ledger.names())
        if seen.checked is None:
            return Entered(look=seen)
        return self._entered(seen, seen.checked, reason)

    def propose(self, text: str, told: Particulars) -> Article:
        """Read an article; nothing is written.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: the text cannot be read.
        """
        self._needs(Role.CONTRIBUTOR)
        return propose(text, told, self._ledger.names())

    def words_of(self, name: str, content: bytes, told: Particulars) -> tuple[str, Particulars]:
        """Return the words of a file and what it says of itself; nothing is written.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: it cannot be read.
        """
        self._needs(Role.CONTRIBUTOR)
        return words_of(Document(name=name, content=content, particulars=told))

    def words_at(self, url: str, told: Particulars) -> tuple[str, Particulars]:
        """Return the words of a page of the public web and what it says of itself; nothing is written.

        Raises:
            NotAllowed: the person may not add figures; nobody else makes this server fetch anything.
            RefusedInput: the address is none of the public web, or what stands there cannot be read.
        """
        self._needs(Role.CONTRIBUTOR)
        return words_of(fetch(url, told))

    def enter_from(self, article: Article, start: int, end: int, answers: Mapping[str, str]) -> Entered:
        """Write what a person makes of the words of an article between two offsets.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: the words are not there.
        """
        self._needs(Role.CONTRIBUTOR)
        names = self._ledger.names()
        seen = look({**answers, "quote": article.text[start:end]}, names)
        if seen.checked is None:
            return Entered(look=seen)
        checked = claim_in(article, start, end, seen.drafts, names, speaker=answers.get("attributed_to", ""))
        return self._entered(seen, checked, "read from an article and accepted")

    def hold(self, article: Article, claim_ids: set[str]) -> Receipt:
        """Keep proposals of an article as drafts for review.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: none of them is a proposal of the article.
        """
        self._needs(Role.CONTRIBUTOR)
        checked = only(article, claim_ids)
        if not len(checked.extract.drafts):
            raise RefusedInput("There is nothing left to keep for review.")
        return self._record(checked, "read from an article, for review")

    def preview(self, rows: Sequence[Mapping[str, str]]) -> Preview:
        """Return what would become of pasted rows; nothing is written."""
        self._needs(Role.CONTRIBUTOR)
        return preview(rows, self._ledger.names())

    def enter_rows(self, rows: Sequence[Mapping[str, str]], *, reason: str) -> Receipt:
        """Write all rows as one change, or, where any is refused, none.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: a row cannot be taken.
        """
        seen = self.preview(rows)
        refused = seen.counted().get("refused", 0)
        if refused:
            rows_are = "row is" if refused == 1 else "rows are"
            raise RefusedInput(f"{refused:,} {rows_are} refused; mend or remove them first. Nothing was written.")
        return self._record(seen.checked, reason)

    def add_name(self, new: NewName, *, reason: str) -> tuple[str, int]:
        """Write a name that no code list carries; return the id it means and the number of the change.

        Raises:
            NotAllowed: the person may not add figures.
            RefusedInput: the name is none, or known already, or no reason is given.
        """
        self._needs(Role.CONTRIBUTOR)
        return self._ledger.add_name(new, contributor=self.person.name, reason=reason)

    # Reviewing

    def accept(self, claim_id: str, *, version: int, reason: str = "reviewed") -> int:
        """Accept a draft; return the number of the change."""
        self._needs(Role.REVIEWER)
        return self._ledger.accept(claim_id, version=version, contributor=self.person.name, reason=reason)

    def reject(self, claim_id: str, *, version: int, reason: str) -> int:
        """Reject a draft; return the number of the change."""
        self._needs(Role.REVIEWER)
        return self._ledger.reject(claim_id, version=version, contributor=self.person.name, reason=reason)

    def accept_clear(self, seen: Sequence[tuple[str, int]], *, reason: str) -> tuple[int, list[str]]:
        """Accept, as one change, those of some drafts that nothing speaks against: not held, and without an error.

        Returns:
            The number of the change, and the ids of the accepted claims.

        Raises:
            RefusedInput: none of them is clear.
            Conflict: one of them has been changed since; nothing was written.
        """
        self._needs(Role.REVIEWER)
        doubtful = self._ledger.doubts()
        clear = [(claim_id, version) for claim_id, version in seen if claim_id not in doubtful]
        if not clear:
            raise RefusedInput("Every draft in the list is held or has an error: each must be looked at by itself.")
        why = reason.strip() or "accepted together: no doubt holds them"
        change = decide(self._ledger, clear, Status.ACCEPTED, contributor=self.person.name, reason=why)
        return change, [claim_id for claim_id, _ in clear]

    def merge(self, claim_id: str, other_id: str, *, version: int, reason: str) -> list[int]:
        """Accept a draft as an echo: whoever is the origin of another claim is the origin of this one too.

        Returns:
            The numbers of the changes: the correction of who said it, and the acceptance.

        Raises:
            RefusedInput: both have one origin already.
            Conflict: somebody has changed the draft since.
        """
        self._needs(Role.REVIEWER)
        mine, other = self._ledger.claim(claim_id), self._ledger.claim(other_id)
        if mine.columns["origin_id"] == other.columns["origin_id"]:
            raise RefusedInput("Both have one origin already; accepted as it is, it weighs as one with the other.")
        corrected = self.correct(claim_id, {"attribution": echo_of(mine, other)}, version=version, reason=reason)
        return [corrected, self.accept(claim_id, version=version + 1, reason=reason)]

    def head(self, claim_id: str) -> Version:
        """Return a claim's newest version."""
        return self._ledger.claim(claim_id).versions[-1]

    # Correcting

    def correct(self, claim_id: str, changes: Mapping[str, Any], *, version: int, reason: str) -> int:
        """Write a claim's next version; return the number of the change.

        Sent twice, the same correction by the same person is one.
        """
        self._needs(Role.REVIEWER)
        try:
            return self._ledger.correct(claim_id, changes, version=version, contributor=self.person.name, reason=reason)
        except Conflict:
            last = self._ledger.claim(claim_id).versions[-1]
            mine = (last.version, last.contributor, last.reason) == (version + 1, self.person.name, reason.strip())
            if not mine or last.act != "correct":
                raise
            return last.change

    def revise(self, claim_id: str, answers: Mapping[str, str], *, version: int, reason: str) -> Entered:
        """Write a claim's next version as a filled form has it; where the form has errors, nothing is written.

        Raises:
            NotAllowed: the person may not correct.
            Conflict: somebody has changed the claim since.
            RefusedInput: the form says what the claim says already.
        """
        self._needs(Role.REVIEWER)
        seen = look(answers, self._ledger.names())
        if seen.checked is None:
            return Entered(look=seen)
        claim = self._ledger.claim(claim_id)
        changes = changes_of(claim, seen.drafts)
        if claim.columns["version"] == version and not changes:
            raise RefusedInput("The form says what the claim says already; nothing was written.")
        self.correct(claim_id, changes, version=version, reason=reason)
        return Entered(claim_id=claim_id, understood=seen.understood, look=seen)

    def retract(self, claim_id: str, *, version: int, reason: str) -> int:
        """Withdraw an accepted claim; return the number of the change."""
        self._needs(Role.REVIEWER)
        return self._ledger.retract(claim_id, version=version, contributor=self.person.name, reason=reason)

    def rank(self, claim_id: str, rank: Rank, *, version: int, reason: str) -> int:
        """Set a claim's rank; return the number of the change."""
        self._needs(Role.REVIEWER)
        return self._ledger.rank(claim_id, rank, version=version, contributor=self.person.name, reason=reason)

    def assess(self, subject: Literal["source", "claim"], subject_id: str, grade: str, *, reason: str) -> int:
        """Grade a source (A-F) or a claim (1-6); return the number of the change."""
        self._needs(Role.REVIEWER)
        return self._ledger.assess(subject, subject_id, grade, contributor=self.person.name, reason=reason)

    def undo(self, change: int, *, reason: str = "") -> int:
        """Take back a change: their own if they may add figures, anybody's if they review; return the new change.

        Raises:
            NotAllowed: the change is another's, and the person reviews nothing.
        """
        self._needs(Role.CONTRIBUTOR)
        if not self.may_undo(self.change(change)):
            raise NotAllowed(f"Change {change} is another person's; a reviewer can take it back.")
        why = reason.strip() or f"took back change {change}"
        return self._ledger.undo(change, contributor=self.person.name, reason=why)

    def may_undo(self, head: ChangeHead) -> bool:
        """Whether the person may take a change back."""
        own = head.contributor == self.person.name and self.person.role.covers(Role.CONTRIBUTOR)
        return own or self.person.role.covers(Role.REVIEWER)

    def own_decisions(self, most: int = 30) -> list[Decided]:
        """Return what the person has decided on drafts and not taken back, the last one last."""
        heads = self._ledger.recent_changes(_CHANGES_LOOKED_THROUGH)
        undone = {head.undoes for head in heads}
        own = [
            head
            for head in heads
            if head.contributor == self.person.name and head.act in _DECISIONS and head.change not in undone
        ]
        return [self._decided(head, {head.change: head for head in heads}) for head in own[:most]][::-1]

    def _decided(self, head: ChangeHead, heads: Mapping[int, ChangeHead]) -> Decided:
        """Return a decision with the correction just before it, where that is of the same claim and person."""
        claims = tuple(self._ledger.touched(head.change))
        before = heads.get(head.change - 1)
        paired = before is not None and before.act == "correct" and before.contributor == head.contributor
        same = paired and {one.claim_id for one in self._ledger.touched(head.change - 1)} == {
            one.claim_id for one in claims
        }
        changes = (head.change - 1, head.change) if same else (head.change,)
        return Decided(head=head, changes=changes, claims=claims)

    def change(self, number: int) -> ChangeHead:
        """Return what a change was.

        Raises:
            RefusedInput: there is no such change, or it is very old.
        """
        for head in self._ledger.recent_changes(_CHANGES_LOOKED_THROUGH):
            if head.change == number:
                return head
        raise RefusedInput(f"There is no change {number} among the last {_CHANGES_LOOKED_THROUGH:,}.")

    # Within

    def _needs(self, role: Role) -> None:
        if not self.person.name:
            raise NotAllowed("Nobody is signed in; nothing was written.")
        if not self.person.role.covers(role):
            raise NotAllowed(f"{self.person.name} is a {self.person.role.value}; this needs a {role.value}.")

    def _record(self, checked: Checked, reason: str) -> Receipt:
        return record(self._ledger, checked, contributor=self.person.name, reason=reason)

    def _entered(self, seen: Look, checked: Checked, reason: str) -> Entered:
        receipt = self._record(checked, reason)
        claim_id = checked.extract.drafts.claim_id[0]
        return Entered(claim_id=claim_id, understood=seen.understood, receipt=receipt, look=seen)
