"""What is understood of a line, a form, an article and pasted rows, before anybody writes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trooptally.dates import AsOf
from trooptally.errors import RefusedInput
from trooptally.figures import Figure, parse_figure, print_figure
from trooptally.importing.document import Particulars
from trooptally.intake.looking import is_blank, look
from trooptally.intake.proposals import claim_in, only, propose
from trooptally.intake.rows import COLUMNS, MOST_ROWS, pasted, preview, rows_document
from trooptally.intake.smartline import printed_figure, understand
from trooptally.names import Names
from trooptally.vocabulary import Component, Measure
from trooptally_dashboards.components.claim_form import beside, echo
from trooptally_dashboards.entering import filled

# The first look reads the code lists, and a busy machine is slow to draw, not wrong.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = Names.shipped()
FOUNDING = "around 2,500 U.S. troops are in Iraq, according to the Biden administration, NYT 20 Sep 2021"
LINES = {
    FOUNDING: {
        "force": "United States",
        "place": "Iraq",
        "measure": "present",
        "figure": "around 2,500",
        "as_of": "2021-09-20",
        "attributed_to": "the Biden administration",
        "publisher": "NYT",
        "published_on": "2021-09-20",
        "quote": "around 2,500 U.S. troops are in Iraq, according to the Biden administration",
    },
    "USA IRQ 2500": {"force": "USA", "place": "IRQ", "measure": "present", "figure": "2500"},
    "US Saudi Arabia at least 2,000 Sep 2021": {
        "place": "Saudi Arabia",
        "figure": "at least 2,000",
        "as_of": "2021-09",
    },
    "FRA withdrawing Niger 400 2023-12 Le Monde": {
        "force": "FRA",
        "place": "Niger",
        "measure": "withdrawing",
        "as_of": "2023-12",
        "publisher": "Le Monde",
    },
    "dozens of Russians in Mali": {"force": "Russians", "place": "Mali", "figure": "dozens"},
    "about 900 American soldiers in Syria (Reuters, 2023-10-27)": {
        "publisher": "Reuters",
        "published_on": "2023-10-27",
    },
    "The U.K. has 1,000 troops in Estonia. https://news.example/a?b=c, The Baltic Bugle, March 2022": {
        "url": "https://news.example/a?b=c",
        "publisher": "The Baltic Bugle",
        "published_on": "2022-03",
    },
}
STORY = (
    "Troops on the move\n\n"
    "The United States has about 900 troops in Syria and 2,500 in Iraq, the Pentagon said on Tuesday. "
    "France will withdraw 400 soldiers from Niger, President Emmanuel Macron said. "
    "The harvest of 60 tonnes has begun."
)


@pytest.mark.parametrize("line", LINES)
def test_line_is_parted_into_fields(line: str) -> None:
    """A sentence or catchwords, with or without who published it when, fill the fields that they name."""
    answers = understand(line, NAMES).answers
    assert {name: answers.get(name) for name in LINES[line]} == LINES[line]


@UNHURRIED
@given(st.text(max_size=300))
def test_no_line_is_too_strange(line: str) -> None:
    """Whatever is typed, some fields come back or none, and never an exception."""
    answers = understand(line, NAMES).answers
    assert all(answers.values())


@pytest.mark.parametrize("cut", range(0, len(FOUNDING) + 1, 3))
def test_line_can_be_read_while_it_is_typed(cut: int) -> None:
    """Each beginning of the founding line is read without an exception, and the form beside it too."""
    answers = understand(FOUNDING[:cut], NAMES).answers
    assert look(answers, NAMES).errors or answers


def test_line_with_two_figures_names_the_other() -> None:
    """A line that holds a second figure fills the form with one and names the other."""
    assert understand("The US has 900 troops in Syria and 2,500 in Iraq.", NAMES).others


def test_typed_field_survives_the_line() -> None:
    """A field that a person has changed keeps their words when the line changes; the others follow the line."""
    first = filled(FOUNDING, {}, {}, NAMES)
    typed = {**first.values, "place": "Syria"}
    second = filled(FOUNDING.replace("2,500", "2,600"), typed, first.from_line, NAMES)
    assert second.values["place"] == "Syria"
    assert second.values["figure"] == "around 2,600"


figures = st.one_of(
    st.integers(0, 500_000).map(lambda n: Figure.bounded(low=n, point=n, high=n)),
    st.integers(0, 500_000).map(lambda n: Figure.bounded(point=n)),
    st.integers(0, 500_000).map(lambda n: Figure.bounded(low=n)),
    st.integers(0, 500_000).map(lambda n: Figure.bounded(high=n)),
    st.tuples(st.integers(0, 1_000), st.integers(1_001, 9_000)).map(lambda n: Figure.bounded(low=n[0], high=n[1])),
)
days = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@UNHURRIED
@given(figures, days, st.sampled_from(Measure), st.sampled_from(Component))
def test_form_says_what_was_typed(figure: Figure, day: date, measure: Measure, component: Component) -> None:
    """What is typed into the form comes out of it as the very figure, day, measure and component."""
    seen = look(
        {
            "force": "USA",
            "place": "IRQ",
            "measure": measure.value,
            "component": component.value,
            "figure": print_figure(figure),
            "as_of": day.isoformat(),
            "publisher": "The Daily Sample",
        },
        NAMES,
    )
    assert seen.errors == {}
    drafts = seen.drafts
    assert (drafts.low[0], drafts.point[0], drafts.high[0], drafts.hedge[0]) == (
        figure.low,
        figure.point,
        figure.high,
        figure.hedge.value,
    )
    assert (drafts.measure[0], drafts.component[0], drafts.as_of[0]) == (measure, component, day.isoformat())


@UNHURRIED
@given(figures, st.sampled_from(["", " troops", " U.S. soldiers", " men under arms"]))
def test_figure_is_found_at_the_head_of_its_words(figure: Figure, after: str) -> None:
    """The words that print the figure are parsed back to it, whatever nouns follow."""
    printed = printed_figure(print_figure(figure) + after, figure)
    assert parse_figure(printed).figure == figure


@UNHURRIED
@given(st.dictionaries(st.sampled_from(("force", "place", "measure", "figure", "as_of", "url")), st.text(max_size=40)))
def test_no_form_is_too_strange(answers: dict[str, str]) -> None:
    """Whatever is typed into the fields, there are errors beside them or a claim in words, never an exception."""
    seen = look(answers, NAMES)
    assert bool(seen.errors) != bool(seen.understood)
    beside(answers, NAMES)


def test_errors_stand_beside_their_fields() -> None:
    """Each wrong field has its own sentence, and near names are offered."""
    seen = look(
        {"force": "United Sttes", "place": "", "measure": "", "figure": "171,00", "as_of": "2021-13", "url": "ftp:x"},
        NAMES,
    )
    assert set(seen.errors) == {"force", "place", "measure", "figure", "as_of", "url"}
    assert "United States" in seen.errors["force"]


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("figure", "more than 5,000", "more than 5,000"),
        ("figure", "2,000-2,500", "between 2,000 and 2,500"),
        ("as_of", "2006~", "about 2006"),
        ("as_of", "Sept. 2021", "September 2021"),
        ("measure", "rotating", "changes no level"),
        ("place", "IRQ", "Iraq"),
        ("figure", "x", ""),
    ],
)
def test_echo_says_what_was_understood(name: str, told: str, said: str) -> None:
    """Beside a field stands in plain words what was understood of it."""
    assert said in echo(name, told, NAMES)


def test_blank_form_asks_for_nothing() -> None:
    """An untouched form shows no errors."""
    assert is_blank({"force": " ", "place": ""})
    assert not any(beside({}, NAMES)["errors"].values())


def test_article_is_marked_where_its_figures_stand() -> None:
    """Every proposal's offsets cut its very words out of the text."""
    article = propose(STORY, Particulars(publisher="The Daily Sample", published_on="2021-09-21"), NAMES)
    assert [article.text[one.start : one.end] for one in article.proposals] == [one.quote for one in article.proposals]
    assert {one.answers["place"] for one in article.proposals} == {"Syria", "Iraq", "Niger"}
    assert article.title == "Troops on the move"


