"""From the clause to the measure: what the verb, its tense and its controlling verbs make of a number of soldiers.

Each rule returns a measure with the words of its reason, or nothing and the next rule is asked; their order is the
codebook's ("the first that fits").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trooptally.reading.clauses import Governor, VerbGroup, groups, left_edge, right_edge
from trooptally.reading.nouns import Counted
from trooptally.reading.scan import Scan
from trooptally.vocabulary import Measure

_HOME = ("home", "back", "out", "away")
_PLACED = frozenset(
    {
        "in",
        "at",
        "near",
        "across",
        "inside",
        "on",
        "throughout",
        "along",
        "around",
        "there",
        "here",
        "within",
        "outside",
        "overseas",
        "abroad",
        "between",
    }
)
_STATIVE = frozenset(
    {"deploy", "station", "base", "position", "garrison", "post", "assign", "concentrate", "mass", "commit", "mobilize"}
)
_MOVES = frozenset({"enter", "leave", "relieve"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A measure and why."""

    measure: Measure
    reason: str


def measure_of(clause: Clause) -> Verdict:
    """Return the measure of a count and the reason for it."""
    for rule in _RULES:
        verdict = rule(clause)
        if verdict is not None:
            return verdict
    return Verdict(measure=Measure.PRESENT, reason="no verb of movement governs it, so it is read as a level")


def _verdict(measure: Measure, reason: str) -> Verdict:
    return Verdict(measure=measure, reason=reason)


def _rotating(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    if clause.relieves:
        return _verdict(
            Measure.ROTATING, f"the text says of the same soldiers that they relieve others ({clause.relieves!r})"
        )
    for verb in (group, governor.after):
        if verb is not None and "relieve" in verb.classes and not _is_replaced(clause, verb):
            return _verdict(Measure.ROTATING, f"the verb {verb.lemma!r} says that they relieve others")
    around = scan.lows[max(clause.phrase.first - 7, 0) : _one_clause(scan, clause.phrase.last, 20)]
    word = next((low for low in around if low in scan.lexicon.words["rotation"]), "")
    if word and not (word.startswith("replace") and "which" in around):
        if word in ("relieved", "replaced") and not (group and "enter" in group.classes):
            return None
        return _verdict(Measure.ROTATING, f"the word {word!r} stands beside it")
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
    return clause.governor.role == "object" and not verb.passive or clause.governor.role == "subject" and verb.passive


def _replaced(clause: Clause) -> Verdict | None:
    group = clause.governor.group
    if group is not None and "relieve" in group.classes and _is_replaced(clause, group):
        return _verdict(Measure.PRESENT, "they are the ones who are relieved")
    return None


def _authorized(clause: Clause) -> Verdict | None:
    scan, governor = clause.scan, clause.governor
    group = governor.group
    words = scan.lexicon.words
    near = set(scan.lows[left_edge(scan, clause.phrase.first, 10) : right_edge(scan, clause.phrase.last, 6)])
    cap = near & {"ceiling", "cap", "capped", "limit", "mandated", "authorized", "authorised", "maximum"}
    collective = scan.low(governor.collective) if governor.collective >= 0 else ""
    if collective in ("ceiling", "cap", "limit", "maximum"):
        return _verdict(Measure.AUTHORIZED, f"{collective!r} names an upper bound, not a count")
    if scan.says("ceiling", left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 6)):
        return _verdict(Measure.AUTHORIZED, "the words beside it name an upper bound, not a count")
    left = scan.lows[left_edge(scan, clause.phrase.first, 10) : clause.phrase.first]
    if {"mandate", "resolution"} & set(left) and governor.role in ("for", "object", "of", "at", "to", "act"):
        return _verdict(Measure.AUTHORIZED, "a mandate sets it")
    authorizes = group is not None and (_authorizing(group.lemma) or any(map(_authorizing, group.chain_lemmas)))
    mandator = scan.words & words["mandator"]
    if (
        governor.role in ("act", "object", "for", "size", "subject", "to", "at", "bare")
        and authorizes
        and mandator
        and not _by_commander(clause)
    ):
        return _verdict(Measure.AUTHORIZED, f"{sorted(mandator)[0]!r} authorises or limits it")
    if cap & {"authorized", "authorised", "capped", "ceiling", "cap", "mandated", "limit"} and not _by_commander(
        clause
    ):
        if (
            governor.role in ("size", "at", "to", "by", "bare", "subject")
            or mandator
            or cap & {"ceiling", "cap", "capped"}
        ):
            return _verdict(Measure.AUTHORIZED, f"the word {sorted(cap)[0]!r} makes it a ceiling")
    return None


