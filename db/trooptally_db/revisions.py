"""The revisions of the tables' layout, oldest first; the last one is what this program writes.

Kept beside the migrations as plain text, so that opening a ledger does not load Alembic. A test holds both together.
"""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")

HEAD = REVISIONS[-1]


class HistoryKept(Exception):
    """A migration would have thrown rows of history away and refused."""
