# ruff: noqa: PLR2004 -- each return is one rule; distances are counted in words
"""The stages in their order: sentences, numbers, nouns, clauses, refusals, force, place, measure, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trooptally.reading.clause import Clause
from trooptally.reading.clauses import governor
from trooptally.reading.context import Context
from trooptally.reading.count import Count
from trooptally.reading.counting import counts_soldiers
from trooptally.reading.ellipsis import restored
from trooptally.reading.forces import force_beside, force_of_sentence, force_of_title, mover_of
from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import words
from trooptally.reading.measures import measure_of
from trooptally.reading.nouns import Counted, Kind, counted
from trooptally.reading.places import place_beside, place_helped, place_pointed_at
from trooptally.reading.predicates import Governor
from trooptally.reading.prefilter import has_number
from trooptally.reading.refusals import not_a_count, refusal
from trooptally.reading.scan import Scan
from trooptally.reading.units import relieving_words
from trooptally.reading.verbs import groups
from trooptally.vocabulary import Measure

_SPANS = words(
    "year years month months week weeks day days hour hours minute minutes mile miles km kilometers"
    " kilometres percent countries nations battalions brigades divisions provinces states"
)
_MOST_NUMBERS = 60
_TABLE = f"more than {_MOST_NUMBERS} numbers without a full stop: a table, not prose"
_ALPHA_3 = 3
_RELIEF_REACH = 4
_BOTH_WAYS = words("cut cuts return movement transfer increase exit rise")
_HOMEWARD = words("withdraw withdraws withdrawing withdrawn pullout homeward leaving")
_TOLL_REACH = 7
_FEW_UNITS = 1_000
_NUMBERING = words("number numbers numbered total totals totaling totalling")
_OWN_SOIL = words("border borders frontier soil territory capital coast")
_MANY_MEN = 40
_SURE_SOLDIERS = words("men personnel advisers advisors effectives instructors trainers")
_TOLD_REACH = 3
_FAR_REACH = 6


_DEFINITE = words("the these those its their our his")
_OF_SEVERAL_COUNTRIES = words("foreign international allied multinational western")
_ROLES_SHARING_A_PLACE = words("and part whole to from object size")
_DOMESTIC = words("border capital streets homeland nationwide airports flood earthquake wildfires hurricane unrest")


@dataclass(slots=True, kw_only=True)
class Reading:
    """The counts of a document in the making; `year` is the year of publication."""

    context: Context
    year: int | None
    counts: list[Count] = field(default_factory=list)
    refused: list[Count] = field(default_factory=list)
    last_told: int = -10


def read_counts(context: Context, year: int | None) -> Reading:
    """Return all counts of a document, accepted and refused, in the order of the text."""
    reading = Reading(context=context, year=year)
    for index, sentence in enumerate(context.sentences):
        if context.soldiers.near(sentence.start, sentence.end) and has_number(
            context.flat, sentence.start, sentence.end
        ):
            _read_sentence(reading, index)
    for count in reading.counts:
        _relieve(reading, count)
    return reading


def _read_sentence(reading: Reading, index: int) -> None:
    scan = reading.context.scan(index)
    if len(scan.numbers) > _MOST_NUMBERS:
        number = scan.numbers[0]
        _refuse(reading, index, scan, number, counted(scan, number), Governor(role="bare"), _TABLE)
        return
    before: Count | None = None
    counts_others = counts_units = ""
    for number in scan.numbers:
        phrase = counted(scan, number)
        if reason := not_a_count(scan, number, phrase) or _goes_on_losing(scan, reading, phrase, index):
            _refuse(reading, index, scan, number, phrase, Governor(role="bare"), reason)
            continue
        goes_on = counts_units and number.size < _FEW_UNITS and scan.low(number.first - 1) in ("from", "of", ",")
        if phrase.kind is Kind.NOTHING and goes_on:
            _refuse(
                reading, index, scan, number, phrase, Governor(role="bare"), f"it goes on counting {counts_units!r}"
            )
            continue
        numbered = scan.low(number.first - 1) in _NUMBERING
        if phrase.kind is Kind.NOTHING and counts_others and before is None and not numbered:
            _refuse(
                reading, index, scan, number, phrase, Governor(role="bare"), f"it goes on counting {counts_others!r}"
            )
            continue
        count = _judged(reading, index, scan, number, phrase, before)
        if phrase.kind is Kind.OTHER and phrase.noun not in _SPANS:
            counts_others = phrase.noun
        if phrase.kind is not Kind.NOTHING:
            counts_units = phrase.noun if scan.noun(phrase.head, "formation") and phrase.kind is Kind.OTHER else ""
        if count is not None:
            before = count
            reading.counts.append(count)
            reading.last_told = index


def _goes_on_losing(scan: Scan, reading: Reading, phrase: Counted, index: int) -> str:
    """Return why a count goes on with a toll: "the death of 64 soldiers and over 100 fighters"."""
    last = reading.refused[-1] if reading.refused else None
    if last is None or last.sentence != index or "losses" not in last.refused:
        return ""
    between = scan.lows[last.phrase.last : phrase.first]
    joined = bool(between) and between[-1] in ("and", ",", "or", "plus", "including") and len(between) <= _TOLL_REACH
    if not joined or any(group.finite for group in groups(scan, last.phrase.last, phrase.last + 2)):
        return ""
    return f"it goes on with what was refused before it: {last.refused}"


def _refuse(
    reading: Reading, index: int, scan: Scan, number: Number, phrase: Counted, governs: Governor, reason: str
) -> None:
    count = Count(scan=scan, sentence=index, number=number, phrase=phrase, governor=governs, refused=reason)
    reading.refused.append(count)


def _judged(
    reading: Reading, index: int, scan: Scan, number: Number, phrase: Counted, before: Count | None
) -> Count | None:
    """Return the count with everything known about it, or note why it was refused."""
    governs = governor(scan, phrase, before.phrase if before else None)
    gap = index - reading.last_told
    there = scan.low(phrase.first - 2) == "there" and reading.context.military
    told = before is not None or gap <= _TOLD_REACH or (there and gap <= _FAR_REACH)
    earlier = reading.context.words_before(index)
    why = counts_soldiers(scan, number, phrase, governs, told=told, earlier=earlier, speaker=reading.context.speaker)
    if why.startswith("!") and phrase.noun in _SURE_SOLDIERS and number.size >= _MANY_MEN and reading.context.military:
        why = f"{phrase.noun!r} in a text about soldiers are soldiers"
    if why.startswith("!"):
        _refuse(reading, index, scan, number, phrase, governs, why[1:])
        return None
    reason = refusal(
        scan, number, phrase, governs, year=reading.year, told_year=lambda: reading.context.told_year(index)
    )
    if reason:
        _refuse(reading, index, scan, number, phrase, governs, reason)
        return None
    if phrase.kind is Kind.NOTHING:
        number = restored(number, scan.numbers)
    count = Count(scan=scan, sentence=index, number=number, phrase=phrase, governor=governs)
    count.headline = index == 0 and _is_heading(reading.context, index)
    count.definite = scan.low(phrase.first - 1) in _DEFINITE
    count.named = any(phrase.first <= m.first < phrase.last and m.force for m in scan.mentions)
    count.because("counted", why)
    _settle(reading, count, before)
    return count


def _is_heading(context: Context, index: int) -> bool:
    sentence = context.sentences[index]
    return context.flat[sentence.end - 1 : sentence.end] not in ".!?\"'" and len(context.sentences) > 1


def _settle(reading: Reading, count: Count, before: Count | None) -> None:
    """Find force, place and measure, each from the clause first and from the context then."""
    _find_force(reading, count, before)
    count.force = _era(reading, count.force)
    _find_place(reading, count, before)
    count.place = _known_place(reading, count.place)
    _find_measure(reading, count, before)
    _leave_from(reading, count)
    if count.measure is Measure.OTHER_STRENGTH and not count.place_told:
        count.place = _homeland(reading.context, count.force) or count.place
        count.because("place", "the size of a whole force: its own country")


def _known_place(reading: Reading, place: str) -> str:
    """Return a place that the code lists carry: a border without an entry is told as its country."""
    names = reading.context.names
    if place.endswith("-BORDER") and not names.facts("place", place):
        return place.removesuffix("-BORDER")
    return place if place == "RUS" else _era(reading, place)


def _era(reading: Reading, id_: str) -> str:
    """Return the state of an id in the year of publication."""
    return reading.context.lexicon.in_era(id_, reading.year)


def _find_force(reading: Reading, count: Count, before: Count | None) -> None:
    scan, context = count.scan, reading.context
    found = force_beside(scan, count.phrase, count.number.last, count.governor, context.speaker)
    if found and count.phrase.noun in scan.lexicon.lists["rebels"] and found.acts and not _is_group(context, found.id):
        found = None
    if found and found.acts and before is not None and count.phrase.head < 0 and before.force:
        between = range(before.phrase.last, count.phrase.first)
        found = found if any(m.first in between and m.force and not m.people for m in scan.mentions) else None
    if found:
        count.force, count.force_told = found.id, True
        count.because("force", found.reason)
        return
    if count.phrase.noun in scan.lexicon.lists["rebels"]:
        _find_group(reading, count)
        return
    if before is not None and before.force:
        count.force = before.force
        count.because("force", "the figure before it in the sentence is of the same force")
        return
    candidates = _likely_forces(reading, count)
    beside = place_beside(scan, count.phrase, count.governor)
    candidates.sort(key=lambda pair: beside is not None and pair[0] == beside.id)
    for id_, reason in candidates:
        if id_ and not _is_group(context, id_):
            count.force = id_
            count.because("force", reason)
            return
    count.because("force", "the text names no force")


def _likely_forces(reading: Reading, count: Count) -> list[tuple[str, str]]:
    """Return the forces that it can be by the sentence and the text around it, likeliest first, each with a reason."""
    scan, context = count.scan, reading.context
    named = force_of_sentence(scan, count.phrase)
    earlier = reading.counts[-1].force if reading.counts and count.sentence - reading.counts[-1].sentence <= 2 else ""
    title = force_of_title(context.title_scan)
    candidates = [
        (named.id if named else "", named.reason if named else ""),
        (earlier, "the figure told just before is of the same force"),
        (context.force_before(count.sentence, ""), "the sentences before speak of it"),
        (context.speaker, "it is the speaker's own"),
        (title.id if title else "", "the title names it"),
        (context.home if scan.has("own") else "", "it is told of the country where it was published"),
        (context.focus_force, "the text speaks of it most"),
        (context.any_force(count.sentence), "it is the only one that the text names"),
    ]
    if _OF_SEVERAL_COUNTRIES & set(scan.lows[count.phrase.first : count.phrase.last]):
        candidates.insert(0, ("COALITION", "soldiers of several countries"))
    if scan.words & {"our", "we", "us"} and context.speaker:
        candidates.insert(0, (context.speaker, "it is the speaker's own"))
    if not named and count.phrase.head >= 0 and scan.tokens[count.phrase.head].text == "Marines":
        candidates.insert(0, ("USA", "Marines with a capital are those of the United States"))
    return candidates


def _find_group(reading: Reading, count: Count) -> None:
    """Give rebels without a name the armed group that the text named last; never the state they fight."""
    for index in range(count.sentence, max(count.sentence - 5, -1), -1):
        scan = reading.context.scan(index)
        named = [m for m in scan.mentions if "group" in m.kinds]
        if named:
            count.force = next(id_ for kind, id_ in named[-1].readings if kind == "group")
            count.because("force", f"the text named {named[-1].printed!r} before")
            return
    count.because("force", "the text does not name the armed group")


def _find_place(reading: Reading, count: Count, before: Count | None) -> None:
    scan, context = count.scan, reading.context
    found = place_beside(scan, count.phrase, count.governor)
    if found:
        count.place, count.place_told = found.id, True
        count.because("place", found.reason)
        return
    if before is not None and before.place and count.governor.role in _ROLES_SHARING_A_PLACE:
        count.place = before.place
        count.because("place", "the figure before it in the sentence is at the same place")
        return
    if mission := _mission_place(reading, count):
        count.place = mission
        count.because("place", "the mission named is there")
        return
    if _on_own_soil(count):
        count.place, count.place_told = count.force, True
        count.because("place", "they stand on their own border or soil")
        return
    helped = place_helped(scan, count.phrase)
    listed = count.governor.role == "list"
    pointed = place_pointed_at(scan, count.phrase)
    last = reading.counts[-1] if reading.counts and count.sentence - reading.counts[-1].sentence <= 2 else None
    at_home = last is not None and last.place == last.force != count.force
    earlier = last.place if last is not None and not at_home else ""
    for id_, reason in (
        (context.title_goal(count.force) if pointed else "", "the clause points to the place of the title"),
        (
            context.place_before(count.sentence, count.force, pointed=True) if pointed else "",
            "the clause points back to it",
        ),
        (context.place_in(scan, count.phrase.first, count.force), "the sentence speaks of it before"),
        (context.own_town(scan, count.force), "the sentence speaks of a town of their own country"),
        (context.title_goal(count.force), "the title says that they go there"),
        (earlier, "the figure told just before is at the same place"),
        (context.place_before(count.sentence - listed, count.force), "the sentences before speak of it"),
        (helped.id if helped else "", "they help its forces"),
        (context.focus_place(count.force), "title and opening speak of it"),
        (
            "" if pointed or listed else context.place_near(count.sentence, count.force),
            "it is the other country that the text names",
        ),
        (
            count.force if (pointed and not listed) or _at_home(context, count) else "",
            "it is told of their own country",
        ),
        (
            context.own_town(context.title_scan, count.force, leaving=True),
            "the title speaks of a part of their own country",
        ),
        (context.dateline if context.dateline != count.force else "", "the report was written there"),
    ):
        if id_:
            count.place = id_
            count.because("place", reason)
            return
    count.because("place", "the text names no place")


def _on_own_soil(count: Count) -> bool:
    """Return whether the words behind say "on its northern border", "on its own soil"."""
    lows = count.scan.lows[count.phrase.last : count.phrase.last + 6]
    owned = any(low in ("its", "their") and not _OWN_SOIL.isdisjoint(lows[at:]) for at, low in enumerate(lows))
    return owned and len(count.force) == _ALPHA_3


def _mission_place(reading: Reading, count: Count) -> str:
    """Return the place of a mission that the clause names: AMISOM is in Somalia, KFOR in Kosovo."""
    for mention in count.scan.mentions:
        if "government" in mention.kinds and abs(mention.first - count.phrase.last) < 14:
            mission = reading.context.names.force(mention.printed)
            facts = reading.context.names.facts("force", mission) if mission else {}
            if facts.get("kind") == "mission" and facts.get("place_id"):
                place = reading.context.names.country(facts["place_id"])
                return place if len(place) == _ALPHA_3 else ""
    return ""


def _at_home(context: Context, count: Count) -> bool:
    """Return whether soldiers are at home: a border, the streets or a disaster without another country's name."""
    if len(count.force) != _ALPHA_3:
        return False
    return not _DOMESTIC.isdisjoint(count.scan.words | context.title_scan.words)


