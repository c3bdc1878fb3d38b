"""From a document to the ledger: find its importer, check what it yields, mark echoes, record, account.

Reading formats is the work of `trooptally.importers`, writing that of `trooptally.ledger`; this room only
joins them.
"""

from trooptally.intake.discovery import importer_for, importers
from trooptally.intake.receipt import Receipt
from trooptally.intake.taking import Checked, check, record, take_in

__all__ = ["Checked", "Receipt", "check", "importer_for", "importers", "record", "take_in"]
