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
from trooptally.reading.moves import act_rule, bound_rule, due_rule, movement_rule, whole_cut_rule, with_rule
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, groups, left_edge, right_edge
from trooptally.vocabulary import Measure

_HOME = ("home", "back", "out", "away")
_MOVES = frozenset({"enter", "leave", "relieve"})
_CEILING_NOUNS = words(
    "permitted ceiling cap capped limit mandated authorized authorised maximum authorization authorisation"
)
_ROLES_UNDER_MANDATE = words("for object of at to act")
_ROLES_AUTHORIZED = words("act object for size subject to at bare with")
_PLAIN_CEILINGS = words("permitted authorized authorised capped ceiling cap mandated limit authorization authorisation")
_ROLES_CAPPED = words("size at to by bare subject")
_AUTHORIZING = words(
    "authorize authorise mandate approve allow permit cap limit empower endorse sanction restrict establish create"
    " extend renew"
)
_COMMANDERS = words(
    "president minister secretary pentagon general commander premier chancellor he she i obama trump biden bush"
)
_BODIES = words(
    "council parliament bundestag resolution mandate ceiling cap lawmakers deputies assembly senate cabinet congress"
)
_PLEDGING = words("pledge promise offer earmark vow volunteer guarantee")
_APPROVING = words("authorize authorise approve endorse order direct")
_FACING = words("face confront meet outnumber oppose fight defeat encounter")
_DEFINITE = words("the these those its their our")
_TARGETS = words("target goal aim objective")
_NEEDING = words("require need be have")
_CEILINGS = words("up many maximum most")
_LIST_SIGNS = words("pledged pledges pledge offered offers promised contributions committed commitments")


def measure_of(clause: Clause) -> Verdict:
    """Return the measure of a count and the reason for it."""
    for rule in _RULES:
        verdict = rule(clause)
        if verdict is not None:
            return verdict
    return Verdict(measure=Measure.PRESENT, reason="nothing says that they come or go: so many are there")


def _rotating(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    if clause.relieves:
        return ruled(
            Measure.ROTATING, f"the text says of the same soldiers that they relieve others ({clause.relieves!r})"
        )
    for verb in (group, governor.after):
        if verb is not None and scan.low(verb.first - 1) in ("it", "they") and verb.first >= clause.phrase.last:
            return None
        if verb is not None and "relieve" in verb.classes and not _is_replaced(clause, verb):
            return ruled(Measure.ROTATING, f"the verb {verb.lemma!r} says that they relieve others")
    around = scan.lows[max(clause.phrase.first - 7, 0) : _one_clause(scan, clause.phrase.last, 20)]
    word = next((low for low in around if low in scan.lexicon.words["rotation"]), "")
    if scan.says("relief", max(clause.phrase.first - 20, 0), right_edge(scan, clause.phrase.last, 20)):
        return ruled(Measure.ROTATING, "the words beside it say that they take the place of others")
    if word.startswith(("replace", "reliev")) and "them" in around[around.index(word) + 1 : around.index(word) + 2]:
        return None
    if word and not (word.startswith("replace") and "which" in around[: around.index(word)]):
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


def _all_but(clause: Clause) -> Verdict | None:
    """Judge "all but 4,000 have left", "on top of 135,000 already there", "out of the 14,000": those are there."""
    before = clause.scan.spelled(clause.phrase.first - 4, clause.phrase.first)
    held = before.endswith(" the ") and clause.scan.low(clause.phrase.last) in ("it", "they")
    if held or before.endswith((" all but ", " on top of ", " out of the ", " currently ")):
        return ruled(Measure.PRESENT, "the words before it say that these are the ones who are there")
    return None


def _replaced(clause: Clause) -> Verdict | None:
    group = clause.governor.group
    if group is not None and "relieve" in group.classes and _is_replaced(clause, group):
        return ruled(Measure.PRESENT, "they are the ones who are relieved")
    return None


def _authorized(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    words = scan.lexicon.words
    beside = range(left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 6))
    near = {scan.low(at) for at in beside if not (at and scan.tokens[at].capital)}
    if governor.role in ("from", "to", "by") and _by_body(clause):
        return ruled(Measure.AUTHORIZED, "a council or parliament sets the level")
    voted = group is not None and "vote" in group.chain_lemmas | {group.lemma}
    if (
        voted
        and scan.words & words["mandator"]
        and not _CEILINGS.isdisjoint(scan.lows[clause.phrase.first : clause.phrase.first + 3])
    ):
        return ruled(Measure.AUTHORIZED, "a parliament votes on an upper bound")
    if voted and {"security", "council"} <= scan.words and governor.role == "object":
        return ruled(Measure.AUTHORIZED, "the Security Council votes on it")
    cap = near & _CEILING_NOUNS
    collective = scan.low(governor.collective) if governor.collective >= 0 else ""
    if collective in ("ceiling", "cap", "limit", "maximum"):
        return ruled(Measure.AUTHORIZED, f"{collective!r} names an upper bound, not a count")
    if scan.says("ceiling", left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 6)):
        return ruled(Measure.AUTHORIZED, "the words beside it name an upper bound, not a count")
    behind = scan.lows[clause.phrase.last : clause.phrase.last + 6]
    if (
        "under" in behind
        and not {"resolution", "mandate"}.isdisjoint(behind)
        and governor.role in ("to", "at", "object")
    ):
        return ruled(Measure.AUTHORIZED, "it stands under a mandate")
    left = scan.lows[left_edge(scan, clause.phrase.first, 10) : clause.phrase.first]
    if {"mandate", "resolution"} & set(left) and governor.role in _ROLES_UNDER_MANDATE:
        return ruled(Measure.AUTHORIZED, "a mandate sets it")
    authorizes = group is not None and (_authorizing(group.lemma) or any(map(_authorizing, group.chain_lemmas)))
    mandator = scan.words & words["mandator"]
    if governor.role in _ROLES_AUTHORIZED and authorizes and mandator and not _by_commander(clause):
        return ruled(Measure.AUTHORIZED, f"{min(mandator)!r} authorises or limits it")
    if (
        cap & _PLAIN_CEILINGS
        and not _by_commander(clause)
        and (governor.role in _ROLES_CAPPED or mandator or cap & {"ceiling", "cap", "capped"})
    ):
        return ruled(Measure.AUTHORIZED, f"the word {min(cap)!r} makes it a ceiling")
    return None