def test_web_page_is_read_by_its_words() -> None:
    """Of pasted HTML the words are shown and read, not the tags."""
    html = f"<html><body><h1>Troops</h1><p>{STORY}</p><script>900 troops in Mali</script></body></html>"
    article = propose(html, Particulars(), NAMES)
    assert "<" not in article.text
    assert len(article.proposals) == 3


def test_missed_figure_is_added_from_its_words() -> None:
    """Words that the reader passed over become a claim at their own place in the article."""
    article = propose(STORY, Particulars(publisher="The Daily Sample", published_on="2021-09-21"), NAMES)
    start = STORY.index("60 tonnes")
    seen = look({"force": "France", "place": "Niger", "measure": "present", "figure": "60"}, NAMES)
    checked = claim_in(article, start, start + 9, seen.drafts, NAMES, speaker="")
    drafts = checked.extract.drafts
    assert (drafts.locator, drafts.quote, drafts.low) == ([f"characters {start}-{start + 9}"], ["60 tonnes"], [60])


def test_accepted_proposal_keeps_its_id() -> None:
    """A proposal that is accepted unchanged is the claim that an import of the same article makes."""
    article = propose(STORY, Particulars(publisher="The Daily Sample"), NAMES)
    first = article.proposals[0]
    seen = look({**first.answers, "quote": first.quote}, NAMES)
    checked = claim_in(article, first.start, first.end, seen.drafts, NAMES, speaker="the Pentagon")
    assert checked.extract.drafts.claim_id == [first.claim_id]
    assert only(article, {first.claim_id}).extract.drafts.claim_id == [first.claim_id]


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (0, 10**6), (18, 20)])
def test_words_must_stand_in_the_article(start: int, end: int) -> None:
    """Offsets outside the text, or around nothing, make no claim."""
    article = propose(STORY, Particulars(), NAMES)
    seen = look({"force": "France", "place": "Niger", "measure": "present", "figure": "60"}, NAMES)
    with pytest.raises(RefusedInput):
        claim_in(article, start, end, seen.drafts, NAMES, speaker="")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 200_001])
