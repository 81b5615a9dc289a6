"""Claims of companies against their sector: who is named, and what is said where nobody can be."""

from typing import Literal

import pytest

from cxdata.claims.outliers import Placed, claim_outliers, describe_place


def placed(company: str, side: Literal["above", "below"] | None = None) -> Placed:
    return Placed(company, {"above": 4.0, "below": -3.25, None: 0.5}[side], 12, side)


@pytest.mark.parametrize(
    ("companies", "sentence"),
    [
        (
            [placed("A"), placed("B", "below"), placed("C"), placed("D")],
            "B is rated unusually low in Retail: −3.3, mean −0.5",
        ),
        (
            [placed("A", "above"), placed("B", "below"), placed("C", "below"), placed("D")],
            "B and C are rated unusually low in Retail, A unusually high",
        ),
        ([placed("A"), placed("B")], "No company is rated unusually low or high in Retail"),
        ([placed("A")], "A is not rated unusually low or high in Retail"),
    ],
)
def test_companies_that_stand_out_are_named(companies: list[Placed], sentence: str) -> None:
    claim = claim_outliers(companies, "Retail", -0.5, "")
    assert claim.sentence == sentence
    assert claim.stories == 12 * len(companies)
    out = [each.company for each in companies if each.side]
    assert sorted(claim.subjects) == (out or [each.company for each in companies if len(companies) == 1])
    assert not claim.ranks


@pytest.mark.parametrize(
    ("mean", "reason", "sentence"),
    [
        (
            None,
            "too few",
            "Too few stories to compare companies in Retail",
        ),
        (0.5, "too few", "Too few stories to compare A with Retail"),
        (None, "same", "Stories in Retail differ too little to compare companies"),
        (
            None,
            "chosen by hall",
            "These stories were chosen by their hall, so they compare no companies",
        ),
    ],
)
def test_sentence_without_limits_says_why(mean: float | None, reason: str, sentence: str) -> None:
    assert claim_outliers([placed("A")], "Retail", mean, reason).sentence == sentence


def test_place_says_the_side() -> None:
    assert describe_place(placed("A", "below")) == "−3.3 over 12 stories, unusually low"
    assert describe_place(Placed("A", 0.5, 1, None)) == "+0.5 over 1 story"
