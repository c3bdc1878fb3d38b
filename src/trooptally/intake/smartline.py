"""One typed or pasted line, parted into the fields of the form: the claim, and behind it who published it when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import RefusedInput
from trooptally.figures import Figure, parse_figure, print_figure
from trooptally.reading import read
from trooptally.vocabulary import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.model import Draft
    from trooptally.names import Names

_WEB = re.compile(r"https?://[^\s<>\"']+")
_PART = re.compile(r"\s*[,;(\[]\s*|\s+[-\N{EN DASH}\N{EM DASH}]+\s+|(?<=[.\"\N{RIGHT DOUBLE QUOTATION MARK}])\s+")
_EDGES = " \t\n,;:.()[]-\N{EN DASH}\N{EM DASH}"
_LONGEST = 2_000
_MOST_DATE_WORDS = 4
_MOST_NAME_WORDS = 5
_LONGEST_RUN = 4
_SMALL = frozenset(
    ("of", "in", "the", "to", "for", "on", "by", "and", "a", "an", "from", "with", "into", "are", "is", "were", "was")
)
_MOVES = {
    "deploy": Measure.DEPLOYING,
    "send": Measure.DEPLOYING,
    "withdr": Measure.WITHDRAWING,
    "leav": Measure.WITHDRAWING,
    "rotat": Measure.ROTATING,
    "plan": Measure.PLANNED,
    "authori": Measure.AUTHORIZED,
    "pledg": Measure.COMMITTED,
    "commit": Measure.COMMITTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one line says.

    Attributes:
        answers: Filled fields of the form by name.
        others: Further figures in the line that these answers do not carry, as printed.
    """

    answers: dict[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def understand(line: str, names: Names) -> Understood:
    """Return the fields that a line fills; what it does not say stays out."""
    text, url = _without_address(line[:_LONGEST])
    words, publisher, published = _without_provenance(text, names)
    told = {"publisher": publisher, "published_on": published.edtf if published else "", "url": url}
    drafts = read(words, published_on=told["published_on"] or None, publisher=publisher, names=names)
    if drafts:
        chosen = min(drafts, key=lambda draft: (draft.force == "unstated") + (draft.place == "unstated"))
        others = tuple(draft.printed for draft in drafts if draft is not chosen)
        return Understood(answers=_filled(told | answers_of(chosen, names) | {"quote": words}), others=others)
    return Understood(answers=_filled(told | _terse(words, names)))


def answers_of(draft: Draft, names: Names) -> dict[str, str]:
    """Return a draft as the answers that a form would hold."""
    figure = draft.figure
    return {
        "force": name_to_type(names, "force", draft.force),
        "place": name_to_type(names, "place", draft.place),
        "measure": draft.measure.value,
        "component": draft.component.value if draft.component.value != "military" else "",
        "figure": printed_figure(draft.quote, figure) if figure else "",
        "as_of": draft.as_of.edtf if draft.as_of else "",
        "attributed_to": draft.attribution.printed,
        "unit": draft.unit,
        "basis": draft.basis.value if draft.basis.value != "unstated" else "",
        "missing_reason": draft.missing_reason.value if draft.missing_reason else "",
    }


def printed_figure(quote: str, figure: Figure) -> str:
    """Return the words of the quote that print the figure ("around 2,500"), or the figure's canonical words."""
    words = quote.split()
    for last in range(1, len(words) + 1):
        tried = " ".join(words[:last])
        try:
            if parse_figure(tried).figure == figure:
                return tried
        except RefusedInput:
            continue
    return print_figure(figure)


def name_to_type(names: Names, kind: Literal["force", "place"], identity: str) -> str:
    """Return what a person would type for a force or place; its id where the name alone means another."""
    if identity.casefold() == "unstated":
        return ""
    label = names.label(kind, identity)
    meant = names.force(label) if kind == "force" else names.place(label)
    return label if meant == identity else identity


def _filled(answers: dict[str, str]) -> dict[str, str]:
    return {name: answer for name, answer in answers.items() if answer}


def _without_address(line: str) -> tuple[str, str]:
    found = _WEB.search(line)
    if found is None:
        return line.strip(), ""
    url = found[0].rstrip(".,;)")
    return (line[: found.start()] + line[found.start() + len(url) :]).strip(_EDGES), url


def _without_provenance(text: str, names: Names) -> tuple[str, str, AsOf | None]:
    """Return the claim's words, the publisher and the day of publication behind them."""
    rest, published = _without_day(text)
    publisher_at = _publisher_at(rest, names, told=published is not None)
    if publisher_at is None:
        return text, "", None  # a day without a publisher belongs to the claim
    return rest[:publisher_at].strip(_EDGES), rest[publisher_at:].strip(_EDGES), published


def _without_day(text: str) -> tuple[str, AsOf | None]:
    words = list(re.finditer(r"\S+", text))
    for first in words[-_MOST_DATE_WORDS:]:
        try:
            return text[: first.start()], parse_as_of(text[first.start() :].strip(_EDGES))
        except RefusedInput:
            continue
    return text, None


def _publisher_at(text: str, names: Names, *, told: bool) -> int | None:
    """Return where the publisher's name begins at the end of a text: a known one, or with a day any proper name."""
    plain = text.rstrip(_EDGES)
    words = list(re.finditer(r"\S+", plain))
    for first in words[-_MOST_NAME_WORDS:]:
        name = plain[first.start() :].strip(_EDGES)
        if names.facts("source", names.source(name).source_id) and names.force(name) is None:
            return first.start()
    parts = list(_PART.finditer(plain))
    if not told or not parts:
        return None
    last = plain[parts[-1].end() :]
    proper = last[:1].isupper() and not re.search(r"\d", last) and len(last.split()) <= _MOST_NAME_WORDS
    return parts[-1].end() if proper else None


def _terse(words: str, names: Names) -> dict[str, str]:
    """Return what a line of catchwords says ("USA IRQ 2,500 present 2021-09")."""
    found: dict[str, str] = {}
    run = words.split()
    while run:
        size, name, answer = _longest(run, found, names)
        if name:
            found[name] = answer
        run = run[size:]
    if {"force", "place", "figure"} & found.keys():
        found.setdefault("measure", Measure.PRESENT.value)
    return found


def _longest(run: list[str], found: dict[str, str], names: Names) -> tuple[int, str, str]:
    """Return how many of the first words mean something together, which field they fill, and with what."""
    for size in range(min(_LONGEST_RUN, len(run)), 0, -1):
        if run[0].casefold() in _SMALL or run[size - 1].casefold() in _SMALL:
            continue
        for name, said in _tries(" ".join(run[:size]).strip(_EDGES), found, names):
            if said and name not in found:
                return size, name, said
    return 1, "", ""


def _tries(text: str, found: dict[str, str], names: Names) -> Iterator[tuple[str, str]]:
    lower = text.casefold().replace(" ", "_")
    moves = (measure.value for stem, measure in _MOVES.items() if "_" not in lower and lower.startswith(stem))
    yield "measure", lower if lower in list(Measure) else next(moves, "")
    if "figure" not in found and re.search(r"\d|\b(?:dozens|hundreds|thousands)\b", text) and not _is_day(text):
        yield "figure", _figure(text)
    if re.search(r"\d", text):
        yield "as_of", _day(text)
    if "force" not in found:
        yield "force", text if names.force(text) else ""
    else:
        yield "place", text if names.place(text) else ""


def _is_day(text: str) -> bool:
    return "-" in text and bool(_day(text))


def _day(text: str) -> str:
    try:
        return parse_as_of(text).edtf
    except RefusedInput:
        return ""


def _figure(text: str) -> str:
    try:
        figure = parse_figure(text).figure
    except RefusedInput:
        return ""
    return text if printed_figure(text, figure) == text else ""