def _find_measure(reading: Reading, count: Count, before: Count | None) -> None:
    last = reading.counts[-1] if reading.counts else None
    mover = mover_of(count.scan, count.governor.group, reading.context.speaker)
    clause = Clause(
        homeward=_homeward(reading, count),
        scan=count.scan, phrase=count.phrase, governor=count.governor, mover=mover,
        force=count.force, place=count.place,
        armed_group=_is_group(reading.context, count.force), before=before.measure if before else None,
        last=last.measure if last and count.sentence - last.sentence <= 1 else None,
    )  # fmt: skip
    verdict = measure_of(clause)
    count.measure = verdict.measure
    count.because("measure", verdict.reason)


def _leave_from(reading: Reading, count: Count) -> None:
    """Place those who come home where they come from: "returned to Beijing from Cambodia"."""
    if count.measure is not Measure.WITHDRAWING or count.place != count.force or not count.place:
        return
    named = [m for m in count.scan.mentions if m.place and m.place != count.force and not m.people]
    origin = next((m.place for m in named if count.scan.low(m.first - 1) == "from"), "")
    origin = origin or reading.context.place_before(count.sentence, count.force)
    if origin:
        count.place = origin
        count.because("place", "they come home from there")


def _homeland(context: Context, force: str) -> str:
    """Return the country of a state's or a group's own, or nothing for alliances."""
    facts = context.names.facts("force", force) if force else {}
    if len(force) == _ALPHA_3 and facts.get("kind") != "group":
        return force
    home = context.names.country(facts.get("place_id") or "")
    return home if len(home) == _ALPHA_3 else ""


