# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""Why a number beside soldiers is no figure of a force: losses, incidents, history, hypotheses and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable

from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted, Kind
from trooptally.reading.predicates import Governor
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, groups

_HISTORY_YEARS = 50
COMMEMORATED = 0
"""The year of a passage that only commemorates."""
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_DECADE = re.compile(r"1[789]\d0s|20\d0s")
_SMALL = 10
_RAID = 1_000
_MANY = 400_000
_OVER_TIME = words("serve rotate pass cycle fight")


_ROLES_OF_TOLLS = words("to from at by object")
_TOLLS = words("toll suicide deaths casualties fatalities suicides killings injuries")
_LOSS_NOUNS = words(
    "deaths death killing loss losses wounding capture casualties bodies funeral funerals graves remains"
    " killed wounded injured lost toll memory families lives sacrifice sacrifices captured captive burial"
    " disappearance massacre prisoners desertion release surrender defection arrest arrested trial cases"
    " diagnosed suicides veterans amnesty names memorial monument tribute"
)
_LOST = words(
    "killed dead wounded missing injured died captured dying casualties captive prisoner hostage deserted"
    " suffering diagnosed infected"
)
_AT_WORK = frozenset({"enter", "leave", "lower", "raise", "pledge", "wish", "relieve"})
_SURELY_YEAR = words("year fiscal fy in since until during")
_UNIT_SIZES = words("each every per average typical")
_BEFALLEN = words("infected victims arrested detained hostages")
_DONE_TO_CAPTIVES = words("free release rescue shoot hang burn repel evacuated")
_UPROOTING = words("drive displace uproot expel evict")
_LOSING_AS_VERB_ONLY = words("release fall free award honor honour eliminate suspect retire discharge")
_FALLING_TO_A_LEVEL = words("to from below back by under")
_NOT_PAST = words("is are has have will today now 's")
_BEFORE_A_YEAR = words(
    "in since until by during before after early late mid from to of through between summer spring autumn"
    " winter fall year the - and , ( till circa around about"
)
_TRAINING = words("train graduate teach recruit enlist vet equip enroll enrol feed instruct")
_ACTIVE_FORMS = words("past done third plain doing")
_ROLES_IN_INCIDENTS = words("subject by object with bare of")
_INCIDENT_VEHICLES = words("ambush ambushed bus convoy patrol checkpoint")
_BEFORE_A_DOCUMENT_NUMBER = words("$ € £ no resolution article section chapter title page law rs act")
_BEHIND_A_SHARE = words("% percent per - / :")


def refusal(
    scan: Scan,
    number: Number,
    phrase: Counted,
    governor: Governor,
    *,
    year: int | None,
    told_year: Callable[[], int | None],
) -> str:
    """Return why a count of soldiers is no figure, in a sentence, or an empty string."""
    return (
        _losses(scan, phrase, governor)
        or _lumped(scan, phrase)
        or _denied(governor)
        or _hypothesis(scan, phrase)
        or _history(scan, phrase, year, told_year)
        or _throughput(scan, number, phrase, governor)
        or _incident(scan, number, phrase, governor)
        or _ceremony(scan, phrase, governor)
        or _size_of_one(scan, phrase, governor)
        or _too_small(number, governor)
    )


def _losses(scan: Scan, phrase: Counted, governor: Governor) -> str:
    for verb in (governor.group, governor.after):
        if verb is not None and _loses(scan, verb, governor):
            return f"{scan.low(verb.head)!r} tells losses or captives, not a force"
    if (
        governor.role in _ROLES_OF_TOLLS
        and set(scan.lows[max(phrase.first - 14, 0) : phrase.first]) & _TOLLS
        and phrase.head < 0
    ):
        return "it is a toll of losses, not a force"
    if set(scan.lows[phrase.last : phrase.last + 2]) & scan.lexicon.words["polled"]:
        return "they were asked or studied, not sent"
    if governor.role == "whole" and any(_casualty(verb) for verb in groups(scan, phrase.last, phrase.last + 5)):
        return "they are part of a toll of losses, not a force"
    if _among_losses(scan, governor):
        return "they are part of a toll of losses, not a force"
    inside = [low for low in scan.lows[phrase.first : phrase.last] if low in scan.lexicon.words["casualty"]]
    if inside:
        return f"{inside[0]!r} tells losses, not a force"
    at = governor.act if governor.act >= 0 else phrase.first
    near = scan.lows[max(at - 3, 0) : phrase.first]
    word = next(
        (low for low in near if low in _LOSS_NOUNS),
        "",
    )
    if word:
        return f"{word!r} tells losses or something else that befell them, not a force"
    if scan.says("casualty", phrase.last, phrase.last + 13):
        return "the words behind it tell losses, not a force"
    following = scan.lows[phrase.last : phrase.last + 3]
    lost = next(
        (low for low in following if low in _LOST),
        "",
    )
    return f"{lost!r} tells losses, not a force" if lost else ""


def _casualty(verb: VerbGroup) -> bool:
    return "casualty" in verb.classes and (verb.passive or verb.lemma == "die")


