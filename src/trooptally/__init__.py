"""Trooptally: a ledger of publicly reported military force figures.

The public door: `Ledger`, `read` and `estimate`. They are loaded on first use, so that importing the package,
and with it every command's `--help`, costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trooptally.estimates import estimate
    from trooptally.ledger import Ledger
    from trooptally.reading import read

__all__ = ["Ledger", "__version__", "estimate", "read"]

__version__ = "0.1.0"

_HOMES = {"Ledger": "trooptally.ledger", "read": "trooptally.reading", "estimate": "trooptally.estimates"}


def __getattr__(name: str) -> Any:
    """Load a public name from its room when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'trooptally' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
