"""Names that no code list carries: shown for a whole batch, and taken back as decisions (CSV)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.errors import BadTable

if TYPE_CHECKING:
    from trooptally.importing import Document
    from trooptally.model import Issue
    from trooptally.names import Names

COLUMNS = ("kind", "printed", "times", "nearest", "target", "valid_from", "valid_to", "section", "reason")
"""What a list of unresolved names says; a person fills in target, and the rest where a name has more meanings."""

_UNKNOWN = re.compile(r"(?P<quote>['\"])(?P<printed>.+?)(?P=quote) is no (?P<kind>force|place) this ledger knows")
_NEEDED = ("kind", "printed", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """One name, how often it stands unresolved, and the names nearest to it."""

    kind: str
    printed: str
    times: int
    nearest: tuple[str, ...]


def unresolved(issues: Iterable[Issue], names: Names) -> tuple[Unresolved, ...]:
    """Return every name that the issues of some imports call unknown, the most frequent first."""
    found = Counter((match["kind"], match["printed"]) for issue in issues if (match := _UNKNOWN.search(issue.message)))
    return tuple(
        Unresolved(kind=kind, printed=printed, times=times, nearest=_nearest(kind, printed, names))
        for (kind, printed), times in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _nearest(kind: str, printed: str, names: Names) -> tuple[str, ...]:
    return names.suggest(printed, "force") if kind == "force" else names.suggest(printed, "place")


def written(found: Sequence[Unresolved]) -> str:
    """Return unresolved names as CSV with an empty target to fill in."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for name in found:
        writer.writerow([name.kind, name.printed, name.times, " / ".join(name.nearest), "", "", "", "", ""])
    return stream.getvalue()


def with_decisions(names: Names, document: Document) -> Names:
    """Return the names with a person's decisions added; rows without a target decide nothing.

    Raises:
        BadTable: the list has not its columns, or a target that no code list carries.
    """
    return names.with_aliases(tuple(_aliases(names, document)))


def _aliases(names: Names, document: Document) -> Iterator[dict[str, str]]:
    with document.lines(newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise BadTable(f"{document.name} is no list of decisions: it lacks {', '.join(missing)}.")
        for number, row in enumerate(reader, start=2):
            said = {name: (row.get(name) or "").strip() for name in COLUMNS}
            if said["target"]:
                yield _alias(names, said, f"{document.name}, row {number}")


def _alias(names: Names, said: dict[str, str], where: str) -> dict[str, str]:
    kind, target = said["kind"], said["target"]
    found = names.force(target) if kind == "force" else names.place(target) if kind == "place" else None
    if found is None:
        raise BadTable(f"{where}: {target[:60]!r} is no {kind or 'kind of name'} that a code list carries.")
    eras = {name: said[name] for name in ("valid_from", "valid_to", "section", "reason")}
    return {"name": said["printed"], "kind": kind, "target": found, **eras}
