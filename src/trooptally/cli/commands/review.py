"""Look at drafts one at a time, with their words, and accept, reject or correct them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.ledger import ClaimDetail, Ledger
    from trooptally.names import Names

_KEYS = "a accept, e edit a field, r reject, s skip, u undo, q quit"


@dataclass(slots=True, kw_only=True)
class _Sitting:
    """One person at the queue.

    Attributes:
        decided: What was done, newest last: the claim, the act and its changes.
    """

    ledger: Ledger
    contributor: str
    reason: str
    as_json: bool
    dry_run: bool
    decided: list[tuple[str, str, list[int]]]


@click.command
@click.option("--force", help="Only drafts on this force.")
@click.option("--place", help="Only drafts on this place.")
@click.option("--list", "only_list", is_flag=True, help="List what waits and decide nothing.")
@options.reason("reviewed")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    db: str, force: str | None, place: str | None, reason: str, contributor: str,
    *, only_list: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Look at drafts one at a time: a accept, e FIELD VALUE edit, r reject, s skip, u undo, q quit.

    On a terminal a single key decides; in a pipe each line is one decision. What was decided stays decided when you
    leave. With --dry-run each decision is checked by itself and nothing is kept.
    """
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=only_list) as ledger:
        waiting = _waiting(ledger, force, place)
        if only_list:
            _list(ledger, waiting, as_json=as_json)
            return
        sitting = _Sitting(
            ledger=ledger.rehearse() if dry_run else ledger,
            contributor=contributor,
            reason=reason,
            as_json=as_json,
            dry_run=dry_run,
            decided=[],
        )
        _sit(sitting, waiting)
    _close(sitting, len(waiting))


def _waiting(ledger: Ledger, force: str | None, place: str | None) -> list[str]:
    from trooptally.vocabulary import Status

    frame = ledger.claims(force=force, place=place, status=[Status.DRAFT], rank="all")
    ordered = frame.sort_values(["recorded_at", "report_id", "locator"], kind="stable")
    return [str(claim_id) for claim_id in ordered["claim_id"]]


def _list(ledger: Ledger, waiting: list[str], *, as_json: bool) -> None:
    import orjson

    names = ledger.names()
    for claim_id in waiting:
        claim = ledger.claim(claim_id)
        shown = _as_json(claim)
        click.echo(orjson.dumps(shown).decode() if as_json else f"{claim_id}  {_headline(claim, names)}")
    if not waiting and not as_json:
        click.echo("Nothing waits for review.")


def _sit(sitting: _Sitting, waiting: list[str]) -> None:
    """Show one draft after the other until all are decided or the person leaves."""
    at, orders = 0, _orders()
    while at < len(waiting):
        claim = sitting.ledger.claim(waiting[at])
        _show(sitting, claim, f"{at + 1} of {len(waiting)}")
        order = next(orders, "q")
        step = _follow(sitting, claim, order.strip())
        if step is None:
            return
        at = waiting.index(sitting.decided.pop()[0]) if step < 0 else at + step


