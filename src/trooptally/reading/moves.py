# ruff: noqa: PLR0911 -- each return is one rule
"""Rules on movement: who goes in, who goes out, who is only wanted to, and who has been there since."""

from __future__ import annotations

from trooptally.reading.clause import Clause, Verdict, group_before, is_demanded, is_fresh, ruled, wish_in
from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup
from trooptally.vocabulary import Measure

_STATIVE = words("deploy station base position garrison post assign concentrate mass commit mobilize")
_ROLES_OF_ACTS = words("act size for object with")
_ROLES_OF_MOVERS = words("object subject bare and part size act with for of by among including")
_WEAK_MOVERS = words(
    "go come begin order launch move put bring drop head travel shift add fly assign cross transfer"
    " contribute provide supply furnish"
)
_MOVERS_HOME = words("bring send fly come go ship airlift order transfer move")
_MOVERS_OUT = words("move go ship fly march head order")
_REDUCERS = words("cut trim slash reduce shed draw lower scale")
_GOING_IN = words("to into in from across onto toward towards over ashore")
_ANNOUNCING = words("answered replied said announced announces says told confirmed declared")
_OWNERS = words("its their the all his our 's")
_UNSURE = words("possible potential proposed eventual likely")
_STRENGTHENING = words("reinforce strengthen bolster augment boost double")
_GROWTH = words("rise increase growth jump boost expansion")
_EITHER_WAY = words("go move cross roll march travel fly sail head stream")
_EARMARKING = words("plan propose envisage request expect need require recommend seek want foresee")
_FLOWS = (Measure.DEPLOYING, Measure.ROTATING, Measure.WITHDRAWING)
_INVADING = words("invade enter intervene attack reinforce strengthen bolster")


def act_rule(clause: Clause) -> Verdict | None:
    """Judge "the withdrawal of N", "sending N", "a 20,000-troop increase"."""
    governor, scan = clause.governor, clause.scan
    if governor.act < 0 or governor.role not in _ROLES_OF_ACTS:
        return None
    noun = scan.low(governor.act)
    kinds = scan.lexicon.acts.get(noun) or scan.lexicon.verb_classes(noun)
    if governor.role == "for" and (clause.phrase.strong or noun in _GROWTH):
        return None
    if not kinds & {"enter", "leave", "lower", "relieve"}:
        return _noun_wish(clause, noun, kinds)
    group = governor.group
    wished = wish_in(clause, group)
    if group is not None and group.lemma == "vote" and group.modal:
        return ruled(Measure.PLANNED, "a vote on it is still to come")
    if kinds & {"leave", "lower"} and not kinds & {"enter"}:
        if is_demanded(clause, wished):
            return ruled(Measure.PRESENT, f"the {noun} is only demanded or a condition, so they are still there")
        if wished:
            return ruled(Measure.PLANNED, f"{wished!r}: a {noun} not yet decided")
        return ruled(Measure.WITHDRAWING, f"{noun!r} names the number that leaves")
    if wished or scan.says("undecided") or not _UNSURE.isdisjoint(scan.lows[max(governor.act - 3, 0) : governor.act]):
        return ruled(Measure.PLANNED, f"{wished or 'proposed'!r}: a {noun} not yet decided by its owner")
    if "relieve" in kinds:
        return ruled(Measure.ROTATING, f"{noun!r} is a rotation")
    return ruled(Measure.DEPLOYING, f"{noun!r} names the number that goes in")


def _noun_wish(clause: Clause, noun: str, kinds: frozenset[str]) -> Verdict | None:
    if "wish" in kinds and clause.governor.role in ("act", "for"):
        return ruled(Measure.PLANNED, f"{noun!r}: requested or proposed")
    return None


def movement_rule(clause: Clause) -> Verdict | None:
    """Judge a verb of movement that governs the phrase, or the verb behind it where none governs."""
    governor = clause.governor
    if governor.role in ("whole", "from"):
        return None
    main = governor.group
    if main is not None and _moves(clause, main):
        return _moved(clause, main)
    after = governor.after
    if after is not None and after is not main and _moves(clause, after) and not _main_is_level(main):
        return _moved(clause, after)
    return None


def _main_is_level(group: VerbGroup | None) -> bool:
    return group is not None and group.lemma in ("have", "keep", "maintain", "remain")


