# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""The clause around a count: which verb or noun of action governs it, and in what tense, mood and voice.

No parser is used: the governor of a noun phrase stands, in news prose, either directly before it ("sent 500 men",
"the withdrawal of 500 men", "a cut to 500") or is the first finite verb after it ("500 men have arrived").
"""

from __future__ import annotations

from trooptally.reading.gazetteer import Mention
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted, Kind
from trooptally.reading.predicates import (
    Governor,
    by_subject,
    has_own_verb,
    is_reduced,
    verb_after,
    verb_apart,
    verb_behind,
    with_infinitive,
)
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, group_at, group_left, groups

_LEVEL_PREPOSITIONS = words("to from at by below above")
_SAYING_ONLY = words("say add state argue insist believe warn allege assert explain assess declare deny fear suggest")
_SAYING = _SAYING_ONLY | {
    "claim",
    "report",
    "announce",
    "confirm",
    "note",
    "estimate",
    "acknowledge",
    "disclose",
    "reveal",
    "admit",
    "indicate",
    "tell",
    "expect",
    "hope",
}
_COUNT_NOUNS = words("number numbers total totals level levels strength size figure ceiling cap limit maximum")
_GOVERNING_PREPOSITIONS = words("with for by including among than on against versus")
_JOINING = words("and or , plus then")
_BEFORE_A_COUNT = words(
    "'s together first remaining last nearly total combined initial current estimated present so even"
    " perhaps about home overseas abroad there another half"
)
_ADVERBS_BEHIND_A_VERB = words(
    "now already currently still also roughly only just soon immediately then eventually initially"
    " recently back in up out over off"
)
_COMPOSING = words("consisting composed made up comprised consists consist comprising instead")
_SHARES = words("all most half some many any none each third rest percent")
_BEFORE_A_LEVEL = words("up down close back total number levels level strength")
_STANDING_AT = words("be stand reckon remain stay put estimate keep cap set hold limit peak place look")
_COUNTING_VERBS = words("bring build total number amount up")


def governor(scan: Scan, phrase: Counted, before: Counted | None = None) -> Governor:
    """Return what governs a phrase; `before` is the counted phrase to the left in the same sentence, if any."""
    at = _left_of(scan, phrase.first - 1)
    after = verb_behind(scan, phrase.last)
    return (
        _of_them(scan, phrase, before)
        or _by_form(scan, phrase, at, after)
        or _by_sign(scan, phrase, at, after, before)
        or _by_verb(scan, phrase, at, after)
        or by_subject(scan, phrase, at, after)
    )


def _of_them(scan: Scan, phrase: Counted, before: Counted | None) -> Governor | None:
    """Govern "500 of them", "500 of whom are": their own verb, or the verb of the figure before."""
    if scan.low(phrase.last) != "of" or scan.low(phrase.last + 1) not in ("them", "whom", "these", "those"):
        return None
    own = group_at(scan, phrase.last + 2)
    if own is not None:
        return Governor(role="subject", group=own)
    return Governor(role="and") if before is not None else None


def _by_form(scan: Scan, phrase: Counted, at: int, after: VerbGroup | None) -> Governor | None:
    """Govern by the form of the phrase or the preposition before it."""
    low = scan.low(at)
    if phrase.strong:
        return _as_size(scan, phrase, at, after)
    if low == "of":
        return _of(scan, at, after)
    if _list_name(scan, phrase):
        return Governor(role="list", after=after)
    found = _level(scan, at, after) if low in ("to", "from", "at", "by") else None
    if found is None and low in _GOVERNING_PREPOSITIONS:
        return _preposition(scan, at, after)
    return found


def _by_sign(scan: Scan, phrase: Counted, at: int, after: VerbGroup | None, before: Counted | None) -> Governor | None:
    """Govern an apposition ("two divisions, 20,000 men, closer") or what "and" joins to the figure before."""
    low = scan.low(at)
    right = verb_after(scan, phrase.last)
    closed = low == "," and scan.low(phrase.last) in (",", ".", "", ";", ")")
    act = _act_of_formation(scan, at) if closed else -1
    if act >= 0:
        return Governor(role="act", act=act, group=group_left(scan, act - 1), after=after)
    own = group_at(scan, phrase.last + 1) if closed and scan.low(phrase.last) == "," else None
    if own is not None and own.finite and not is_reduced(scan, own):
        return Governor(role="subject", group=own)
    if closed and phrase.kind is Kind.NOTHING and (left := group_left(scan, at - 1)) is not None:
        return Governor(role="object", group=left, after=after)
    if closed and (scan.noun(at - 1, "formation") or scan.noun(at - 1, "collective")):
        left = group_left(scan, at - 1)
        return Governor(role="object" if left else "subject", group=left or right, after=after)
    if low == "or" and scan.low(at - 1) == ",":
        return Governor(role="object", group=group_left(scan, at - 2) or right, after=after)
    joined = low in _JOINING and before is not None and _joins(scan, before, at)
    if joined and not has_own_verb(scan, phrase.last):
        return Governor(role="and", group=right, after=after)
    return None


def _act_of_formation(scan: Scan, at: int) -> int:
    """Return the act whose object a formation is that the count explains: "dispatch of two battalions, 900 men,"."""
    named = False
    for position in range(at - 1, max(at - 10, -1), -1):
        if scan.verb_at(position) or scan.ends_clause(position):
            return -1
        named = named or scan.noun(position, "formation")
        if named and scan.low(position + 1) == "of" and scan.low(position) in scan.lexicon.acts:
            return -1 if scan.noun(position, "collective") and scan.low(position) != "deployment" else position
    return -1


def _by_verb(scan: Scan, phrase: Counted, at: int, after: VerbGroup | None) -> Governor | None:
    """Govern by the verb or the noun of action that stands directly before."""
    group = group_at(scan, at)
    act = _act_before(scan, group.first) if group and group.lemma in ("involve", "total", "comprise", "affect") else -1
    if act >= 0:
        return Governor(role="act", act=act, group=group_left(scan, act - 1), after=after)
    if group is not None and not _opens_clause(scan, group, phrase):
        return Governor(role="object", group=with_infinitive(scan, group, phrase.last), after=after)
    apart = verb_apart(scan, at) if group is None else None
    if apart is not None:
        return Governor(role="object", group=with_infinitive(scan, apart, phrase.last), after=after)
    low = scan.low(at)
    if low.endswith("ing") or (low in scan.lexicon.acts and low not in scan.lexicon.nouns["collective"]):
        return Governor(role="act", act=at, group=group_left(scan, at - 1), after=after)
    return None


def _list_name(scan: Scan, phrase: Counted) -> bool:
    """Return whether the phrase is an entry of a list of countries: "Turkey, 500;", "Romania (400)", ", Italy 300"."""
    return list_mention(scan, phrase) is not None


def list_mention(scan: Scan, phrase: Counted) -> Mention | None:
    """Return the country whose entry in a list the phrase is, or None."""
    signed = scan.low(phrase.first - 1) in (",", "(")
    mention = scan.mention_at.get(phrase.first - 1 - signed)
    if mention is None or mention.people or not mention.force or scan.low(mention.first - 1) in ("in", "at", "to"):
        return None
    closes = scan.low(phrase.last) in (",", ";", ")", ".", "and", "", "in")
    near = [scan.low(mention.first - 1), scan.low(mention.first - 2)]
    starts = any(low in (";", ":", ",", "and", "", ")", ".") for low in near)
    return mention if closes and starts and not scan.verb_at(mention.first - 1) else None


def _act_before(scan: Scan, at: int) -> int:
    """Return the noun of movement that is the subject of a verb: "a pullout involving 20,000 men"."""
    for position in range(at - 1, max(at - 6, -1), -1):
        if scan.lexicon.acts.get(scan.low(position), frozenset()) & {"enter", "leave", "relieve"}:
            return position
    return -1


def _opens_clause(scan: Scan, group: VerbGroup, phrase: Counted) -> bool:
    """Return whether a verb of saying stands before a clause of its own: "said 500 men would go"."""
    if group.lemma not in _SAYING:
        return False
    if group.lemma in _SAYING_ONLY:
        return True
    main = verb_after(scan, phrase.last)
    if main is None or not main.finite or is_reduced(scan, main):
        return False
    return "," not in scan.lows[phrase.last : main.first]


def _left_of(scan: Scan, at: int) -> int:
    """Skip determiners, possessives, adverbs and names of owners that stand before the number's own words."""
    while at >= 0:
        low = scan.low(at)
        if low == "that":
            break
        if (
            scan.among(at, "determiners")
            or low in _BEFORE_A_COUNT
            or (low in _ADVERBS_BEHIND_A_VERB and (_is_verb_before(scan, at) and low != "to"))
        ):
            at -= 1
        elif low == "of" and scan.low(at - 1) in ("first", "last", "bulk") and scan.low(at - 2) == "the":
            at -= 3
        elif at in scan.mention_at and scan.low(at + 1) == "'s":
            at = scan.mention_at[at].first - 1
        else:
            break
    return at