def _authorizing(lemma: str) -> bool:
    return lemma in (
        "authorize",
        "authorise",
        "mandate",
        "approve",
        "allow",
        "permit",
        "cap",
        "limit",
        "empower",
        "endorse",
        "sanction",
        "restrict",
    )


def _by_commander(clause: Clause) -> bool:
    """Return whether a president or minister, not a council or parliament, gives the order."""
    scan, group = clause.scan, clause.governor.group
    first = group.first if group is not None else clause.phrase.first
    before = scan.lows[left_edge(scan, first, 12) : first]
    leaders = {"president", "minister", "secretary", "pentagon", "general", "commander", "premier", "chancellor", "he", "she", "i", "obama", "trump", "biden", "bush"}
    bodies = {"council", "parliament", "bundestag", "resolution", "mandate", "ceiling", "cap", "lawmakers", "deputies", "assembly", "senate", "cabinet", "congress"}
    nearest = next((low for low in reversed(before) if low in leaders or low in bodies), "")
    return nearest in leaders


def _committed(clause: Clause) -> Verdict | None:
    scan, group = clause.scan, clause.governor.group
    if scan.says("standby", left_edge(scan, clause.phrase.first, 14), right_edge(scan, clause.phrase.last, 16)):
        return _verdict(Measure.COMMITTED, "they are ready, on alert or on offer, not yet sent")
    if group is None:
        return None
    if "pledge" in group.classes and group.lemma in (
        "pledge",
        "promise",
        "offer",
        "earmark",
        "vow",
        "volunteer",
        "guarantee",
    ):
        return _verdict(Measure.COMMITTED, f"the verb {group.lemma!r} pledges them")
    if "pledge" in group.chain:
        return _verdict(Measure.COMMITTED, f"{sorted(group.chain_lemmas)[0]!r} pledges them")
    if clause.governor.act >= 0 and "pledge" in scan.lexicon.acts.get(scan.low(clause.governor.act), ()):
        return _verdict(Measure.COMMITTED, f"the noun {scan.low(clause.governor.act)!r} pledges them")
    if group.lemma in ("contribute", "provide", "supply", "lend") and _future(clause, group):
        return _verdict(Measure.COMMITTED, f"{group.lemma!r} in the future is a contribution not yet sent")
    if group.lemma in ("commit",) and not group.passive and not _fresh(clause) and clause.governor.role == "object":
        return _verdict(Measure.COMMITTED, "the verb 'commit' pledges them")
    return None


def _future(clause: Clause, group: VerbGroup) -> bool:
    lists = clause.scan.lexicon.lists
    return (
        group.modal in lists["modals_future"]
        or group.modal in lists["modals_would"]
        or "intend" in group.chain
        or (group.infinitive and not group.perfect)
    )


def _fresh(clause: Clause) -> bool:
    scan = clause.scan
    inside = scan.lows[max(clause.phrase.first - 3, 0) : clause.phrase.last + 1]
    return (
        any(low in scan.lexicon.words["fresh"] for low in inside) or "recently" in scan.words or "surged" in scan.words
    )