def _moves(clause: Clause, group: VerbGroup) -> bool:
    if not _direction(clause, group):
        return False
    return clause.governor.role in _ROLES_OF_MOVERS


def _direction(clause: Clause, group: VerbGroup) -> str:
    """Return enter, leave or nothing for a verb, by its particle and its place in the clause."""
    following = _particles(clause, group, 3)
    if _goes_home(clause, group):
        return "leave"
    if group.lemma in ("leave", "depart", "sail"):
        return _departing(clause, group)
    if group.lemma == "take" and "out" in (clause.scan.low(group.head + 1), clause.scan.low(clause.phrase.last)):
        return "leave"
    if group.first >= clause.phrase.last:
        following = set(clause.scan.lows[group.head + 1 : group.head + 4])
    back = group.lemma in _MOVERS_HOME and following & {"home", "back"}
    if group.lemma == "pull" or back or (group.lemma in _MOVERS_OUT and "out" in following):
        return "leave"
    if group.lemma == "return":
        return "enter" if "to" in following and "home" not in following and not _own_soil(clause) else "leave"
    if group.lemma in _REDUCERS and clause.governor.role in ("object", "bare"):
        return "" if _whole_force(clause) else "leave"
    if group.lemma in _WEAK_MOVERS:
        on = group.lemma == "go" and clause.scan.low(group.head + 1) == "on"
        return "" if on else _weak_direction(clause, group)
    return _plain_direction(clause, group)


def _goes_home(clause: Clause, group: VerbGroup) -> bool:
    """Return whether a passage about a withdrawal goes on: "will go", "would be home by Christmas"."""
    goes = clause.homeward and group.lemma == "go" and clause.governor.role == "subject"
    return goes or (group.lemma == "be" and _is_home(clause, group))


def _plain_direction(clause: Clause, group: VerbGroup) -> str:
    if group.classes.isdisjoint(_KNOWN) and _goes_to(clause, group):
        return "enter"
    return "enter" if "enter" in group.classes else "leave" if "leave" in group.classes else ""


def whole_cut_rule(clause: Clause) -> Verdict | None:
    """Judge "trim its 2,400-strong force by a third": the level before the cut."""
    group = clause.governor.group
    if group is None or clause.governor.role != "object":
        return None
    owned = clause.scan.low(clause.phrase.first) in _OWNERS or clause.scan.low(clause.phrase.first - 1) in _OWNERS
    strengthened = group.lemma in _STRENGTHENING and owned
    if not strengthened and ("lower" not in group.classes or not _whole_force(clause)):
        return None
    return ruled(Measure.PRESENT, f"{group.lemma!r} is done to the whole force, which is the level before")


def _whole_force(clause: Clause) -> bool:
    """Return whether what is cut is the whole force: "trim its 2,400-strong force by a third"."""
    scan, phrase = clause.scan, clause.phrase
    owner = scan.low(phrase.first - 1)
    owned = owner in scan.lexicon.lists["possessives"] or owner in ("the", "'s")
    return owned and scan.low(phrase.last) in ("by", "to") and scan.low(phrase.last + 1) != "the"


_KNOWN = frozenset({"enter", "leave", "stay", "pledge", "wish", "casualty", "incident", "train", "lower", "raise"})


def _goes_to(clause: Clause, group: VerbGroup) -> bool:
    """Return whether any other verb carries them to a place: "directed 7,000 troops to Kosovo"."""
    scan, last = clause.scan, clause.phrase.last
    if clause.governor.role not in ("object", "and") or group.first > clause.phrase.first:
        return False
    return scan.low(last) in ("to", "into") and any(last < m.first <= last + 3 and m.place for m in scan.mentions)


def _particles(clause: Clause, group: VerbGroup, reach: int) -> set[str]:
    """Return the words right behind a verb and right behind the phrase."""
    lows = clause.scan.lows
    return {*lows[group.head + 1 : group.head + 1 + reach], *lows[clause.phrase.last : clause.phrase.last + reach]}


def _departing(clause: Clause, group: VerbGroup) -> str:
    """Judge "500 men left", "left for Mali" and "will leave 500 men in place"."""
    if clause.governor.role != "object" and (_leaves_for(clause.scan, group) or _leaves_home(clause, group)):
        return "enter"
    if group.lemma != "leave" or group.first >= clause.phrase.last:
        return "leave"
    return "leave" if clause.governor.role in ("subject", "and", "part", "bare") and not group.passive else ""