def test_article_has_a_length(text: str) -> None:
    """Nothing, and more than any article, is refused with a sentence."""
    with pytest.raises(RefusedInput):
        propose(text, Particulars(), NAMES)


cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(lambda cell: cell.strip())


@UNHURRIED
@given(st.lists(st.fixed_dictionaries({"force": cells, "place": cells, "figure": cells, "note": cells}), max_size=5))
def test_rows_come_back_from_the_clipboard(rows: list[dict[str, str]]) -> None:
    """Rows copied out of a spreadsheet under a header are the same rows again."""
    import csv
    import io

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter="\t")
    writer.writerow(("force", "place", "figure", "note"))
    writer.writerows([[row[name] for name in ("force", "place", "figure", "note")] for row in rows])
    kept = [{name: cell for name, cell in row.items() if cell} for row in rows if any(row.values())]
    assert pasted(stream.getvalue()) == kept


def test_rows_without_header_stand_in_the_order_of_the_template() -> None:
    """Cells pasted without a header are the columns of the empty table, in their order."""
    [row] = pasted("USA\tIRQ\tpresent\tmilitary\tabout 2,500")
    assert row == dict(zip(COLUMNS, ("USA", "IRQ", "present", "military", "about 2,500"), strict=False))


def test_preview_tells_the_fate_of_each_row() -> None:
    """Good, doubtful, repeated and refused rows are told apart, each with its reason."""
    good = {"force": "USA", "place": "IRQ", "measure": "present", "figure": "2,500", "as_of": "2021"}
    good |= {"publisher": "AP", "published_on": "2021-09-20"}
    seen = preview([good, {**good, "as_of": ""}, good, {**good, "place": "Nowhere"}], NAMES)
    assert [outlook.fate for outlook in seen.outlooks] == ["recorded", "flagged", "repeated", "refused"]
    assert seen.counted() == {"recorded": 1, "flagged": 1, "repeated": 1, "refused": 1}
    assert any(column == "place" for column, _ in seen.outlooks[3].remarks)


def test_rows_have_a_limit() -> None:
    """No rows, and more than a page can show, are refused with a sentence."""
    with pytest.raises(RefusedInput):
        preview([], NAMES)
    with pytest.raises(RefusedInput, match="at most"):
        pasted("a\tb\n" * (MOST_ROWS + 2))


def test_formula_in_a_row_is_text() -> None:
    """A cell that begins like a formula reaches the ledger as the very text that was pasted."""
    row = {"force": "USA", "place": "IRQ", "measure": "present", "figure": "2,500", "note": "=1+1"}
    assert b"'=1+1" in rows_document([row]).content
    assert preview([row], NAMES).checked.extract.drafts.note == ["=1+1"]


def test_as_of_in_words_is_kept_as_edtf() -> None:
    """Plain words for a day or month are understood as the form's own dates."""
    answers = {"force": "USA", "place": "IRQ", "measure": "present", "figure": "1", "as_of": "about 2006"}
    drafts = look(answers, NAMES).drafts
    assert AsOf(edtf="2006~", earliest=date(2006, 1, 1), latest=date(2006, 12, 31)).edtf == drafts.as_of[0]
