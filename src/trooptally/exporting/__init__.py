"""Frames as files: CSV, XLSX, JSON and Parquet, none that a spreadsheet runs; sealed claims come home as they left."""

from trooptally.exporting.files import FORMATS, as_csv, as_json, as_parquet, as_xlsx, write_csv
from trooptally.exporting.sealing import sealed

__all__ = ["FORMATS", "as_csv", "as_json", "as_parquet", "as_xlsx", "sealed", "write_csv"]
