# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""Whose soldiers they are: by the phrase itself, its owner, its subject, else by what the text is about."""

from __future__ import annotations

from trooptally.reading.clauses import list_mention
from trooptally.reading.gazetteer import Mention
from trooptally.reading.lexicon import words
from trooptally.reading.nouns import Counted
from trooptally.reading.places import Found
from trooptally.reading.predicates import Governor
from trooptally.reading.prepositions import preposition_before
from trooptally.reading.scan import Scan
from trooptally.reading.verbs import VerbGroup, group_left

_HOSTING = words(
    "host house harbor face fight capture confront attack kill accept welcome receive back support train join"
)
_OWN = words("our we us i my")
_SIZING = words("be number total reach remain exceed top hit stand")
_NATIONS = words("countries nations states")
_REACHING = words("leave enter invade reach quit exit visit tour occupy")
_LONG = 4
_DATELINE_LENGTH = 8
_THEIR = frozenset({"its", "their", "his", "her"})


_PLACE_PREPOSITIONS = words(
    "in into to at near inside across onto within throughout around along toward towards through from out on for over"
)
_OWNING_PREPOSITIONS = words("from of belonging loyal contributed with")
_BEFORE_AN_OWNER = words("the to a country's forces of elite regular by its 4th 3rd 2nd 1st")
_BEFORE_AN_OBJECT = words(
    "against with help supporting support helping between than fight fighting despite invaded told assist defend"
)


def force_beside(scan: Scan, phrase: Counted, number_last: int, governor: Governor, speaker: str) -> Found | None:
    """Return the force that the clause itself names, or None."""
    rebels = phrase.noun in scan.lexicon.lists["rebels"]
    return (
        _listed(scan, phrase, governor)
        or _predicate(scan, phrase, governor)
        or _inside(scan, phrase, number_last)
        or _nation_of_them(scan, phrase)
        or _possessor(scan, phrase, speaker)
        or _behind(scan, phrase)
        or _collective(scan, phrase, governor)
        or _level_owner(scan, phrase, governor)
        or _appositive(scan, phrase)
        or (None if rebels and governor.role == "subject" else _subject(scan, phrase, governor, speaker))
    )


def mover_of(scan: Scan, group: VerbGroup | None, speaker: str) -> str:
    """Return the force that is the grammatical subject of a verb group, or empty."""
    if group is None:
        return ""
    found = _actor_before(scan, group.first, speaker)
    return found.id if found else ""


def force_of_sentence(scan: Scan, phrase: Counted) -> Found | None:
    """Return the force that a sentence names first before the count, else anywhere."""
    named = [m for m in scan.mentions if m.force and not only_place(scan, m)]
    before = [m for m in named if m.last <= phrase.first]
    chosen = before[-1] if before else None
    return Found(id=chosen.force, reason=f"{chosen.printed!r} is the force named in the sentence") if chosen else None


def force_of_title(scan: Scan) -> Found | None:
    """Return the force that a title names first."""
    named = next((m for m in scan.mentions if m.force and not only_place(scan, m)), None)
    return Found(id=named.force, reason=f"the title names {named.printed!r}") if named else None


def only_place(scan: Scan, mention: Mention) -> bool:
    """Return whether a country's name stands here as a place only: "in Iraq", "from Kuwait"."""
    if mention.people:
        return not _can_act(scan, mention)
    if not mention.force or _opens_dateline(scan, mention):
        return True
    if not mention.place:
        return False
    if scan.low(mention.first - 1) == "with" and scan.low(mention.first - 2) in ("border", "borders", "frontier"):
        return True
    if any(form.lemma in _REACHING for form in scan.lexicon.verbs.get(scan.low(mention.first - 1), ())):
        return True
    before = preposition_before(scan, mention.first)
    return before in _PLACE_PREPOSITIONS


def _opens_dateline(scan: Scan, mention: Mention) -> bool:
    """Return whether a town opens a report: "BAGHDAD (AP)"; Washington still hints at whose soldiers are meant."""
    if scan.low(mention.last) == "(" and scan.low(mention.first - 1) == "," and scan.tokens[0].text.isupper():
        return mention.first <= _DATELINE_LENGTH and "country" in mention.kinds
    capitals = mention.printed.isupper() and len(mention.printed) > _LONG and mention.force != "USA"
    return capitals and "town" in mention.kinds and scan.low(mention.last) in ("(", ",", "-", "_", ":")


