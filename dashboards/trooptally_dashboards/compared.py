"""What the page of compared series shows: a sentence, the chart, the legend and the table, from the ledger as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally.errors import RefusedInput
from trooptally.vocabulary import Status
from trooptally_dashboards import words
from trooptally_dashboards.adding import Adding, Pair, adding
from trooptally_dashboards.comparing import CompareQuestion, State, difference, kinds, people, state
from trooptally_dashboards.figures.comparison import comparison_figure, last_sum, marks_of
from trooptally_dashboards.figures.points import level
from trooptally_dashboards.questions import claim_link, series_link

if TYPE_CHECKING:
    from pandas import DataFrame

    from trooptally_dashboards.ledger_door import LedgerDoor

_LISTED = 400
_BECAME = {"added": "new since then", "changed": "changed since then", "gone": "no longer here"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the page shows."""

    sentence: str
    figure: dict[str, Any]
    legend: list[dict[str, Any]]
    table: dict[str, Any]
    link: str


def compared(door: LedgerDoor, question: CompareQuestion) -> Compared:
    """Return the comparison from the ledger; series that it does not know have no claims."""
    names = series_names(door, question.pairs)
    states = states_of(door, question, question.asked.known_at)
    before = states_of(door, question, question.then) if question.then else []
    sum_of = adding(
        [(one.pair, kinds(one)) for one in states],
        question.asked.component,
        question.asked.basis,
        door().names(),
    )
    changed = [difference(then, now) for then, now in zip(before, states, strict=True)] if before else []
    marks = marks_of(question.pairs)
    return Compared(
        sentence=" ".join(part for part in _said(states, sum_of, question, names, changed) if part),
        figure=comparison_figure(states, before, question, sum_of, names),
        legend=[
            {
                "name": names[one.pair],
                "colour": marks[one.pair].colour,
                "symbol": marks[one.pair].symbol,
                "claims": len(one.rows),
            }
            for one in states
        ],
        table=_table(states, before, changed, names, door),
        link=question.link(),
    )


def series_names(door: LedgerDoor, pairs: Sequence[Pair]) -> dict[Pair, str]:
    """Return the series in words."""
    forces, places = door.names("force"), door.names("place")
    return {(f, p): f"{forces.get(f, f)} in {places.get(p, p)}" for f, p in pairs}


def states_of(door: LedgerDoor, question: CompareQuestion, known_at: str) -> list[State]:
    """Return the series as they stood at an instant; one that lies ahead counts as now."""
    found: list[State] = []
    for force, place in question.pairs:
        try:
            claims = door().series(force, place, known_at=known_at or None)
        except RefusedInput:
            claims = door().series(force, place)
        found.append(state((force, place), claims, question))
    return found


def compared_frame(door: LedgerDoor, question: CompareQuestion) -> DataFrame:
    """Return the very claims that the page shows, of both states where two are shown."""
    import pandas as pd

    frames = [
        _frame(door, one, known_at)
        for known_at in dict.fromkeys((question.asked.known_at, *([question.then] if question.then else [])))
        for one in states_of(door, question, known_at)
    ]
    every = pd.concat(frames, ignore_index=True) if frames else door().claims(force="USA", place="IRQ", as_of="1700")
    return every.drop_duplicates(["claim_id", "version"], ignore_index=True)


def _frame(door: LedgerDoor, one: State, known_at: str) -> DataFrame:
    force, place = one.pair
    statuses = (Status.ACCEPTED,)
    try:
        frame = door().claims(force=force, place=place, known_at=known_at or None, rank="all", status=statuses)
    except RefusedInput:
        frame = door().claims(force=force, place=place, rank="all", status=statuses)
    return frame[frame["claim_id"].isin([one.claims.claim_id[row] for row in one.rows])]


def _said(
    states: Sequence[State],
    sum_of: Adding,
    question: CompareQuestion,
    names: Mapping[Pair, str],
    changed: Sequence[Mapping[str, str]],
) -> list[str]:
    if not states:
        return ["Choose two series or more, such as one force at several places."]
    told = [_latest(one, names[one.pair]) for one in states] if len(states) <= 4 else []  # noqa: PLR2004 - a sentence
    if question.mode == "added":
        told += _sum_said(states, sum_of)
    elif sum_of.apart:
        told += [f"Side by side, not added: {why}" for why in sum_of.apart.values()]
    return [*told, _changed_said(changed, question)]


