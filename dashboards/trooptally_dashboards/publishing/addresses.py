"""Where each page of a site stands, as paths from its root, and the names of places within a page."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

INDEX, SOURCES, ABOUT, ALL_CLAIMS, ANCHOR = "index.html", "sources.html", "about.html", "all.csv", "anchor.json"
ASSETS = "assets"
ALL_FORCES = "forces/all.html"

_PLAIN_STEM = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,60}[A-Z0-9])?")
_PLAIN_FRAGMENT = re.compile(r"[A-Za-z0-9_-]{1,80}")
# Windows keeps these names for devices, whatever follows the dot.
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)", re.IGNORECASE)


def series_page(force: str, place: str, number: int = 1) -> str:
    """Return the page of a series, or one of the further pages of a very long one."""
    return f"{_series(force, place)}{'' if number == 1 else f'-page-{number}'}.html"


def series_file(force: str, place: str, form: str) -> str:
    """Return the file that has the claims of a series in a format."""
    return f"{_series(force, place)}.{form}"


def force_page(force: str) -> str:
    """Return the page of one force."""
    return f"forces/{_stem(force)}.html"


def fragment(kind: str, identity: str) -> str:
    """Return the name of a claim's or source's place within its page."""
    return f"{kind}-{identity if _PLAIN_FRAGMENT.fullmatch(identity) else _cleaned(identity)}"


def upward(path: str) -> str:
    """Return the way from a page to the root of the site ("../../" from "series/USA/IRQ.html")."""
    return "../" * path.count("/")


def link(path: str, within: str = "") -> str:
    """Return the path as it stands in a link, escaped, with a place within the page if one is named."""
    return quote(path) + (f"#{quote(within, safe='')}" if within else "")


def _series(force: str, place: str) -> str:
    return f"series/{_stem(force)}/{_stem(place)}"


def _stem(identity: str) -> str:
    """Return an id as the name of a file on any system: two ids never share one, not even where case is ignored."""
    plain = _PLAIN_STEM.fullmatch(identity) and not _DEVICES.fullmatch(identity)
    return identity if plain else _cleaned(identity)


def _cleaned(identity: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", identity).strip("-")[:40].lower()
    return f"{readable}_{sha256(identity.encode()).hexdigest()[:10]}"
