# ruff: noqa: PLR2004 -- each return is one rule; distances are counted in words
"""Where the verb of a counted phrase stands: after it, behind it as a participle, or apart from it by an aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import CONTROLLERS, VerbGroup, group_at, group_left, groups

_NEVER_REDUCED = words(
    "arrive remain land leave return enter go come begin have be fight serve stay withdraw take depart cross"
)
_CONTROLLING = words("intend wish authorize pledge enter")
_CLAUSE_OPENERS = words("as while after before because when although though since until if whereas but")
_CARRYING = words(
    "send keep have deploy station maintain dispatch pledge offer provide contribute withdraw commit move fly post"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """What governs a counted phrase.

    Attributes:
        role: object, subject, act ("withdrawal of N"), size ("force of N"), to, from, by, at, with, for, part
            ("of whom N"), whole ("of the M"), and (joined to the figure before), bare.
        group: The verb that governs it, if any.
        act: Position of the noun of action, or -1.
        after: The participle or relative verb behind the phrase ("stationed in", "who are").
    """

    role: str
    group: VerbGroup | None = None
    act: int = -1
    after: VerbGroup | None = None
    collective: int = -1
    marks: frozenset[str] = field(default_factory=frozenset)


def verb_apart(scan: Scan, at: int) -> VerbGroup | None:
    """Return the verb whose object an aside holds apart: "to send, for the vote, 3,000", "keeps in the Sahel 5,100"."""
    first = at
    if scan.low(at) == ",":
        first = next((i for i in range(at - 1, max(at - 9, 0), -1) if scan.low(i) == ","), at)
        if first == at or any(scan.verb_at(i) for i in range(first, at)):
            return None
        first -= 1
    for position in range(first, max(first - 7, 0), -1):
        if scan.verb_at(position):
            group = group_at(scan, position)
            return group if group is not None and group.lemma in _CARRYING and not group.passive else None
        if scan.ends_clause(position) or scan.low(position) == "," or scan.tokens[position].kind == "number":
            return None
    return None


def has_own_verb(scan: Scan, at: int) -> bool:
    """Return whether a finite verb stands directly behind a phrase: "..., 900 are based in"."""
    group = group_at(scan, at)
    return group is not None and group.finite


def by_subject(scan: Scan, phrase: Counted, at: int, after: VerbGroup | None) -> Governor:
    """Govern a phrase that nothing before it governs: it is the subject of the verb behind it."""
    group = verb_after(scan, phrase.last)
    if group is not None and after is not None and group.head == after.head and not group.finite:
        group = None
    if group is None:
        existential = group_left(scan, at)
        if existential is not None and existential.lemma == "be" and at - existential.last < 2:
            return Governor(role="object", group=existential, after=after)
        if after is None and existential is not None and not _boundary_between(scan, existential.last, phrase.first):
            return Governor(role="bare", group=existential, after=after)
    return Governor(role="subject", group=group, after=after)


def _boundary_between(scan: Scan, first: int, last: int) -> bool:
    return any(scan.ends_clause(at) or scan.low(at) == "," for at in range(first, last))


def verb_behind(scan: Scan, at: int) -> VerbGroup | None:
    """Return the participle or relative verb that stands directly behind a phrase."""
    while scan.among(at, "adverbs") or scan.low(at) in (",", "'"):
        at += 1
    if scan.among(at, "relative"):
        return next(iter(groups(scan, at + 1, at + 9)), None)
    group = group_at(scan, at)
    if group is not None and group.form in ("done", "past", "doing") and group.first >= at - 1:
        return None if _has_object(scan, group) else group
    return None


def _has_object(scan: Scan, group: VerbGroup) -> bool:
    """Return whether a past form is active, for an object follows: "which numbers 500, offered no resistance"."""
    if group.form == "doing" or group.passive or group.first != group.head:
        return False
    counts = any(number.first == group.last for number in scan.numbers) and group.lemma not in ("estimate", "put")
    return counts or scan.among(group.last, "determiners") or scan.among(group.last, "possessives")


def verb_after(scan: Scan, at: int) -> VerbGroup | None:
    """Return the first finite verb after a phrase that is outside relative clauses; else a participle."""
    fallback: VerbGroup | None = None
    depth_until = -1
    position = at
    while position < len(scan.tokens) and not scan.ends_clause(position):
        if scan.among(position, "relative") and position - at < 12 and scan.low(position) != "that":
            depth_until = _relative_end(scan, position)
            position = depth_until
            continue
        if scan.low(position) in _CLAUSE_OPENERS and scan.low(position - 1) == ",":
            closes = next((i for i in range(position + 1, len(scan.tokens)) if scan.low(i) == ","), -1)
            if closes < 0:
                return fallback
            position = closes + 1
            continue
        group = group_at(scan, position)
        if group is None:
            position += 1
            continue
        if group.finite and not is_reduced(scan, group):
            return group
        fallback = fallback or group
        position = group.last
    return fallback


def _relative_end(scan: Scan, at: int) -> int:
    """Return the end of a relative clause: the comma that closes it, or the second verb group."""
    seen = 0
    position = at + 1
    while position < len(scan.tokens):
        if scan.low(position) == "," or scan.ends_clause(position):
            return position + 1
        group = group_at(scan, position)
        if group is not None:
            if seen and group.finite:
                return group.first
            seen += 1
            position = group.last
        else:
            position += 1
    return position


def is_reduced(scan: Scan, group: VerbGroup) -> bool:
    """Return whether a past form stands for a participle: "troops stationed in Iraq have left"."""
    if group.first != group.head or group.form not in ("past", "done"):
        return False
    if group.lemma in _NEVER_REDUCED or "whose" in scan.lows[max(group.first - 14, 0) : group.first]:
        return False
    return any(later.finite and later.first > group.last for later in groups(scan, group.last, group.last + 14))


def with_infinitive(scan: Scan, group: VerbGroup, last: int) -> VerbGroup:
    """Read on after the object: "ordered 500 troops to deploy", "wants 500 soldiers sent"."""
    at = last
    while at < last + 4 and (scan.among(at, "adverbs") or scan.low(at) in ("from", "in", "of")):
        at += 1
    if scan.low(at) == "to" and not group.classes.isdisjoint(_CONTROLLING):
        inner = group_at(scan, at + 1)
        if (
            inner is not None
            and not inner.classes.isdisjoint({"enter", "leave", "relieve"})
            and group.lemma not in ("send", "deploy", "dispatch")
        ):
            chained = group.chain | group.classes & CONTROLLERS
            return VerbGroup(
                first=group.first, last=inner.last, head=inner.head, lemma=inner.lemma, form=group.form,
                classes=inner.classes, chain=chained, chain_lemmas=group.chain_lemmas | {group.lemma},
                modal=group.modal, passive=group.passive, perfect=group.perfect, progressive=group.progressive,
                negated=group.negated, infinitive=group.infinitive, finite=group.finite,
            )  # fmt: skip
    return group
