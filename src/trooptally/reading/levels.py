# ruff: noqa: PLR0911 -- each return is one rule
"""Rules on levels: before and after a change, now and later, and the size of armies tied to no place."""

from __future__ import annotations

from trooptally.reading.clause import (
    Clause,
    Verdict,
    first_group,
    group_before,
    in_future,
    is_demanded,
    is_placed,
    is_wish,
    ruled,
    wish_in,
)
from trooptally.reading.lexicon import words
from trooptally.reading.verbs import left_edge, right_edge
from trooptally.vocabulary import Measure

_EVENTUAL = words("eventual eventually ultimate ultimately planned projected")
_ROLES_OF_LEVELS = words("to from at by above below")
_GROWING = words("grow increase raise rise boost expand")
_SERVING_LATER = words("station base deploy participate join serve take operate train")
_JOINT = words("UN NATO AU EU ECOWAS COALITION MULTINATIONAL-FORCE CSTO")
_MUSTERING = words(
    "have number total boast command comprise include field count be estimate consist maintain claim"
    " control put amount lead exceed"
)
_ARMY_WORDS = words(
    "army armies reserves reservists active-duty standing conscripts militia guerrilla insurgency strength manpower"
)


def level_rule(clause: Clause) -> Verdict | None:
    """Judge "cut to N", "rise from N", "stands at N", "down by N"."""
    governor, scan = clause.governor, clause.scan
    if governor.role not in _ROLES_OF_LEVELS:
        return None
    group = governor.group
    near = (
        scan.lows[max(clause.phrase.first - 2, 0) : clause.phrase.first]
        + scan.lows[clause.phrase.last : clause.phrase.last + 2]
    )
    if governor.role == "at" and {"now", "currently", "presently", "today"} & set(near):
        return ruled(Measure.PRESENT, "'now' tells a level")
    if governor.role == "from":
        return ruled(Measure.PRESENT, "'from' tells how many were there before a change")
    if governor.role == "by":
        return _changed_by(clause)
    if _army_grows(clause) or (clause.armed_group and not is_placed(clause) and not (group and group.modal)):
        return ruled(Measure.OTHER_STRENGTH, "the size of an army, tied to no deployment")
    wished = wish_in(clause, group)
    if wished:
        return ruled(Measure.PLANNED, f"{wished!r}: a level proposed or expected")
    if not _EVENTUAL.isdisjoint(scan.lows[max(clause.phrase.first - 6, 0) : clause.phrase.first]):
        return ruled(Measure.PLANNED, "it is the level in the end")
    if group is not None and (in_future(clause, group) or _announced(clause)):
        return ruled(Measure.PLANNED, "so many will be there after a change to come")
    act = scan.low(governor.act) if governor.act >= 0 else ""
    if act and (group is None or "say" in group.classes or "intend" in group.classes):
        return ruled(Measure.PLANNED, f"the level that the {act} will lead to")
    return ruled(Measure.PRESENT, "so many are there after a change that is done")


def _army_grows(clause: Clause) -> bool:
    """Return whether the level is that of a whole army: "the armed forces have grown to N"."""
    scan, group = clause.scan, clause.governor.group
    before = scan.spelled(left_edge(scan, clause.phrase.first, 14), clause.phrase.first)
    army = scan.says("whole_strength", left_edge(scan, clause.phrase.first, 14), clause.phrase.first)
    army = (
        army
        or " armed forces " in before
        or " army " in before
        or " end strength " in before
        or " military has " in before
    )
    return (
        army
        and group is not None
        and not group.modal
        and not group.infinitive
        and not is_placed(clause)
        and " troops in " not in before
    )


def _announced(clause: Clause) -> bool:
    """Return whether the change is announced for later: "announces the deployment ... bringing the number to N"."""
    scan, group = clause.scan, clause.governor.group
    if group is None:
        return False
    if group.form == "doing" and not group.progressive:
        main = group_before(scan, group) or first_group(scan, group.first)
        if main is None:
            return False
        lists = scan.lexicon.lists
        return (
            main.modal in lists["modals_future"]
            or main.modal in lists["modals_would"]
            or (main.form in ("plain", "third") and "say" in main.classes)
            or ("intend" in main.classes and main.lemma in ("announce", "order", "plan"))
        )
    return group.infinitive