def _leaves_for(scan: Scan, group: VerbGroup) -> bool:
    """Return whether a departure names its goal: "left Bamako on Tuesday for Mali"."""
    ahead = range(group.last, min(group.last + 9, len(scan.tokens) - 1))
    return any(scan.low(at) == "for" and any(m.place and at < m.first <= at + 3 for m in scan.mentions) for at in ahead)


def _leaves_home(clause: Clause, group: VerbGroup) -> bool:
    """Return whether they set out from their own country: Italians who "will sail from Brindisi"."""
    mention = clause.scan.mention_at.get(group.last + 1)
    return clause.scan.low(group.last) == "from" and mention is not None and mention.place == clause.force != ""


def _is_home(clause: Clause, group: VerbGroup) -> bool:
    """Return whether "be" says that they are to be home: "would be home from Iraq by Christmas"."""
    scan = clause.scan
    return bool(group.modal) and (
        scan.low(group.last) == "home"
        or (scan.low(group.last) == "back" and scan.low(group.last + 1) in ("home", "from"))
    )


def _own_soil(clause: Clause) -> bool:
    return bool(clause.place) and clause.place == clause.force


def _weak_direction(clause: Clause, group: VerbGroup) -> str:
    scan = clause.scan
    following = _particles(clause, group, 4 if group.first < clause.phrase.last else 0)
    following |= set(scan.lows[group.head + 1 : group.head + 5])
    match group.lemma:
        case "contribute" | "provide" | "supply" | "furnish":
            return ""
        case "cross" if group.first >= clause.phrase.last or clause.governor.role == "subject":
            return "leave" if clause.last is Measure.WITHDRAWING else "enter"
        case "bring":
            return "enter" if following & {"in", "into", "to"} else ""
        case (
            "order"
            | "put"
            | "go"
            | "come"
            | "head"
            | "move"
            | "fly"
            | "travel"
            | "transfer"
            | "shift"
            | "assign"
            | "cross"
            | "add"
            | "launch"
            | "drop"
        ):
            bare = group.lemma in ("go", "march") and scan.low(group.last) in (".", ",", ";", "")
            sure = bare or group.lemma in ("add", "move", "fly")
            return "enter" if following & _GOING_IN or sure else ""
        case _:
            return ""


def _moved(clause: Clause, group: VerbGroup) -> Verdict:
    direction = _direction(clause, group)
    if direction == "enter" and clause.homeward and group.lemma in _EITHER_WAY and not is_fresh(clause):
        direction = "leave"
    wished = wish_in(clause, group)
    would = group.modal in clause.scan.lexicon.lists["modals_would"] and not _announces(clause, group)
    if direction == "leave":
        return _leaving(clause, group, wished, would=would)
    if wished or would:
        return ruled(Measure.PLANNED, f"{wished or 'would'!r}: a movement proposed, considered or expected")
    if (
        "intend" in group.chain
        and clause.mover
        and clause.force
        and clause.mover != clause.force
        and not _owner_acts(clause)
    ):
        return ruled(Measure.PLANNED, "a plan that is not its owner's")
    if _stands(clause, group):
        return ruled(Measure.PRESENT, f"{group.lemma!r} here tells where they are, not that they are moving")
    return ruled(Measure.DEPLOYING, f"the verb {group.lemma!r} moves them in")


def _owner_acts(clause: Clause) -> bool:
    return clause.mover in ("", clause.force)


def _announces(clause: Clause, group: VerbGroup) -> bool:
    """Return whether "would" only reports an announcement: "said it would send"."""
    outer = group_before(clause.scan, group)
    before = clause.scan.words
    said = outer is not None and not outer.classes.isdisjoint({"say", "intend"})
    return said or bool(before & _ANNOUNCING) or not clause.scan.has("open")


def _leaving(clause: Clause, group: VerbGroup, wished: str, *, would: bool) -> Verdict:
    owned = clause.scan.low(clause.phrase.first - 1) in _OWNERS
    if group.negated or is_demanded(clause, wished) or (wished and owned):
        return ruled(Measure.PRESENT, "the withdrawal is only demanded, proposed or denied, so they are still there")
    if wished or would:
        return ruled(Measure.PLANNED, f"{wished or 'would'!r}: a withdrawal proposed or expected")
    return ruled(Measure.WITHDRAWING, f"the verb {group.lemma!r} moves them out")


