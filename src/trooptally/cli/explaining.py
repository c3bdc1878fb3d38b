"""Why each number of a text was taken as it was, or refused, told to people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from trooptally.cli.shown import calm

if TYPE_CHECKING:
    from trooptally.importing.article import Article
    from trooptally.model import Draft
    from trooptally.names import Names
    from trooptally.reading import Explanation

_STEPS = {
    "counted": "people",
    "force": "whose",
    "place": "where",
    "measure": "coming, going or there",
    "component": "which part",
    "as_of": "when",
    "refused": "left out",
}
_IN_WORDS = {
    "present": "so many are in {place}",
    "deploying": "so many go to {place}, on top of those who are there",
    "withdrawing": "so many leave {place}",
    "rotating": "so many come to {place} to relieve others, and the number there stays as it is",
    "planned": "so many are planned, proposed or expected for {place}; it is not decided or not yet so",
    "committed": "so many are promised or held ready for {place} and not yet sent",
    "authorized": "so many at most are allowed in {place}",
    "other_strength": "the whole force is of this size, wherever it stands",
}
_AROUND = 60


def print_explanations(article: Article) -> None:
    """Print every number that could be a force figure, where it stands, and what was made of it and why."""
    from trooptally.names import Names
    from trooptally.reading import explain

    names = Names.shipped()
    explanations = explain(
        article.text,
        published_on=article.published_on or None,
        publisher=article.publisher,
        title=article.title,
        url=article.url,
        names=names,
    )
    taken = [(each, each.draft) for each in explanations if each.draft]
    refused = [each for each in explanations if not each.draft]
    click.echo(f"{_numbers(len(taken))} taken as a draft, {_numbers(len(refused))} left out.")
    for each, draft in taken:
        _print_taken(each, draft, article.text, names)
    if refused:
        click.echo("\nLeft out:")
    for each in refused:
        click.echo(f"  {_in_context(each, article.text)}")
        for _, sentence in each.steps[-1:]:
            click.echo(f"    because: {calm(sentence)}")


def _print_taken(explanation: Explanation, draft: Draft, text: str, names: Names) -> None:
    click.echo(f"\n{_in_context(explanation, text)}")
    click.echo(f"  {_reading(draft, names)}")
    place = names.label("place", draft.place) if draft.place != "unstated" else "a place that the text does not name"
    click.echo(f"    that is: {_IN_WORDS[draft.measure.value].format(place=place)}")
    for stage, sentence in explanation.steps:
        click.echo(f"    {_STEPS.get(stage, stage)}: {calm(sentence)}")
    if draft.attribution.printed:
        click.echo(f"    said by: {calm(draft.attribution.printed)}")


def _reading(draft: Draft, names: Names) -> str:
    """Return one draft as a line: what was understood."""
    from trooptally.figures import print_figure

    figure = print_figure(draft.figure) if draft.figure else "no number"
    parts = [
        figure,
        draft.measure.value.replace("_", " "),
        f"{_named('force', draft.force, names)} in {_named('place', draft.place, names)}",
    ]
    if draft.as_of:
        parts.append(f"as of {draft.as_of.edtf}")
    return ", ".join(parts)


def _named(kind: Literal["force", "place"], id_: str, names: Names) -> str:
    return "(not stated)" if id_ == "unstated" else names.label(kind, id_)


def _in_context(explanation: Explanation, text: str) -> str:
    """Return the quote in brackets among the words around it."""
    before = text[max(0, explanation.start - _AROUND) : explanation.start]
    after = text[explanation.end : explanation.end + _AROUND]
    # Whole words only: the cut ones at the edges are left away.
    before = before.partition(" ")[2] if explanation.start > _AROUND else before
    after = after.rpartition(" ")[0] if len(after) == _AROUND else after
    return calm(f"... {before}[{explanation.quote}]{after} ...")


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count:,} numbers"
