"""The hard cases: little, contradicting, extreme or one-sided claims give a wide band or a clear refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from time import process_time
from typing import Any

import pandas as pd
import pytest

from trooptally.errors import BadDate, BadTable, RefusedInput, UnknownName
from trooptally.estimates import Estimates, estimate

Written = Callable[..., pd.DataFrame]


def asked(claims: pd.DataFrame, **question: Any) -> Estimates:
    """Return an estimate for the force and place that the tests write about."""
    return estimate(claims, force="USA", place="IRQ", **question)


def band(claims: pd.DataFrame, on: str, **question: Any) -> tuple[int, int, int]:
    """Return the band of one day."""
    row = asked(claims, on=on, **question).frame.iloc[0]
    return int(row["low"]), int(row["best"]), int(row["high"])


def test_one_claim_gives_a_wide_band_around_it(written: Written) -> None:
    """A single claim of 2,500 is believed, but not to the man."""
    low, best, high = band(written({"n": 2500, "on": "2021-09-20"}), "2021-09-20")
    assert low < 2300
    assert 2350 < best < 2650
    assert high > 2700


def test_two_contradicting_exact_claims_of_one_day_are_both_in_the_band(written: Written) -> None:
    """500 and 4,000 on the same day give a band that holds both."""
    low, _, high = band(written({"n": 500, "on": "2017-10-01"}, {"n": 4000, "on": "2017-10-01"}), "2017-10-01")
    assert low <= 520
    assert high >= 3900


def test_a_claim_of_zero_is_a_level_of_about_zero(written: Written) -> None:
    """0 is a number: the best estimate is next to nobody and nothing is negative."""
    low, best, _ = band(written({"n": 0, "on": "2012-01-15"}), "2012-01-15")
    assert low == 0
    assert best <= 3


def test_ten_million_beside_a_hundred_does_not_break(written: Written) -> None:
    """Figures five powers of ten apart on neighbouring days give one finite band."""
    low, best, high = band(written({"n": 10**7, "on": "2020-01-01"}, {"n": 100, "on": "2020-01-02"}), "2020-01-02")
    assert 0 <= low <= best <= high < 10**9


def test_a_claim_about_ten_years_informs_all_of_them(written: Written) -> None:
    """A claim of 900 from 2011 to 2021 holds in 2012 and 2020 alike, and less surely than a claim about one day."""
    span = written({"n": 900, "on": "2011", "as_of_earliest": "2011-01-01", "as_of_latest": "2021-01-01"})
    for on in ("2012-06-30", "2019-06-30"):
        low, best, high = band(span, on)
        assert low < best < high
        assert 700 < best < 1100


def test_thousands_of_claims_in_a_month_are_answered(written: Written) -> None:
    """Three thousand claims of one month do not make the band as narrow as a coin's edge."""
    rows = [{"n": 4000 + 7 * (n % 200), "on": f"2020-03-{1 + n % 28:02d}", "origin": f"desk-{n}"} for n in range(3000)]
    low, best, high = band(written(*rows), "2020-03-31")
    assert 4000 < best < 5500
    assert high - low > 0.1 * best


def test_a_crowd_that_prints_one_figure_is_answered_at_once(written: Written) -> None:
    """Three thousand named desks with the same figure in one month cost seconds at most, not their square."""
    rows = [{"n": 4000, "on": f"2020-03-{1 + n % 28:02d}", "origin": f"desk-{n}"} for n in range(3000)]
    claims = written(*rows)
    started = process_time()
    low, best, high = band(claims, "2020-03-31")
    assert process_time() - started < 5
    assert low < 3800 < best < 4200 < high


@pytest.mark.parametrize(
    ("hedge", "n", "within"),
    [("up_to", 900, (600, 900)), ("at_least", 900, (900, 1150)), ("vague", 200, (200, 600))],
)
def test_a_lone_hedged_claim_leans_its_way(written: Written, hedge: str, n: int, within: tuple[int, int]) -> None:
    """The words "up to 900" are best read as somewhat fewer, "at least 900" as more, "hundreds" as a few hundred."""
    low, best, high = band(written({"n": n, "hedge": hedge, "on": "2020-01-01"}), "2020-01-01")
    assert within[0] <= best <= within[1]
    assert low < within[0]
    assert high > within[1]