def _stands(clause: Clause, group: VerbGroup) -> bool:
    """Return whether a verb of movement tells a state: "are deployed in", "has deployed 500 troops in"."""
    if is_fresh(clause) or group.modal or group.progressive or group.infinitive or group.chain:
        return False
    if group.chain_lemmas & {"remain", "stay", "keep", "stand"}:
        return True
    if group.lemma not in _STATIVE:
        return False
    following = (
        clause.scan.lows[group.head + 1 : group.head + 4]
        + clause.scan.lows[clause.phrase.last : clause.phrase.last + 4]
    )
    if (
        group.form == "past"
        and group.finite
        and not group.passive
        and clause.governor.role == "subject"
        and group is clause.governor.group
        and "to" in following[:2]
    ):
        return False
    if "being" in clause.scan.lows[group.first : group.head]:
        return False
    if group.passive or (
        group.first == group.head and group.form in ("past", "done") and clause.governor.role != "object"
    ):
        return not (
            "to" in following[:2] and group.form == "past" and "were" in clause.scan.lows[group.first : group.head]
        )
    now = not {"now", "currently", "presently"}.isdisjoint(clause.scan.words)
    return group.perfect or (now and group.form in ("plain", "third"))


def bound_rule(clause: Clause) -> Verdict | None:
    """Read "500 soldiers bound for Mali", "26,000 soldiers planned for the mission"."""
    scan, after = clause.scan, clause.governor.after
    following = scan.low(clause.phrase.last)
    if following in ("bound", "headed", "heading", "destined"):
        return ruled(Measure.DEPLOYING, f"{following!r}: they are on their way")
    if after is None or after.first != after.head or after.form not in ("past", "done"):
        return None
    if after.lemma in _EARMARKING:
        return ruled(Measure.PLANNED, f"{scan.low(after.head)!r} stands behind them")
    if after.lemma in ("authorize", "authorise", "mandate", "approve"):
        return ruled(Measure.AUTHORIZED, f"{scan.low(after.head)!r} stands behind them")
    if "pledge" in after.classes:
        return ruled(Measure.COMMITTED, f"{scan.low(after.head)!r} stands behind them")
    return None


def due_rule(clause: Clause) -> Verdict | None:
    """Judge "another 120 are due next week", "announced 200 more soldiers"."""
    group, scan = clause.governor.group, clause.scan
    if group is None:
        return None
    if (
        group.lemma == "be"
        and clause.governor.role == "subject"
        and (
            scan.low(group.last) in ("due", "en", "bound", "expected", "aboard", "underway")
            or scan.says("under way", group.last, group.last + 4)
        )
    ):
        flows = clause.last in _FLOWS
        return ruled(
            clause.last if flows and clause.last else Measure.DEPLOYING, f"{scan.low(group.last)!r}: they are to follow"
        )
    if group.lemma == "follow" and clause.governor.role == "subject" and clause.last in _FLOWS:
        return ruled(clause.last or Measure.DEPLOYING, "they follow those told of before")
    own = clause.phrase.head < 0 and clause.mover == clause.force != ""
    if group.lemma in ("announce", "order") and clause.governor.role == "object" and (own or is_fresh(clause)):
        return ruled(Measure.DEPLOYING, f"{group.lemma!r}: their owner sends them")
    return None


def with_rule(clause: Clause) -> Verdict | None:
    """Judge "escalate the war with N more troops", "invaded with N"."""
    group = clause.governor.group
    if clause.governor.role != "with":
        return None
    if group is None or (clause.scan.low(clause.phrase.last) == "," and clause.governor.after is not None):
        return ruled(Measure.PRESENT, "'with' tells what they have there")
    wished = wish_in(clause, group) or (
        "plan" if "plan" in clause.scan.lows[max(group.first - 3, 0) : group.first] else ""
    )
    if is_fresh(clause) or group.lemma in _INVADING:
        return ruled(Measure.PLANNED if wished else Measure.DEPLOYING, f"{group.lemma!r} brings them in")
    return None
