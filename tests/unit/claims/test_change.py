"""Claims over time: the newest period, older marks beside chance, and what is missing."""

from dataclasses import replace

import pytest

from cxdata.claims.change import Course, Period, claim_change, claim_difference, count_run, say_needed
from cxdata.statistics.control_chart import Measure, Reason, Side, Signal


def period(label: str, value: float | None, signal: Signal | None = None, side: Side | None = None) -> Period:
    return Period(label, 20 if value is not None else 3, value, 1.0, 3.0, signal, side, variance=4.0)


def course(*periods: Period, measure: Measure = "effort", reason: Reason | None = None) -> Course:
    return Course(measure, "Effort", "quarter", periods, reason, 25)


OLD = (period("Q1 2020", 2.0), period("Q2 2020", 5.0, "outside", "above"), period("Q3 2020", 2.1))
ROW = tuple(period(f"Q{n} 2021", 2.5, "seven_one_side", "above") for n in range(1, 8))


def test_newest_period_within_the_limits_is_usual_and_older_marks_stand_beside_chance() -> None:
    claim = claim_change(course(*OLD))
    assert claim.headline == "Effort in Q3 2020 is within its usual range: 2.1 points"
    assert claim.note == "marked: Q2 2020, as chance does in 25 of 100 such charts"
    assert claim_change(course(OLD[0], OLD[2])).note == ""


def test_neighbouring_marks_on_one_side_are_named_together() -> None:
    claim = claim_change(course(*OLD, *ROW, period("Q1 2023", 2.0)))
    assert claim.note == "marked: Q1 2021 to Q7 2021 and Q2 2020, as chance does in 25 of 100 such charts"


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ([period("Q4 2020", 9.0, "outside", "above")], "Effort in Q4 2020 is unusually high: 9 points"),
        (
            [period("Q4 2020", 2.9, "two_of_three", "above")],
            "Effort was nearly unusually high in two of three quarters: 2.9 points",
        ),
        (list(ROW), "Effort has been above average for seven quarters: 2.5 points"),
    ],
)
def test_newest_period_beyond_chance_is_the_headline(newest: list[Period], expected: str) -> None:
    claim = claim_change(course(*OLD, *newest))
    assert claim.headline == expected
    assert claim.note == "chance marks the newest quarter in up to 3 of 100 charts"


@pytest.mark.parametrize(
    ("reason", "sentence", "note"),
    [
        ("few periods", "Effort in Q3 2020: 2.1 points, too few quarters to compare", "limits need 12 quarters, and"),
        (
            "few stories",
            "Effort in Q3 2020: 2.1 points, too few stories to compare",
            "limits need 20 stories a quarter",
        ),
        ("same", "Effort is the same in every quarter: 2.1 points", ""),
    ],
)
def test_without_limits_the_claim_says_why(reason: Reason, sentence: str, note: str) -> None:
    claim = claim_change(course(*OLD, reason=reason))
    assert claim.headline == sentence
    assert claim.note.startswith(note)


def test_periods_without_a_figure_claim_nothing() -> None:
    claim = claim_change(course(period("Q1 2020", None), reason=None))
    assert (claim.kind, claim.headline) == ("unknown", "Too few stories have a date to show a change")
    assert claim.note == "a quarter needs five stories, and the fullest has 3"
    lone = claim_change(course(period("Q1 2020", None), period("Q2 2020", 3.0)))
    assert lone.headline == "Effort in Q2 2020: 3 points, no other quarter to compare"


def test_a_row_ends_where_the_side_changes() -> None:
    assert count_run([*OLD, *ROW], len(OLD) + len(ROW) - 1) == 7


def test_two_periods_differ_by_the_limits_where_there_are_some_and_else_by_a_test() -> None:
    low, high = period("Q1 2020", 1.0), period("Q2 2020", 4.0)
    within = claim_difference(course(low, high), high, low)
    assert within.headline == "Effort is 4 points in Q2 2020 and was 1 point in Q1 2020, both within the usual range"
    # t = 3 / sqrt(4 / 20 + 4 / 20) = 4.7
    tested = claim_difference(course(low, high, reason="few periods"), high, low)
    assert tested.headline.endswith("which is more by more than chance explains")
    near = claim_difference(course(low, high, reason="few periods"), replace(high, value=1.5), low)
    assert near.headline.endswith("which chance can explain")
    assert claim_difference(course(low, high), low, low).headline == "Effort is as it was in Q1 2020: 1 point"


def test_shares_of_few_stories_with_the_type_are_not_told_apart() -> None:
    none, some = (replace(period(label, value), variance=0.1) for label, value in (("Q1", 0.0), ("Q2", 0.25)))
    shares = course(none, some, measure="share", reason="rare")
    assert claim_difference(shares, some, none).headline.endswith("which chance can explain")  # 5 of 40 have it


def test_what_a_change_needs_is_said_in_stories() -> None:
    words = say_needed(3, 8, 2, "quarter")
    assert words.startswith("3 of 8 stories here name the quarter in which it happened. The quarter with most stories")
    assert "12 quarters with about 20 stories each. That is some 240 dated stories." in words
    assert say_needed(0, 8, 0, "quarter").startswith(
        "None of these 8 stories names the quarter in which it happened. A"
    )