def test_only_ceilings_and_movements_are_not_enough(written: Written) -> None:
    """Ceilings and movements together, however many, still say nothing about how many are there."""
    rows = [{"n": 100 * n, "on": f"2020-0{n}-01", "measure": measure} for n in range(1, 9) for measure in _NO_LEVEL]
    answer = asked(written(*rows))
    assert answer.frame.empty
    assert "no claim says how many are present" in answer.reason


_NO_LEVEL = ("authorized", "deploying", "withdrawing")


@pytest.mark.parametrize("measure", ["authorized", "deploying", "withdrawing", "rotating", "planned", "committed"])
def test_without_a_level_there_is_not_enough(written: Written, measure: str) -> None:
    """Ceilings, movements and pledges alone say nothing about how many are there."""
    answer = asked(written({"n": 500, "on": "2020-01-01", "measure": measure}))
    assert not answer.enough
    assert answer.frame.empty
    assert measure in answer.reason


def test_no_claims_no_estimate(written: Written) -> None:
    """A series nobody spoke of has an empty frame and a reason, not a zero."""
    answer = estimate(written({"n": 1, "on": "2020-01-01"}), force="FRA", place="MLI", on="2020-01-01")
    assert answer.frame.empty
    assert list(answer.frame.columns) == [
        "date",
        "low",
        "best",
        "high",
        "level",
        "origins",
        "claims",
        "method",
    ]
    assert answer.records() == []
    assert answer.evidence == []
    assert "no accepted claim" in answer.reason


def test_silence_widens_the_band(written: Written) -> None:
    """The longer nobody speaks, the wider the band; it becomes neither presence nor zero."""
    claims = written({"n": 5000, "on": "2010-06-30"}, {"n": 5000, "on": "2010-09-30"})
    widths = [
        high / max(low, 1) for low, _, high in (band(claims, on) for on in ("2010-09-30", "2011-09-30", "2015-09-30"))
    ]
    assert widths == sorted(widths)
    assert widths[-1] > 4


def test_an_announced_withdrawal_moves_the_level_in_part(written: Written) -> None:
    """After 2,000 of 5,000 are said to leave, the best estimate falls, and the old level stays in the band."""
    claims = written(
        {"n": 5000, "on": "2020-01-15"},
        {"n": 2000, "on": "2020-03-15", "measure": "withdrawing", "origin": "x"},
    )
    low, best, high = band(claims, "2020-04-30")
    assert low < 3300
    assert best < 5000
    assert high > 4900


def test_a_withdrawal_says_that_they_were_there(written: Written) -> None:
    """Who announces that 4,000 leave makes a level of 400, two years old, more doubtful."""
    level = {"n": 400, "on": "2018-01-15"}
    with_movement = written(level, {"n": 4000, "on": "2020-01-20", "measure": "withdrawing", "origin": "x"})
    assert band(with_movement, "2020-01-15")[1] > band(written(level), "2020-01-15")[1]


def test_a_ceiling_is_doubted_but_heard(written: Written) -> None:
    """A ceiling of 5,262 lowers the upper end of an old, wide band and does not forbid what lies above."""
    level = {"n": 6000, "on": "2016-01-01"}
    alone = band(written(level), "2018-01-01")
    capped = band(written(level, {"n": 5262, "on": "2018-01-01", "measure": "authorized", "origin": "m"}), "2018-01-01")
    assert capped[1] < alone[1]
    assert capped[2] > 5262


def test_permanently_assigned_is_another_series(written: Written) -> None:
    """The count of December 2017 without the deployed neither lowers the old series nor is lowered by it."""
    old = [{"n": 16000 + n, "on": f"2017-{n:02d}-28", "origin": "dmdc", "basis": "all_present"} for n in range(1, 10)]
    new = [
        {"n": 2155, "on": f"2018-{n:02d}-28", "origin": "dmdc", "basis": "permanently_assigned"} for n in range(1, 10)
    ]
    claims = written(*old, *new)
    assert band(claims, "2018-09-28")[1] > 12000
    assert 1900 < band(claims, "2018-09-28", basis="permanently_assigned")[1] < 2400
    assert "December 2017" in asked(claims).notes[0]
    assert asked(claims.iloc[9:]).basis == "permanently_assigned"


