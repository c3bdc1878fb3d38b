# ruff: noqa: PLR2004 -- distances are counted in words
"""Numbers whose noun is left out: "bringing the total to 100,000", "Turkey, 500; Romania, 400", "and 300 to Syria"."""

from __future__ import annotations

from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted
from trooptally.reading.predicates import Governor
from trooptally.reading.scan import Scan

_FAR_GREATER = 10_000
_LEAST = 10
_LARGE = 100
_LARGEST = 2_000_000
_LEAST_SURE = 1_000
_YEAR_LENGTH = 4


_MILITARY_NOUNS = words("force forces army contingent garrison peacekeeping troop military")
_LEVEL_NOUNS = words(
    "number numbers total level levels strength size force forces contingent presence down up garrison"
    " ceiling cap troops troop soldiers"
)
_CHANGING_LEVELS = words("fall drop rise decline climb grow shrink dwindle remain")
_SIZE_VERBS = words("number total reach exceed top hit")
_SIZE_NOUNS = words("number total strength level size ceiling cap figure presence")
_LIST_SIGNS = words(", ( : with - —")
_MORE = words("more additional another others extra further other")
_BETWEEN_COUNT_AND_PLACE = words("already now currently still more")
_PLACING_PREPOSITIONS = words("in to into at from on near")
_LEFT_THE_FORCES = words("retired former pensioners veterans ex-soldiers")
_PLACE_NOUNS = words("country region ground area city")


def stands_for_soldiers(
    scan: Scan,
    number: Number,
    phrase: Counted,
    governor: Governor,
    *,
    told: bool,
    earlier: frozenset[str] = frozenset(),
) -> str:
    """Return why a number without a noun counts soldiers, or an empty string.

    `told` says whether soldiers are counted elsewhere in the sentence, or in the one before, whose words are `earlier`.
    """
    if number.size < _LEAST:
        return ""
    if number.vague_word and scan.low(number.last) != "of":
        return _vaguely(scan, number, governor, told=told)
    military = _military(scan) or bool(earlier & (scan.lexicon.nouns["soldier"] | _MILITARY_NOUNS))
    if not (told or military):
        return ""
    return (
        _of_them(scan, number)
        or _leveled(scan, phrase, governor, military=military or told)
        or _crossed(scan, governor)
        or _sized(scan, governor)
        or _listed(scan, number, governor, told=told or military)
        or _more(scan, number, told=told)
        or _compared(scan, phrase, governor, told=told)
        or _joined(scan, phrase, governor, told=told)
        or _large(scan, number, governor, told=told, military=military)
    )


def _vaguely(scan: Scan, number: Number, governor: Governor, *, told: bool) -> str:
    """Read "a force of several thousand", "Paris has offered several hundred"."""
    if " " not in number.vague_word or scan.has("trade") or scan.has("casualty"):
        return ""
    if sized := _sized(scan, governor):
        return sized
    group = governor.group
    moved = group is not None and not group.classes.isdisjoint({"enter", "leave", "pledge", "relieve"})
    return "the verb moves or offers them as the soldiers told of before" if told and moved else ""


def _military(scan: Scan) -> bool:
    nouns = scan.lexicon.nouns
    return (
        any("group" in m.kinds for m in scan.mentions)
        or bool(scan.words & nouns["soldier"])
        or bool(scan.words & _MILITARY_NOUNS)
    )


def _of_them(scan: Scan, number: Number) -> str:
    """Read "500 of them", "of whom 500"."""
    if scan.low(number.last) == "of" and scan.low(number.last + 1) in ("them", "these", "those", "whom"):
        return "'of them' points to soldiers told of before"
    before = scan.lows[max(number.first - 3, 0) : number.first]
    if "whom" in before and not _LEFT_THE_FORCES.isdisjoint(scan.lows[max(number.first - 9, 0) : number.first]):
        return ""
    if "whom" in before or before[-2:] == ("of", "which"):
        return "'of whom' points to soldiers told of before"
    return ""


