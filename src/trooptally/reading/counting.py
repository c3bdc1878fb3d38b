"""Whether a number counts soldiers: by its noun, what stands beside it, and what the text has told before."""

from __future__ import annotations

from trooptally.reading.ellipsis import stands_for_soldiers
from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted, Kind
from trooptally.reading.predicates import Governor
from trooptally.reading.scan import Scan

_WEAK = words(
    "people members officers staff persons experts specialists technicians nationals convicts prisoners"
    " observers guards foreigners citizens individuals others doctors medical operatives hands bodies"
    " drivers workers lawyers interpreters cooks ones cadets escorts"
)
_PLAIN_SOLDIERS = words(
    "men women personnel advisers advisors effectives instructors trainers folks guys lads boys finest bravest"
)
_RANKS = words("men soldiers enlisted troops")
_PARTS_OF_FORCES = words("observers officers specialists instructors engineers medics")
_ARMED_NAMES = ("forces", "army", "force", "guard", "guards", "corps", "legion", "marines", "bundeswehr")
_SERVING = words("serve fight deploy station base garrison withdraw send stand guard defend patrol")
_MOVING_PEOPLES = words("commit replace relieve dispatch keep pledge contribute rotate train")
_MUSTERING = words("have number boast count claim muster total")
_OWNING = words("have keep send station deploy withdraw maintain")
_SERVICE_NOUNS = words("members personnel men women people")
_SIZED_FORCES = words("force contingent army garrison unit mission")


def counts_soldiers(
    scan: Scan, number: Number, phrase: Counted, governs: Governor, *, told: bool, earlier: frozenset[str], speaker: str
) -> str:
    """Return why the number counts soldiers; a reason that begins with "!" says why it does not."""
    match phrase.kind:
        case Kind.SOLDIERS if phrase.noun == "fighters" and scan.has("airpower"):
            return "!fighters are aircraft here"
        case Kind.SOLDIERS:
            return f"{phrase.noun!r} are soldiers"
        case Kind.PEOPLE:
            return _people(scan, number, phrase, governs, earlier, told=told, speaker=speaker)
        case Kind.OTHER:
            return f"!it counts {phrase.noun!r}, not soldiers"
        case Kind.NOTHING:
            reason = stands_for_soldiers(scan, number, phrase, governs, told=told, earlier=earlier)
            return reason or "!nothing says what it counts"


def _serving(scan: Scan, phrase: Counted, governs: Governor, *, told: bool) -> bool:
    """Return whether people named by their nation are told as soldiers: "68,000 Americans are serving"."""
    verbs = [verb for verb in (governs.group, governs.after) if verb is not None]
    if any(verb.lemma in _SERVING for verb in verbs):
        return True
    moved = any(verb.lemma in _MOVING_PEOPLES for verb in verbs)
    if moved and not scan.words.isdisjoint(scan.lexicon.nouns["military"]):
        return True
    near = scan.lows[max(phrase.first - 6, 0) : phrase.last + 6]
    armed = told or any(low in scan.lexicon.nouns["soldier"] for low in near)
    return armed and "who" not in near and scan.low(phrase.first) not in scan.lexicon.vague


def _musters(scan: Scan, governs: Governor) -> bool:
    """Return whether an army or armed group "has" or "numbers" them."""
    group = governs.group
    if group is None or group.lemma not in _MUSTERING:
        return False
    before = scan.lows[max(group.first - 12, 0) : group.first]
    return bool({"army", "militia", "forces", "guard"} & set(before)) or any(
        "group" in m.kinds and m.last <= group.first for m in scan.mentions
    )


def _owned(governs: Governor) -> bool:
    group = governs.group
    return group is not None and group.lemma in _OWNING


