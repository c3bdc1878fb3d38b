"""The public door: a text in, drafts or their explanations out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trooptally.dates import parse_as_of
from trooptally.model import Draft, Report
from trooptally.names import Names
from trooptally.reading.context import Context
from trooptally.reading.count import Count
from trooptally.reading.drafting import draft_of
from trooptally.reading.gazetteer import Gazetteer
from trooptally.reading.lexicon import Lexicon
from trooptally.reading.merging import Merged, merged
from trooptally.reading.prefilter import spots
from trooptally.reading.reader import Reading, read_counts
from trooptally.reading.sentences import plain, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a number became a draft, or why it was refused.

    Attributes:
        quote, start, end: The words of the text.
        draft: The draft, or None where the number was refused.
        steps: What each stage found and why, as (stage, sentence) pairs.
    """

    quote: str
    start: int
    end: int
    draft: Draft | None
    steps: tuple[tuple[str, str], ...]


def read(
    text: str,
    *,
    published_on: str | None = None,
    publisher: str = "",
    title: str = "",
    url: str = "",
    names: Names | None = None,
) -> list[Draft]:
    """Return the force figures that a text reports, each once, as drafts for a person to confirm.

    Args:
        text: Prose; offsets of the drafts are characters of it.
        published_on: EDTF date of publication; relative dates are told from it, and levels are as of it.
        publisher: Who published it, as printed; tells whose "we" is meant and opens the attribution.
        title: The headline, where the text does not contain it.
        url: Where it was published.
        names: The names to read by; those that ship where none are given.

    Raises:
        BadDate: `published_on` is no date.
    """
    work = _Work.of(text, published_on, publisher, title, url, names)
    return [draft for _, draft in work.drafts()]


def explain(
    text: str,
    *,
    published_on: str | None = None,
    publisher: str = "",
    title: str = "",
    url: str = "",
    names: Names | None = None,
) -> list[Explanation]:
    """Return, for every number that could be a force figure, what was made of it and why, in the order of the text."""
    work = _Work.of(text, published_on, publisher, title, url, names)
    told = [_told(figure.best, text, draft) for figure, draft in work.drafts()]
    told += [_told(count, text, None) for count in work.reading.refused]
    return sorted(told, key=lambda explanation: explanation.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One document between door and stages."""

    text: str
    context: Context
    report: Report
    reading: Reading
    day: date | None

    @classmethod
    def of(
        cls, text: str, published_on: str | None, publisher: str, title: str, url: str, names: Names | None
    ) -> _Work:
        names = names or Names.shipped()
        published = parse_as_of(published_on) if published_on else None
        flat = plain(text)
        soldiers = spots(flat, title)
        context = Context(
            flat=flat, sentences=list(sentences(flat)) if soldiers.starts else [], soldiers=soldiers,
            title=title, publisher=publisher,
            lexicon=Lexicon.shipped(), gazetteer=Gazetteer.knowing(names), names=names,
        )  # fmt: skip
        report = Report(
            source_id=names.source(publisher).source_id, publisher=publisher, title=title, url=url,
            published_on=published.edtf if published else None,
            published_earliest=published.earliest.isoformat() if published else None,
            published_latest=published.latest.isoformat() if published else None,
        )  # fmt: skip
        day = published.latest if published else None
        reading = read_counts(context, day.year if day else None)
        return cls(text=text, context=context, report=report, reading=reading, day=day)

    def drafts(self) -> list[tuple[Merged, Draft]]:
        """Return the figures with their drafts."""
        figures = merged(self.reading.counts)
        return [(figure, draft_of(figure, self.context, self.report, self.text, self.day)) for figure in figures]


def _told(count: Count, text: str, draft: Draft | None) -> Explanation:
    steps = list(count.reasons)
    if count.refused:
        steps.append(("refused", count.refused))
    return Explanation(
        quote=text[count.start : count.end], start=count.start, end=count.end, draft=draft, steps=tuple(steps)
    )
