# ruff: noqa: PLR2004 -- distances are counted in words
"""Where the counted soldiers are or are to be: by the phrase of place beside them, else by what the text speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trooptally.reading.clauses import list_mention
from trooptally.reading.gazetteer import Mention
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted, Kind, counted
from trooptally.reading.predicates import Governor
from trooptally.reading.prepositions import INWARD, PLACE_NOUNS, is_quarrelled, preposition_before, spoken
from trooptally.reading.scan import Scan

_ALPHA_3 = 3
_REACH_RIGHT = 26
_REACH_LEFT = 22
_OUTWARD = frozenset({"from", "out", "leaving", "of"})
_HERE = frozenset({"there", "here"})
_COUNTRY_NOUNS = words(
    "country nation region kingdom island republic territory peninsula enclave province theater theatre"
    " capital area city"
)


_POINTERS = words("the that this our entire whole")
_EXISTENTIAL_VERBS = words("are were is was will would have had has should be")
_ENDING_PLACE = words('; : ? ! " ( while whereas but')
_REACHED = words("patrol invaded entered reached left occupied defend guard")
_BORDERS = words("border borders frontier frontiers")
_BORDER_PATROLS = words("peacekeepers peacekeeping patrols u.n monitors")
_BEFORE_A_NEIGHBOUR = words("with of the and between near")
_OPENING_ASIDES = words("including counting excluding compared")
_HELPING = words("train training advise advising assist assisting mentor mentoring")
_HELPED = words("forces army troops soldiers government security military police and special armed authorities local")
_REACHING_VERBS = words(
    "attacked stormed seized captured besieged raided"
    " invaded entered occupied left leave invade patrol patrolling defend defending protect"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An id with the reason for it; an empty id where nothing was found. `acts` where it is only who acts nearby."""

    id: str
    reason: str
    acts: bool = False


NOWHERE = Found(id="", reason="the text names no place for it")


