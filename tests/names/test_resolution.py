"""A name as printed resolves to one id or to none, never to a guess."""

from __future__ import annotations

import csv
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from trooptally.names import CodeLists, Names, normalise

NAMES = Names.shipped()
# The first example builds an index, or waits for the others on a busy machine.
WITHOUT_CLOCK = settings(deadline=None)


@pytest.mark.parametrize(
    ("printed", "force"),
    [
        ("U.S.", "USA"),
        ("US", "USA"),
        ("U.S", "USA"),
        ("the United States", "USA"),
        ("American", "USA"),
        ("Americans", "USA"),
        ("Washington", "USA"),
        ("Britain", "GBR"),
        ("British", "GBR"),
        ("Britons", "GBR"),
        ("UK", "GBR"),
        ("French", "FRA"),
        ("Frenchmen", "FRA"),
        ("Iraqis", "IRQ"),
        ("Turkish", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Dutch", "NLD"),
        ("Danes", "DNK"),
        ("Republic of Korea", "KOR"),
        ("ROK", "KOR"),
        ("North Korean", "PRK"),
        ("Soviet", "SUN"),
        ("South Vietnamese", "RVN"),
        ("Kosovar", "XKX"),
        ("NATO", "NATO"),
        ("United Nations", "UN"),
        ("African Union", "AU"),
        ("coalition forces", "COALITION"),
        ("Multi-National Force", "MULTINATIONAL-FORCE"),
        ("UNIFIL", "UNIFIL"),
        ("Resolute Support", "RSM"),
        ("ISIS", "ISLAMIC-STATE"),
        ("Da\u2019esh", "ISLAMIC-STATE"),
        ("Wagner", "WAGNER"),
        ("al-Shabab", "AL-SHABAAB"),
        ("SDF", "SDF"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
    ],
)
def test_forces(printed: str, force: str) -> None:
    """Names, adjectives, peoples, capitals of government and acronyms name their force."""
    assert NAMES.force(printed) == force


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("Burma", "MMR"),
        ("Myanmar", "MMR"),
        ("Türkiye", "TUR"),
        ("COTE DIVOIRE", "CIV"),
        ("Cote D'Ivoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("KOREA, SOUTH", "KOR"),
        ("KOREA, REPUBLIC OF", "KOR"),
        ("Korea", "KOR"),
        ("GERMANY, FEDERAL REPUBLIC OF", "DEU"),
        ("BAHAMAS, THE", "BHS"),
        ("Bahamas", "BHS"),
        ("U. S. Virgin Islands", "VIR"),
        ("CONGO (KINSHASA)", "COD"),
        ("CONGO (BRAZZAVILLE)", "COG"),
        ("Persian Gulf", "GULF"),
        ("the Gulf", "GULF"),
        ("Iraq and Syria", "IRQ-SYR"),
        ("in and around Afghanistan", "AFG-AROUND"),
        ("Europe", "EUROPE"),
        ("Eastern Europe", "EASTERN-EUROPE"),
        ("Middle East", "MIDDLE-EAST"),
        ("Horn of Africa", "HORN-OF-AFRICA"),
        ("West Africa", "WEST-AFRICA"),
        ("worldwide", "WORLDWIDE"),
        ("unstated", "UNSTATED"),
        ("afloat", "AFLOAT"),
        ("Okinawa", "OKI"),
        ("Kosovo", "XKX"),
        ("Texas", "US-TX"),
        ("Guantanamo Bay", "GUANTANAMO"),
        ("former Soviet Union", "FORMER-SOVIET-UNION"),
    ],
)
def test_places(printed: str, place: str) -> None:
    """Names of our day and of tables, inverted or not, name their place."""
    assert NAMES.place(printed) == place


@pytest.mark.parametrize("printed", ["Turkish", "Washington", "Moscow", "Baghdad", "Congo", "", " ", "?", "Iraqq"])
def test_what_is_no_place(printed: str) -> None:
    """Adjectives, governments, towns, ambiguous names and misspellings are no place."""
    assert NAMES.place(printed) is None


@pytest.mark.parametrize("printed", ["Gulf", "Baghdad airport", "Congolese", "troops", "", "IN", "NO"])
def test_what_is_no_force(printed: str) -> None:
    """Theatres, words for running text only, and two-letter codes are no force."""
    assert NAMES.force(printed) is None


def test_ids_mean_themselves_in_capitals_only() -> None:
    """CAN is Canada and AND is Andorra, but "can" and "and" are words."""
    assert NAMES.place("CAN") == "CAN"
    assert NAMES.place(" IRQ-SYR ") == "IRQ-SYR"
    assert NAMES.force("AND") == "AND"
    assert NAMES.place("can") is None
    assert NAMES.force("and") is None


def test_two_letter_codes_need_their_section() -> None:
    """PA, IN and NO are codes only where a table says that its headings are codes."""
    assert NAMES.place("PA", section="ALPHA-2") == "PAN"
    assert NAMES.place("IN", section="ALPHA-2") == "IND"
    assert NAMES.place("OKI", section="ALPHA-2") == "OKI"
    assert NAMES.place("PA") is None


@pytest.mark.parametrize(
    ("printed", "on", "place"),
    [
        ("Zaire", date(1980, 1, 1), "COD"),
        ("Zaire", None, "COD"),
        ("Zaire", date(2010, 1, 1), None),
        ("Congo", date(1961, 1, 1), "COD"),
        ("Congo", date(1980, 1, 1), "COG"),
        ("Congo", date(2010, 1, 1), None),
        ("Congo", None, None),
        ("Soviet Union", date(1991, 12, 31), "SUN"),
        ("Soviet Union", date(1992, 1, 1), None),
        ("Soviet Union", None, "SUN"),
        ("Russia", date(1992, 6, 30), "RUS"),
        ("West Germany", date(1985, 1, 1), "DEU"),
        ("Federal Republic of Germany", date(2010, 9, 30), "DEU"),
        ("East Germany", date(1985, 1, 1), "DDR"),
        ("East Germany", date(1995, 1, 1), None),
        ("South Viet-Nam", date(1968, 9, 30), "VNM"),
        ("South Viet-Nam", date(1990, 1, 1), None),
        ("North Vietnam", date(1968, 1, 1), "VDR"),
        ("Yugoslavia", date(1992, 9, 30), "YUG"),
        ("Serbia and Montenegro", date(2005, 1, 1), "SCG"),
        ("Upper Volta", date(1982, 9, 30), "BFA"),
        ("Burma", date(2025, 12, 31), "MMR"),
        ("Swaziland", date(2025, 12, 31), "SWZ"),
    ],
)
def test_names_have_eras(printed: str, on: date | None, place: str | None) -> None:
    """A name with years means its place only within them; without a day all eras must agree."""
    assert NAMES.place(printed, on=on) == place


def test_a_seat_of_government_speaks_for_the_state_of_its_day() -> None:
    """Moscow is the Soviet Union in 1985 and Russia in 2022, and undecided without a day."""
    assert NAMES.force("Moscow", on=date(1985, 1, 1)) == "SUN"
    assert NAMES.force("Moscow", on=date(2022, 1, 1)) == "RUS"
    assert NAMES.force("Moscow") is None


@pytest.mark.parametrize(
    ("printed", "section", "place"),
    [
        ("GEORGIA", "UNITED STATES", "US-GA"),
        ("GEORGIA", "OVERSEAS", "GEO"),
        ("GEORGIA", "", "GEO"),
        ("WASHINGTON", "UNITED STATES", "US-WA"),
        ("GUAM", "UNITED STATES", "GUM"),
        ("GUAM", "OVERSEAS", "GUM"),
        ("PUERTO RICO", "United States", "PRI"),
        ("ZZ-UNKNOWN", "UNITED STATES", "US-UNSTATED"),
        ("ZZ-UNKNOWN", "OVERSEAS", "OVERSEAS-UNSTATED"),
        ("ZZ-UNKNOWN", "", None),
        ("ARMED FORCES EUROPE", "UNITED STATES", "US-AE"),
        ("UNION OF SOVIET SOCIALIST REPUBLICS", "OVERSEAS", "SUN"),
        ("ALABAMA", "UNITED STATES", "US-AL"),
        ("IRAQ", "OVERSEAS", "IRQ"),
    ],
)
def test_sections_decide(printed: str, section: str, place: str | None) -> None:
    """One name may mean a state among states and a country among countries."""
    assert NAMES.place(printed, section=section, on=date(2010, 9, 30)) == place


PLACE_IDS = {entry.id for entry in NAMES.entries("place")}
PLAIN = st.sampled_from(sorted({e.printed for e in NAMES.entries("place") if not e.section and e.word != "code"}))


@WITHOUT_CLOCK
@given(printed=PLAIN, capitals=st.booleans(), spaces=st.integers(1, 3), article=st.booleans())
def test_spelling_does_not_matter(printed: str, capitals: bool, spaces: int, article: bool) -> None:  # noqa: FBT001 -- drawn by Hypothesis
    """Case, spaces, quotes, accents and a leading article change nothing."""
    expected = NAMES.place(printed + " ")
    worn = (printed.upper() if capitals else printed.swapcase()).replace(" ", " " * spaces)
    worn = f" the {worn}\t" if article else f"\n{worn} "
    if worn.strip() not in PLACE_IDS:
        assert NAMES.place(worn.replace("'", "\u2019")) == expected


@WITHOUT_CLOCK
@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """The normal form of any text is its own normal form."""
    assert normalise(normalise(text)) == normalise(text)


@WITHOUT_CLOCK
@given(st.text(), st.sampled_from(["", "OVERSEAS", "UNITED STATES", "ALPHA-2"]))
def test_any_text_is_answered(text: str, section: str) -> None:
    """Whatever is printed yields a known id or none, and no exception."""
    place, force = NAMES.place(text, section=section), NAMES.force(text)
    assert place is None or NAMES.facts("place", place)
    assert force is None or NAMES.facts("force", force)


@WITHOUT_CLOCK
@given(st.text(string.ascii_letters + " '-.", max_size=30), st.sampled_from(["force", "place", "source"]))
def test_suggestions_are_few_and_distinct(text: str, kind: str) -> None:
    """At most three suggestions, none twice."""
    suggested = NAMES.suggest(text, kind)  # type: ignore[arg-type] # the parameter's literals
    assert len(suggested) <= 3
    assert len(set(suggested)) == len(suggested)


@pytest.mark.parametrize(
    ("printed", "kind", "first"),
    [
        ("Iraqq", "place", "Iraq"),
        ("Afganistan", "place", "Afghanistan"),
        ("Brittish", "force", "United Kingdom"),
        ("New York Tmes", "source", "The New York Times"),
        ("Baghdad", "place", "Iraq"),
        ("Nato forcs", "force", "NATO"),
    ],
)
def test_suggestions_are_near(printed: str, kind: str, first: str) -> None:
    """A misspelt name suggests the one meant, a town its country."""
    assert NAMES.suggest(printed, kind)[0] == first  # type: ignore[arg-type] # the parameter's literals


def test_an_ambiguous_name_suggests_its_meanings() -> None:
    """What could not be decided is offered, and nonsense offers nothing."""
    assert set(NAMES.suggest("Congo", "place")) >= {"Democratic Republic of the Congo", "Congo (Brazzaville)"}
    assert NAMES.suggest("qqqqqqqq", "force") == ()


def test_labels_and_facts() -> None:
    """An id has its display name and its row; an unknown one is its own name."""
    assert NAMES.label("place", "IRQ-SYR") == "Iraq and Syria"
    assert NAMES.label("force", "UNIFIL") == "UNIFIL"
    assert NAMES.label("source", "some-blog") == "some-blog"
    assert NAMES.facts("force", "KFOR")["within"] == "NATO"
    assert NAMES.facts("force", "nobody") == {}


def test_places_lie_within_countries() -> None:
    """States, regions and bases know their country; theatres know their members and are in none."""
    assert NAMES.country("US-GA") == "USA"
    assert NAMES.country("BAGRAM") == "AFG"
    assert NAMES.country("IRQ") == "IRQ"
    assert NAMES.members("IRQ-SYR") == {"IRQ", "SYR"}
    assert NAMES.members("IRQ") == frozenset()


def test_places_within_each_other_end_nowhere() -> None:
    """Rows that lie within each other, as a ledger's might, do not hang a question."""
    row = {"kind": "region", "iso2": "", "valid_from": "", "valid_to": ""}
    one = row | {"place_id": "ONE", "name": "One", "within": "TWO"}
    two = row | {"place_id": "TWO", "name": "Two", "within": "ONE"}
    assert Names(CodeLists(places=(one, two))).country("ONE") in ("ONE", "TWO")


def test_entries_carry_all_a_reader_needs() -> None:
    """Each entry has its normal form, and towns have their country."""
    cities = {entry.printed: entry for entry in NAMES.entries("city")}
    assert cities["Baghdad"].id == cities["Baghdad"].country == "IRQ"
    for entry in NAMES.entries("force"):
        assert entry.name == normalise(entry.printed)
    assert any(entry.word == "informal" and entry.id == "COD" for entry in NAMES.entries("force"))
    assert {entry.id for entry in NAMES.entries("unit") if entry.name == "fourth infantry division"} == {
        "us-4-infantry-division"
    }


def test_a_ledger_passes_its_own_rows() -> None:
    """Names come from the rows handed over and from nowhere else."""
    place = {"place_id": "XYZ", "name": "Xyzland", "kind": "country", "iso2": "", "valid_from": "", "valid_to": ""}
    alias = {"name": "Xyz", "kind": "place", "target": "XYZ", "valid_from": "", "valid_to": "", "section": ""}
    own = Names(CodeLists(places=(place,), aliases=(alias,)))
    assert own.place("xyz") == "XYZ"
    assert own.place("Iraq") is None
    assert own.source("Reuters").source_id == "reuters"


def test_loading_is_light() -> None:
    """Resolving a name needs neither pandas, SQLAlchemy nor rapidfuzz."""
    program = (
        "import sys; from trooptally.names import Names; names = Names.shipped();"
        "names.force('U.S.'); names.place('Iraq'); names.source('AP');"
        "sys.exit(', '.join({'pandas', 'numpy', 'sqlalchemy', 'rapidfuzz', 'dash'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


NO_PLACES = {
    "Total - Former Soviet Union",
    "Iraq (See OIF Table)",
    "Iraq (See Deployment Section)",
    "Iraq (see Deployment Detail Below)",
    "Kuwait (See OIF Table)",
    "Kuwait (See Deployment Section)",
    "Kuwait (see Deployment Detail Below)",
    "Afghanistan (not available)",
    "Afghanistan (See Deployment Section)",
    "Total (in/around Afghanistan as of September 30, 2006) -",
    "Total (in/around Afghanistan as of September 30, 2007) -",
}
QUARTER_ENDS = {"March": (3, 31), "June": (6, 30), "September": (9, 30), "December": (12, 31)}


def test_every_location_of_seventy_five_years_of_reports_resolves(real_data: Path) -> None:
    """All spellings of 1950-2025 name a place on their day, save the totals and the pointers to other tables."""
    with (real_data / "official" / "troopdata-rebuild-reports.csv").open(encoding="utf-8", newline="") as lines:
        printed = {
            (row["Location"], date(int(row["year"]), *QUARTER_ENDS.get(row["month"], (6, 30))))
            for row in csv.DictReader(lines)
        }
    assert len({name for name, _ in printed}) == 563
    assert {name for name, on in printed if NAMES.place(name, on=on) is None} == NO_PLACES


@pytest.mark.parametrize(
    ("workbook", "on", "rows"),
    [
        ("DOD-by-loc_2010-09-30.xlsx", date(2010, 9, 30), 221),
        ("DMDC_Website_Location_Report_2512.xlsx", date(2025, 12, 31), 232),
    ],
)
def test_every_row_of_the_location_workbooks_resolves(real_data: Path, workbook: str, on: date, rows: int) -> None:
    """Each state and country of a quarterly workbook is a place in its section."""
    sheet = CalamineWorkbook.from_path(real_data / "official" / workbook).get_sheet_by_index(0)
    labels, section = [], ""
    for head, label, *_ in sheet.to_python()[6:]:
        section = str(head) or section
        if str(label).strip() and section in ("UNITED STATES", "OVERSEAS"):
            labels.append((str(label), section))
    assert len(labels) == rows
    assert [label for label in labels if NAMES.place(label[0], on=on, section=label[1]) is None] == []