def _people(
    scan: Scan, number: Number, phrase: Counted, governs: Governor, earlier: frozenset[str], *, told: bool, speaker: str
) -> str:
    return (
        _by_name(scan, phrase)
        or _by_neighbours(scan, phrase, earlier)
        or _by_clause(scan, phrase, governs)
        or _by_passage(scan, number, phrase, governs, told=told, speaker=speaker)
        or f"!{phrase.noun!r} are not said to be soldiers"
    )


def _by_name(scan: Scan, phrase: Counted) -> str:
    """Read "officers and men", "service members", "1,100 Self-Defense Forces members"."""
    if phrase.noun == "officers" and scan.low(phrase.last) == "and" and scan.low(phrase.last + 1) in _RANKS:
        return "'officers and men' are soldiers"
    if "service" in scan.lows[phrase.first : phrase.last] and phrase.noun in _SERVICE_NOUNS:
        return f"'service {phrase.noun}' are soldiers"
    inside = (m for m in scan.mentions if phrase.first < m.first and m.last < phrase.last)
    armed = any("group" in m.kinds or m.printed.lower().endswith(_ARMED_NAMES) for m in inside)
    return f"{phrase.noun!r} of an army or armed group are soldiers" if armed else ""


def _by_neighbours(scan: Scan, phrase: Counted, earlier: frozenset[str]) -> str:
    """Read a military word in the phrase, behind it, or anywhere in the sentence."""
    military = scan.lexicon.nouns["military"]
    inside = [
        low for low in scan.lows[phrase.first : phrase.last] if low in military and low not in ("force", "forces")
    ]
    behind = [
        low
        for low in scan.lows[phrase.last : phrase.last + 6]
        if low in military and scan.low(phrase.last) in ("of", "from", "in")
    ]
    if inside or behind:
        return f"{phrase.noun!r} with {(inside or behind)[0]!r} beside it are soldiers"
    around = sorted(scan.words & military) or (sorted(earlier & military) if phrase.noun in _PLAIN_SOLDIERS else [])
    if around and not _is_security(scan, phrase) and phrase.noun not in _WEAK and phrase.head not in scan.mention_at:
        return f"{phrase.noun!r} in a sentence that speaks of {around[0]!r} are soldiers"
    return ""


def _is_security(scan: Scan, phrase: Counted) -> bool:
    return not {"security", "civilian"}.isdisjoint(scan.lows[phrase.first : phrase.last])


def _by_clause(scan: Scan, phrase: Counted, governs: Governor) -> str:
    """Read "a force of 500 men", "the army has 500 men"."""
    if governs.role == "size" and phrase.noun in _PLAIN_SOLDIERS and scan.low(governs.collective) in _SIZED_FORCES:
        return f"{phrase.noun!r} of a {scan.low(governs.collective)} are soldiers"
    if phrase.noun in ("members", *_PLAIN_SOLDIERS) and _musters(scan, governs):
        return f"{phrase.noun!r} of an army or armed group are soldiers"
    return ""


def _by_passage(scan: Scan, number: Number, phrase: Counted, governs: Governor, *, told: bool, speaker: str) -> str:
    """Read "they have 500 men there" in a passage about soldiers, and peoples in arms."""
    security = _is_security(scan, phrase)
    if phrase.noun == "people" and told and _owned(governs) and governs.role == "object":
        return "'people' whom a passage about soldiers says they have or send are soldiers"
    if governs.role in ("part", "list") and told and phrase.noun in _PARTS_OF_FORCES:
        return f"{phrase.noun!r} who are part of a force told of before"
    if phrase.noun in _PLAIN_SOLDIERS and not security and (told or (speaker and _owned(governs))):
        return f"{phrase.noun!r} in a passage about soldiers are soldiers"
    if phrase.noun in ("forces", "troops", "boots") and not security:
        return f"{phrase.noun!r} are soldiers"
    if (
        phrase.head in scan.mention_at
        and not number.vague_word.startswith("million")
        and _serving(scan, phrase, governs, told=told)
    ):
        return f"{phrase.noun!r} in arms are soldiers"
    return ""