def _approved(clause: Clause) -> Verdict | None:
    """Judge "the president has approved 450 more": the owner's own order."""
    group, governor = clause.governor.group, clause.governor
    if group is None or governor.role != "object" or group.lemma not in _APPROVING or group.modal:
        return None
    if _by_commander(clause) or (is_fresh(clause) and clause.mover == clause.force):
        return ruled(Measure.DEPLOYING, f"the verb {group.lemma!r}: their commander orders them in")
    return None


def _later(clause: Clause) -> Verdict | None:
    """Judge what is still to come, whatever the verb: "will spend a winter in", "are to make up", "may take part"."""
    scan, group = clause.scan, clause.governor.group
    if group is None or clause.governor.role in ("whole", "from"):
        return None
    lists = scan.lexicon.lists
    ahead = group.modal in lists["modals_future"] or group.modal in lists["modals_would"]
    if (ahead or group.chain_lemmas & {"plan", "intend", "prepare", "expect"}) and not group.negated:
        return ruled(Measure.PLANNED, "the verb tells what is still to come")
    if group.modal in lists["modals_open"]:
        return ruled(Measure.PLANNED, f"{group.modal!r}: not yet decided")
    if scan.says("intention", max(clause.phrase.first - 9, 0), clause.phrase.first):
        return ruled(Measure.PLANNED, "an intention, not yet carried out")
    return None


def _compared(clause: Clause) -> Verdict | None:
    """Judge "compared with 8,500 in the current force", "against 5,100 today"."""
    scan, first = clause.scan, clause.phrase.first
    compared = scan.low(first - 2) in ("compared", "opposed") and scan.low(first - 1) in ("with", "to")
    against = clause.governor.role in ("against", "versus") and clause.phrase.head < 0
    return ruled(Measure.PRESENT, "it is the level that another is compared with") if compared or against else None


def _belonging(clause: Clause) -> Verdict | None:
    """Judge "they belong to a contingent of 395" like those who belong to it."""
    belongs = clause.scan.says("belonging", max(clause.phrase.first - 8, 0), clause.phrase.first)
    if clause.governor.role != "size" or not belongs or clause.last is None:
        return None
    return ruled(clause.last, "the whole to which those told of before belong")


def _joining(clause: Clause) -> Verdict | None:
    """Judge "they were joined by 200 soldiers", "some 1,500 new troops joined those there"."""
    group = clause.governor.group
    if group is None or group.lemma != "join" or group.modal:
        return None
    if clause.governor.role == "by" and clause.last is not None:
        return ruled(clause.last, "they join those told of before")
    if clause.governor.role == "subject" and not group.passive and is_fresh(clause):
        return ruled(Measure.DEPLOYING, "they come to join others")
    return None


def _staying(clause: Clause) -> Verdict | None:
    """Judge "the 45,000 troops there will stay": those who are there already."""
    group, scan = clause.governor.group, clause.scan
    stays = group is not None and group.lemma in ("stay", "remain") and clause.governor.role in ("subject", "and")
    if stays and (scan.low(clause.phrase.first - 1) in _DEFINITE or scan.low(clause.phrase.last) == "there"):
        return ruled(Measure.PRESENT, "they are there already and are to stay")
    return None


def _targeted(clause: Clause) -> Verdict | None:
    """Judge "against a target of 82,000"."""
    governor = clause.governor
    if governor.role in ("size", "of") and not _TARGETS.isdisjoint(
        clause.scan.lows[max(clause.phrase.first - 3, 0) : clause.phrase.first]
    ):
        return ruled(Measure.PLANNED, "a target, not yet reached")
    return None