def _denied(governor: Governor) -> str:
    """Refuse what the text says will not be: "will never send 500 soldiers"."""
    group = governor.group
    if group is None or not group.negated or not group.modal or governor.role != "object":
        return ""
    going = group.lemma == "have" or ("enter" in group.classes and "leave" not in group.classes)
    return "the text says that it will not be" if going else ""


def _among_losses(scan: Scan, governor: Governor) -> bool:
    """Return whether they are part of a toll: "the 36 infected included 26 soldiers"."""
    group = governor.group
    if group is None or group.lemma not in ("include", "be", "comprise"):
        return False
    before = scan.lows[max(group.head - 8, 0) : group.head]
    return any(low in scan.lexicon.words["casualty"] or low in _BEFALLEN for low in before)


def _loses(scan: Scan, verb: VerbGroup, governor: Governor) -> bool:
    if verb.lemma in _UPROOTING and verb.passive:
        return True
    if "casualty" not in verb.classes or (
        verb.lemma in _LOSING_AS_VERB_ONLY and governor.role not in ("subject", "object")
    ):
        return False
    if verb.lemma in {"honor", "honour"}:
        return verb.passive
    if verb.lemma == "fall":
        return governor.role == "subject" and scan.low(verb.last) not in _FALLING_TO_A_LEVEL
    if verb.lemma in ("lose", "suffer"):
        return governor.role in ("object", "bare") or (governor.role == "subject" and verb.lemma == "lose")
    if verb.lemma in _DONE_TO_CAPTIVES:
        return (governor.role == "object" and not verb.passive) or (governor.role == "subject" and verb.passive)
    return True


def _lumped(scan: Scan, phrase: Counted) -> str:
    """Refuse numbers that count soldiers together with others, and differences between two levels."""
    if lump := scan.said("lump", phrase.last - 1, phrase.last + 5):
        return f"it lumps soldiers together with others ({lump!r})"
    if scan.low(phrase.last) == "than" and {"more", "fewer", "less"} & set(scan.lows[phrase.first : phrase.last]):
        return "it is a difference between two levels"
    return ""


def _hypothesis(scan: Scan, phrase: Counted) -> str:
    if scan.says("hypothetical", max(phrase.first - 14, 0), phrase.last):
        return "it stands in a comparison or a thought experiment"
    for at in range(phrase.first - 1, max(phrase.first - 16, -1), -1):
        low = scan.low(at)
        if low in (";", ",", "?", "then"):
            break
        if low in scan.lexicon.lists["conditionals"]:
            return f"it stands behind {low!r}: a condition, not a report"
    return ""


def _history(scan: Scan, phrase: Counted, year: int | None, told_year: Callable[[], int | None]) -> str:
    if scan.has("history") or scan.says("history"):
        if scan.words & {"today", "now", "currently", "remain"} and any(
            low in ("today", "now", "currently") for low in scan.lows[max(phrase.first - 12, 0) : phrase.last + 10]
        ):
            return ""
        return "it tells history or commemorates it"
    if year is None:
        return ""
    own = years_of(scan)
    if own and max(own) < year - _HISTORY_YEARS:
        return f"it tells of {max(own)}, more than {_HISTORY_YEARS} years before publication"
    told = None if own or not _past(scan) else told_year()
    if told == COMMEMORATED:
        return "the title says that the past is told to commemorate it"
    if told is not None and told < year - _HISTORY_YEARS:
        return f"the passage tells of {told}, more than {_HISTORY_YEARS} years before publication"
    return ""


def _past(scan: Scan) -> bool:
    return not scan.words & _NOT_PAST


def years_of(scan: Scan) -> list[int]:
    """Return the years that a sentence names."""
    found = []
    for at, low in enumerate(scan.lows):
        if low[0] not in "12":
            continue
        if "since" in (scan.low(at - 1), scan.low(at - 2)):
            continue
        if scan.tokens[at].kind == "number" and _YEAR.fullmatch(scan.tokens[at].text) and is_year(scan, at):
            found.append(int(scan.tokens[at].text))
        elif _DECADE.fullmatch(low):
            found.append(int(low[:4]) + 9)
    return found


def is_year(scan: Scan, at: int) -> bool:
    """Return whether a bare number of four digits is a year by its neighbours."""
    if not _YEAR.fullmatch(scan.tokens[at].text):
        return False
    before, after = scan.low(at - 1), scan.low(at + 1)
    if before in scan.lexicon.lists["months"] or before in _BEFORE_A_YEAR:
        return not (after in scan.lexicon.nouns["soldier"] and before not in ("in", "since", "until", "of"))
    return False