def _wished(clause: Clause, group: VerbGroup | None) -> str:
    """Return the word that makes an act only proposed, considered, expected or feared; else an empty string."""
    scan, governor = clause.scan, clause.governor
    if "why" in scan.lows[: clause.phrase.first]:
        return ""
    if group is not None:
        if group.modal.removesuffix("n't") in scan.lexicon.lists["modals_open"]:
            return group.modal
        wish = next((lemma for lemma in sorted(group.chain_lemmas) if _wishes(scan, lemma)), "")
        if wish:
            return wish
        if governor.role in ("act", "object", "for", "to", "by", "size") and _wishes(scan, group.lemma):
            return group.lemma
        if group.infinitive or group.form == "doing":
            outer = group_before(scan, group)
            if outer is not None and _wishes(scan, outer.lemma):
                return outer.lemma
        outer = group_before(scan, group)
        if outer is not None and scan.low(outer.last) == "that" and outer.lemma in ("recommend", "propose", "ask", "demand", "request", "suggest", "urge", "advise"):
            return outer.lemma
        noun = next(
            (
                scan.low(i)
                for i in range(group.first - 1, max(group.first - 5, -1), -1)
                if "wish" in scan.lexicon.acts.get(scan.low(i), ())
            ),
            "",
        )
        if noun and (group.infinitive or group.form == "doing"):
            return noun
    if governor.act >= 0:
        for at in range(governor.act, max(governor.act - 5, -1), -1):
            if "wish" in scan.lexicon.acts.get(scan.low(at), ()) and scan.low(at) not in ("plan", "plans"):
                return scan.low(at)
    return ""


def _wishes(scan: Scan, lemma: str) -> bool:
    return lemma not in ("estimate", "believe", "study") and any(
        "wish" in form.classes for form in scan.lexicon.verbs.get(lemma, ())
    )


def group_before(scan: Scan, group: VerbGroup) -> VerbGroup | None:
    """Return the verb group that stands before another in the same clause ("urged Britain to send")."""
    from trooptally.reading.clauses import group_left

    return group_left(scan, group.first - 1, 8)


def _levels(clause: Clause) -> Verdict | None:
    governor, scan = clause.governor, clause.scan
    if governor.role not in ("to", "from", "at", "by", "above", "below"):
        return None
    group = governor.group
    near = scan.lows[max(clause.phrase.first - 2, 0) : clause.phrase.first] + scan.lows[clause.phrase.last : clause.phrase.last + 2]
    if governor.role == "at" and {"now", "currently", "presently", "today"} & set(near):
        return _verdict(Measure.PRESENT, "'now' tells a level")
    if governor.role == "from":
        return _verdict(Measure.PRESENT, "'from' names the level before a change")
    if governor.role == "by":
        return _changed_by(clause)
    if _army_grows(clause) or clause.armed_group and not _placed(clause) and not (group and group.modal):
        return _verdict(Measure.OTHER_STRENGTH, "the size of an army, tied to no deployment")
    wished = _wished(clause, group)
    if wished:
        return _verdict(Measure.PLANNED, f"{wished!r}: a level proposed or expected")
    if group is not None and (_future(clause, group) or _announced(clause)):
        return _verdict(Measure.PLANNED, "a level that an announced change will lead to")
    act = scan.low(governor.act) if governor.act >= 0 else ""
    if act and (group is None or "say" in group.classes or "intend" in group.classes):
        return _verdict(Measure.PLANNED, f"the level that the {act} will lead to")
    return _verdict(Measure.PRESENT, "a level that a finished change has reached")


def _army_grows(clause: Clause) -> bool:
    """Return whether the level is that of a whole army: "the armed forces have grown to N"."""
    scan, group = clause.scan, clause.governor.group
    before = scan.spelled(left_edge(scan, clause.phrase.first, 14), clause.phrase.first)
    army = " armed forces " in before or " army " in before or " end strength " in before or " military has " in before
    return army and group is not None and not group.modal and not group.infinitive and not _placed(clause) and " troops in " not in before


def _announced(clause: Clause) -> bool:
    """Return whether the change is announced for later: "announces the deployment ... bringing the number to N"."""
    scan, group = clause.scan, clause.governor.group
    if group is None:
        return False
    if group.form == "doing" and not group.progressive:
        main = group_before(scan, group) or _first_group(scan, group.first)
        if main is None:
            return False
        lists = scan.lexicon.lists
        return (
            main.modal in lists["modals_future"]
            or main.modal in lists["modals_would"]
            or main.form in ("plain", "third")
            and "say" in main.classes
            or "intend" in main.classes
            and main.lemma in ("announce", "order", "plan")
        )
    return group.infinitive


def _first_group(scan: Scan, last: int) -> VerbGroup | None:
    from trooptally.reading.clauses import groups

    return next((group for group in groups(scan, 0, last) if group.finite), None)


