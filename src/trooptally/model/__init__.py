"""The records that travel between rooms: reports, attributions, drafts, issues, and how each gets its id.

Nothing here reads files, knows the database or draws. A bulk reader fills a `DraftTable`, column by column; a reader
of prose or a form makes `Draft` records and joins them with `DraftTable.of`.
"""

from trooptally.model.drafts import Draft, DraftTable
from trooptally.model.identity import claim_id, report_id, seal, slug
from trooptally.model.records import Attribution, Issue, Link, Qualifier, Report

__all__ = [
    "Attribution",
    "Draft",
    "DraftTable",
    "Issue",
    "Link",
    "Qualifier",
    "Report",
    "claim_id",
    "report_id",
    "seal",
    "slug",
]