def _latest(one: State, name: str) -> str:
    rows = [row for row in one.moments if people(one, row) is not None]
    if not rows:
        return f"{name}: no level is known."
    claims = one.claims
    last = max(
        rows,
        key=lambda row: (
            *(one.moments[row].day, claims.component[row] == "military", claims.published_on[row] or ""),
            people(one, row) or 0,
        ),
    )
    component = claims.component[last]
    of = "" if component == "military" else f" ({words.COMPONENTS[component]})"
    return f"{name}: {level(claims, last)}{of}, {words.as_of(claims.as_of[last] or one.moments[last].day)}."


def _sum_said(states: Sequence[State], sum_of: Adding) -> list[str]:
    if sum_of.refusal:
        return [sum_of.refusal]
    component, basis = sum_of.kind
    of = f"{words.COMPONENTS[component]}, {words.BASES[basis]}"
    found = last_sum(states, sum_of)
    if found is None:
        return [f"There is no day on which a level of each stands ({of}); one stands for a year at most."]
    day, levels = found
    parts = " + ".join(words.number(round(one)) for one in levels)
    said = f"On {words.as_of(day)} they add up to {words.number(round(sum(levels)))} ({parts}; {of})."
    note = "A level stands until the next one, for a year at most; bars end where one of them does."
    return [said, note, *sum_of.apart.values()]


def _changed_said(changed: Sequence[Mapping[str, str]], question: CompareQuestion) -> str:
    if not question.then:
        return ""
    many = {what: sum(own == what for one in changed for own in one.values()) for what in _BECAME}
    now = words.instant(question.asked.known_at) if question.asked.known_at else "now"
    since = f"Between {words.instant(question.then)} (rings) and {now}"
    if not any(many.values()):
        return f"{since} nothing changed."
    told = [f"{words.counted(count, 'claim')} {what}" for what, count in many.items() if count]
    return f"{since}: {words.listed(told)}."


def _table(
    states: Sequence[State],
    before: Sequence[State],
    changed: Sequence[Mapping[str, str]],
    names: Mapping[Pair, str],
    door: LedgerDoor,
) -> dict[str, Any]:
    """Return the claims of all series, the newest first, each with what became of it between the states."""
    sources = door.names("source", {origin for one in (*states, *before) for origin in one.claims.origin_id})
    told = [(one, row, changed[n] if changed else {}) for n, one in enumerate(states) for row in one.rows]
    gone = [
        (one, row, changed[n])
        for n, one in enumerate(before)
        for row in one.rows
        if changed[n].get(one.claims.claim_id[row]) == "gone"
    ]
    every = sorted([*told, *gone], key=lambda entry: entry[0].claims.as_of_latest[entry[1]] or "", reverse=True)
    headings = ["Series", "Figure", "As of", "Counts", "Said by", *(["Between the two states"] if before else [])]
    rows = [_row(one, row, became, names, sources, both=bool(before)) for one, row, became in every[:_LISTED]]
    caption = words.sentence_case(words.counted(len(every), "claim"))
    more = f", the latest {_LISTED} of them" if len(every) > _LISTED else ""
    return {"caption": f"{caption}{more}, latest first", "headings": headings, "rows": rows}


def _row(
    one: State,
    row: int,
    became: Mapping[str, str],
    names: Mapping[Pair, str],
    sources: Mapping[str, str],
    *,
    both: bool,
) -> list[Any]:
    claims = one.claims
    look = "number" if people(one, row) else "zero"
    if people(one, row) is None:
        look = "withheld" if claims.missing_reason[row] == "withheld" else "unreported"
    claim = claims.claim_id[row]
    return [
        {"text": names[one.pair], "href": series_link(*one.pair)},
        {"text": words.sentence_case(level(claims, row)), "href": claim_link(claim), "class": look},
        words.as_of(claims.as_of[row]),
        f"{words.COMPONENTS[claims.component[row]]}, {words.BASES[claims.basis[row]]}",
        sources.get(claims.origin_id[row], claims.origin_id[row]),
        *([_BECAME.get(became.get(claim, ""), "the same")] if both else []),
    ]