def _changed_by(clause: Clause) -> Verdict | None:
    group, scan = clause.governor.group, clause.scan
    act = scan.lexicon.acts.get(scan.low(clause.governor.act), frozenset()) if clause.governor.act >= 0 else frozenset()
    lowers = group is not None and "lower" in group.classes or "leave" in act
    raises = group is not None and "raise" in group.classes or "enter" in act
    if not lowers and not raises:
        return None
    wished = _wished(clause, group)
    if wished:
        return _verdict(Measure.PLANNED, f"{wished!r}: a change proposed or expected")
    if lowers and not (group is not None and group.lemma in ("grow", "increase", "raise", "rise", "boost", "expand")):
        return _verdict(Measure.WITHDRAWING, "a level goes down by this number")
    return _verdict(Measure.DEPLOYING, "a level goes up by this number")


def _acts(clause: Clause) -> Verdict | None:
    """Judge "the withdrawal of N", "sending N", "a 20,000-troop increase"."""
    governor, scan = clause.governor, clause.scan
    if governor.act < 0 or governor.role not in ("act", "size", "for", "object", "with"):
        return None
    noun = scan.low(governor.act)
    kinds = scan.lexicon.acts.get(noun) or scan.lexicon.verb_classes(noun)
    if not kinds & {"enter", "leave", "lower", "relieve"}:
        return _noun_wish(clause, noun, kinds)
    group = governor.group
    wished = _wished(clause, group)
    if kinds & {"leave", "lower"} and not kinds & {"enter"}:
        if _demanded(clause, wished):
            return _verdict(Measure.PRESENT, f"the {noun} is only demanded or a condition, so they are still there")
        if wished:
            return _verdict(Measure.PLANNED, f"{wished!r}: a {noun} not yet decided")
        return _verdict(Measure.WITHDRAWING, f"{noun!r} names the number that leaves")
    if (
        wished
        or "possible" in scan.words
        or "potential" in scan.words
        or "proposed" in scan.lows[max(governor.act - 3, 0) : governor.act]
    ):
        return _verdict(Measure.PLANNED, f"{wished or 'proposed'!r}: a {noun} not yet decided by its owner")
    if "relieve" in kinds:
        return _verdict(Measure.ROTATING, f"{noun!r} is a rotation")
    return _verdict(Measure.DEPLOYING, f"{noun!r} names the number that goes in")


def _noun_wish(clause: Clause, noun: str, kinds: frozenset[str]) -> Verdict | None:
    if "wish" in kinds and clause.governor.role in ("act", "for"):
        return _verdict(Measure.PLANNED, f"{noun!r}: requested or proposed")
    return None


def _demanded(clause: Clause, wished: str) -> bool:
    scan = clause.scan
    first = clause.governor.act if clause.governor.act >= 0 else clause.phrase.first
    near = scan.lows[max(first - 8, 0) : first + 1]
    if any(
        low
        in (
            "demand",
            "demands",
            "demanded",
            "demanding",
            "urged",
            "urges",
            "called",
            "calls",
            "calling",
            "condition",
            "conditional",
            "unless",
            "insist",
            "insists",
            "insisted",
            "until",
            "refused",
            "refuses",
            "rejected",
            "ruled",
            "calling",
            "require",
            "requires",
            "pressure",
            "pressing",
            "appeal",
            "appealed",
        )
        for low in near
    ):
        return True
    return bool(wished) and wished in ("demand", "urge", "call", "insist")


def _movement(clause: Clause) -> Verdict | None:
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
    return clause.governor.role in (
        "object",
        "subject",
        "bare",
        "and",
        "part",
        "size",
        "act",
        "with",
        "for",
        "of",
        "by",
        "among",
        "including",
    )


