"""What decides the measure of a count, and the questions about a clause that several rules ask."""

from __future__ import annotations

from dataclasses import dataclass

from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted
from trooptally.reading.predicates import Governor
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, group_left, groups
from trooptally.vocabulary import Measure

_PLACED = words("in at near across inside on throughout along around there here within outside overseas abroad between")
_ROLES_WISHED = words("act object for to by size")
_PROPOSING = words("recommend propose ask demand request suggest urge advise")
_DEMANDING = words(
    "demand demands demanded demanding urged urges called calls calling condition conditional unless"
    " insist insists insisted until refused refuses rejected ruled require requires pressure pressing"
    " appeal appealed"
)
_REGIONS = words(
    "border region area country capital north south east west zone province city town island district front"
)
_OPTIONS = words("option options hope idea")
_GRANTING = words("agree accept grant approve")
_PLACED_WITHOUT_NAME = words("there here deployed stationed based overseas abroad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """All that decides a measure.

    Attributes:
        mover: The force that is the subject of the governing verb, or empty.
        force: The force counted, or empty.
        place: The place found, or empty.
        group: Whether the force is an armed group.
        before: The measure of the figure to the left that this one is joined to.
        relieves: Whether a neighbouring sentence says that these soldiers relieve others.
        homeward: Whether the text speaks of a withdrawal just before.
    """

    scan: Scan
    phrase: Counted
    governor: Governor
    mover: str = ""
    force: str = ""
    place: str = ""
    armed_group: bool = False
    before: Measure | None = None
    last: Measure | None = None
    relieves: str = ""
    homeward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A measure and why."""

    measure: Measure
    reason: str


def ruled(measure: Measure, reason: str) -> Verdict:
    """Return a verdict."""
    return Verdict(measure=measure, reason=reason)


def in_future(clause: Clause, group: VerbGroup) -> bool:
    """Return whether a verb tells what is still to come."""
    lists = clause.scan.lexicon.lists
    return (
        group.modal in lists["modals_future"]
        or group.modal in lists["modals_would"]
        or "intend" in group.chain
        or (group.infinitive and not group.perfect)
    )


def is_fresh(clause: Clause) -> bool:
    """Return whether the soldiers come on top of others, or came only now."""
    scan = clause.scan
    inside = scan.lows[max(clause.phrase.first - 3, 0) : clause.phrase.last + 1]
    return (
        any(low in scan.lexicon.words["fresh"] for low in inside) or "recently" in scan.words or "surged" in scan.words
    )


def wish_in(clause: Clause, group: VerbGroup | None) -> str:
    """Return the word that makes an act only proposed, considered, expected or feared; else an empty string."""
    scan = clause.scan
    if "why" in scan.lows[: clause.phrase.first]:
        return ""
    return (group is not None and (_wish_of_group(clause, group) or _wish_around(scan, group))) or _wish_of_act(clause)


def _wish_of_group(clause: Clause, group: VerbGroup) -> str:
    """Return the wish in the verb group itself: "may send", "wants to send", "requested 500 men"."""
    scan = clause.scan
    if group.modal.removesuffix("n't") in scan.lexicon.lists["modals_open"]:
        return group.modal
    if "seen" in scan.lows[max(group.first - 1, 0) : group.head]:
        return "seen"
    offered = [low for low in scan.lows[max(group.first - 8, 0) : group.first] if low in _OPTIONS]
    if offered and (group.modal or group.infinitive):
        return offered[0]
    wish = next((lemma for lemma in sorted(group.chain_lemmas) if is_wish(scan, lemma)), "")
    if wish or not (clause.governor.role in _ROLES_WISHED and is_wish(scan, group.lemma)):
        return wish
    return group.lemma


def _wish_around(scan: Scan, group: VerbGroup) -> str:
    """Return the wish before the verb group: "urged Britain to send", "recommends that we come down to"."""
    dependent = group.infinitive or group.form == "doing"
    outer = group_before(scan, group)
    if outer is not None and outer.lemma in _GRANTING:
        return ""
    if outer is not None and dependent and is_wish(scan, outer.lemma):
        return outer.lemma
    if outer is not None and scan.low(outer.last) == "that" and outer.lemma in _PROPOSING:
        return outer.lemma
    return _wish_noun(scan, group.first - 1, group.first - 5) if dependent else ""


def _wish_of_act(clause: Clause) -> str:
    """Return the noun of wishing before a noun of action: "a proposal for the deployment of"."""
    act = clause.governor.act
    noun = _wish_noun(clause.scan, act, act - 5) if act >= 0 else ""
    return "" if noun in ("plan", "plans") else noun


def _wish_noun(scan: Scan, last: int, first: int) -> str:
    nouns = (scan.low(at) for at in range(last, max(first, -1), -1))
    return next((noun for noun in nouns if "wish" in scan.lexicon.acts.get(noun, ())), "")


def is_wish(scan: Scan, lemma: str) -> bool:
    """Return whether a verb proposes, wants, expects or fears."""
    return lemma not in ("estimate", "believe", "study", "reckon") and any(
        "wish" in form.classes for form in scan.lexicon.verbs.get(lemma, ())
    )


def group_before(scan: Scan, group: VerbGroup) -> VerbGroup | None:
    """Return the verb group that stands before another in the same clause ("urged Britain to send")."""
    return group_left(scan, group.first - 1, 8)


def first_group(scan: Scan, last: int) -> VerbGroup | None:
    """Return the first finite verb of a sentence, before a token."""
    return next((group for group in groups(scan, 0, last) if group.finite), None)


def is_demanded(clause: Clause, wished: str) -> bool:
    """Return whether a withdrawal is only demanded, refused or a condition."""
    scan = clause.scan
    first = clause.governor.act if clause.governor.act >= 0 else clause.phrase.first
    near = scan.lows[max(first - 8, 0) : first + 1]
    if any(low in _DEMANDING for low in near):
        return True
    return bool(wished) and wished in ("demand", "urge", "call", "insist")


def is_placed(clause: Clause) -> bool:
    """Return whether a phrase of place stands beside the count."""
    scan = clause.scan
    comma = next((at for at in range(clause.phrase.last, len(scan.tokens)) if scan.low(at) == ","), len(scan.tokens))
    for mention in scan.mentions:
        if mention.first > comma and (clause.phrase.strong or clause.governor.role == "size"):
            break
        if (
            mention.place
            and not mention.people
            and clause.phrase.first - 12 <= mention.first <= clause.phrase.last + 9
            and (scan.low(mention.first - 1) in _PLACED or scan.low(mention.first - 2) in _PLACED)
        ):
            return True
    near = scan.lows[clause.phrase.last : clause.phrase.last + 4]
    region = scan.low(clause.phrase.last) in _PLACED and not _REGIONS.isdisjoint(
        scan.lows[clause.phrase.last : clause.phrase.last + 6]
    )
    return region or bool(set(near) & _PLACED_WITHOUT_NAME)
