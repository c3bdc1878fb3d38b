# ruff: noqa: PLR0911 -- each return is one rule
"""From the clause to the measure: the rules in their order, the codebook's ("the first that fits").

Each rule returns a measure with the words of its reason, or nothing, and the next rule is asked. Here stand the rules
on rotations, mandates, pledges and lists; those on movements and on levels have modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from trooptally.reading.clause import Clause, Verdict, in_future, is_fresh, ruled
from trooptally.reading.levels import level_rule, planned_level_rule, strength_rule, whole_rule
from trooptally.reading.lexicon import words
from trooptally.reading.moves import act_rule, bound_rule, due_rule, movement_rule, with_rule
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, groups, left_edge, right_edge
from trooptally.vocabulary import Measure

_HOME = ("home", "back", "out", "away")
_MOVES = frozenset({"enter", "leave", "relieve"})
_AUTHORIZED_WORDS = words("ceiling cap capped limit mandated authorized authorised maximum")
_AUTHORIZED_WORDS_2 = words("for object of at to act")
_AUTHORIZED_WORDS_3 = words("act object for size subject to at bare")
_AUTHORIZED_WORDS_4 = words("authorized authorised capped ceiling cap mandated limit")
_AUTHORIZED_WORDS_5 = words("size at to by bare subject")
_AUTHORIZING_WORDS = words(
    "authorize authorise mandate approve allow permit cap limit empower endorse sanction restrict"
)
_BY_COMMANDER_WORDS = words(
    "president minister secretary pentagon general commander premier chancellor he she i obama trump biden bush"
)
_BY_COMMANDER_WORDS_2 = words(
    "council parliament bundestag resolution mandate ceiling cap lawmakers deputies assembly senate cabinet congress"
)
_COMMITTED_WORDS = words("pledge promise offer earmark vow volunteer guarantee")
_LISTED_WORDS = words("pledged pledges pledge offered offers promised contributions committed commitments")


def measure_of(clause: Clause) -> Verdict:
    """Return the measure of a count and the reason for it."""
    for rule in _RULES:
        verdict = rule(clause)
        if verdict is not None:
            return verdict
    return Verdict(measure=Measure.PRESENT, reason="no verb of movement governs it, so it is read as a level")


def _rotating(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    if clause.relieves:
        return ruled(
            Measure.ROTATING, f"the text says of the same soldiers that they relieve others ({clause.relieves!r})"
        )
    for verb in (group, governor.after):
        if verb is not None and "relieve" in verb.classes and not _is_replaced(clause, verb):
            return ruled(Measure.ROTATING, f"the verb {verb.lemma!r} says that they relieve others")
    around = scan.lows[max(clause.phrase.first - 7, 0) : _one_clause(scan, clause.phrase.last, 20)]
    word = next((low for low in around if low in scan.lexicon.words["rotation"]), "")
    if word and not (word.startswith("replace") and "which" in around):
        if word in ("relieved", "replaced") and not (group and "enter" in group.classes):
            return None
        return ruled(Measure.ROTATING, f"the word {word!r} stands beside it")
    return None


def _one_clause(scan: Scan, at: int, reach: int) -> int:
    """Return where the clause behind a phrase ends: also at "and" once a verb has been met."""
    edge = right_edge(scan, at, reach)
    for position in range(at, edge):
        if scan.low(position) == "and" and any(group.finite for group in groups(scan, at, position)):
            return position
    return edge


def _is_replaced(clause: Clause, verb: VerbGroup) -> bool:
    """Return whether these soldiers are the ones relieved: "will replace 500 troops who leave"."""
    return (clause.governor.role == "object" and not verb.passive) or (
        clause.governor.role == "subject" and verb.passive
    )


def _replaced(clause: Clause) -> Verdict | None:
    group = clause.governor.group
    if group is not None and "relieve" in group.classes and _is_replaced(clause, group):
        return ruled(Measure.PRESENT, "they are the ones who are relieved")
    return None


def _authorized(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    words = scan.lexicon.words
    near = set(scan.lows[left_edge(scan, clause.phrase.first, 10) : right_edge(scan, clause.phrase.last, 6)])
    cap = near & _AUTHORIZED_WORDS
    collective = scan.low(governor.collective) if governor.collective >= 0 else ""
    if collective in ("ceiling", "cap", "limit", "maximum"):
        return ruled(Measure.AUTHORIZED, f"{collective!r} names an upper bound, not a count")
    if scan.says("ceiling", left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 6)):
        return ruled(Measure.AUTHORIZED, "the words beside it name an upper bound, not a count")
    left = scan.lows[left_edge(scan, clause.phrase.first, 10) : clause.phrase.first]
    if {"mandate", "resolution"} & set(left) and governor.role in _AUTHORIZED_WORDS_2:
        return ruled(Measure.AUTHORIZED, "a mandate sets it")
    authorizes = group is not None and (_authorizing(group.lemma) or any(map(_authorizing, group.chain_lemmas)))
    mandator = scan.words & words["mandator"]
    if governor.role in _AUTHORIZED_WORDS_3 and authorizes and mandator and not _by_commander(clause):
        return ruled(Measure.AUTHORIZED, f"{min(mandator)!r} authorises or limits it")
    if (
        cap & _AUTHORIZED_WORDS_4
        and not _by_commander(clause)
        and (governor.role in _AUTHORIZED_WORDS_5 or mandator or cap & {"ceiling", "cap", "capped"})
    ):
        return ruled(Measure.AUTHORIZED, f"the word {min(cap)!r} makes it a ceiling")
    return None


def _authorizing(lemma: str) -> bool:
    return lemma in _AUTHORIZING_WORDS


def _by_commander(clause: Clause) -> bool:
    """Return whether a president or minister, not a council or parliament, gives the order."""
    scan, group = clause.scan, clause.governor.group
    first = group.first if group is not None else clause.phrase.first
    before = scan.lows[left_edge(scan, first, 12) : first]
    leaders = _BY_COMMANDER_WORDS
    bodies = _BY_COMMANDER_WORDS_2
    nearest = next((low for low in reversed(before) if low in leaders or low in bodies), "")
    return nearest in leaders


def _committed(clause: Clause) -> Verdict | None:
    scan, group = clause.scan, clause.governor.group
    if scan.says("standby", left_edge(scan, clause.phrase.first, 14), right_edge(scan, clause.phrase.last, 16)):
        return ruled(Measure.COMMITTED, "they are ready, on alert or on offer, not yet sent")
    if group is None:
        return None
    if "pledge" in group.classes and group.lemma in _COMMITTED_WORDS:
        return ruled(Measure.COMMITTED, f"the verb {group.lemma!r} pledges them")
    if "pledge" in group.chain:
        return ruled(Measure.COMMITTED, f"{min(group.chain_lemmas)!r} pledges them")
    if clause.governor.act >= 0 and "pledge" in scan.lexicon.acts.get(scan.low(clause.governor.act), ()):
        return ruled(Measure.COMMITTED, f"the noun {scan.low(clause.governor.act)!r} pledges them")
    if group.lemma in ("contribute", "provide", "supply", "lend") and in_future(clause, group):
        return ruled(Measure.COMMITTED, f"{group.lemma!r} in the future is a contribution not yet sent")
    if group.lemma == "commit" and not group.passive and not is_fresh(clause) and clause.governor.role == "object":
        return ruled(Measure.COMMITTED, "the verb 'commit' pledges them")
    return None


def _joined(clause: Clause) -> Verdict | None:
    if (
        clause.governor.role in ("and", "part")
        and clause.before is not None
        and (clause.governor.group is None or clause.governor.role == "and")
    ):
        return ruled(clause.before, "it is joined to the figure before it and shares its verb")
    return None


def _listed(clause: Clause) -> Verdict | None:
    if clause.governor.role != "list":
        return None
    if clause.before is not None:
        return ruled(clause.before, "an entry in a list, like the figure before it")
    if clause.scan.words & _LISTED_WORDS:
        return ruled(Measure.COMMITTED, "a list of what was pledged")
    if clause.scan.words & {"authorized", "planned"}:
        return ruled(Measure.PLANNED, "a list of what is planned")
    return ruled(Measure.PRESENT, "an entry in a list of contingents")


_RULES: tuple[Callable[[Clause], Verdict | None], ...] = (
    whole_rule,
    _listed,
    bound_rule,
    _replaced,
    _rotating,
    _committed,
    _authorized,
    level_rule,
    act_rule,
    with_rule,
    due_rule,
    movement_rule,
    planned_level_rule,
    strength_rule,
    _joined,
)