def _is_verb_before(scan: Scan, at: int) -> bool:
    return bool(scan.verb_at(at - 1)) and not scan.among(at - 1, "determiners")


def _as_size(scan: Scan, phrase: Counted, at: int, after: VerbGroup | None) -> Governor:
    """Govern "a 5,000-strong force": the whole noun phrase takes the number's place."""
    low = scan.low(at)
    if (group := group_at(scan, at)) is not None and not _opens_clause(scan, group, phrase):
        return Governor(
            role="object", group=with_infinitive(scan, group, phrase.last), after=after, collective=phrase.head
        )
    if low == "of":
        return _of(scan, at, after)
    if scan.low(phrase.head) in scan.lexicon.acts and not scan.noun(phrase.head, "collective"):
        return Governor(role="act", act=phrase.head, group=group_left(scan, at), after=after)
    found = _preposition(scan, at, after) if low in ("with", "for", "by") else by_subject(scan, phrase, at, after)
    return Governor(role=found.role, group=found.group, act=found.act, after=after, collective=phrase.head)


def _of(scan: Scan, at: int, after: VerbGroup | None) -> Governor:
    """Govern "withdrawal of N", "force of N", "N of the M", "total of N", "consisting of N"."""
    noun = at - 1
    low = scan.low(noun)
    if low in _COMPOSING:
        return Governor(role="size", group=group_left(scan, noun), after=after, collective=noun)
    if any(n.last == at for n in scan.numbers) or scan.tokens[noun].kind == "number" or low in _SHARES:
        return Governor(role="whole", group=group_left(scan, noun - 1), after=after)
    if low in scan.lexicon.acts and not scan.lexicon.acts[low] <= {"stay"} and low not in _COUNT_NOUNS:
        return Governor(role="act", act=noun, group=group_left(scan, noun - 1), after=after)
    if low.endswith("ing") and scan.lexicon.verb_classes(low):
        return Governor(role="act", act=noun, group=group_left(scan, noun - 1), after=after)
    if low in ("high", "low", "peak", "record"):
        stand = next((i for i in range(noun - 1, max(noun - 6, -1), -1) if scan.low(i) in ("to", "at", "from")), -1)
        found = _level(scan, stand, after) if stand > 0 else None
        if found is not None:
            return found
    if scan.noun(noun, "collective"):
        group = _collective_group(scan, noun, at)
        act = _act_of(scan, noun)
        return Governor(role="size", group=group, act=act, after=after, collective=noun)
    return Governor(role="of", group=group_left(scan, noun), after=after)


