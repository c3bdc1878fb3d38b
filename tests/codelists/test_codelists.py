"""The shipped code lists are well formed and agree with each other."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import combinations

import pytest

from trooptally.names import Names, normalise
from trooptally.vocabulary import ForceKind, PlaceKind, SourceKind
from trooptally_db import codelists

# ISO 3166-1, all 249 alpha-3 codes.
ISO_CODES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR
BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP
CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB
GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN
KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD
MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN
PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM
SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR
UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""

FORCES_OF_THE_FIELD = """
NATO UN AU EU ECOWAS CSTO COALITION MULTINATIONAL-FORCE MNF-I CJTF-OIR ISAF RSM KFOR SFOR IFOR EUFOR UNIFIL UNAMIR
MONUSCO MINUSMA UNPROFOR SUN YUG CSK DDR RVN VDR ISLAMIC-STATE TALIBAN WAGNER HEZBOLLAH HAMAS PESHMERGA SDF PKK KLA
FARC LTTE AL-SHABAAB HOUTHIS AL-QAEDA CONTRAS UNITA RUF LRA TIGRAY MUJAHIDEEN VIET-CONG
"""

ISO = ISO_CODES.split()
FIELD = FORCES_OF_THE_FIELD.split()

PLACES = {row["place_id"]: row for row in codelists.rows("places")}
FORCES = {row["force_id"]: row for row in codelists.rows("forces")}
KEYS = {"places": "place_id", "forces": "force_id", "sources": "source_id", "units": "unit_id"}
FORCE_WORDS = {"force", "adjective", "demonym", "metonym", "informal"}


@pytest.mark.parametrize("name", codelists.LISTS)
def test_every_row_is_whole_and_clean(name: str) -> None:
    """No cell has spaces around it, and no row is printed twice."""
    rows = codelists.rows(name)
    assert rows
    assert all(cell == cell.strip() for row in rows for cell in row.values())
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", codelists.LISTS)
def test_files_are_plain_utf8(name: str) -> None:
    """Each file is UTF-8 without a mark in front, with line feeds only and one at the end."""
    content = files(codelists).joinpath(f"{name}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert len(list(csv.reader(content.decode().splitlines()))) == len(codelists.rows(name)) + 1


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_ids_are_unique_and_sorted(name: str, key: str) -> None:
    """Every id stands once, in order."""
    ids = [row[key] for row in codelists.rows(name)]
    assert ids == sorted(set(ids))


def test_an_unknown_list_is_refused() -> None:
    """Only declared lists can be read."""
    with pytest.raises(KeyError):
        codelists.rows("../places")


def test_iso_3166_is_complete() -> None:
    """All 249 codes of ISO 3166-1 are places with a two-letter code of their own."""
    assert len(ISO) == 249
    codes = {place: PLACES[place]["iso2"] for place in ISO}
    assert all(len(code) == 2 for code in codes.values())
    assert len(set(codes.values())) == 249
    assert {row["place_id"] for row in PLACES.values() if row["iso2"]} == set(ISO)


def test_every_country_is_a_force() -> None:
    """Each country of today has a force of the same id."""
    countries = {place for place, row in PLACES.items() if row["kind"] == PlaceKind.COUNTRY}
    assert countries == {force for force, row in FORCES.items() if row["kind"] == ForceKind.STATE}


@pytest.mark.parametrize("force", FIELD)
def test_forces_of_the_field_exist(force: str) -> None:
    """The alliances, missions, coalitions and groups of which reports speak are on the list."""
    assert force in FORCES


def test_kinds_are_words_of_the_vocabulary() -> None:
    """Every kind is a member of its closed list."""
    assert {row["kind"] for row in PLACES.values()} <= set(PlaceKind)
    assert {row["kind"] for row in FORCES.values()} <= set(ForceKind)
    assert {row["kind"] for row in codelists.rows("sources")} <= set(SourceKind)
    known = {"state", "place"} | FORCE_WORDS
    assert {row["kind"] for row in codelists.rows("aliases")} <= known


def test_references_exist() -> None:
    """Whatever a row points to is a row itself."""
    assert all(row["within"] in PLACES for row in PLACES.values() if row["within"])
    assert all(row["within"] in FORCES for row in FORCES.values() if row["within"])
    assert all(row["place_id"] in PLACES for row in FORCES.values() if row["place_id"])
    assert all(row["force_id"] in FORCES for row in codelists.rows("units"))
    assert all(row["place_id"] in PLACES for row in codelists.rows("cities"))
    assert all(row["country"] in PLACES for row in codelists.rows("sources") if row["country"])
    for row in codelists.rows("place_members"):
        assert PLACES[row["theatre_id"]]["kind"] == PlaceKind.THEATRE
        assert PLACES[row["place_id"]]["kind"] in ("country", "territory", "former_country")


def test_aliases_point_to_what_they_name() -> None:
    """The name of a state has a force and a place behind it, any other alias the one thing that its kind says."""
    for row in codelists.rows("aliases"):
        if row["kind"] in FORCE_WORDS | {"state"}:
            assert row["target"] in FORCES, row
        if row["kind"] in ("state", "place"):
            assert row["target"] in PLACES, row


@pytest.mark.parametrize("name", ["places", "forces", "aliases"])
def test_eras_are_dates_in_order(name: str) -> None:
    """Years are whole ISO dates, and no era ends before it begins."""
    for row in codelists.rows(name):
        days = [date.fromisoformat(row[end]) for end in ("valid_from", "valid_to") if row[end]]
        assert days == sorted(days), row


def test_positions_are_on_the_globe() -> None:
    """Where a place has a position, it is one."""
    for row in PLACES.values():
        if row["latitude"]:
            assert -90 <= float(row["latitude"]) <= 90, row
            assert -180 <= float(row["longitude"]) <= 180, row


@pytest.mark.parametrize("kind", ["force", "place", "source", "unit", "city"])
def test_no_name_means_two_things_at_once(kind: str) -> None:
    """In one era and section a name has one meaning; names for running text may have a second."""
    meanings = defaultdict(list)
    for entry in Names.shipped().entries(kind):  # type: ignore[arg-type] # the parameters above are its literals
        if entry.word != "informal":
            meanings[entry.name, entry.section].append(entry)
    clashes = [
        (one.printed, one.id, two.id)
        for entries in meanings.values()
        for one, two in combinations(entries, 2)
        if one.id != two.id and _overlap((one.valid_from, one.valid_to), (two.valid_from, two.valid_to))
    ]
    assert clashes == []


def _overlap(one: tuple[str, str], two: tuple[str, str]) -> bool:
    return one[0] <= (two[1] or "9999") and two[0] <= (one[1] or "9999")


def test_aliases_are_told_apart() -> None:
    """Name, kind, target, section and first day together name one alias, those of sources and units included."""
    keys = [
        (row["name"], row["kind"], row["target"], row["section"], row["valid_from"])
        for row in codelists.rows("aliases")
    ]
    for name, key in (("sources", "source_id"), ("units", "unit_id")):
        for row in codelists.rows(name):
            keys += [(alias, key, row[key], "", "") for alias in row["aliases"].split("|") if alias]
    assert len(set(keys)) == len(keys)


def test_cities_are_no_places() -> None:
    """A name stands in the gazetteer or among the places, never in both."""
    places = {entry.name for entry in Names.shipped().entries("place") if entry.word != "code"}
    assert not {normalise(row["name"]) for row in codelists.rows("cities")} & places


def test_only_official_tables_are_trusted() -> None:
    """One source is trusted as the lists ship; people may trust more."""
    trusted = [row["source_id"] for row in codelists.rows("sources") if row["trust"]]
    assert trusted == ["dmdc", "us-department-of-defense"]
    assert {row["trust"] for row in codelists.rows("sources")} == {"", "official"}
