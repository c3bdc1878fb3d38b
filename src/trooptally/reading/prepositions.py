# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""Which preposition governs a name, and whether the name stands there for a place at all."""

from __future__ import annotations

from trooptally.reading.gazetteer import Mention
from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan

PLACE_NOUNS = words(
    "soil territory capital city town village province border airport port desert region base airbase"
    " coast island peninsula frontier waters mainland enclave heartland side garrison north south east"
    " west highlands airfield bases"
)
INWARD = words(
    "in into to at near inside across on onto within throughout around along toward towards through for"
    " over off between"
)
_SKIPPED = words(
    "the a an its their our his this northern southern eastern western central neighboring neighbouring"
    " nearby war-torn former city capital province town region regional southeastern northwestern"
    " northeastern southwestern north south east west northeast northwest southeast southwest and or of"
    " country mainly both parts part republic state kingdom government areas area support territory , as"
    " far tiny oil-rich breakaway rebel-held strategic disputed troubled militarized province's border"
    " frontier borders side island islands airport airbase base port camp around between either near"
)
_AWAY = words("from out leaving with by against under")
_PARTS = words("parts out states north south")
_VERBAL = words("patrolling guarding entering occupying invading defending leaving")
_ADJECTIVES = frozenset({"U.S.", "US", "U.K.", "UK", "U.N.", "UN", "NATO"})
_GATHERINGS = words(
    "summit conference meeting talks agreement agreements accord accords declaration treaty pact protocol"
)
_QUARRELS = words(
    "war wars dispute talks conflict quarrel negotiations tension tensions crisis standoff vote debate row"
)
_SPOKEN = words(
    "reporters told conference said interview speaking briefing talks meeting spokesman summit visit"
    " spokeswoman visiting radio journalists speech embassy interviewed headquarters diplomats diplomat officials"
    " sources analysts observers correspondents experts"
)


def spoken(scan: Scan, mention: Mention) -> bool:
    """Return whether the place only says where words were spoken: "told reporters in Washington", "Madrid summit"."""
    following = scan.low(mention.last)
    if following in _GATHERINGS or (mention.printed in _ADJECTIVES and _noun_follows(scan, mention.last)):
        return True
    at = mention.first - 1
    if scan.low(at) == "," and at - 1 in scan.mention_at:
        return spoken(scan, scan.mention_at[at - 1])
    while at > mention.first - 4 and (scan.among(at, "determiners") or scan.low(at) in _SKIPPED):
        at -= 1
    return scan.low(at) in ("in", "at", "from") and scan.low(at - 1) in _SPOKEN


def is_quarrelled(scan: Scan, mention: Mention) -> bool:
    """Return whether the place is only what is quarrelled about: "the war over Kuwait", "talks on Iraq"."""
    near = range(max(mention.first - 3, 1), mention.first)
    return any(scan.low(at) in ("over", "on", "with") and scan.low(at - 1) in _QUARRELS for at in near)


def _noun_follows(scan: Scan, at: int) -> bool:
    """Return whether a common noun stands there, so that the name before it is an adjective: "the U.S. sector"."""
    low = scan.low(at)
    grammar = any(scan.among(at, name) for name in ("prepositions", "auxiliaries", "subordinators", "adverbs"))
    return low.isalpha() and not scan.tokens[at].capital and not grammar and not scan.verb_at(at)


def preposition_before(scan: Scan, at: int) -> str:
    """Return the preposition or verb that governs a name, reading over articles, adjectives and nouns of place."""
    position = at - 1
    steps = 0
    while position >= 0 and steps < 7:
        low = scan.low(position)
        if low in INWARD or low in _AWAY:
            return low
        mention = scan.mention_at.get(position)
        if mention is not None:
            position = mention.first - 1
        elif low == "," and position + 1 not in scan.mention_at and scan.low(position + 1) != "and":
            return ""
        elif low == "of":
            if scan.low(position - 1) == "support":
                return "of"
            if (
                scan.low(position - 1) in PLACE_NOUNS
                or scan.low(position - 1) in _SKIPPED
                or scan.low(position - 1) in _PARTS
            ):
                position -= 1
            else:
                return "of"
        elif (
            low in _SKIPPED
            or low == "'s"
            or low in PLACE_NOUNS
            or (
                scan.low(position + 1) in PLACE_NOUNS | {"of"}
                and scan.tokens[position].kind == "word"
                and not scan.verb_at(position)
            )
        ) or (
            scan.tokens[position].capital and position and not scan.verb_at(position) and _unknown_name(scan, position)
        ):
            position -= 1
        elif scan.verb_at(position):
            return scan.verb_at(position)[0].lemma if scan.low(position) in _VERBAL else low
        else:
            return ""
        steps += 1
    return ""


def _unknown_name(scan: Scan, at: int) -> bool:
    """Return whether a word may be part of a name that the lists lack, and no day or month."""
    low = scan.low(at)
    return low.isalpha() and not low.endswith("day") and not scan.among(at, "months")