def _direction(clause: Clause, group: VerbGroup) -> str:
    """Return enter, leave or nothing for a verb, by its particle and its place in the clause."""
    scan, role = clause.scan, clause.governor.role
    following = set(scan.lows[group.head + 1 : group.head + 4]) | set(
        scan.lows[clause.phrase.last : clause.phrase.last + 3]
    )
    if group.lemma in ("leave", "depart", "sail") and clause.governor.role != "object" and _leaves_for(scan, group):
        return "enter"
    if group.lemma == "leave" and group.first >= clause.phrase.last:
        return "leave"
    if group.lemma == "leave":
        return (
            "leave"
            if role in ("subject", "and", "part", "bare") and not group.passive or _by_object_place(clause)
            else ""
        )
    if group.lemma in (
        "bring",
        "send",
        "fly",
        "come",
        "go",
        "ship",
        "airlift",
        "order",
        "transfer",
        "move",
    ) and following & {"home", "back"}:
        return "leave"
    if group.lemma == "pull":
        return "leave"
    if group.lemma == "return":
        return "enter" if "to" in following and "home" not in following and not _own_soil(clause) else "leave"
    if group.lemma in ("move", "go", "ship", "fly", "march", "head", "order") and following & {"out"}:
        return "leave"
    if group.lemma in ("cut", "trim", "slash", "reduce", "shed", "draw", "lower", "scale") and role in (
        "object",
        "bare",
    ):
        return "leave"
    if group.lemma in (
        "go",
        "come",
        "begin",
        "order",
        "launch",
        "move",
        "put",
        "bring",
        "drop",
        "head",
        "travel",
        "shift",
        "add",
        "fly",
        "assign",
        "cross",
        "transfer",
        "contribute",
        "provide",
        "supply",
    ):
        return _weak_direction(clause, group)
    if "enter" in group.classes:
        return "enter"
    return "leave" if "leave" in group.classes else ""


def _by_object_place(clause: Clause) -> bool:
    return False


def _leaves_for(scan: Scan, group: VerbGroup) -> bool:
    """Return whether a departure names its goal: "left Bamako on Tuesday for Mali"."""
    ahead = range(group.last, min(group.last + 9, len(scan.tokens) - 1))
    return any(scan.low(at) == "for" and any(m.place and at < m.first <= at + 3 for m in scan.mentions) for at in ahead)


def _own_soil(clause: Clause) -> bool:
    return bool(clause.place) and clause.place == clause.force


def _weak_direction(clause: Clause, group: VerbGroup) -> str:
    scan = clause.scan
    following = set(scan.lows[group.head + 1 : group.head + 5]) | set(
        scan.lows[clause.phrase.last : clause.phrase.last + 5]
    )
    match group.lemma:
        case "contribute" | "provide" | "supply":
            return ""
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
            return (
                "enter"
                if following & {"to", "into", "in", "from", "across", "onto", "toward", "towards", "over"}
                or group.lemma in ("add", "move", "fly")
                else ""
            )
        case _:
            return ""


def _moved(clause: Clause, group: VerbGroup) -> Verdict:
    direction = _direction(clause, group)
    wished = _wished(clause, group)
    would = group.modal in clause.scan.lexicon.lists["modals_would"] and not _announces(clause, group)
    if direction == "leave":
        return _leaving(clause, group, wished, would=would)
    if wished or would:
        return _verdict(Measure.PLANNED, f"{wished or 'would'!r}: a movement proposed, considered or expected")
    if (
        "intend" in group.chain
        and clause.mover
        and clause.force
        and clause.mover != clause.force
        and not _owner_acts(clause)
    ):
        return _verdict(Measure.PLANNED, "a plan that is not its owner's")
    if _stands(clause, group):
        return _verdict(Measure.PRESENT, f"{group.lemma!r} here tells where they are, not that they are moving")
    return _verdict(Measure.DEPLOYING, f"the verb {group.lemma!r} moves them in")


def _owner_acts(clause: Clause) -> bool:
    return clause.mover in ("", clause.force)


def _announces(clause: Clause, group: VerbGroup) -> bool:
    """Return whether "would" only reports an announcement: "said it would send"."""
    outer = group_before(clause.scan, group)
    before = clause.scan.words
    said = outer is not None and not outer.classes.isdisjoint({"say", "intend"})
    return said or bool(before & {"said", "announced", "announces", "says", "told", "confirmed", "declared"})


def _leaving(clause: Clause, group: VerbGroup, wished: str, *, would: bool) -> Verdict:
    owned = clause.scan.low(clause.phrase.first - 1) in ("its", "their", "the", "all", "his", "our", "'s")
    if group.negated or _demanded(clause, wished) or (wished and owned):
        return _verdict(Measure.PRESENT, "the withdrawal is only demanded, proposed or denied, so they are still there")
    if wished or would:
        return _verdict(Measure.PLANNED, f"{wished or 'would'!r}: a withdrawal proposed or expected")
    return _verdict(Measure.WITHDRAWING, f"the verb {group.lemma!r} moves them out")


