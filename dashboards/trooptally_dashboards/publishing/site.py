"""A whole site: every page of every series, written one series after the other and put in place at the end."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import orjson

from trooptally import __version__
from trooptally_dashboards.behind import Background
from trooptally_dashboards.publishing import addresses, folder
from trooptally_dashboards.publishing.edition import edition_of
from trooptally_dashboards.publishing.gathering import Gathering
from trooptally_dashboards.publishing.overview_pages import about_page, overview_pages, sources_page
from trooptally_dashboards.publishing.rows import Chains
from trooptally_dashboards.publishing.series_pages import pages, series_of

if TYPE_CHECKING:
    from typing import BinaryIO, Protocol

    from trooptally.ledger import Anchor, Ledger
    from trooptally_dashboards.publishing.edition import Edition, Wish
    from trooptally_dashboards.publishing.series_pages import Series

    Step = TypeVar("Step")

    class Steps(Protocol):
        """How progress is shown: given what is done and over what, the same steps one by one."""

        def __call__(self, doing: str, over: Sequence[Step], /) -> AbstractContextManager[Iterable[Step]]:
            """Give the steps one by one within a block."""


_TOP = frozenset(
    (
        *(addresses.INDEX, addresses.SOURCES, addresses.ABOUT, addresses.ALL_CLAIMS, addresses.ANCHOR),
        *(addresses.ASSETS, "forces", "series", folder.MARKER),
    )
)
_OWN_ASSETS = ("site.css", "site.js", "scheme.js")
_SHARED_ASSETS = ("trooptally.css", "words.js", "series.js", "favicon.svg", "logo.svg")
_LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written, or would be."""

    folder: Path
    series: int
    claims: int
    head: Anchor


def survey(ledger: Ledger, at: Path, wish: Wish) -> Published:
    """Return what `publish` would write, after all its checks, and write nothing.

    Raises:
        RefusedInput, UnknownName: as `publish` does.
    """
    at = at.resolve()
    folder.require_free(at, _TOP)
    edition = edition_of(ledger, wish)
    return Published(folder=at, series=len(edition.pairs), claims=edition.claims, head=edition.head)


def publish(ledger: Ledger, at: Path, wish: Wish, *, steps: Steps = lambda _, over: nullcontext(over)) -> Published:
    """Write a site into a folder, which is new or empty or holds a site of ours, to be replaced.

    Args:
        ledger: Where claims are read, a series at a time.
        at: The folder.
        wish: What is published.
        steps: How progress is shown.

    Raises:
        RefusedInput: the folder is taken, or there is nothing to publish.
        UnknownName: no such force or place.
        TrooptallyError: the file system refused.
    """
    at = at.resolve()
    folder.require_free(at, _TOP)
    edition = edition_of(ledger, wish)
    with folder.exchanged(at) as fresh:
        claims = _write(ledger, edition, fresh, steps)
    return Published(folder=at, series=len(edition.pairs), claims=claims, head=edition.head)


def _write(ledger: Ledger, edition: Edition, root: Path, steps: Steps) -> int:
    """Write the whole site and return the number of claims in it."""
    gathering = Gathering()
    _write_assets(root / addresses.ASSETS)
    with (root / addresses.ALL_CLAIMS).open("wb") as every, steps("Publishing", edition.pairs) as pairs:
        for series in _all_series(ledger, edition, pairs):
            gathering.take((series.force, series.place), series.claims)
            _put(root, pages(series, edition))
            _append(every, series.files["csv"])
    published = set(edition.pairs)
    heads = [head for head in ledger.heads(known_at=edition.known_at) if (head.force, head.place) in published]
    _put(root, overview_pages(edition, heads, gathering))
    _put(root, [sources_page(edition, ledger.sources(), gathering), about_page(edition, gathering.claims)])
    _put(root, _stamps(edition, gathering.claims))
    return gathering.claims


def _all_series(ledger: Ledger, edition: Edition, pairs: Iterable[tuple[str, str]]) -> Iterator[Series]:
    """Yield one series after the other; no two of them are held at once."""
    background, chains = Background(), Chains(ledger)
    for pair in pairs:
        yield series_of(ledger, edition, pair, background, chains)


def _put(root: Path, made: Iterable[tuple[str, bytes]]) -> None:
    for path, content in made:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _append(every: BinaryIO, table: bytes) -> None:
    """Add the claims of a series to the file of all claims; the headings stand in it once."""
    every.write(table if not every.tell() else table.partition(_LINE_END)[2])


def _stamps(edition: Edition, claims: int) -> Iterator[tuple[str, bytes]]:
    """Yield what tells programs which moment of the ledger this is, and that the folder is ours."""
    yield addresses.ANCHOR, edition.head.as_json().encode() + b"\n"
    marked = {
        "made_by": folder.MADE_BY,
        "program": f"Trooptally {__version__}",
        "known_at": edition.known_at,
        "change": edition.head.change,
        "hash": edition.head.hash,
        "drafts": edition.drafts,
        "series": len(edition.pairs),
        "claims": claims,
    }
    yield folder.MARKER, orjson.dumps(marked, option=orjson.OPT_INDENT_2) + b"\n"


def _write_assets(target: Path) -> None:
    """Write style sheets, scripts and the shapes of the map, which a page from disk could not fetch."""
    target.mkdir()
    shared = files("trooptally_dashboards") / "assets"
    own = files("trooptally_dashboards.publishing") / "assets"
    for home, names in ((own, _OWN_ASSETS), (shared, _SHARED_ASSETS)):
        for name in names:
            (target / name).write_bytes(home.joinpath(name).read_bytes())
    shapes = shared.joinpath("topojson", "world_110m.json").read_bytes().strip()
    (target / "world_110m.js").write_bytes(b'window.PlotlyGeoAssets = { topojson: { "world_110m": %b } };\n' % shapes)
    (target / "NOTICE").write_bytes(shared.joinpath("topojson", "NOTICE").read_bytes())
    shutil.copyfile(_plotly_script(), target / "plotly.min.js")


def _plotly_script() -> Path:
    """Return the chart library that the installed Plotly ships; importing Plotly for that would cost a second."""
    found = importlib.util.find_spec("plotly")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("Plotly is not installed.", name="plotly")
    return Path(found.origin).parent / "package_data" / "plotly.min.js"