def test_a_theatre_bounds_its_places_and_is_never_split(written: Written) -> None:
    """7,200 in two countries together caps one of them, and is no level of it."""
    theatres = {"IRQ-SYR": ("IRQ", "SYR")}
    wide = {"n": 7200, "on": "2019-12-06", "place": "IRQ-SYR", "origin": "pentagon"}
    assert not asked(written(wide), theatres=theatres).enough
    level = {"n": 9000, "on": "2017-09-30", "origin": "dmdc"}
    assert band(written(level, wide), "2019-12-06", theatres=theatres)[1] < band(written(level), "2019-12-06")[1]


def test_a_theatre_is_at_least_its_parts(written: Written) -> None:
    """8,000 in one country lifts the old, wide estimate of the theatre that holds it."""
    claims = written(
        {"n": 5000, "on": "2017-01-01", "place": "IRQ-SYR"}, {"n": 8000, "on": "2019-01-01", "origin": "dmdc"}
    )
    question: dict[str, Any] = {"force": "USA", "place": "IRQ-SYR", "on": "2019-01-01"}
    apart = estimate(claims, **question).frame.iloc[0]
    joined = estimate(claims, **question, theatres={"IRQ-SYR": ("IRQ", "SYR")}).frame.iloc[0]
    assert joined["best"] > apart["best"]


def test_left_out_claims_are_named_with_their_reason(written: Written) -> None:
    """A negative figure and an undated claim are listed, not dropped in silence."""
    claims = written({"n": 900, "on": "2020-01-01"}, {"n": -5, "on": "2020-01-02"}, {"n": 900, "on": None})
    assert dict(asked(claims).left_out) == {
        f"{1:032x}": "its figure is no number of people",
        f"{2:032x}": "neither it nor its report has a date",
    }


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({"method": "oracle"}, UnknownName),
        ({"every": "fortnight"}, RefusedInput),
        ({"on": "soon"}, BadDate),
        ({"start": "2021", "end": "2020"}, RefusedInput),
        ({"start": "1000", "end": "3000", "every": "day"}, RefusedInput),
    ],
)
def test_bad_questions_are_refused_in_a_sentence(written: Written, question: dict[str, Any], error: type) -> None:
    """An unknown method, step or day is refused with one of our errors."""
    with pytest.raises(error):
        asked(written({"n": 900, "on": "2020-01-01"}), **question)


def test_a_table_without_its_columns_is_refused(written: Written) -> None:
    """The sentence names the column that is absent."""
    with pytest.raises(BadTable, match="measure"):
        asked(written({"n": 900, "on": "2020-01-01"}).drop(columns="measure"))


def test_dates_are_ends_of_steps_and_the_last_day(written: Written) -> None:
    """Months end on their last day; the day the question ends on is answered too."""
    frame = asked(written({"n": 900, "on": "2020-01-01"}), start="2020-01", end="2020-03-10").frame
    assert frame["date"].tolist() == [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 10)]


@pytest.mark.parametrize(
    ("question", "days"),
    [({"end": "2018"}, [date(2018, 12, 31)]), ({"start": "2022-03-05"}, [date(2022, 3, 5)])],
)
def test_a_time_before_or_after_all_claims_is_answered_at_its_end(
    written: Written, question: dict[str, Any], days: list[date]
) -> None:
    """Asked only for an end before the first claim, or a start after the last, that one day is answered."""
    assert asked(written({"n": 900, "on": "2020-01-01"}), **question).frame["date"].tolist() == days


def test_a_day_may_be_text_or_date(written: Written) -> None:
    """Text and date ask the same question."""
    claims = written({"n": 900, "on": "2020-01-01"})
    assert asked(claims, on=date(2020, 1, 1) + timedelta(days=1)).records() == asked(claims, on="2020-01-02").records()