def _act_of(scan: Scan, noun: int) -> int:
    """Return the act whose object a collective is: "withdrawal of a contingent of 500"."""
    for at in range(noun - 1, max(noun - 8, -1), -1):
        if scan.low(at) == "of" and scan.low(at - 1) in scan.lexicon.acts and not scan.noun(at - 1, "collective"):
            return at - 1
        if scan.verb_at(at) or scan.ends_clause(at):
            return -1
    return -1


def _collective_group(scan: Scan, noun: int, at: int) -> VerbGroup | None:
    left = group_left(scan, noun - 1)
    if left is not None and noun - left.last < 8 and left.lemma not in _SAYING:
        return left
    return verb_after(scan, at + 2) or left


def _level(scan: Scan, at: int, after: VerbGroup | None) -> Governor | None:
    """Govern "cut to N", "rise from N", "bring the total to N", "by N", "at N"; None where no level is spoken of."""
    role = scan.low(at)
    group = (_changing(scan, at) if role != "at" else None) or group_left(scan, at - 1)
    leveled = group is not None and not group.classes.isdisjoint({"lower", "raise"})
    numbered = any(scan.low(i) in _COUNT_NOUNS or scan.noun(i, "level") for i in range(max(0, at - 14), at))
    act = next(
        (
            i
            for i in range(at - 1, max(at - 12, -1), -1)
            if scan.low(i) in scan.lexicon.acts and not scan.noun(i, "collective")
        ),
        -1,
    )
    changes = act >= 0 and scan.lexicon.acts[scan.low(act)] & {"leave", "enter"}
    if role == "at":
        stands = group is not None and group.lemma in _STANDING_AT
        return Governor(role="at", group=group, after=after) if stands or numbered else None
    near = scan.low(at - 1)
    if role == "from" and near in ("down", "up"):
        return Governor(role="from", group=group, act=act, after=after)
    if role == "to" and near in _BEFORE_A_LEVEL:
        return Governor(role="to", group=group, act=act, after=after)
    if leveled or changes or numbered:
        return Governor(role=role, group=group, act=act, after=after)
    if role == "from" and scan.low(at + 2) in ("to", "troops", "soldiers"):
        return Governor(role="from", group=group, act=act, after=after)
    return None


def _changing(scan: Scan, at: int) -> VerbGroup | None:
    """Return the nearest verb to the left that raises or lowers a level, reading over relative clauses."""
    for position in range(at - 1, max(at - 28, -1), -1):
        if scan.low(position) in (";", ":", "?", "!"):
            return None
        group = group_at(scan, position)
        if (
            group is not None
            and not group.classes.isdisjoint({"lower", "raise"})
            and group.lemma not in _COUNTING_VERBS
        ):
            return group
        if (
            group is not None
            and group.lemma == "bring"
            and any(scan.low(i) in _COUNT_NOUNS or scan.noun(i, "level") for i in range(group.last, at))
        ):
            return group
    return None


def _preposition(scan: Scan, at: int, after: VerbGroup | None) -> Governor:
    low = scan.low(at)
    group = group_left(scan, at - 1)
    act = next((i for i in range(at - 1, max(at - 3, -1), -1) if scan.low(i) in scan.lexicon.acts), -1)
    if low in ("including", "among"):
        return Governor(role="part", group=group, after=after)
    return Governor(role=low, group=group, act=act, after=after)


def _joins(scan: Scan, before: Counted, at: int) -> bool:
    """Return whether only place phrases stand between the figure before and a conjunction."""
    if at < before.last - 1:
        return False
    return not any(group.finite for group in groups(scan, before.last, at))
