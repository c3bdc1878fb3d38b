"""As-of dates: EDTF (ISO 8601-2) and plain words, each with the first and last day it can mean."""

from trooptally.dates.as_of import EARLIEST_DAY, LATEST_DAY, AsOf, Precision
from trooptally.dates.describing import describe
from trooptally.dates.parsing import parse_as_of

__all__ = ["EARLIEST_DAY", "LATEST_DAY", "AsOf", "Precision", "describe", "parse_as_of"]
