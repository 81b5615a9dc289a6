"""Funnel limits: against a field computed by hand, against their definition in plain Python, and by simulation."""

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import numpy as np
import pytest

from cxdata.questions.ask import ask_rows
from cxdata.statistics.funnel import KEPT, Field, describe_field, find_side
from tests.fixtures.stories import make_story, step

Make = Callable[..., duckdb.DuckDBPyConnection]


def winsorised(z: Sequence[float]) -> list[float]:
    tenths = statistics.quantiles(z, n=10, method="inclusive")
    return [min(max(each, tenths[0]), tenths[-1]) for each in z]


def test_field_of_equal_companies_is_that_computed_by_hand() -> None:
    # eleven companies of ten stories; the tenths of -5 to 5 are -4 and 4
    means = list(range(-5, 6))
    field = describe_field([10] * 11, means, [9.0] * 11)
    assert field
    # 2 x (1 + 4 + 9 + 16 + 16) = 92 over what ten degrees of freedom keep, less 9 / 10 of chance
    assert field.centre == pytest.approx(0, abs=1e-9)
    assert field.within_variance == pytest.approx(9)
    assert field.between_variance == pytest.approx(92 / (10 * KEPT) - 0.9)
    assert field.reach(10, 95) == pytest.approx(1.959964 * math.sqrt(92 / (10 * KEPT)), rel=1e-6)
    # limits narrow with the number of stories, to the spread of companies
    assert field.reach(1e9, 99.8) == pytest.approx(3.090232 * math.sqrt(field.between_variance), rel=1e-6)


def test_field_of_unequal_companies_has_the_scatter_of_the_normal_curve() -> None:
    drawing = np.random.default_rng(3)
    counts = [5, 7, 10, 20, 50, 400, 8, 6, 30, 900, 12, 15]
    means = [float(drawing.normal(-1, 1 + 2 / math.sqrt(count))) for count in counts]
    field = describe_field(counts, means, [4.0] * 12)
    assert field
    assert field.between_variance > 0
    errors = [math.sqrt(4 / count + field.between_variance) for count in counts]
    z = [(mean - field.centre) / error for mean, error in zip(means, errors, strict=True)]
    assert sum(each**2 for each in winsorised(z)) == pytest.approx(KEPT * 11, rel=1e-3)
    assert sum(each / error for each, error in zip(winsorised(z), errors, strict=True)) == pytest.approx(0, abs=0.02)


def test_variance_within_companies_is_pooled_by_their_stories() -> None:
    field = describe_field([5, 9, 5, 5], [0, 0, 0, 0], [1.0, 4.0, 2.0, 1.0])
    assert field
    assert field.within_variance == pytest.approx((4 * 1 + 8 * 4 + 4 * 2 + 4 * 1) / 20)
    assert field.between_variance == 0


def test_few_companies_and_companies_of_few_stories_have_no_field() -> None:
    assert describe_field([5, 5, 5], [0, 1, 2], [1, 1, 1]) is None
    assert describe_field([5, 5, 5, 4], [0, 1, 2, 3], [1, 1, 1, 1]) is None
    assert describe_field([5, 5, 5, 5], [0, 1, 2, 3], [0, 0, 0, 0]) is None
    assert describe_field([5, 5, 5, 5, 4], [0, 1, 2, 3, 99], [1] * 5) == describe_field([5] * 4, [0, 1, 2, 3], [1] * 4)


def test_company_stands_out_beyond_the_limits_without_any_one_story() -> None:
    field = Field(0.0, 4.0, 0.25)
    # 4 / 9 + 0.25 of variance: 3.09 standard errors are 2.58
    assert find_side(field, 8, 10, 3.0, 2.5, 3.5) == "above"
    assert find_side(field, 8, 10, -3.0, -3.5, -2.5) == "below"
    assert find_side(field, 8, 10, 2.5, 2.0, 3.0) is None
    # without its 10 the mean of the others is 2.2
    assert find_side(field, 8, 10, 3.0, 1.0, 10.0) is None
    assert find_side(field, 8, 4, 5.0, 5.0, 5.0) is None
    # of 200 companies chance alone takes one as far: 3.66 standard errors are 3.05
    assert find_side(field, 200, 10, 3.0, 2.5, 3.5) is None


