"""A pasted article: the reader's proposals in it, and claims that a person makes from its very words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trooptally.errors import RefusedInput
from trooptally.figures import Figure
from trooptally.importing import Document, Extract
from trooptally.importing.article import article_of
from trooptally.importing.document import Particulars
from trooptally.importing.webpage import is_web_page, page_of
from trooptally.intake.smartline import name_to_type, printed_figure
from trooptally.intake.taking import Checked, check
from trooptally.model import DraftTable, claim_id
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from trooptally.names import Names

MOST_CHARACTERS = 200_000
_SPAN = re.compile(r"characters (\d+)-(\d+)\Z")
_FROM_FORM = (
    *("force", "place", "measure", "component", "basis", "low", "point", "high", "hedge", "missing_reason"),
    *("as_of", "as_of_earliest", "as_of_latest", "unit", "note", "held"),
)
# A person has looked at the words: what the reader was unsure of no longer holds the claim.
_DECIDED = {"held": [""]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One figure that the reader found.

    Attributes:
        start: First character of its words in the text.
        end: One past the last.
        answers: What the form would hold.
        remarks: Why a person should look twice.
    """

    claim_id: str
    start: int
    end: int
    quote: str
    answers: dict[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with its proposals.

    Attributes:
        text: As read; offsets are characters of it.
        title: Its headline, if it has one.
        left_out: Spans with a number that became no proposal, with the reason.
    """

    text: str
    title: str
    checked: Checked
    proposals: tuple[Proposal, ...] = ()
    left_out: tuple[tuple[int, int, str], ...] = field(default=())


def words_of(document: Document) -> tuple[str, Particulars]:
    """Return the words of a document (text, web page, PDF, Word file) and what it and the person say of it.

    Raises:
        UnreadableDocument: it is damaged, protected, empty, or no text.
        RefusedInput: it is longer than any article.
    """
    said = document.particulars
    found = article_of(document).told(
        title=said.title, publisher=said.publisher, published_on=said.published_on, url=said.url
    )
    text, _ = _readable(found.text)
    told = Particulars(
        publisher=found.publisher, published_on=found.published_on, url=found.url or said.url, title=found.title
    )
    return text, told


def propose(text: str, told: Particulars, names: Names) -> Article:
    """Return the text with everything in it that may be a claim, in the order of the text.

    Raises:
        RefusedInput: it is empty or longer than any article, or the day of publication is none.
    """
    plain, title = _readable(text)
    told = replace(told, title=told.title or title)
    checked = check(Document(name="the article", content=plain.encode(), particulars=told), names, importer="prose")
    extract = checked.extract
    proposals = [_proposal(extract, row, names) for row in range(len(extract.drafts))]
    taken = {(one.start, one.end) for one in proposals}
    spans = [(*_span(issue.locator), issue.message) for issue in extract.issues if _SPAN.match(issue.locator)]
    return Article(
        text=plain,
        title=told.title or (extract.reports[0].title if extract.reports else ""),
        checked=checked,
        proposals=tuple(sorted(proposals, key=lambda one: (one.start, one.end))),
        left_out=tuple(sorted({span for span in spans if span[:2] not in taken})),
    )


def claim_in(article: Article, start: int, end: int, form: DraftTable, names: Names, *, speaker: str) -> Checked:
    """Return the claim that a person makes of the words between two offsets, with the fields of a checked form.

    The report, the place in it and the words are the article's; where the reader proposed the same words, what it
    found beside them (qualifiers) is kept, and the claim has the same id as if the article had been imported.

    Raises:
        RefusedInput: the words lie outside the text or do not print the figure.
    """
    quote = article.text[start:end]
    if not quote.strip() or not 0 <= start < end <= len(article.text):
        raise RefusedInput("The words of the figure were not found in the text; select them again.")
    extract = article.checked.extract
    report, locator = extract.reports[0], f"characters {start}-{end}"
    found = [row for row in range(len(extract.drafts)) if extract.drafts.locator[row] == locator]
    identity = claim_id(report.report_id, locator, quote)
    columns = {name: getattr(form, name) for name in _FROM_FORM} | _DECIDED
    drafts = DraftTable(
        claim_id=[extract.drafts.claim_id[found[0]] if found else identity],
        report_id=[report.report_id],
        locator=[locator],
        quote=[quote],
        printed=[quote],
        attribution=[names.attribution(report.publisher, speaker)],
        qualifiers=[extract.drafts.qualifiers[found[0]] if found else ()],
        **columns,
    )
    issues = [issue for issue in extract.issues if issue.claim_id == drafts.claim_id[0]]
    made = Extract(reports=[report], drafts=drafts, issues=issues, unit="figure", seen=1, trusted=True)
    return replace(article.checked, extract=made)


def only(article: Article, claim_ids: set[str]) -> Checked:
    """Return the article's proposals of those ids, to be kept as drafts."""
    extract = article.checked.extract
    rows = [row for row, each in enumerate(extract.drafts.claim_id) if each in claim_ids]
    issues = [issue for issue in extract.issues if issue.claim_id in claim_ids]
    drafts = extract.drafts.take(rows)
    return replace(
        article.checked,
        extract=Extract(reports=extract.reports, drafts=drafts, issues=issues, unit="figure", seen=len(rows)),
    )


def _readable(text: str) -> tuple[str, str]:
    if not text.strip():
        raise RefusedInput("There is nothing to read: paste the words of an article.")
    if len(text) > MOST_CHARACTERS:
        raise RefusedInput(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read here, "
            "longer ones with 'trooptally import'."
        )
    if is_web_page(text):
        page = page_of(text)
        return page.text, page.title
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "), ""


def _span(locator: str) -> tuple[int, int]:
    found = _SPAN.match(locator)
    return (int(found[1]), int(found[2])) if found else (-1, -1)


def _proposal(extract: Extract, row: int, names: Names) -> Proposal:
    drafts = extract.drafts
    start, end = _span(drafts.locator[row])
    identity = drafts.claim_id[row]
    said = [issue.message for issue in extract.issues if issue.claim_id == identity]
    said += [drafts.held[row]] if drafts.held[row] else []
    return Proposal(
        claim_id=identity,
        start=start,
        end=end,
        quote=drafts.quote[row],
        answers=answers_in(drafts, row, names),
        remarks=tuple(dict.fromkeys(said)),
    )


def answers_in(drafts: DraftTable, row: int, names: Names) -> dict[str, str]:
    """Return one row as the answers that a form would hold; empty ones are left out."""
    hedge = drafts.hedge[row]
    figure = ""
    if hedge is not None:
        stated = Figure(low=drafts.low[row], point=drafts.point[row], high=drafts.high[row], hedge=Hedge(hedge))
        figure = printed_figure(drafts.printed[row], stated)
    component, basis = drafts.component[row], drafts.basis[row]
    answers = {
        "force": name_to_type(names, "force", drafts.force[row]),
        "place": name_to_type(names, "place", drafts.place[row]),
        "measure": drafts.measure[row],
        "component": component if component != "military" else "",
        "figure": figure,
        "as_of": drafts.as_of[row] or "",
        "attributed_to": drafts.attribution[row].printed,
        "unit": drafts.unit[row],
        "note": drafts.note[row],
        "basis": basis if basis != "unstated" else "",
        "missing_reason": drafts.missing_reason[row] or "",
    }
    return {name: answer for name, answer in answers.items() if answer}