def _orders() -> Iterator[str]:
    """Yield what the person decides: keys on a terminal, lines in a pipe."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        key = click.getchar()
        yield key if key != "e" else "e " + str(click.prompt("field and value", prompt_suffix=": "))


def _follow(sitting: _Sitting, claim: ClaimDetail, order: str) -> int | None:
    """Do as told; return how far to go on, -1 after an undo, None to leave."""
    from trooptally.errors import TrooptallyError

    act, _, rest = order.partition(" ")
    try:
        match act:
            case "q" | "\x03" | "\x04":
                return None
            case "s" | "j":
                return 1
            case "a" | "r":
                return _decide(sitting, claim, act)
            case "e":
                return _edit(sitting, claim, rest)
            case "u":
                return _undo(sitting)
            case _:
                click.echo(f"The keys are: {_KEYS}.", err=True)
    except TrooptallyError as err:
        click.echo(f"Refused: {err}", err=True)
    return 0


def _decide(sitting: _Sitting, claim: ClaimDetail, act: str) -> int:
    claim_id, version = claim.columns["claim_id"], int(claim.columns["version"])
    who = {"contributor": sitting.contributor, "reason": sitting.reason}
    move = sitting.ledger.accept if act == "a" else sitting.ledger.reject
    change = move(claim_id, version=version, **who)
    done = "accepted" if act == "a" else "rejected"
    sitting.decided.append((claim_id, done, [change]))
    _tell(sitting, {"claim_id": claim_id, "act": done, "change": change}, f"{done.capitalize()} (change {change}).")
    return 1


def _edit(sitting: _Sitting, claim: ClaimDetail, told: str) -> int:
    """Correct one field; the draft stays where it is, to be accepted or not."""
    from trooptally.errors import RefusedInput
    from trooptally.intake.correcting import answers_of_claim, changes_of
    from trooptally.intake.looking import look

    name, _, value = told.partition(" ")
    names = sitting.ledger.names()
    before = answers_of_claim(claim, names)
    seen = look(before | {name.replace("-", "_"): value.strip()}, names)
    if seen.errors:
        raise RefusedInput("; ".join(f"{field}: {message}" for field, message in seen.errors.items()))
    claim_id, changes = claim.columns["claim_id"], changes_of(claim, seen.drafts)
    if not changes:
        raise RefusedInput("that changes nothing; say a field and a value, such as 'e figure about 2,500'.")
    change = sitting.ledger.correct(
        claim_id,
        changes,
        version=int(claim.columns["version"]),
        contributor=sitting.contributor,
        reason=sitting.reason,
    )
    sitting.decided.append((claim_id, "corrected", [change]))
    _tell(sitting, {"claim_id": claim_id, "act": "corrected", "change": change}, f"Corrected (change {change}).")
    return 0


def _undo(sitting: _Sitting) -> int:
    if not sitting.decided:
        click.echo("There is nothing to undo.", err=True)
        return 0
    claim_id, act, changes = sitting.decided[-1]
    if sitting.dry_run:
        _tell(sitting, {"claim_id": claim_id, "act": "undone", "change": None}, f"Taken back: {act}.")
        return -1
    for change in reversed(changes):
        why = f"took back change {change}"
        made = sitting.ledger.undo(change, contributor=sitting.contributor, reason=why)
        told = {"claim_id": claim_id, "act": "undone", "change": made, "undoes": change}
        _tell(sitting, told, f"Taken back: {act} (change {change}).")
    return -1


def _tell(sitting: _Sitting, done: dict[str, Any], said: str) -> None:
    from trooptally.cli.shown import print_act

    print_act(
        done, f"Dry run, not written: {said}" if sitting.dry_run else said,
        as_json=sitting.as_json, dry_run=sitting.dry_run,
    )  # fmt: skip


def _show(sitting: _Sitting, claim: ClaimDetail, where: str) -> None:
    """Print one draft: what it says, its words, its report, what is doubtful."""
    columns, report = claim.columns, claim.report
    lines = [
        "",
        f"{where}: {_headline(claim, sitting.ledger.names())}",
        f"  \N{LEFT DOUBLE QUOTATION MARK}{columns['quote'] or columns['printed']}\N{RIGHT DOUBLE QUOTATION MARK}",
        f"  {report['publisher'] or 'no publisher'}, {report['published_on'] or 'undated'}; {columns['locator']}",
        *[f"  {severity}: {message}" for severity, message in claim.issues],
        *([f"  held: {columns['held']}"] if columns["held"] else []),
        f"  {_KEYS}",
    ]
    click.echo("\n".join(_calm(line) for line in lines), err=sitting.as_json)


def _headline(claim: ClaimDetail, names: Names) -> str:
    columns = claim.columns
    force, place = names.label("force", columns["force"]), names.label("place", columns["place"])
    from trooptally.intake.correcting import figure_in_words

    when, said = columns["as_of"] or "no stated time", claim.attributed_to or "nobody named"
    return f"{figure_in_words(claim)}; {force}, {columns['measure']}, {place}; as of {when}; by {said}"


def _as_json(claim: ClaimDetail) -> dict[str, Any]:
    names = ("claim_id", "version", "force", "place", "measure", "component", "low", "point", "high", "hedge")
    shown = {name: claim.columns[name] for name in (*names, "as_of", "printed", "quote", "locator", "held")}
    issues = [{"severity": severity, "message": message} for severity, message in claim.issues]
    return shown | {"attributed_to": claim.attributed_to, "issues": issues}


def _calm(line: str) -> str:
    """Return the line without characters that move a terminal's cursor."""
    return "".join(c if c.isprintable() else " " for c in line)


def _close(sitting: _Sitting, waited: int) -> None:
    if sitting.as_json:
        return
    done = [act for _, act, _ in sitting.decided]
    accepted, rejected = done.count("accepted"), done.count("rejected")
    left = waited - accepted - rejected
    if not waited:
        click.echo("Nothing waits for review.")
    else:
        click.echo(f"{accepted:,} accepted, {rejected:,} rejected, {left:,} left waiting.")
