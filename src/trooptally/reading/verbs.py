# ruff: noqa: PLR0911 -- each return is one rule
"""Verb groups: a verb with its auxiliaries and the verbs that control it, and where a clause ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trooptally.reading.lexicon import VerbForm, words
from trooptally.reading.scan import Scan

_SHORT = 4
_BETWEEN_MODAL_AND_VERB = words("by then now in time the end at least most thus first full strength peak")
CONTROLLERS = words("wish pledge intend authorize say")
_EDGES = words("; : ? ! — but while whereas although though")
_CLAUSE_BREAKS = words("which who while whereas after before because although")
_LOOSE_ADVERBS = words("today yesterday tomorrow there here in on over once")
_BE_AND_HAVE = words("is are was were be been being am has have had having")
_BE_FORMS = words("is are was were be been being 're 's")
_BE_BEFORE_DOING = words("is are was were be been 're 'm am")
_BE_BEFORE_TO = words("is are was were 's 're")
_FINITE_AUXILIARIES = words("is are was were has have had am")
_BE_AND_HAVE_FORMS = words("is are was were be been being has have had")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """A verb with its auxiliaries and the verbs that control it ("has agreed to send").

    Attributes:
        first, last: Its tokens.
        head: Position of the last full verb.
        lemma: Of the head.
        classes: What the head means for a count.
        chain: Classes of the controlling verbs ("agreed", "plans", "ordered").
    """

    first: int
    last: int
    head: int
    lemma: str
    form: str
    classes: frozenset[str]
    chain: frozenset[str]
    chain_lemmas: frozenset[str]
    modal: str = ""
    passive: bool = False
    perfect: bool = False
    progressive: bool = False
    negated: bool = False
    infinitive: bool = False
    finite: bool = True


def left_edge(scan: Scan, at: int, reach: int) -> int:
    """Return where the clause to the left of a token begins, at most some tokens away."""
    for position in range(at - 1, max(at - reach, 0) - 1, -1):
        if _is_edge(scan, position):
            return position + 1
    return max(at - reach, 0)


def right_edge(scan: Scan, at: int, reach: int) -> int:
    """Return where the clause to the right of a token ends, at most some tokens away."""
    for position in range(at, min(at + reach, len(scan.tokens))):
        if _is_edge(scan, position):
            return position
    return min(at + reach, len(scan.tokens))


def _is_edge(scan: Scan, at: int) -> bool:
    low = scan.low(at)
    return low in _EDGES or (low == "and" and scan.low(at - 1) == ",")


def groups(scan: Scan, first: int, last: int) -> Iterable[VerbGroup]:
    """Yield the verb groups between two positions, in order."""
    position = max(first, 0)
    last = min(last, len(scan.tokens))
    while position < last:
        group = group_at(scan, position)
        if group is None:
            position += 1
        else:
            yield group
            position = max(group.last, position + 1)


def group_left(scan: Scan, at: int, reach: int = 22) -> VerbGroup | None:
    """Return the nearest verb group to the left that ends at or before a position, within the clause."""
    position = at
    while position > max(at - reach, -1):
        if scan.low(position) == ")":
            position = next((i for i in range(position - 1, max(position - 12, 0), -1) if scan.low(i) == "("), position)
            position -= 1
            continue
        if scan.low(position) == '"':
            opens = next((i for i in range(position - 1, max(position - 6, -1), -1) if scan.low(i) == '"'), -1)
            if opens > 0:
                position = opens - 1
                continue
        if scan.ends_clause(position):
            return None
        if scan.low(position) in _CLAUSE_BREAKS and at - position > 1:
            return None
        group = group_at(scan, position)
        if group is not None:
            return group
        position -= 1
    return None


def group_at(scan: Scan, at: int) -> VerbGroup | None:
    """Return the verb group that a token is part of, or None where it is part of none."""
    if at not in scan.groups_at:
        scan.groups_at[at] = _group_at(scan, at)
    found: VerbGroup | None = scan.groups_at[at]
    return found


def _group_at(scan: Scan, at: int) -> VerbGroup | None:
    if not 0 <= at < len(scan.tokens) or not _is_full_verb_or_auxiliary(scan, at):
        return None
    first, last = at, at + 1
    while first > 0 and _inside(scan, first - 1, leftward=True):
        first -= 1
    while last < len(scan.tokens) and _inside(scan, last, leftward=False):
        last += 1
    while first < last and not (
        scan.verb_at(first) or scan.among(first, "auxiliaries") or scan.low(first).endswith("n't")
    ):
        first += 1
    heads = [i for i in range(first, last) if scan.verb_at(i) and not _is_auxiliary_here(scan, i, last)]
    if not heads:
        heads = [i for i in range(first, last) if scan.verb_at(i)]
    return _made(scan, first, last, heads) if heads else None


def _is_full_verb_or_auxiliary(scan: Scan, at: int) -> bool:
    if scan.verb_at(at):
        return True
    low = scan.low(at)
    return (
        low != "to"
        and (scan.among(at, "auxiliaries") or low.endswith("n't"))
        and low not in ("may", "can", "'s", "not")
    ) or (low in ("may", "can") and not scan.tokens[at].capital)


def _inside(scan: Scan, at: int, *, leftward: bool) -> bool:
    low = scan.low(at)
    if scan.verb_at(at) or low.endswith("n't"):
        return True
    if low == "to":
        return (bool(scan.verb_at(at + 1)) and not leftward) or (
            leftward and bool(scan.verb_at(at - 1)) and bool(scan.verb_at(at + 1))
        )
    if low == "'s":
        return False
    if scan.among(at, "auxiliaries"):
        return True
    if low in _LOOSE_ADVERBS and not leftward and scan.low(at + 1) == "to" and scan.verb_at(at - 1):
        return bool(scan.verb_at(at + 2))
    if (scan.among(at, "adverbs") and low not in _LOOSE_ADVERBS) or (low.endswith("ly") and len(low) > _SHORT):
        neighbour = at - 1 if leftward else at + 1
        return bool(scan.verb_at(neighbour) or scan.among(neighbour, "auxiliaries"))
    return False


def _is_auxiliary_here(scan: Scan, at: int, last: int) -> bool:
    """Return whether "have", "be" or "do" serves a later verb of the group."""
    if scan.low(at) not in _BE_AND_HAVE:
        return False
    return any(scan.verb_at(i) for i in range(at + 1, last))


def _made(scan: Scan, first: int, last: int, heads: list[int]) -> VerbGroup:
    head = heads[-1]
    form = _reading(scan, head, first)
    auxiliaries = [
        scan.low(i) for i in range(first, head) if scan.among(i, "auxiliaries") or scan.low(i).endswith("n't")
    ]
    chain = [_reading(scan, i, first) for i in heads[:-1]]
    tail = auxiliaries[-2:]
    modal = next((word for word in auxiliaries if _is_modal(scan, word)), "")
    bare = first == head
    return VerbGroup(
        first=first, last=last, head=head, lemma=form.lemma, form=form.form, classes=form.classes,
        chain=frozenset().union(*(c.classes & CONTROLLERS for c in chain)),
        chain_lemmas=frozenset(c.lemma for c in chain),
        modal=modal or _arranged(scan, first, head) or _modal_apart(scan, first) or _modal_shared(scan, first, form),
        passive=form.form in ("past", "done") and any(w in _BE_FORMS for w in tail),
        perfect=any(w in ("has", "have", "had", "'ve") for w in auxiliaries),
        progressive=form.form == "doing" and any(w in _BE_BEFORE_DOING for w in auxiliaries),
        negated=any(w in ("not", "never") or w.endswith("n't") for w in (scan.low(i) for i in range(first, last))),
        infinitive=(bare and scan.low(first - 1) == "to") or scan.low(first) == "to",
        finite=_is_finite(scan, first, heads[0]),
    )  # fmt: skip


def _arranged(scan: Scan, first: int, head: int) -> str:
    """Return "will" for "is to fall", "are to be sent": an arrangement for later."""
    if scan.low(first - 1) == "to" and scan.low(first - 2) in scan.lexicon.words["ahead"]:
        return "will"
    for at in range(first, head):
        if scan.low(at) in _BE_BEFORE_TO and scan.low(at + 1) == "to":
            return "will"
    return ""


def _modal_shared(scan: Scan, first: int, form: VerbForm) -> str:
    """Return the modal that a verb shares with the one it is joined to: "will command a force and contribute 500"."""
    if form.form != "plain" or scan.low(first - 1) not in ("and", "or"):
        return ""
    for at in range(first - 2, max(first - 16, -1), -1):
        if scan.ends_clause(at) or (scan.low(at) == "," and not scan.tokens[at + 1].low.isalpha()):
            return ""
        if _is_modal(scan, scan.low(at)):
            return scan.low(at)
    return ""


def _modal_apart(scan: Scan, first: int) -> str:
    """Return the modal that other words hold apart from its verb: "will by then have", "would, he said, send"."""
    for at in range(first - 1, max(first - 5, -1), -1):
        low = scan.low(at)
        if _is_modal(scan, low):
            return low
        if low not in _BETWEEN_MODAL_AND_VERB and not scan.among(at, "adverbs"):
            return ""
    return ""


def _is_finite(scan: Scan, first: int, verb: int) -> bool:
    if scan.low(first) == "to" or scan.low(first - 1) == "to":
        return False
    if first != verb or scan.low(first) in _FINITE_AUXILIARIES:
        return True
    reading = _reading(scan, verb, first)
    return reading.form in ("plain", "third", "past")


def _is_modal(scan: Scan, word: str) -> bool:
    lists = scan.lexicon.lists
    word = word.removesuffix("n't")
    return word in lists["modals_future"] or word in lists["modals_open"] or word in lists["modals_would"]


_PARTICIPLES = {"done": 0, "past": 1}


def _reading(scan: Scan, at: int, first: int) -> VerbForm:
    """Return the likeliest reading of an ambiguous form: a participle behind "have" or "be", else the past."""
    forms = scan.verb_at(at)
    aux = {scan.low(i) for i in range(max(first, at - 4), at)}
    if aux & _BE_AND_HAVE_FORMS:
        return min(forms, key=lambda form: _PARTICIPLES.get(form.form, 2))
    return forms[0]