@pytest.mark.parametrize(("sizes", "spread"), [([8] * 30, 1.0), ([5, 6, 8, 12, 20, 30, 50, 80], 1.0), ([6] * 60, 0.0)])
def test_chance_names_a_company_in_few_sectors(sizes: list[int], spread: float) -> None:
    """No company is unusual: at most 5 in 100 sectors may name one, and 200 draws leave 3 more open."""
    drawing = np.random.default_rng(4)
    named = 0
    for _ in range(200):
        values = [drawing.normal(drawing.normal(-1, spread), 2, size) for size in sizes]
        means = [float(each.mean()) for each in values]
        field = describe_field(sizes, means, [float(each.var(ddof=1)) for each in values])
        assert field
        named += any(
            find_side(field, len(sizes), len(each), mean, each.min(), each.max())
            for mean, each in zip(means, values, strict=True)
        )
    assert named <= 16


def sector_of(feelings: dict[str, Sequence[int]], sector: str = "Retail") -> list[Any]:
    stories = [
        make_story(f"{company.lower()}-{place}", step(feeling), company=company)
        for company, told in feelings.items()
        for place, feeling in enumerate(told)
    ]
    return [
        story.model_copy(update={"company": story.company.model_copy(update={"sector": sector})}) for story in stories
    ]


USUAL = {f"K{place}": (0, 1, -1, 0, 1, -1) for place in range(8)}


def test_question_names_the_company_that_stands_out(database_of: Make) -> None:
    stories = sector_of(USUAL | {"Low": (-5, -4, -5, -4, -5, -5), "Few": (5, 5)})
    rows = ask_rows(database_of(*stories, *sector_of({"Bank": (1,) * 5}, "Banking")), "sector_funnel")
    assert {row["company"]: row["side"] for row in rows} == dict.fromkeys(USUAL) | {"Low": "below"}
    low = rows[-1]
    field = describe_field([6] * 9, [0] * 8 + [-28 / 6], [0.8] * 8 + [statistics.variance((-5, -4, -5, -4, -5, -5))])
    assert field
    assert low["sector_experience"] == pytest.approx(field.centre)
    assert low["low_998"] == pytest.approx(field.centre - field.reach(6, 99.8))
    assert low["high_95"] == pytest.approx(field.centre + field.reach(6, 95))
    assert (low["few_count"], low["field_count"], low["sector_count"], low["company_order"]) == (1, 9, 2, 9)


def test_choice_of_a_company_moves_no_limit(database_of: Make) -> None:
    database = database_of(*sector_of(USUAL | {"Low": (-5, -4, -5, -4, -5, -5), "Few": (5, 5)}))
    whole = {row["company"]: row for row in ask_rows(database, "sector_funnel")}
    (low,) = ask_rows(database, "sector_funnel", {"companies": ["Low"]})
    names = ("side", "low_95", "high_998", "field_count", "sector_experience")
    assert [low[name] for name in names] == [whole["Low"][name] for name in names]
    (few,) = ask_rows(database, "sector_funnel", {"companies": ["Few"]})
    assert (few["low_95"], few["side"], few["limit_reason"]) == (None, None, "too few")


def test_limits_say_why_there_are_none(database_of: Make) -> None:
    three = ask_rows(database_of(*sector_of({name: USUAL[name] for name in ("K0", "K1", "K2")})), "sector_funnel")
    assert {(row["low_95"], row["high_998"], row["limit_reason"]) for row in three} == {(None, None, "too few")}
    same = ask_rows(database_of(*sector_of({f"K{place}": (place,) * 5 for place in range(4)})), "sector_funnel")
    assert {row["limit_reason"] for row in same} == {"same"}
    chosen = ask_rows(database_of(*sector_of(USUAL)), "sector_funnel", {"halls": ["mixed"]})
    assert {(row["side"], row["limit_reason"]) for row in chosen} == {(None, "chosen by hall")}