def _homeward(reading: Reading, count: Count) -> bool:
    """Return whether title or the sentence before speak of a withdrawal, so that who "goes" now goes home."""
    context = reading.context
    acts = context.lexicon.acts
    near = context.words_before(count.sentence) | (context.title_scan.words if count.sentence <= 1 else frozenset())
    kinds = [acts[word] for word in near if word in acts and word not in _BOTH_WAYS]
    leaves = any("leave" in kind for kind in kinds) or not near.isdisjoint(_HOMEWARD)
    return leaves and not any("enter" in kind for kind in kinds)


def _is_group(context: Context, force: str) -> bool:
    return bool(force) and context.names.facts("force", force).get("kind") == "group"


def _relieve(reading: Reading, count: Count) -> None:
    """Turn a deployment into a rotation where a sentence near by says that the same soldiers relieve others."""
    if count.measure is not Measure.DEPLOYING:
        return
    for index in _neighbours(reading, count):
        words = relieving_words(reading.context.scan(index))
        if words:
            count.measure = Measure.ROTATING
            count.because("measure", f"another sentence says that they relieve others: {words!r}")
            return


def _neighbours(reading: Reading, count: Count) -> Iterator[int]:
    last = min(len(reading.context.sentences), count.sentence + 1 + _RELIEF_REACH)
    yield from range(count.sentence + 1, last)