def _stands(clause: Clause, group: VerbGroup) -> bool:
    """Return whether a verb of movement tells a state: "are deployed in", "has deployed 500 troops in"."""
    if _fresh(clause) or group.modal or group.progressive or group.infinitive or group.chain:
        return False
    if group.chain_lemmas & {"remain", "stay", "keep", "stand"}:
        return True
    if group.lemma not in _STATIVE:
        return False
    following = (
        clause.scan.lows[group.head + 1 : group.head + 4]
        + clause.scan.lows[clause.phrase.last : clause.phrase.last + 4]
    )
    if group.form == "past" and group.finite and not group.passive and clause.governor.role == "subject" and group is clause.governor.group and "to" in following[:2]:
        return False
    if "being" in clause.scan.lows[group.first : group.head]:
        return False
    if (
        group.passive
        or group.first == group.head
        and group.form in ("past", "done")
        and clause.governor.role != "object"
    ):
        return not (
            "to" in following[:2] and group.form == "past" and "were" in clause.scan.lows[group.first : group.head]
        )
    return group.perfect or "now" in clause.scan.words and group.form in ("plain", "third")


def _planned_level(clause: Clause) -> Verdict | None:
    """Judge verbs of staying in the future: "will remain", "would leave N in place", "is expected to keep N"."""
    group = clause.governor.group
    if group is None or clause.governor.role in ("whole",):
        return None
    scan = clause.scan
    wished = _wished(clause, group)
    if group.classes.isdisjoint({"stay", "lower", "raise"}) and not _wishes(scan, group.lemma):
        return None
    if wished and not _demanded(clause, wished):
        return _verdict(Measure.PLANNED, f"{wished!r}: proposed, wanted or expected")
    lists = scan.lexicon.lists
    if group.modal in lists["modals_future"] or group.modal in lists["modals_would"] or "intend" in group.chain:
        if group.lemma == "be" and "part" in scan.lows[group.last : group.last + 2] or group.lemma in ("station", "base", "deploy", "participate", "join",
            "serve",
            "take",
            "operate",
            "train",
        ) and not _fixed(clause):
            return _verdict(Measure.DEPLOYING, f"{group.lemma!r} in the future: they are to go in")
        return _verdict(Measure.PLANNED, "a level for a later date")
    return None


def _fixed(clause: Clause) -> bool:
    return "remain" in clause.scan.words or "stay" in clause.scan.words


def _strength(clause: Clause) -> Verdict | None:
    """Judge the size of an army, a reserve or an armed group that is tied to no place of deployment."""
    scan, governor = clause.scan, clause.governor
    away = bool(clause.place) and clause.place != clause.force and not clause.armed_group and _named_place_near(clause)
    if away:
        return None
    collective = scan.low(governor.collective) if governor.collective >= 0 else ""
    group = governor.group
    owns = group is not None and group.lemma in (
        "have",
        "number",
        "total",
        "boast",
        "command",
        "comprise",
        "include",
        "field",
        "count",
        "be",
        "estimate",
        "consist",
        "maintain",
        "claim",
        "control",
        "put",
        "amount",
        "lead",
        "exceed",
    )
    sized = governor.role in ("size", "at") or clause.phrase.strong
    placed = _placed(clause)
    army = collective in scan.lexicon.nouns["army"] or not scan.words.isdisjoint(
        {
            "army",
            "armies",
            "armed",
            "reserves",
            "reservists",
            "active-duty",
            "standing",
            "conscripts",
            "militia",
            "guerrilla",
            "insurgency",
            "strength",
            "manpower",
        }
    )
    if clause.armed_group and (owns or sized) and not placed:
        return _verdict(Measure.OTHER_STRENGTH, "the size of an armed group")
    army = army or scan.says("strength", left_edge(scan, clause.phrase.first, 10), right_edge(scan, clause.phrase.last, 8))
    if army and (owns or sized) and not placed:
        return _verdict(Measure.OTHER_STRENGTH, "the size of an army, tied to no deployment")
    if owns and group is not None and group.lemma in ("number", "total", "boast") and not placed and not clause.place:
        return _verdict(Measure.OTHER_STRENGTH, "the size of a force, tied to no deployment")
    return None


