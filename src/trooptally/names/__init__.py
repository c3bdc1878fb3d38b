"""A name as printed -> a force, a place or a source; by alias, era and section, and never by guessing.

The names come from code lists handed over as rows (`CodeLists`): the shipped ones, or a ledger's own.
What a figure means, and whether a person should look at it, is left to the rooms above.
"""

from trooptally.names.codelists import CodeLists
from trooptally.names.index import Entry
from trooptally.names.names import Names
from trooptally.names.normal import normalise

__all__ = ["CodeLists", "Entry", "Names", "normalise"]