def _leveled(scan: Scan, phrase: Counted, governor: Governor, *, military: bool) -> str:
    if governor.role in ("to", "from", "at", "by") and military and not scan.has("trade"):
        group = governor.group
        if group is not None and any(scan.noun(at, "other") for at in range(max(group.first - 2, 0), group.first)):
            return ""
        moved = (group is not None and not group.classes.isdisjoint({"lower", "raise"})) or governor.act >= 0
        before = set(scan.lows[max(phrase.first - 14, 0) : phrase.first])
        reckoned = governor.role == "at" and group is not None and group.lemma in ("reckon", "put", "estimate")
        if moved or reckoned or before & _LEVEL_NOUNS:
            return "it tells how many soldiers there are"
    return ""


def _crossed(scan: Scan, governor: Governor) -> str:
    """Read "the number fell below 50,000", "rose above 100,000"."""
    group = governor.group
    if governor.role == "object" and group is not None and group.lemma in _CHANGING_LEVELS:
        before = scan.lows[max(group.first - 14, 0) : group.first]
        if (
            any(scan.low(i) in scan.lexicon.nouns["level"] for i in range(max(group.first - 14, 0), group.first))
            or "troops" in before
        ):
            return "it tells how many soldiers there are"
    return ""


def _sized(scan: Scan, governor: Governor) -> str:
    """Read "a force of 5,000", "a total of 3,000", "the army numbers 200,000", "the number is about 2,000"."""
    if governor.role == "size" and governor.collective >= 0:
        return f"it is the size of a {scan.low(governor.collective)}"
    group = governor.group
    if governor.role == "object" and group is not None:
        if any(scan.noun(at, "other") for at in range(max(group.first - 5, 0), group.first)):
            return ""
        if group.lemma in _SIZE_VERBS:
            return f"the verb {group.lemma!r} gives the size of a force"
        before = scan.lows[max(group.first - 14, 0) : group.first]
        if group.lemma in ("be", "stand") and any(low in _SIZE_NOUNS for low in before):
            return "it is the number of soldiers that the sentence speaks of"
    return ""


def _listed(scan: Scan, number: Number, governor: Governor, *, told: bool) -> str:
    """Read "Turkey, 500; Romania, 400", "Turkey (500)", "Turkey 500", "500 from Turkey"."""
    if not told:
        return ""
    if governor.role == "list":
        return "it is an entry of a list of countries"
    left = number.first - 1
    if scan.low(left) == "with" and scan.low(left - 1) == ",":
        left -= 1
    sign = scan.low(left)
    if sign in _LIST_SIGNS:
        left -= 1
    mention = scan.mention_at.get(left)
    if sign == "'s" and scan.low(number.last) in (",", ".", ";", "and", "") and left - 1 in scan.mention_at:
        return f"a comparison names {scan.mention_at[left - 1].printed!r} with its number"
    closes = scan.low(number.last) in (",", ";", ")", ".", "and", "", "next", "later")
    if mention is not None and mention.force and closes and not mention.people:
        return f"a list names {mention.printed!r} with its number"
    if scan.low(number.last) == "from" and number.last + 1 in range(number.last, len(scan.tokens)):
        after = next((m for m in scan.mentions if number.last < m.first <= number.last + 3 and m.force), None)
        if after is not None:
            return f"a list gives the number from {after.printed!r}"
    return ""


def _more(scan: Scan, number: Number, *, told: bool) -> str:
    """Read "3,000 more", "another 500 to Kuwait", "an additional 300"."""
    near = scan.lows[number.first : number.last + 1]
    if told and any(low in _MORE for low in near):
        return "'more' points to soldiers told of before"
    return ""


def _compared(scan: Scan, phrase: Counted, governor: Governor, *, told: bool) -> str:
    """Read "against 100,300 in May", "compared with 500", and "Kuwait, where 1,500 are on maneuvers"."""
    if not told or scan.has("trade") or scan.has("casualty"):
        return ""
    if (governor.role in ("against", "versus") and _military(scan)) or scan.low(phrase.first - 2) in (
        "compared",
        "opposed",
    ):
        return "it is compared with the soldiers told of before"
    if scan.low(phrase.first - 1) == "where":
        return "'where' goes on about the soldiers told of before"
    if governor.role == "at" and governor.group is not None and governor.group.lemma in ("be", "look"):
        return "it is the level of the soldiers told of before"
    return ""