def _can_act(scan: Scan, mention: Mention) -> bool:
    """Return whether an adjective or a people stands for those who act: "Ugandan officials", "the Americans"."""
    following = scan.low(mention.last)
    if following in scan.lexicon.words["actor"] or following in ("-", "'s"):
        return True
    peoples = mention.printed.endswith(("s", "ese", "men", "i")) or mention.printed in (
        "British",
        "French",
        "Dutch",
        "Spanish",
    )
    return peoples and (
        following in scan.lexicon.verbs or scan.among(mention.last, "auxiliaries") or not following.isalpha()
    )


def _inside(scan: Scan, phrase: Counted, number_last: int) -> Found | None:
    """Read the nearest name before the head: "1,200 French Foreign Legion paratroopers", "2,000 U.S. troops"."""
    inside = [m for m in scan.mentions if number_last <= m.first < phrase.last and m.force]
    inside += [m for m in scan.mentions if phrase.first <= m.first < number_last and m.force]
    if not inside:
        return None
    people = [m for m in inside if m.people or "group" in m.kinds] or inside
    chosen = next((m for m in people if "group" in m.kinds), people[0])
    return Found(id=chosen.force, reason=f"{chosen.printed!r} is said with the number itself")


def _listed(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read the country of an entry in a list: "Turkey, 500; Romania, 400"."""
    mention = list_mention(scan, phrase) if governor.role == "list" else None
    return Found(id=mention.force, reason=f"the list names {mention.printed!r}") if mention else None


def _behind(scan: Scan, phrase: Counted) -> Found | None:
    """Read "500 soldiers from Uganda", "1,000 men of the British Army", "fighters loyal to Haftar"."""
    at = phrase.last
    low = scan.low(at)
    if low not in _OWNING_PREPOSITIONS:
        return None
    nations = any(scan.low(i) in _NATIONS and i not in scan.mention_at for i in range(at + 1, at + 5))
    if low == "from" and nations:
        return Found(
            id="COALITION", reason=f"{scan.printed(at, min(at + 5, len(scan.tokens)))!r}: of several countries"
        )
    if low == "with" and scan.low(at + 1) not in ("the", "a"):
        return None
    for mention in scan.mentions:
        if at < mention.first <= at + 5 and mention.force:
            if low == "from" and (
                _leaves(scan, phrase) or any(scan.tokens[i].kind == "number" for i in range(at, mention.first))
            ):
                return None
            words = scan.lows[at + 1 : mention.first]
            if "town" in mention.kinds and not mention.people and scan.noun(mention.last, "formation"):
                return None
            if all(w in _BEFORE_AN_OWNER or w.endswith(("th", "st", "nd", "rd")) for w in words):
                owner = _group_behind(scan, mention) or mention
                return Found(id=owner.force, reason=f"{scan.printed(at, owner.last)!r} stands behind it")
    return None


def _group_behind(scan: Scan, mention: Mention) -> Mention | None:
    """Return the armed group whose nation is told before its name: "of the Russian Wagner company"."""
    following = scan.mention_at.get(mention.last)
    return following if mention.people and following is not None and "group" in following.kinds else None


def _leaves(scan: Scan, phrase: Counted) -> bool:
    classes = [
        scan.lexicon.verb_classes(low) | scan.lexicon.acts.get(low, frozenset())
        for low in scan.lows[max(phrase.first - 12, 0) : phrase.first]
    ]
    home = bool({"home", "back"} & set(scan.lows[max(phrase.first - 6, 0) : phrase.last + 4]))
    return home or any({"leave", "lower"} & found for found in classes)


def _collective(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read the owner of a collective: "a Kenyan force of 500", "a 5,000-strong African Union force"."""
    if governor.collective < 0 and governor.act < 0:
        return None
    stand = governor.collective if governor.collective >= 0 else governor.act
    first = stand
    while (
        first > 0
        and (
            first - 1 in scan.mention_at
            or scan.low(first - 1) in scan.lexicon.nouns["modifier"]
            or scan.low(first - 1) in ("'s", "-")
        )
        and stand - first < 9
    ):
        first -= 1
    for mention in reversed(scan.mentions):
        if (
            first <= mention.first <= max(stand, phrase.last)
            and mention.last <= max(stand + 1, phrase.last)
            and mention.force
            and mention.first <= stand
        ):
            return Found(id=mention.force, reason=f"{mention.printed!r} owns the {scan.low(stand)}")
    after = next(
        (
            m
            for m in scan.mentions
            if stand < m.first <= stand + 3
            and m.force
            and m.last <= phrase.first
            and scan.low(stand + 1) in ("of", "by")
        ),
        None,
    )
    return Found(id=after.force, reason=f"{after.printed!r} owns the {scan.low(stand)}") if after else None


def _predicate(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read "50,000, of which 13,000 will be British"."""
    group = governor.group
    if phrase.head >= 0 or governor.role != "subject" or group is None or group.lemma != "be":
        return None
    mention = scan.mention_at.get(group.last)
    if mention is None or not mention.people or not mention.force:
        return None
    return Found(id=mention.force, reason=f"the text says that they are {mention.printed!r}")


def _nation_of_them(scan: Scan, phrase: Counted) -> Found | None:
    """Read "some 900 of them French"."""
    mention = scan.mention_at.get(phrase.last + 2)
    pointed = scan.low(phrase.last) == "of" and scan.low(phrase.last + 1) in ("them", "whom", "which")
    if not pointed or mention is None or not mention.people:
        return None
    return Found(id=mention.force, reason=f"{mention.printed!r} is said of them")


def _level_owner(scan: Scan, phrase: Counted, governor: Governor) -> Found | None:
    """Read the owner of a level: "the alliance's strength from 6,500", "the strength of the Tigers at 2,500"."""
    sized = governor.role == "object" and governor.group is not None and governor.group.lemma in _SIZING
    if governor.role not in ("to", "from", "at", "by") and not sized:
        return None
    for at in range(phrase.first - 1, max(phrase.first - 16, -1), -1):
        if scan.low(at) in (";", "?", "!"):
            return None
        if not (scan.noun(at, "level") or scan.noun(at, "soldier")) or at in scan.mention_at:
            continue
        left = at - 1
        while left >= 0 and (scan.low(left) in ("'s", "troop", "force") or scan.noun(left, "modifier")):
            left -= 1
        after = at + 2 + (scan.low(at + 2) in ("the", "its", "their"))
        after += 1 if scan.low(after).endswith("-led") and after + 1 in scan.mention_at else 0
        behind = scan.mention_at.get(after) if scan.low(at + 1) == "of" else None
        for mention in (scan.mention_at.get(left), behind):
            if mention is not None and mention.force and not only_place(scan, mention):
                sender = _sender_before(scan, mention) if scan.low(at) == "force" and mention is not behind else None
                owner = sender or mention
                return Found(id=owner.force, reason=f"{owner.printed!r} owns the {scan.low(at)}")
    return None


def _sender_before(scan: Scan, mention: Mention) -> Mention | None:
    """Return whose force is named by the place where it is: "France to raise Mali force to 2,500 men"."""
    if mention.people or not mention.place or scan.low(mention.last) == "'s" or mention.printed.isupper():
        return None
    others = (m for m in scan.mentions if m.last < mention.first and m.force not in ("", mention.force))
    return next((m for m in others if not only_place(scan, m)), None)


def _possessor(scan: Scan, phrase: Counted, speaker: str) -> Found | None:
    """Read "our 6,300 troops", "its 500 soldiers", "Britain's 9,000 troops"."""
    at = phrase.first
    window = range(max(at - 4, 0), min(at + 6, phrase.last))
    for position in window:
        low = scan.low(position)
        if low in ("our", "my") and speaker and position >= at - 1:
            return Found(id=speaker, reason=f"{low!r} is the speaker's own force")
        if low in _THEIR and position >= at - 2:
            return _actor_before(scan, position, speaker) or _owner_before(scan, position)
        if low == "'s" and position - 1 in scan.mention_at and scan.mention_at[position - 1].force:
            mention = scan.mention_at[position - 1]
            return Found(id=mention.force, reason=f"{mention.printed!r} owns them")
    return None


def _owner_before(scan: Scan, at: int) -> Found | None:
    """Return whom "their" points to across a semicolon: "The Dutch leave; their 1,400 soldiers"."""
    sign = next((i for i in range(at - 1, max(at - 4, -1), -1) if scan.low(i) == ";"), -1)
    named = [m for m in scan.mentions if m.last <= sign and m.force and not only_place(scan, m)]
    return Found(id=named[0].force, reason=f"{named[0].printed!r} is whom the words point to") if named else None


def _appositive(scan: Scan, phrase: Counted) -> Found | None:
    """Read "al-Shabaab, a group believed to have N fighters", "Wagner, which has N"."""
    for mention in reversed(scan.mentions):
        if mention.last > phrase.first or phrase.first - mention.last > 14 or not mention.force or mention.people:
            continue
        between = scan.lows[mention.last : phrase.first]
        if between[:1] != (",",) or ";" in between:
            continue
        group = "group" in mention.kinds
        if (group and between[1:2] in (("which",), ("who",), ("whose",))) or (
            group
            and between[1:2] in (("a",), ("an",), ("the",))
            and any(low in scan.lexicon.nouns["collective"] for low in between)
        ):
            return Found(id=mention.force, reason=f"the words behind {mention.printed!r} describe it")
    return None


def _subject(scan: Scan, phrase: Counted, governor: Governor, speaker: str) -> Found | None:
    """Read the one who sends, keeps or withdraws them; and "sent by France"."""
    group = governor.group
    by = next(
        (
            m
            for m in scan.mentions
            if m.force and phrase.last <= m.first <= phrase.last + 10 and scan.low(m.first - 1) == "by"
        ),
        None,
    )
    if by is not None and (group is None or group.passive or group.form in ("done", "past")):
        return Found(id=by.force, reason=f"'by {by.printed}' tells who acts")
    if governor.role == "subject" and group is not None and group.first > phrase.last:
        return None
    first = group.first if group is not None and group.first < phrase.first else phrase.first
    if group is not None and (group.lemma in _HOSTING or _counted_by_spies(scan, group)):
        return None
    return _actor_before(scan, first, speaker)


def _counted_by_spies(scan: Scan, group: VerbGroup) -> bool:
    """Return whether somebody only counts another's soldiers: "Ukrainian intelligence counts 127,000"."""
    return scan.low(group.first - 1) == "intelligence"


def _actor_before(scan: Scan, at: int, speaker: str) -> Found | None:
    """Return the nearest force to the left that can act: a country or government not governed by "in" or "from"."""
    at = _before_joined_verb(scan, _before_aside(scan, at))
    for position in range(at - 1, max(at - 26, -1), -1):
        low = scan.low(position)
        if low in ("we", "i") and not speaker:
            return None
        if low in ("we", "i"):
            return Found(id=speaker, reason=f"{low!r} is the speaker, and the speaker's force")
        mention = scan.mention_at.get(position)
        if (
            mention is not None
            and position == mention.last - 1
            and mention.force
            and not only_place(scan, mention)
            and not _object_of(scan, mention)
        ):
            return Found(id=mention.force, reason=f"{mention.printed!r} sends, keeps or commands them", acts=True)
        if (
            low in (";", "?", "!")
            or (low in ("it", "they") and position < at - 1)
            or (low in ("it", "they") and at - position <= 1)
        ):
            return None
    return None


def _before_joined_verb(scan: Scan, at: int) -> int:
    """Return where the verb begins to which another is joined: "will command a force and contribute 500"."""
    if scan.low(at - 1) != "and":
        return at
    joined = group_left(scan, at - 2, 14)
    return joined.first if joined is not None and joined.finite else at


def _before_aside(scan: Scan, at: int) -> int:
    """Return where a relative clause before a verb begins: "France, which supports Habre, keeps"."""
    if scan.low(at - 1) != ",":
        return at
    opens = (i for i in range(at - 2, max(at - 24, -1), -1) if scan.low(i) == ",")
    return next((i for i in opens if scan.among(i + 1, "relative") or scan.low(i + 1) == "according"), at)


def _object_of(scan: Scan, mention: Mention) -> bool:
    before = scan.low(mention.first - 1)
    return before in _BEFORE_AN_OBJECT
