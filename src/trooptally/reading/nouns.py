# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""What a number counts: soldiers, something else, or a noun that stands elsewhere in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan

_FARTHEST_HEAD = 14
_SINGULAR = words(
    "troop marine soldier infantry reserve force rebel guerrilla army paratroop commando militia men enemy"
)
_STRONG = words("strong man member men troop soldier person plus head marine")
_STOPPERS = words(", . ; : ( ) \" ? ! — - / ' & %")
_BANDS = words("guards marines seals berets gurkhas rangers diggers peshmerga houthis contras helmets mercenaries")
_TIMES = words(
    "next according already still currently presently a an last this early late earlier later within ago now today"
    " yesterday tonight tomorrow then respectively each apiece altogether total overall close nearby ready available"
)
_SPANS_OF_TIME = words("year month week day decade century generation")
_OF_THEM = words("them whom which those these us ours theirs")


_HEDGES_BEHIND_OF = words("about around some roughly approximately nearly more than estimated total")
_NEVER_HEADS = words("it they he she we there them us i you said each")
_ACTS_BEHIND_A_NOUN = words(
    "increase reduction surge deployment withdrawal presence commitment reductions buildup contingent"
    " garrison reinforcement drawdown"
)


class Kind(StrEnum):
    """What stands behind a number."""

    SOLDIERS = "soldiers"
    PEOPLE = "people"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The noun phrase of a number: tokens from `first` to before `last`, hedge and head included.

    Attributes:
        head: Position of the head noun, or -1 where it is elided.
        noun: The head as printed, in lower case.
        strong: Whether it is of the form "a 5,000-strong force".
        partial: Whether it is "N of the M", with the head after M.
        whole: The position after "of" where such a whole begins, or -1.
    """

    kind: Kind
    first: int
    last: int
    head: int = -1
    noun: str = ""
    strong: bool = False
    partial: bool = False


def counted(scan: Scan, number: Number) -> Counted:
    """Return what a number counts, by the noun phrase that it opens."""
    found = _strong(scan, number) or _walk(scan, number)
    return _shared(scan, number) or found if found.head < 0 else found


def _shared(scan: Scan, number: Number) -> Counted | None:
    """Read "8,000 British and 3,600 Korean troops": the noun of the second count serves the first as well."""
    mention = scan.mention_at.get(number.last)
    if mention is None or not mention.people or scan.low(mention.last) not in ("and", ",", "or"):
        return None
    following = next((n for n in scan.numbers if n.first >= mention.last and n.first <= mention.last + 3), None)
    second = _walk(scan, following) if following else None
    if second is None or second.kind is not Kind.SOLDIERS:
        return None
    return Counted(kind=Kind.SOLDIERS, first=number.first, last=mention.last, noun=second.noun)


def _strong(scan: Scan, number: Number) -> Counted | None:
    """Read "5,000-strong force", "500-man contingent", "20,000-troop increase", "some 300 strong"."""
    at = number.last + (scan.low(number.last) == "-")
    word = scan.low(at)
    if word not in _STRONG or (at == number.last and word != "strong"):
        return None
    last = at + 1
    while (
        last - at < 6
        and scan.low(last) not in ("and", "or", "but")
        and _is_modifier(scan, last)
        and not _closes(scan, last)
    ):
        last += 1
    last = _collective_ahead(scan, last) if word == "strong" and at > number.last else last
    if scan.noun(last, "collective") or scan.low(last) in scan.lexicon.acts:
        while scan.noun(last, "collective") or scan.low(last) in scan.lexicon.acts:
            last += 1
        if _is_other(scan, last) and scan.low(last - 1) not in scan.lexicon.acts:
            return Counted(kind=Kind.OTHER, first=number.first, last=last + 1, head=last, noun=scan.low(last))
        return Counted(
            kind=Kind.SOLDIERS, first=number.first, last=last, head=last - 1, noun=scan.low(last - 1), strong=True
        )
    if last - 1 > at and scan.noun(last - 1, "collective"):
        return Counted(
            kind=Kind.SOLDIERS, first=number.first, last=last, head=last - 1, noun=scan.low(last - 1), strong=True
        )
    if scan.low(last) in ("shortfall", "shortage", "deficit", "gap") or (
        word == "strong"
        and scan.low(at + 1).isalpha()
        and scan.low(at + 1) not in ("and", "or", "but")
        and not scan.among(at + 1, "prepositions")
        and not scan.verb_at(at + 1)
        and not scan.among(at + 1, "adverbs")
        and not scan.among(at + 1, "auxiliaries")
        and not scan.noun(at + 1, "soldier")
    ):
        return Counted(kind=Kind.OTHER, first=number.first, last=last + 1, head=last, noun=scan.low(last))
    if word == "strong" and scan.low(number.first - 1) == "," and not _soldierly(scan, number.first - 2):
        return Counted(kind=Kind.OTHER, first=number.first, last=at + 1, head=at, noun=scan.low(number.first - 2))
    if word in ("strong", "troop", "soldier", "marine"):
        return Counted(kind=Kind.SOLDIERS, first=number.first, last=at + 1, head=at, noun=word, strong=True)
    return Counted(kind=Kind.OTHER, first=number.first, last=last, head=last, noun=scan.low(last))


def _collective_ahead(scan: Scan, at: int) -> int:
    """Read over words that no list holds: "3,300-strong regional force"."""
    return next((position for position in range(at, at + 3) if scan.noun(position, "collective")), at)


def _soldierly(scan: Scan, at: int) -> bool:
    """Return whether a noun can name soldiers, a formation or an army."""
    return at in scan.mention_at or any(
        scan.noun(at, name) for name in ("soldier", "people", "collective", "military", "army", "formation")
    )


def _closes(scan: Scan, at: int) -> bool:
    """Return whether a collective noun ends the phrase here."""
    named = scan.noun(at, "collective") and not scan.noun(at + 1, "collective") and at not in scan.mention_at
    return named or scan.among(at, "prepositions") or scan.among(at, "determiners")


def _walk(scan: Scan, number: Number) -> Counted:
    """Walk over modifiers to the last noun of the phrase."""
    head, kind, unknown, partial = -1, Kind.NOTHING, -1, False
    at = number.last
    while at < len(scan.tokens) and at - number.last < _FARTHEST_HEAD:
        step = _step(scan, at, number, head)
        if step is None:
            break
        found, width = step
        if found == "of-number":
            partial = True
        elif found in (Kind.SOLDIERS, Kind.PEOPLE, Kind.OTHER):
            head, kind = at, Kind(found)
            if scan.low(at) not in _SINGULAR and not _goes_on(scan, at + 1):
                break
        elif found == "unknown":
            if head >= 0:
                break
            unknown = at
            if at - number.last > 5:
                break
        at += width
    return _settled(scan, number, head, kind, unknown, partial=partial)


def _step(scan: Scan, at: int, number: Number, head: int) -> tuple[str, int] | None:
    """Return what one token adds to the phrase and how many tokens it takes, or None where the phrase ends."""
    low = scan.low(at)
    mention = scan.mention_at.get(at)
    if mention is not None and low not in scan.lexicon.nouns["soldier"]:
        return _step_mention(scan, at, mention.last)
    if low == "of":
        return _step_of(scan, at, number, head)
    if low == "'s":
        return ("modifier", 1)
    if low == ",":
        return ("modifier", 1) if head < 0 and at > number.last and _soldiers_soon(scan, at + 1) else None
    if low in _STOPPERS or (low in ("a", "an", "one") and scan.low(at + 1) in _SPANS_OF_TIME):
        return None
    return _step_noun(scan, at, head)


def _step_noun(scan: Scan, at: int, head: int) -> tuple[str, int] | None:
    low = scan.low(at)
    if low == "combatants" and scan.low(at - 1) == "enemy":
        return (Kind.OTHER, 1)
    if low == "rifles" and not scan.tokens[at].capital:
        return (Kind.OTHER, 1)
    if low in scan.lexicon.nouns["soldier"]:
        return (Kind.SOLDIERS, 1)
    if low in ("policemen", "policewomen") and scan.low(at - 1) == "military":
        return (Kind.SOLDIERS, 1)
    if low in scan.lexicon.nouns["other"] and not (low == "police" and scan.low(at - 1) == "military"):
        return (Kind.OTHER, 1)
    if low in scan.lexicon.nouns["people"] and not (low == "force" and _goes_on(scan, at + 1)):
        return (Kind.PEOPLE, 1)
    return _step_word(scan, at, head)


def _step_mention(scan: Scan, at: int, last: int) -> tuple[str, int] | None:
    printed = scan.tokens[last - 1].low
    nothing_after = not _continues(scan, last)
    if nothing_after and (
        printed in _BANDS
        or ("group" in scan.mention_at[at].kinds and last - at == 1 and printed.endswith(("s", "a", "n")))
    ):
        return (Kind.SOLDIERS, last - at)
    if scan.mention_at[at].people and printed.endswith(("s", "ese", "men", "sh", "ch")) and nothing_after:
        return (Kind.PEOPLE, last - at)
    if (printed == "forces" or scan.noun(last - 1, "soldier")) and nothing_after:
        return (Kind.SOLDIERS, last - at)
    return ("modifier", last - at)


def _continues(scan: Scan, at: int) -> bool:
    if scan.low(at).endswith(("ing", "ed")) or scan.low(at) in ("and", "or", "but"):
        return False
    return at < len(scan.tokens) and (
        (_is_modifier(scan, at) and not scan.among(at, "prepositions"))
        or scan.noun(at, "soldier")
        or scan.noun(at, "people")
        or _is_other(scan, at)
    )


def _step_of(scan: Scan, at: int, number: Number, head: int) -> tuple[str, int] | None:
    """Read over "of the", "of its", "of the 47,000"; stop at "of them" and at "of" behind a head."""
    if head >= 0:
        return None
    if number.vague_word and at == number.last and scan.low(at + 1) not in _OF_THEM:
        return ("modifier", 1)
    after = at + 1
    while scan.among(after, "determiners") or scan.low(after) in _HEDGES_BEHIND_OF:
        after += 1
    if scan.low(after) in _OF_THEM or (scan.low(at + 1) in _OF_THEM and not scan.noun(after, "soldier")):
        return None
    numeral = next((n for n in scan.numbers if n.core == after or n.first in range(at + 1, after + 1)), None)
    if numeral:
        return ("of-number", numeral.last - at)
    return ("modifier", after - at) if after > at + 1 or after in scan.mention_at else None


def _step_word(scan: Scan, at: int, head: int) -> tuple[str, int] | None:
    low = scan.low(at)
    if _is_modifier(scan, at):
        return ("modifier", 1)
    if scan.tokens[at].kind == "number" or scan.among(at, "prepositions") or scan.among(at, "subordinators"):
        return None
    if scan.among(at, "auxiliaries") or (scan.among(at, "adverbs") and head >= 0):
        return None
    if scan.verb_at(at) and not low.endswith(("ed", "ing")):
        return None
    if (
        low in _TIMES
        or (low.endswith("ly") and not _soldiers_soon(scan, at + 1))
        or low in scan.lexicon.lists["months"]
        or low.endswith("day")
    ):
        return None
    if low in _NEVER_HEADS or (low in ("down", "up", "over", "out") and scan.low(at + 1) in ("there", "here")):
        return None
    if scan.verb_at(at) and not _soldiers_soon(scan, at + 1):
        return None
    return ("unknown", 1)


def _soldiers_soon(scan: Scan, at: int) -> bool:
    for i in range(at, at + 7):
        if scan.noun(i, "soldier") or scan.noun(i, "people"):
            return True
        if _between_peoples(scan, i):
            continue
        if scan.among(i, "prepositions") or scan.among(i, "determiners") or scan.low(i) in ("and", "but", "or", ","):
            return False
    return False


def _between_peoples(scan: Scan, at: int) -> bool:
    """Return whether a sign or "and" stands in a list of peoples: "Italian, French and Spanish soldiers"."""
    before, after = scan.mention_at.get(at - 1), scan.mention_at.get(at + 1)
    if before is not None and before.people and scan.low(at + 1) == "other":
        return True
    return before is not None and before.people and after is not None and after.people


def _is_modifier(scan: Scan, at: int) -> bool:
    return scan.low(at) in scan.lexicon.nouns["modifier"] or at in scan.mention_at


def _is_other(scan: Scan, at: int) -> bool:
    return scan.noun(at, "other")


def _goes_on(scan: Scan, at: int) -> bool:
    """Return whether another noun follows, so that the one before it was no head."""
    if at >= len(scan.tokens) or scan.tokens[at].kind != "word":
        return False
    low = scan.low(at)
    if low in scan.lexicon.nouns["soldier"] or low in scan.lexicon.nouns["other"]:
        return True
    return low in scan.lexicon.nouns["people"] or (low in scan.lexicon.acts and low in _ACTS_BEHIND_A_NOUN)


def _ends_phrase(scan: Scan, at: int) -> bool:
    """Return whether no noun can follow: a verb, a preposition or a sign stands there."""
    low = scan.low(at)
    if low.endswith("ing"):
        return False
    joined = low in ("and", "or") and at + 1 < len(scan.tokens) and scan.tokens[at + 1].kind == "number"
    return (
        joined
        or not low.isalpha()
        or scan.among(at, "prepositions")
        or scan.among(at, "auxiliaries")
        or bool(scan.verb_at(at))
    )


def _police(scan: Scan, number: Number, head: int) -> bool:
    """Return whether the phrase is about police or families, whatever its head: "300 police officers"."""
    if scan.low(head + 1) == "'" and not scan.among(head + 2, "prepositions") and scan.low(head + 2).isalpha():
        return True
    named = [at for at in range(number.last, head) if scan.noun(at, "guarding") and at not in scan.mention_at]
    return any(scan.low(at - 1) != "military" and scan.low(at + 1) not in ("and", "or", "-") for at in named)


def _settled(scan: Scan, number: Number, head: int, kind: Kind, unknown: int, *, partial: bool) -> Counted:
    if head >= 0 and _police(scan, number, head):
        kind = Kind.OTHER
    if head >= 0:
        last = scan.mention_at[head].last if head in scan.mention_at else head + 1
        if scan.low(last) in scan.lexicon.acts and scan.low(head) in _SINGULAR:
            last += 1
        if scan.low(last) in ("and", "or") and scan.noun(last + 1, "soldier") and not scan.noun(last + 2, "soldier"):
            last += 2
        if scan.low(last) == "and" and scan.low(last + 1) == "women":
            last += 2
        return Counted(kind=kind, first=number.first, last=last, head=head, noun=scan.low(head), partial=partial)
    if unknown < 0 and scan.low(number.last) == "military" and _ends_phrase(scan, number.last + 1):
        return Counted(kind=Kind.SOLDIERS, first=number.first, last=number.last + 1, head=number.last, noun="military")
    if unknown >= 0:
        return Counted(kind=Kind.OTHER, first=number.first, last=unknown + 1, head=unknown, noun=scan.low(unknown))
    last = number.last
    if scan.low(last) in ("more", "additional", "others", "extra"):
        last += 1
    return Counted(kind=Kind.NOTHING, first=number.first, last=last)