def _named_place_near(clause: Clause) -> bool:
    return _placed(clause)


def _placed(clause: Clause) -> bool:
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
    return bool(set(near) & {"there", "here", "deployed", "stationed", "based", "overseas", "abroad"})


def _joined(clause: Clause) -> Verdict | None:
    if (
        clause.governor.role in ("and", "part")
        and clause.before is not None
        and (clause.governor.group is None or clause.governor.role == "and")
    ):
        return _verdict(clause.before, "it is joined to the figure before it and shares its verb")
    return None


def _listed(clause: Clause) -> Verdict | None:
    if clause.governor.role != "list":
        return None
    if clause.before is not None:
        return _verdict(clause.before, "an entry in a list, like the figure before it")
    if clause.scan.words & {"pledged", "pledges", "pledge", "offered", "offers", "promised", "contributions", "committed", "commitments"}:
        return _verdict(Measure.COMMITTED, "a list of what was pledged")
    if clause.scan.words & {"authorized", "planned"}:
        return _verdict(Measure.PLANNED, "a list of what is planned")
    return _verdict(Measure.PRESENT, "an entry in a list of contingents")


def _bound(clause: Clause) -> Verdict | None:
    """Read "500 soldiers bound for Mali", "26,000 soldiers planned for the mission"."""
    scan, after = clause.scan, clause.governor.after
    following = scan.low(clause.phrase.last)
    if following in ("bound", "headed", "heading", "destined"):
        return _verdict(Measure.DEPLOYING, f"{following!r}: they are on their way")
    if after is None or after.first != after.head or after.form not in ("past", "done"):
        return None
    if after.lemma in ("plan", "propose", "envisage", "request", "expect", "need", "require", "recommend", "seek", "want", "foresee"):
        return _verdict(Measure.PLANNED, f"{scan.low(after.head)!r} stands behind them")
    if after.lemma in ("authorize", "authorise", "mandate", "approve"):
        return _verdict(Measure.AUTHORIZED, f"{scan.low(after.head)!r} stands behind them")
    if "pledge" in after.classes:
        return _verdict(Measure.COMMITTED, f"{scan.low(after.head)!r} stands behind them")
    return None


def _due(clause: Clause) -> Verdict | None:
    """Judge "another 120 are due next week", "announced 200 more soldiers"."""
    group, scan = clause.governor.group, clause.scan
    if group is None:
        return None
    if group.lemma == "be" and clause.governor.role == "subject" and scan.low(group.last) in ("due", "en", "bound", "expected"):
        flows = clause.last in (Measure.DEPLOYING, Measure.ROTATING, Measure.WITHDRAWING)
        return _verdict(clause.last if flows and clause.last else Measure.DEPLOYING, f"{scan.low(group.last)!r}: they are to follow")
    if group.lemma in ("announce", "order") and clause.governor.role == "object" and _fresh(clause):
        return _verdict(Measure.DEPLOYING, f"{group.lemma!r}: their owner sends them")
    return None


def _with(clause: Clause) -> Verdict | None:
    """Judge "escalate the war with N more troops", "invaded with N"."""
    group = clause.governor.group
    if clause.governor.role != "with":
        return None
    if group is None or clause.scan.low(clause.phrase.last) == "," and clause.governor.after is not None:
        return _verdict(Measure.PRESENT, "'with' tells what they have there")
    wished = _wished(clause, group) or ("plan" if "plan" in clause.scan.lows[max(group.first - 3, 0) : group.first] else "")
    if _fresh(clause) or group.lemma in ("invade", "enter", "intervene", "attack", "reinforce", "strengthen", "bolster"):
        return _verdict(Measure.PLANNED if wished else Measure.DEPLOYING, f"{group.lemma!r} brings them in")
    return None


def _whole(clause: Clause) -> Verdict | None:
    if clause.governor.role == "whole":
        return _verdict(Measure.PRESENT, "the whole of which a part is told: a level")
    return None


_RULES: tuple[Callable[[Clause], Verdict | None], ...] = (
    _whole,
    _listed,
    _bound,
    _replaced,
    _rotating,
    _committed,
    _authorized,
    _levels,
    _acts,
    _with,
    _due,
    _movement,
    _planned_level,
    _strength,
    _joined,
)
