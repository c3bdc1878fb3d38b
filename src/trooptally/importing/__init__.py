"""What every importer is given and gives back: a document with bytes and tables, an extract with drafts and issues.

Importers themselves stand in `trooptally.importers`, one source format per file. Nothing here knows the ledger.
"""

from trooptally.importing.document import Document
from trooptally.importing.extract import Extract, Importer

__all__ = ["Document", "Extract", "Importer"]