def place_beside(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Return the place that the count's own clause names, or None."""
    return (
        _goal(scan, phrase, governor)
        or _right(scan, phrase)
        or _border(scan, phrase)
        or _hosted(scan, phrase, governor)
        or _left(scan, phrase, list_mention(scan, phrase) if governor.role == "list" else None)
    )


def place_pointed_at(scan: Scan, phrase: Counted) -> bool:
    """Return whether the clause points back to a place: "there", "in the country"."""
    near = range(max(phrase.first - 12, 0), min(phrase.last + 12, len(scan.tokens)))
    for at in near:
        low = scan.low(at)
        if low == "here" or (low == "there" and scan.low(at + 1) not in _EXISTENTIAL_VERBS):
            return True
        if low in _COUNTRY_NOUNS and scan.low(at - 1) in _POINTERS:
            return True
    return False


def places_named(scan: Scan) -> Iterator[Mention]:
    """Yield the mentions of a sentence that can be places and stand as places."""
    for mention in scan.mentions:
        if mention.place and not mention.people and not spoken(scan, mention):
            yield mention


def country_of_people(scan: Scan, mention: Mention) -> str:
    """Return the country of an adjective that stands before a noun of place ("Iraqi soil"), or empty."""
    if mention.people and scan.low(mention.last) in PLACE_NOUNS and len(mention.force) == _ALPHA_3:
        return mention.force
    return ""


def _stop_right(scan: Scan, phrase: Counted) -> int:
    """Return where the clause to the right ends for a phrase of place: the next count, or the end of the clause."""
    last = min(len(scan.tokens), phrase.last + _REACH_RIGHT)
    for number in scan.numbers:
        if (
            number.core >= phrase.last
            and number.size >= 20
            and counted(scan, number).kind is not Kind.OTHER
            and not _is_year(scan, number.core, number.last, number.size)
        ):
            last = min(last, number.first)
            break
    for at in range(phrase.last, last):
        if scan.low(at) in _ENDING_PLACE:
            return at
        if scan.low(at) == "," and scan.low(at + 1) in INWARD and any(n.first > at + 1 for n in scan.numbers):
            return at
        if (
            scan.low(at) == "and"
            and scan.low(at + 1) in INWARD
            and scan.low(at - 1) not in INWARD
            and scan.low(at + 1) != "to"
            and any(n.first > at for n in scan.numbers)
        ):
            return at
    return last


def _is_year(scan: Scan, first: int, last: int, size: int) -> bool:
    return last - first == 1 and 1800 <= size <= 2100 and "," not in scan.tokens[first].text


def _goal(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read "to Romania" in "shift 1,000 already in Germany to Romania": where a movement ends."""
    group = governor.group
    if group is None or "enter" not in group.classes or governor.role not in ("object", "subject", "and"):
        return None
    stop = _stop_right(scan, phrase)
    for mention in scan.mentions:
        if phrase.last < mention.first < stop and mention.place and not mention.people:
            at = mention.first - 1
            while scan.among(at, "determiners"):
                at -= 1
            apart = any(scan.low(i) in (",", "before", "after") for i in range(phrase.last, at))
            if scan.low(at) in ("to", "into") and not apart and not spoken(scan, mention):
                return Found(id=mention.place, reason=f"{scan.printed(at, mention.last)!r} is where they go")
    return None


def _right(scan: Scan, phrase: Counted) -> Found | None:
    stop = _stop_right(scan, phrase)
    fallback: Found | None = None
    aside = _aside(scan, phrase.last, stop)
    for mention in scan.mentions:
        if not phrase.last <= mention.first < stop or mention.first in aside:
            continue
        place = mention.place if not mention.people else country_of_people(scan, mention)
        if not place:
            continue
        preposition = preposition_before(scan, mention.first)
        if preposition in INWARD and not spoken(scan, mention) and not is_quarrelled(scan, mention):
            if _bordering(scan, mention):
                return fallback
            return Found(
                id=place, reason=f"{scan.printed(_start(scan, mention.first), mention.last)!r} stands behind it"
            )
        if preposition in _OUTWARD and fallback is None and not _contingent(scan, mention, preposition):
            fallback = Found(
                id=place, reason=f"{scan.printed(_start(scan, mention.first), mention.last)!r} stands behind it"
            )
        if preposition in _REACHED:
            fallback = fallback or Found(id=place, reason=f"{mention.printed!r} is what the verb reaches")
    return fallback


def _contributes(scan: Scan, mention: Mention) -> bool:
    """Return whether "from" tells whose soldiers others are: "150 from Kyrgyzstan", "troops from Britain and Italy"."""
    at = next((at for at in range(mention.first - 1, max(mention.first - 9, 0), -1) if scan.low(at) == "from"), 0)
    return scan.noun(at - 1, "soldier") or any(number.last == at for number in scan.numbers)


def _aside(scan: Scan, first: int, last: int) -> range:
    """Return the tokens of an aside: ", which is based in Germany,", ", counting those at sea,"."""
    opens = next((at for at in range(first, last) if scan.low(at) == "," and _opens_aside(scan, at + 1)), last)
    closes = next((at for at in range(opens + 2, last) if scan.low(at) == ","), None)
    if closes is None:
        closes = opens if opens >= last or scan.among(opens + 1, "relative") else last
    return range(opens, closes)


def _opens_aside(scan: Scan, at: int) -> bool:
    return scan.among(at, "relative") or scan.low(at) in _OPENING_ASIDES


def _contingent(scan: Scan, mention: Mention, preposition: str) -> bool:
    """Return whether "from X" names whose soldiers they are, not whence they leave."""
    if preposition == "of":
        return True
    group = next(
        (
            scan.low(at)
            for at in range(mention.first)
            if scan.lexicon.verb_classes(scan.low(at)) & {"leave", "lower"}
            or scan.lexicon.acts.get(scan.low(at), frozenset()) & {"leave"}
        ),
        "",
    )
    home = {"home", "back"} & set(scan.lows[: mention.first])
    return not group and not home


def _start(scan: Scan, at: int) -> int:
    position = at - 1
    while position > max(at - 7, 0) and scan.low(position) not in INWARD | _OUTWARD | {"by", "with"}:
        position -= 1
    return max(position, 0)


def _bordering(scan: Scan, mention: Mention) -> bool:
    window = scan.lows[max(mention.first - 4, 0) : mention.last + 3]
    return not _BORDERS.isdisjoint(window) and "side" not in window


def _border(scan: Scan, phrase: Counted) -> Found | None:
    """Read "along the border with X", "near Ukraine's border", "on the Iraqi border": a border whose side is open."""
    if scan.words & _BORDER_PATROLS:
        return None
    for at in range(phrase.last, min(phrase.last + 14, len(scan.tokens))):
        if scan.low(at) not in _BORDERS:
            continue
        after = next(
            (
                m
                for m in scan.mentions
                if at < m.first <= at + 5 and (m.place or m.people) and scan.low(m.first - 1) in _BEFORE_A_NEIGHBOUR
            ),
            None,
        )
        before = next((m for m in scan.mentions if at - 3 <= m.last <= at and m.first >= phrase.last), None)
        named = after or before
        if named is not None:
            return Found(id=f"{named.force or named.place}-BORDER", reason="a border whose side is not told")
    return None


def _hosted(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read "Japan hosts 50,000 American troops", "Saudi Arabia is home to 5,000", "Kuwait, where 10,000"."""
    group = governor.group
    if group is not None and group.lemma in ("host", "house", "harbor", "quarter") and group.first < phrase.first:
        mention = _host_before(scan, group.first)
        if mention:
            return Found(id=mention.place or mention.force, reason=f"{mention.printed!r} hosts them")
    for at in range(phrase.first - 1, max(phrase.first - 8, 0), -1):
        if scan.low(at) in ("where", "home") or (scan.low(at) == "invaded"):
            mention = _last_before(scan, at)
            if mention and (_bordering(scan, mention) or (mention.people and scan.low(at) == "where")):
                continue
            if (mention and at - mention.last <= 2) or (mention and scan.low(at) == "home"):
                return Found(
                    id=mention.place or mention.force, reason=f"{mention.printed!r} stands before {scan.low(at)!r}"
                )
    return None


def place_helped(scan: Scan, phrase: Counted) -> Found | None:
    """Read "500 advisers to train Iraqi forces": they are where those are whom they help."""
    for mention in scan.mentions:
        if mention.first < phrase.last or not mention.people or len(mention.force) != _ALPHA_3:
            continue
        before = scan.lows[max(mention.first - 7, phrase.last) : mention.first]
        if _HELPING & set(before) and scan.low(mention.last) in _HELPED:
            return Found(id=mention.force, reason=f"they help the forces of {mention.printed!r}")
    return None


def _host_before(scan: Scan, at: int) -> Mention | None:
    """Return the country that hosts: the first of the clause that no preposition governs."""
    for mention in scan.mentions:
        if mention.last <= at and mention.place and not mention.people and not preposition_before(scan, mention.first):
            return mention
    return _last_before(scan, at)


def _last_before(scan: Scan, at: int) -> Mention | None:
    return next((m for m in reversed(scan.mentions) if m.last <= at and (m.place or m.people)), None)


def _left(scan: Scan, phrase: Counted, entry: Mention | None) -> Found | None:
    """Read "in Afghanistan, N soldiers", "strengthened its presence in Latvia with N", "invaded Kuwait with N"."""
    best: Found | None = None
    for mention in reversed(scan.mentions):
        if mention.last > phrase.first or phrase.first - mention.last > _REACH_LEFT or mention is entry:
            continue
        if any(scan.low(at) in (";", "?", "!") for at in range(mention.last, phrase.first)):
            break
        place = mention.place if not mention.people else country_of_people(scan, mention)
        if not place or spoken(scan, mention) or _bordering(scan, mention):
            continue
        preposition = preposition_before(scan, mention.first)
        if preposition in INWARD:
            return Found(
                id=place, reason=f"{scan.printed(_start(scan, mention.first), mention.last)!r} stands before it"
            )
        if preposition == "from" and _contributes(scan, mention):
            continue
        if preposition in _OUTWARD and preposition != "of" and best is None:
            best = Found(
                id=place, reason=f"{scan.printed(_start(scan, mention.first), mention.last)!r} stands before it"
            )
        if scan.low(mention.first - 1) in _REACHING_VERBS:
            return Found(id=place, reason=f"{mention.printed!r} is what the verb reaches")
    return best
