"""The pages around the series: the map and the latest levels of each force, the sources, the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import overview, tables, words
from trooptally_dashboards.figures.world import BOUNDARY_NOTE, world_figure
from trooptally_dashboards.publishing import addresses
from trooptally_dashboards.publishing.rendering import page
from trooptally_dashboards.publishing.series_pages import CHART

if TYPE_CHECKING:
    from trooptally.ledger import Head, SourceHead
    from trooptally_dashboards.publishing.edition import Edition
    from trooptally_dashboards.publishing.gathering import Gathering, Told


def overview_pages(edition: Edition, heads: Sequence[Head], gathering: Gathering) -> Iterator[tuple[str, bytes]]:
    """Yield the front page, a page for each force and one for all of them.

    Args:
        edition: What is published.
        heads: The latest level of every series that is published.
        gathering: What the series told of reports.
    """
    first = overview.chosen_force("", heads)
    forces = sorted({force for force, _ in edition.pairs}, key=lambda force: edition.forces.get(force, force))
    shared = {
        "forces": [_force(edition, heads, force) for force in forces],
        "reports": gathering.newest_reports(),
        "claims": gathering.claims,
        "boundaries": BOUNDARY_NOTE,
    }
    yield addresses.INDEX, _overview(addresses.INDEX, edition, heads, first, shared)
    for force in forces:
        path = addresses.force_page(force)
        yield path, _overview(path, edition, heads, force, shared)
    if len(forces) > 1:
        yield addresses.ALL_FORCES, _overview(addresses.ALL_FORCES, edition, heads, "", shared)


def sources_page(edition: Edition, heads: Sequence[SourceHead], gathering: Gathering) -> tuple[str, bytes]:
    """Return the page of what each source reported."""
    about = {head.source_id: head for head in heads}
    told = [_source(edition, source_id, told, about) for source_id, told in gathering.sources.items()]
    told.sort(key=lambda source: (-max(source["printed"], source["said"]), source["name"], source["source_id"]))
    return addresses.SOURCES, page("sources.html", addresses.SOURCES, edition, sources=told)


def about_page(edition: Edition, claims: int) -> tuple[str, bytes]:
    """Return the page that says what the words mean."""
    return addresses.ABOUT, page("about.html", addresses.ABOUT, edition, claims=claims)


def _overview(path: str, edition: Edition, heads: Sequence[Head], force: str, shared: Mapping[str, Any]) -> bytes:
    shown = overview.of_force(heads, force)
    name = edition.forces.get(force, force) if force else "All forces"
    figure = world_figure(shown, edition.places, edition.sources)
    for trace in figure["data"]:
        trace["customdata"] = [[_linked(card[0], path), *card[1:]] for card in trace["customdata"]]
    levelled = {(head.force, head.place) for head in shown}
    return page(
        "overview.html",
        path,
        edition,
        force=force,
        name=name,
        sentence=overview.overview_sentence(shown, name, edition.places),
        map={"figure": figure, "config": CHART},
        heads=[_head(edition, head, named=not force) for head in shown],
        others=[pair for pair in edition.pairs if pair not in levelled and force in {"", pair[0]}],
        **shared,
    )


def _linked(key: str, path: str) -> str:
    """Return where a mark of the map leads."""
    force, _, place = key.partition("/")
    return addresses.upward(path) + addresses.link(addresses.series_page(force, place))


def _head(edition: Edition, head: Head, *, named: bool) -> dict[str, Any]:
    """Return the latest level of a series as a row of the table."""
    place = edition.places.get(head.place, head.place)
    figure = tables.head_figure(head)
    cell = figure if isinstance(figure, dict) else {"text": figure}
    origin = edition.sources.get(head.origin_id, head.origin_id)
    source = edition.sources.get(head.source_id, head.source_id)
    beside = [
        words.COMPONENTS.get(head.component, head.component) if head.component != "military" else "",
        words.BASES.get(head.basis, head.basis) if head.basis != "unstated" else "",
    ]
    return {
        "name": edition.series_name(head.force, head.place) if named else place,
        "note": ", ".join(part for part in beside if part),
        "page": addresses.series_page(head.force, head.place),
        "claim_id": head.claim_id,
        "text": cell["text"],
        "look": cell.get("class", "number"),
        "as_of": words.as_of(head.as_of or head.published_on),
        "said_by": origin if origin == source else f"{origin}, in {source}",
        "origins": words.number(head.origins),
    }


def _force(edition: Edition, heads: Sequence[Head], force: str) -> dict[str, Any]:
    """Return one force as the list of forces shows it."""
    own = [head for head in heads if head.force == force]
    newest = max(own, key=lambda head: head.as_of_latest or head.published_on or "", default=None)
    return {
        "force": force,
        "name": edition.forces.get(force, force),
        "page": addresses.force_page(force),
        "places": len({place for of, place in edition.pairs if of == force}),
        "newest": words.as_of(newest.as_of or newest.published_on) if newest else "no level",
    }


def _source(edition: Edition, source_id: str, told: Told, about: Mapping[str, SourceHead]) -> dict[str, Any]:
    head = about.get(source_id)
    kind = head.kind.replace("_", " ") if head else ""
    country = edition.places.get(head.country, head.country) if head else ""
    return {
        "source_id": source_id,
        "name": edition.sources.get(source_id, source_id),
        "note": ", ".join(part for part in (kind, country) if part),
        "reports": len(told.reports),
        "printed": told.printed.total(),
        "said": told.said.total(),
        "series": [(edition.series_name(*pair), addresses.series_page(*pair)) for pair in told.series],
    }
