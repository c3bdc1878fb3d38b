"""The only room that speaks SQL: recording, revising and reading claims, with who, when and why on every change."""

from trooptally.ledger.claims import COLUMNS
from trooptally.ledger.ledger import Ledger
from trooptally.ledger.record import Recorded
from trooptally.ledger.views import ChangeHead, ClaimDetail, Head, ReportHead, SeriesColumns, Version

__all__ = [
    "COLUMNS",
    "ChangeHead",
    "ClaimDetail",
    "Head",
    "Ledger",
    "Recorded",
    "ReportHead",
    "SeriesColumns",
    "Version",
]
