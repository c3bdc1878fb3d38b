"""A ledger that has recorded a publisher under its printed name still reads that name as it did before."""

from __future__ import annotations

from trooptally.names import CodeLists, Names
from trooptally_db import codelists

PRINTED = "Business Standard (AFP/PTI)"


def test_a_source_entered_by_an_import_changes_no_attribution() -> None:
    """A source of unknown kind, entered as printed, is not taken for one that a code list knows."""
    lists = {name: codelists.rows(name) for name in codelists.LISTS}
    entered = {
        "source_id": "business-standard-afp-pti",
        "name": PRINTED,
        "kind": "unknown",
        "country": "",
        "url": "",
        "aliases": "",
        "trust": "",
    }
    later = Names(CodeLists(**{**lists, "sources": (*lists["sources"], entered)}))
    assert later.attribution(PRINTED) == Names.shipped().attribution(PRINTED)