def _joined(scan: Scan, phrase: Counted, governor: Governor, *, told: bool) -> str:
    """Read "2,500 troops in Iraq and 900 in Syria"; "some 800 were already there"."""
    if not told:
        return ""
    behind = phrase.last
    while scan.low(behind) in _BETWEEN_COUNT_AND_PLACE:
        behind += 1
    place_follows = scan.low(behind) in _PLACING_PREPOSITIONS and (
        any(behind < m.first <= behind + 4 for m in scan.mentions) or scan.low(behind + 2) in _PLACE_NOUNS
    )
    if scan.low(phrase.first - 1) == "the" and scan.low(phrase.last) in ("it", "they"):
        return "it has them, as the soldiers told of before"
    if placed := _placed_before(scan, phrase):
        return placed
    if scan.low(behind) in ("there", "here"):
        return "'there' points to the place of soldiers told of before"
    if place_follows:
        return "a place follows, as with the soldiers told of before"
    return _standing_or_moving(scan, phrase, governor)


def _placed_before(scan: Scan, phrase: Counted) -> str:
    """Read "and in Estonia fewer than 5,000"."""
    mention = scan.mention_at.get(phrase.first - 1)
    named = mention is not None and mention.place and not mention.people and scan.low(mention.first - 1) in ("in", "at")
    return "a place stands before, as with the soldiers told of before" if named else ""


def _standing_or_moving(scan: Scan, phrase: Counted, governor: Governor) -> str:
    group, low = governor.group, scan.low(phrase.last)
    if governor.role == "subject" and group is not None and group.lemma == "be":
        stands = scan.low(group.last) in _PLACING_PREPOSITIONS
        if stands and any(group.last < m.first <= group.last + 4 for m in scan.mentions):
            return "a place follows, as with the soldiers told of before"
    if (
        governor.role in ("subject", "object")
        and group is not None
        and not group.classes.isdisjoint({"enter", "leave", "stay", "pledge"})
        and group.lemma not in ("be", "have", "include", "number")
    ) and (low in (",", ".", ";", "") or (group.first <= phrase.last + 3 and governor.role == "subject")):
        return f"the verb {group.lemma!r} moves or keeps them as the soldiers told of before"
    return ""


def _large(scan: Scan, number: Number, governor: Governor, *, told: bool, military: bool) -> str:
    """Read any other large bare number in a passage that counts soldiers and nothing else."""
    spoken = not scan.words.isdisjoint(scan.lexicon.nouns["soldier"]) or (military and number.size >= _LEAST_SURE)
    if not (told or spoken) or not _LARGE <= number.size <= _LARGEST or scan.has("trade") or scan.has("casualty"):
        return ""
    printed = scan.tokens[number.core].text
    if not number.spelled and number.last - number.core == 1 and printed.isdigit() and len(printed) == _YEAR_LENGTH:
        return ""
    if number.size < _LEAST_SURE and (scan.low(number.first - 1) in ("(", ".") or not military):
        return ""
    if governor.group is not None and not governor.group.classes.isdisjoint(
        {"casualty", "incident", "train", "parade"}
    ):
        return ""
    if not military and governor.group is None:
        return ""
    following = scan.low(number.last)
    ends = (
        not following[:1].isalpha() or scan.among(number.last, "prepositions") or scan.among(number.last, "auxiliaries")
    )
    ends = ends or following in ("they", "we", "it", "he", "she") or scan.among(number.last, "adverbs")
    return "a number in a passage that counts soldiers" if ends or scan.among(number.last, "subordinators") else ""


def restored(number: Number, others: tuple[Number, ...]) -> Number:
    """Return the number with elided thousands restored: "around 80" beside "100,000" is 80,000."""
    if number.size >= 1_000 or number.spelled:
        return number
    for other in others:
        if other.size >= _FAR_GREATER and other.size % 1_000 == 0 and 0.1 <= number.size * 1_000 / other.size <= 10:
            return number.times(1_000)
    return number
