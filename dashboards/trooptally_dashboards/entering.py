"""What the entry page answers, as plain functions from what was typed to what is shown."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally.errors import RefusedInput
from trooptally.importing.document import Particulars
from trooptally.intake.smartline import understand
from trooptally_dashboards.components.claim_form import SHOWN
from trooptally_dashboards.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.intake.desk import Entered
    from trooptally.intake.proposals import Article
    from trooptally.intake.receipt import Receipt
    from trooptally.intake.rows import Preview
    from trooptally.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form after a line was typed.

    Attributes:
        values: The fields' new values, all of them.
        from_line: What the line filled, to tell it from what the person typed into the fields.
        said: What else stands in the line.
    """

    values: dict[str, str]
    from_line: dict[str, str]
    said: str


def filled(line: str, values: Mapping[str, str], before: Mapping[str, str], names: Names) -> Filled:
    """Return the form after the line has changed; what a person has typed into a field stays.

    Args:
        line: The smart line.
        values: What stands in the fields.
        before: What the line had filled the last time.
        names: The names that are known.
    """
    understood = understand(line, names)
    ours = {name for name in SHOWN if values.get(name, "") in {"", before.get(name, "")}}
    after = {name: understood.answers.get(name, "") if name in ours else values.get(name, "") for name in SHOWN}
    others = f"The line holds more: {listed(understood.others)}. One entry is one figure." if understood.others else ""
    return Filled(values=after, from_line=understood.answers, said=others)


def told_of(values: Mapping[str, str]) -> Particulars:
    """Return what a form says of the report."""
    return Particulars(
        publisher=values.get("publisher", ""),
        published_on=values.get("published_on", ""),
        url=values.get("url", ""),
        title=values.get("title", ""),
    )


def file_of(told: Any) -> tuple[str, bytes]:
    """Return the name and the bytes of a file that the browser has read.

    Raises:
        RefusedInput: it has sent something else.
    """
    try:
        return str(told["name"])[:200], base64.b64decode(told["content"], validate=True)
    except (TypeError, KeyError, ValueError) as err:
        raise RefusedInput("The file did not arrive whole; choose it again.") from err


def article_state(article: Article) -> dict[str, Any]:
    """Return an article's proposals as the browser keeps them: each with its state, and which one is looked at."""
    marks = [
        {
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "claim_id": one.claim_id,
            "answers": one.answers,
            "remarks": list(one.remarks),
            "state": "proposed",
        }
        for one in article.proposals
    ]
    left = [{"start": start, "end": end, "why": why} for start, end, why in article.left_out]
    return {"marks": marks, "left_out": left, "at": 0, "done": []}


def read_said(article: Article) -> str:
    """Return how much was found in an article."""
    many = len(article.proposals)
    if not many:
        return "No figure of a force at a place was found. Select the words of one to add it."
    left = f" {counted(len(article.left_out), 'number')} left out." if article.left_out else ""
    return f"{counted(many, 'proposal')}. Look at each: a accepts, e edits, r rejects.{left}"


def with_decision(state: dict[str, Any], at: int, became: str, change: int | None) -> dict[str, Any]:
    """Return the article's state after a decision: remembered for undo, and on to the next that waits."""
    marks = [dict(mark) for mark in state["marks"]]
    done = [*state["done"], {"at": at, "was": marks[at]["state"], "became": became, "change": change}]
    marks[at]["state"] = became
    return {**state, "marks": marks, "done": done, "at": next_waiting(marks, at)}


def next_waiting(marks: list[dict[str, Any]], at: int) -> int:
    """Return the next mark that waits for a decision, wrapping around; the same one where none does."""
    order = [*range(at + 1, len(marks)), *range(at)]
    return next((one for one in order if marks[one]["state"] in {"proposed", "added"}), at)


def without_decision(state: dict[str, Any]) -> dict[str, Any]:
    """Return the article's state before its last decision."""
    *done, last = state["done"]
    marks = [dict(mark) for mark in state["marks"]]
    marks[last["at"]]["state"] = last["was"]
    return {**state, "marks": marks, "done": done, "at": last["at"]}


def undo_label(state: Mapping[str, Any] | None) -> str:
    """Return what undo would take back."""
    if not state or not state.get("done"):
        return "Nothing to undo"
    last = state["done"][-1]
    quote = state["marks"][last["at"]]["quote"]
    return f"Undo: {last['became']} \N{LEFT DOUBLE QUOTATION MARK}{quote[:60]}\N{RIGHT DOUBLE QUOTATION MARK}"


def became_of(entered: Entered) -> str:
    """Return in a sentence what became of a saved form."""
    receipt = entered.receipt
    if receipt is None:
        return "Nothing was written: see the fields marked below."
    if receipt.differing:
        return (
            "The ledger already has this claim and says something else in another field; nothing was written. "
            "A reviewer can correct it."
        )
    if receipt.change is None:
        return "The ledger already has this claim; nothing was added."
    if receipt.drafts:
        return f"Kept for review, because something is doubtful: {entered.understood}"
    return f"Saved: {entered.understood}{_repeats(receipt)}"


def _repeats(receipt: Receipt) -> str:
    if receipt.possible_duplicates:
        return " It may be a duplicate: the same publisher already says the same."
    return " It echoes another report of the same origin, and weighs as one with it." if receipt.echoes else ""


def preview_said(seen: Preview) -> str:
    """Return what would become of pasted rows, in a sentence."""
    fates = {
        "recorded": "would be recorded",
        "flagged": "would be recorded with a doubt",
        "draft": "would wait for review",
        "repeated": "would be left out as a repetition",
        "refused": "refused",
    }
    parts = [f"{many:,} {fates[fate]}" for fate, many in seen.counted().items()]
    stop = " Nothing can be saved until the refused rows are mended or removed." if "refused" in seen.counted() else ""
    return f"{counted(len(seen.outlooks), 'row')}: {listed(parts)}.{stop}"


def fates(rows: Sequence[Mapping[str, str]], seen: Preview) -> dict[str, Any]:
    """Return by the id of each row what would become of it, why, and which cells that concerns."""
    return {
        row.get("id", str(at)): {
            "fate": outlook.fate,
            "why": "; ".join(f"{column}: {message}" if column else message for column, message in outlook.remarks),
            "wrong": [column for column, _ in outlook.remarks if column],
        }
        for at, (row, outlook) in enumerate(zip(rows, seen.outlooks, strict=True))
    }
