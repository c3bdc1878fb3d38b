"""The only room that speaks SQL: recording, revising and reading claims, with who, when and why on every change."""

from trooptally.ledger.anchors import Anchor, read_anchors, write_anchor
from trooptally.ledger.claims import COLUMNS
from trooptally.ledger.detail import ClaimDetail, Version
from trooptally.ledger.editions import Said, Standing
from trooptally.ledger.events import Event
from trooptally.ledger.findings import Finding
from trooptally.ledger.heads import Head
from trooptally.ledger.ledger import Ledger
from trooptally.ledger.newest import ChangeHead, ReportHead
from trooptally.ledger.oneseries import SeriesColumns
from trooptally.ledger.record import Recorded
from trooptally.ledger.sources import Echo, Level, SourceDetail, SourceHead
from trooptally.ledger.timelines import History, UnitMove
from trooptally.ledger.verify import Verified

__all__ = [
    "COLUMNS",
    "Anchor",
    "ChangeHead",
    "ClaimDetail",
    "Echo",
    "Event",
    "Finding",
    "Head",
    "History",
    "Ledger",
    "Level",
    "Recorded",
    "ReportHead",
    "Said",
    "SeriesColumns",
    "SourceDetail",
    "SourceHead",
    "Standing",
    "UnitMove",
    "Verified",
    "Version",
    "read_anchors",
    "write_anchor",
]
