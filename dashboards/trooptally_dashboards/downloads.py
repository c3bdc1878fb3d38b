"""Claims as files: CSV, JSON, XLSX and Parquet, each with quotes and addresses, and sealed so that they come home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally import exporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def _sealing(write: Callable[[DataFrame], bytes]) -> Callable[[DataFrame], bytes]:
    return lambda claims: write(exporting.sealed(claims))


FORMATS: dict[str, tuple[str, Callable[[DataFrame], bytes]]] = {
    form: (media, _sealing(exporting.FORMATS[form])) for form, media in _MEDIA.items()
}
"""The media type of each format, and what writes claims in it."""
