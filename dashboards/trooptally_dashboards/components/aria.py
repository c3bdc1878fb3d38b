"""Attributes for readers who listen to a page."""

from __future__ import annotations

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """Return aria attributes by their short names (label, live, hidden) as the components take them."""
    return {f"aria-{name}": said for name, said in attributes.items()}
