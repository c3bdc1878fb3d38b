"""A claim as a reference."""

from __future__ import annotations

import orjson

from trooptally.ledger import Ledger
from trooptally_dashboards import citations


def test_three_forms_name_the_claim(ledger_url: str) -> None:
    """Each form has the publisher, the report's address and the claim's id and version; programs can read theirs."""
    with Ledger.open(ledger_url, read_only=True) as ledger:
        series = ledger.series("USA", "IRQ")
        claim = ledger.claim(series.claim_id[series.measure.index("rotating")])
    cited = claim, "About 2,000, rotating", "United States in Iraq"
    forms = (citations.plain(*cited), citations.bibtex(*cited), citations.csl_json(*cited))
    for form in forms:
        for told in (claim.report["publisher"], "https://reports.example/9", claim.columns["claim_id"], "version 1"):
            assert told in form
    (entry,) = orjson.loads(forms[2])
    assert entry["issued"] == {"date-parts": [[2021, 9, 20]]}


def test_special_characters_are_only_characters(ledger_url: str) -> None:
    """What BibTeX would take for a command is printed as it stands, and no address but a web address is cited."""
    with Ledger.open(ledger_url, read_only=True) as ledger:
        claim = ledger.claim(ledger.series("USA", "KWT").claim_id[0])
    form = citations.bibtex(claim, "50% & {more}", "x_y")
    assert r"50\% \& \{more\}: x\_y" in form
    assert "url = " not in form
