"""The form of a claim as declared fields: one declaration for the claims table, the prompts and the web form.

What a field means, what people call it and whether it must be filled stands here and nowhere else. Reading
tables is the work of `trooptally.importing`, asking on a terminal that of `trooptally.cli`.
"""

from trooptally.entry.cells import guarded, unguarded
from trooptally.entry.fields import FIELD_NAMES, FIELDS, Field, field_named
from trooptally.entry.headers import Headers, match_headers

__all__ = [
    "FIELDS",
    "FIELD_NAMES",
    "Field",
    "Headers",
    "field_named",
    "guarded",
    "match_headers",
    "unguarded",
]
