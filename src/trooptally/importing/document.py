"""A document as importers see it: its bytes, and lazily its text and its sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Document:
    """Bytes with a name.

    Attributes:
        name: For messages only; no importer may decide by it.
        content: All bytes.
    """

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, 64 hexadecimal characters."""
        return sha256(self.content).hexdigest()