def _changed_by(clause: Clause) -> Verdict | None:
    group, scan = clause.governor.group, clause.scan
    act = scan.lexicon.acts.get(scan.low(clause.governor.act), frozenset()) if clause.governor.act >= 0 else frozenset()
    lowers = (group is not None and "lower" in group.classes) or "leave" in act
    raises = (group is not None and "raise" in group.classes) or "enter" in act
    if not lowers and not raises:
        return None
    wished = wish_in(clause, group)
    if wished:
        return ruled(Measure.PLANNED, f"{wished!r}: a change proposed or expected")
    if lowers and not (group is not None and group.lemma in _GROWING):
        return ruled(Measure.WITHDRAWING, "a level goes down by this number")
    return ruled(Measure.DEPLOYING, "a level goes up by this number")


def planned_level_rule(clause: Clause) -> Verdict | None:
    """Judge verbs of staying in the future: "will remain", "would leave N in place", "is expected to keep N"."""
    group = clause.governor.group
    if group is None or clause.governor.role == "whole":
        return None
    scan = clause.scan
    wished = wish_in(clause, group)
    if group.classes.isdisjoint({"stay", "lower", "raise"}) and not is_wish(scan, group.lemma):
        return None
    if wished and not is_demanded(clause, wished):
        return ruled(Measure.PLANNED, f"{wished!r}: proposed, wanted or expected")
    lists = scan.lexicon.lists
    if group.modal in lists["modals_future"] or group.modal in lists["modals_would"] or "intend" in group.chain:
        if (group.lemma == "be" and "part" in scan.lows[group.last : group.last + 2]) or (
            group.lemma in _SERVING_LATER
            and not _fixed(clause)
            and (group.lemma != "take" or scan.low(group.last) == "part")
        ):
            return ruled(Measure.DEPLOYING, f"{group.lemma!r} in the future: they are to go in")
        return ruled(Measure.PLANNED, "so many are to be there later")
    return None


def _fixed(clause: Clause) -> bool:
    return "remain" in clause.scan.words or "stay" in clause.scan.words


def strength_rule(clause: Clause) -> Verdict | None:
    """Judge the size of an army, a reserve or an armed group that is tied to no place of deployment."""
    scan, governor = clause.scan, clause.governor
    if clause.force in _JOINT:
        return None
    away = bool(clause.place) and clause.place != clause.force and not clause.armed_group and _named_place_near(clause)
    if away:
        return None
    collective = scan.low(governor.collective) if governor.collective >= 0 else ""
    group = governor.group
    owns = group is not None and group.lemma in _MUSTERING and (group.lemma != "be" or governor.role != "subject")
    sized = governor.role in ("size", "at") or clause.phrase.strong
    placed = is_placed(clause)
    if clause.armed_group and governor.role == "size":
        placed = any(m.place and m.first >= clause.phrase.last for m in scan.mentions)
    if not clause.armed_group and _is_contingent(clause):
        return None
    army = collective in scan.lexicon.nouns["army"] or not scan.words.isdisjoint(_ARMY_WORDS)
    if clause.armed_group and (owns or sized) and not placed:
        return ruled(Measure.OTHER_STRENGTH, "the size of an armed group")
    army = army or scan.says(
        "strength", left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 8)
    )
    if army and (owns or sized) and not placed:
        return ruled(Measure.OTHER_STRENGTH, "the size of an army, tied to no deployment")
    if owns and group is not None and group.lemma in ("number", "total", "boast") and not placed and not clause.place:
        return ruled(Measure.OTHER_STRENGTH, "the size of a force, tied to no deployment")
    return None


def _is_contingent(clause: Clause) -> bool:
    """Return whether the words before speak of a contingent or a mission abroad, not of an army."""
    before = clause.scan.lows[left_edge(clause.scan, clause.phrase.first, 16) : clause.phrase.first]
    return any(low in clause.scan.lexicon.words["contingent"] for low in before)


def _named_place_near(clause: Clause) -> bool:
    return is_placed(clause)


def whole_rule(clause: Clause) -> Verdict | None:
    """Judge the whole in "27,000 of the 47,000"."""
    if clause.governor.role == "whole":
        return ruled(Measure.PRESENT, "the whole of which a part is told: so many are there")
    return None