def _throughput(scan: Scan, number: Number, phrase: Counted, governor: Governor) -> str:
    if number.size >= _MANY and scan.says("cumulative", phrase.last, phrase.last + 14):
        return "a tally over time, not a force at one time"
    for verb in (governor.group, governor.after):
        if verb is None:
            continue
        if verb.lemma in _TRAINING and (
            (verb.perfect and governor.role != "subject")
            or (verb.form in _ACTIVE_FORMS and governor.role == "object")
            or verb.passive
        ):
            return f"{scan.low(verb.head)!r}: a tally of training or recruiting, not a force in place"
        if (
            verb.perfect
            and not verb.progressive
            and verb.lemma in _OVER_TIME
            and (governor.role == "subject" or verb is governor.after)
        ):
            return "a tally over time, not a force at one time"
        if (
            verb.perfect
            and "since" in scan.words
            and verb.lemma in ("deploy", "send", "go")
            and governor.role == "subject"
        ):
            return "a tally over time, not a force at one time"
    if (
        "training" in scan.lows[max(phrase.first - 2, 0) : phrase.first]
        or "trained" in scan.lows[max(phrase.first - 1, 0) : phrase.first]
    ):
        return "a tally of training, not a force in place"
    return ""


def _incident(scan: Scan, number: Number, phrase: Counted, governor: Governor) -> str:
    if number.size >= _RAID:
        return ""
    near = scan.lows[max(phrase.first - 9, 0) : phrase.last + 12]
    for verb in (governor.group, governor.after):
        if verb is not None and "incident" in verb.classes and governor.role in _ROLES_IN_INCIDENTS:
            return f"{scan.low(verb.head)!r}: those who took part in one incident"
    word = next((low for low in near if low in scan.lexicon.words["vehicle"]), "")
    if (
        word
        and number.size < 300
        and (
            governor.group is None
            or governor.group.classes.isdisjoint({"enter", "leave"})
            or word in _INCIDENT_VEHICLES
        )
    ):
        return f"{word!r}: those who took part in one incident"
    return ""


def _ceremony(scan: Scan, phrase: Counted, governor: Governor) -> str:
    near = scan.lows[max(phrase.first - 12, 0) : phrase.last + 14]
    word = next((low for low in near if low in scan.lexicon.words["parade"]), "")
    busy = governor.group is not None and not governor.group.classes.isdisjoint(_AT_WORK)
    if word and not (busy and word not in ("parade", "marched")) and governor.role not in ("by", "to", "from"):
        return f"{word!r}: a parade or ceremony, not a force at work"
    for verb in (governor.group, governor.after):
        if verb is not None and "parade" in verb.classes and verb.lemma != "perform":
            return f"{scan.low(verb.head)!r}: an audience or a parade, not a force at work"
    room = next(
        (
            scan.low(at)
            for at in range(max(phrase.first - 7, 0), phrase.first)
            if scan.low(at) in scan.lexicon.words["capacity"]
            and at not in scan.mention_at
            and not scan.tokens[at].capital
        ),
        "",
    )
    return f"{room!r}: room for soldiers, not soldiers" if room else ""


def _size_of_one(scan: Scan, phrase: Counted, governor: Governor) -> str:
    """Refuse what one unit of many has: "each battalion has about 600 men"."""
    group = governor.group
    first = group.first if group is not None and group.first < phrase.first else phrase.first
    for at in range(max(first - 5, 0), first):
        named = scan.noun(at + 1, "formation") or scan.noun(at + 2, "formation")
        if scan.low(at) in _UNIT_SIZES and named:
            return "the size of one unit of many, not a force"
    return ""


def _too_small(number: Number, governor: Governor) -> str:
    if number.size >= _SMALL or number.vague_word:
        return ""
    group = governor.group
    if number.size > 3 and (group is not None and not group.classes.isdisjoint({"enter", "leave", "pledge"})):
        return ""
    return "fewer than ten: a party, not a force"


def not_a_count(scan: Scan, number: Number, phrase: Counted) -> str:
    """Return why a number is none of people at all: a year, a date, money, an age; else an empty string."""
    first, core = number.first, number.core
    before, after = scan.low(first - 1), scan.low(number.last)
    bare = number.last - core == 1 and bool(_YEAR.fullmatch(scan.tokens[core].text))
    if bare and before in _SURELY_YEAR:
        return "a year"
    if bare and is_year(scan, core) and phrase.kind is not Kind.SOLDIERS:
        return "a year"
    if before in ("each", "every") or scan.low(core - 2) in ("each", "every"):
        return "what each one of many costs or has"
    months = scan.lexicon.lists["months"]
    if before in ("voted", "vote") or (
        before == "to" and {"voted", "vote"} & set(scan.lows[max(first - 4, 0) : first])
    ):
        return "votes"
    if number.size <= 31 and (before in months or after in months):
        return "a day of the month"
    if before in _BEFORE_A_DOCUMENT_NUMBER and not number.spelled:
        return "money or the number of a document"
    if (after in _BEHIND_A_SHARE and phrase.kind is not Kind.SOLDIERS) or scan.low(core - 1) in ("/", "$"):
        return "a share, a date or a name with a number in it"
    if (
        (before in ("every", "each") and scan.low(first - 2) in ("of", "in", "for"))
        or (before == "in" and scan.low(first - 2) in ("one", "two", "three"))
        or after == "out"
        or (before == "of" and scan.low(first - 2) == "out")
    ):
        return "a ratio"
    if after in ("year", "years", "-year"):
        return "an age or a span of years"
    return ""