def _faced(clause: Clause) -> Verdict | None:
    """Judge those whom others are to meet: "they will face 100,000 Iraqi soldiers"."""
    group = clause.governor.group
    if clause.governor.role == "object" and group is not None and group.lemma in _FACING:
        return ruled(Measure.PRESENT, f"{group.lemma!r} tells whom others meet there")
    return None


def _allowed(clause: Clause) -> Verdict | None:
    """Judge "up to 180 soldiers may take part": a ceiling that a mandate sets."""
    group, scan = clause.governor.group, clause.scan
    if group is None or group.modal not in ("may", "can") or clause.governor.role != "subject":
        return None
    if group.lemma not in _NEEDING and not _CEILINGS.isdisjoint(
        scan.lows[clause.phrase.first : clause.phrase.first + 3]
    ):
        return ruled(Measure.AUTHORIZED, f"'up to' with {group.modal!r} names what is allowed")
    return None


def _authorizing(lemma: str) -> bool:
    return lemma in _AUTHORIZING


def _by_commander(clause: Clause) -> bool:
    """Return whether a president or minister, not a council or parliament, gives the order."""
    scan, group = clause.scan, clause.governor.group
    first = group.first if group is not None else clause.phrase.first
    before = scan.lows[left_edge(scan, first, 12) : first]
    leaders = _COMMANDERS
    bodies = _BODIES
    nearest = next((low for low in reversed(before) if low in leaders or low in bodies), "")
    return nearest in leaders


def _by_body(clause: Clause) -> bool:
    """Return whether a council or parliament is who raises or lowers a level."""
    scan, group = clause.scan, clause.governor.group
    if group is None or group.classes.isdisjoint({"raise", "lower"}):
        return False
    before = scan.lows[left_edge(scan, group.first, 9) : group.first]
    return not {"council", "parliament", "bundestag", "senate", "lawmakers"}.isdisjoint(before)


def _committed(clause: Clause) -> Verdict | None:
    scan, group = clause.scan, clause.governor.group
    if scan.says("standby", left_edge(scan, clause.phrase.first, 14), right_edge(scan, clause.phrase.last, 16)):
        return ruled(Measure.COMMITTED, "they are ready, on alert or on offer, not yet sent")
    if group is None:
        return None
    if "pledge" in group.classes and group.lemma in _PLEDGING:
        return ruled(Measure.COMMITTED, f"the verb {group.lemma!r} pledges them")
    if "pledge" in group.chain:
        return ruled(Measure.COMMITTED, f"{min(group.chain_lemmas)!r} pledges them")
    if clause.governor.act >= 0 and "pledge" in scan.lexicon.acts.get(scan.low(clause.governor.act), ()):
        return ruled(Measure.COMMITTED, f"the noun {scan.low(clause.governor.act)!r} pledges them")
    if group.lemma in ("contribute", "provide", "supply", "lend", "furnish") and in_future(clause, group):
        return ruled(Measure.COMMITTED, f"{group.lemma!r} in the future is a contribution not yet sent")
    if group.lemma == "commit" and not group.passive and not is_fresh(clause) and clause.governor.role == "object":
        return ruled(Measure.COMMITTED, "the verb 'commit' pledges them")
    return None


def _joined(clause: Clause) -> Verdict | None:
    if (
        clause.governor.role in ("and", "part")
        and clause.before is not None
        and (clause.governor.group is None or clause.governor.role == "and" or _follows(clause))
    ):
        return ruled(clause.before, "it is joined to the figure before it and shares its verb")
    return None


def _of_these(clause: Clause) -> Verdict | None:
    """Judge "Of these, 119,005 were in the active Army": a part of the figure told before."""
    lows = clause.scan.lows[: clause.phrase.first]
    if lows[:1] != ("of",) or lows[1:2] not in (("these",), ("those",), ("them",), ("this",), ("that",)):
        return None
    return ruled(clause.last or Measure.PRESENT, "a part of the figure told before")


def _follows(clause: Clause) -> bool:
    """Return whether "including" follows the figure before it with no verb of its own behind it."""
    return clause.governor.role == "part" and clause.governor.after is None


def _listed(clause: Clause) -> Verdict | None:
    if clause.governor.role != "list":
        return None
    if clause.before is not None:
        return ruled(clause.before, "an entry in a list, like the figure before it")
    if clause.scan.words & _LIST_SIGNS:
        return ruled(Measure.COMMITTED, "a list of what was pledged")
    if clause.scan.words & {"authorized", "planned"}:
        return ruled(Measure.PLANNED, "a list of what is planned")
    return ruled(Measure.PRESENT, "an entry in a list of contingents")


_RULES: tuple[Callable[[Clause], Verdict | None], ...] = (
    _all_but,
    whole_rule,
    _listed,
    _faced,
    _compared,
    _joining,
    _staying,
    _belonging,
    _targeted,
    _allowed,
    bound_rule,
    _replaced,
    _rotating,
    _committed,
    _authorized,
    _approved,
    whole_cut_rule,
    level_rule,
    act_rule,
    with_rule,
    due_rule,
    movement_rule,
    planned_level_rule,
    _of_these,
    strength_rule,
    _joined,
    _later,
)
