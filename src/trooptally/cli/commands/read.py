"""Read prose, a web page, a PDF or a Word file into drafts, recording nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.model import Draft


@click.command
@click.argument("path", metavar="PATH|-", required=False)
@click.option("--jsonl", metavar="FILE", help="Many documents: doc_id, text, published_on, publisher a line.")
@click.option("--published-on", metavar="DATE", default="", help="When the text was published.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--url", default="", help="Its web address.")
@click.option("--title", default="", help="Its headline.")
@click.option("--explain", is_flag=True, help="Say of each number why it was taken as it was, or refused.")
@options.as_json
def command(
    path: str | None, *, jsonl: str | None, published_on: str, publisher: str, url: str, title: str,
    explain: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read prose into drafts: one for each figure of a force at a place. Nothing is recorded.

    The text may be plain, a web page, a PDF or a Word file; what a page says of its own title, publisher and day
    counts where you say nothing. With --jsonl, each draft carries the doc_id of its document; the output is JSON, one
    object a line.
    """
    if bool(path) == bool(jsonl) or (explain and (jsonl or as_json)):
        raise click.UsageError("Name one text (or - for the standard input), or --jsonl FILE; --explain is for people.")
    if jsonl:
        _print_lines(_read_many(jsonl))
        return
    from trooptally.importing import Document
    from trooptally.importing.article import article_of

    found = article_of(Document.at(path or "-"))
    article = found.told(title=title, publisher=publisher, published_on=published_on, url=url)
    if explain:
        from trooptally.cli.explaining import print_explanations

        print_explanations(article)
        return
    from trooptally.reading import read

    drafts = read(
        article.text,
        published_on=article.published_on or None,
        publisher=article.publisher,
        title=article.title,
        url=article.url,
    )
    if as_json:
        _print_lines(draft_as_json(draft) for draft in drafts)
    else:
        _print_table(drafts)


def draft_as_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as one JSON object: the contract's fields and what people ask for beside them."""
    from trooptally.reading import as_row

    as_of = draft.as_of
    return as_row(draft) | {
        "as_of_earliest": as_of.earliest.isoformat() if as_of else None,
        "as_of_latest": as_of.latest.isoformat() if as_of else None,
        "printed": draft.printed,
        "basis": draft.basis.value,
        "held": draft.held,
        "qualifiers": [{"kind": q.kind.value, "text": q.text} for q in draft.qualifiers],
        "claim_id": draft.claim_id,
    }


def _read_many(path: str) -> Iterator[dict[str, Any]]:
    from io import BytesIO

    from trooptally.importing import Document
    from trooptally.names import Names
    from trooptally.reading import read_lines

    document = Document.at(path)
    yield from read_lines(BytesIO(document.content), names=Names.shipped(), row=draft_as_json, source=document.name)


def _print_lines(objects: Iterator[dict[str, Any]]) -> None:
    import orjson

    for each in objects:
        sys.stdout.write(orjson.dumps(each).decode() + "\n")


def _print_table(drafts: list[Draft]) -> None:
    from trooptally.cli.shown import print_table

    if not drafts:
        click.echo("No figure of a force at a place was found.")
        return
    header = ("figure", "measure", "force", "place", "as of", "attributed to", "unit", "quote")
    rows = [
        (
            draft.printed,
            draft.measure.value,
            draft.force,
            draft.place,
            draft.as_of.edtf if draft.as_of else "",
            draft.attribution.printed,
            draft.unit,
            draft.quote,
        )
        for draft in drafts
    ]
    print_table(header, rows)
