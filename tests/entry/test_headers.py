"""Which column is which field."""

from __future__ import annotations

import pytest

from trooptally.entry import FIELD_NAMES, FIELDS, field_named, match_headers


def test_contract_columns_are_fields() -> None:
    """Every column that the claims table promises is a field of the form."""
    promised = "force place measure component figure low point high as_of published_on publisher"
    promised += " attributed_to title url quote unit note"
    assert set(promised.split()) <= set(FIELD_NAMES)


def test_names_and_aliases_are_told_apart() -> None:
    """No name or alias stands for two fields."""
    words = [word for field in FIELDS for word in (field.name, *field.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("header", ["As of", "AS_OF", " as-of ", "As  Of", "as_of_date"])
def test_spelling_of_a_header_does_not_matter(header: str) -> None:
    """Case, spaces, hyphens and common other names lead to the same field."""
    assert match_headers([header]).columns == {"as_of": 0}


def test_name_goes_before_alias() -> None:
    """Where a table has both publisher and source, publisher is publisher and source is not read."""
    headers = match_headers(["source", "publisher"])
    assert headers.columns == {"publisher": 1}
    assert headers.unknown == ("source",)


def test_missing_columns_are_named() -> None:
    """A table without what makes a claim says what it lacks."""
    headers = match_headers(["place", "as_of"])
    assert headers.missing == ("force", "measure", "figure (or low, point and high)")
    assert not headers.complete


def test_bounds_stand_for_the_figure() -> None:
    """A table with low and high needs no figure."""
    assert match_headers(["force", "place", "measure", "low", "high"]).complete


def test_column_twice_is_refused() -> None:
    """Two columns of one name leave no way to tell which is meant."""
    headers = match_headers(["force", "place", "measure", "figure", "Figure"])
    assert headers.twice == ("figure",)
    assert not headers.complete


def test_field_knows_its_flag() -> None:
    """A field's flag is its name with hyphens."""
    assert field_named("attributed_to").flag == "--attributed-to"
