"""What importers are given and give back: a document with text or tables, an extract with drafts and issues.

Importers themselves stand in `trooptally.importers`, one source format per file. Nothing here knows the
ledger.
"""

from trooptally.importing.document import Document, Particulars
from trooptally.importing.extract import Extract, Importer
from trooptally.importing.tables import Block, Table, is_tabular, tables_of

__all__ = ["Block", "Document", "Extract", "Importer", "Particulars", "Table", "is_tabular", "tables_of"]
