"""From merged counts to drafts: report, locator, quote, attribution, as-of and qualifiers."""

from __future__ import annotations

from datetime import date

from trooptally.model import Attribution, Draft, Link, Qualifier, Report
from trooptally.reading.attribution import attributed
from trooptally.reading.components import component_of
from trooptally.reading.context import Context
from trooptally.reading.count import Count
from trooptally.reading.merging import Merged
from trooptally.reading.rows import UNSTATED
from trooptally.reading.timing import as_of
from trooptally.reading.units import qualifiers, unit_of
from trooptally.vocabulary import Measure, QualifierKind

_UNIT_REACH = 1


def draft_of(figure: Merged, context: Context, report: Report, text: str, published_on: date | None) -> Draft:
    """Return the draft of one figure of a document."""
    count = figure.best
    when, why = as_of(count.scan, count.phrase.first, count.phrase.last, count.measure, published_on)
    count.because("as_of", why)
    component, named = component_of(count.scan, count.phrase)
    if named:
        count.because("component", f"{named!r} says which part of the forces they are")
    said_by = attributed(count.scan, count.phrase.first, count.phrase.last)
    near = _near(context, count)
    quote = text[count.start : count.end].replace("\x00", " ")
    return Draft(
        report=report,
        locator=f"characters {count.start}-{count.end}",
        quote=quote,
        printed=quote,
        figure=count.number.figure,
        force=count.force or UNSTATED,
        place=count.place or UNSTATED,
        measure=count.measure,
        component=component,
        attribution=_attribution(context, report, said_by),
        as_of=when,
        unit=unit_of(near),
        qualifiers=qualifiers(near, count.measure) + _also_at(figure),
        held="" if count.force else "the text does not say whose soldiers they are",
        start=count.start,
        end=count.end,
    )


def _attribution(context: Context, report: Report, said_by: str) -> Attribution:
    if report.publisher:
        return context.names.attribution(report.publisher, said_by)
    link = context.names.source(said_by) if said_by else Link(source_id=report.source_id, printed="")
    return Attribution(links=(link,), printed=said_by)


def _near(context: Context, count: Count) -> list[str]:
    """Return the text of the sentence and, for movements, of the next."""
    reach = _UNIT_REACH if count.measure in (Measure.ROTATING, Measure.DEPLOYING) else 0
    last = min(count.sentence + reach + 1, len(context.sentences))
    spans = context.sentences[count.sentence : last]
    return [context.flat[s.start : s.end].replace("\n", " ") for s in spans]


def _also_at(figure: Merged) -> tuple[Qualifier, ...]:
    spans = sorted((other.start, other.end) for other in figure.others)
    return tuple(Qualifier(kind=QualifierKind.ALSO_AT, text=f"characters {a}-{b}") for a, b in spans)
