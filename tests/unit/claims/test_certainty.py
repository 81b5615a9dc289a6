"""Claims about certainty: agreement of coders, published surveys, and ranks under random weightings."""

import pytest

from cxdata.claims.certainty import (
    Finding,
    JudgedCode,
    SurveyScore,
    Weighted,
    claim_agreement,
    claim_stability,
    claim_surveys,
    describe_found,
)


def code(label: str, finding: Finding, found: int = 40, alpha: float | None = 0.9, both: int = 38) -> JudgedCode:
    return JudgedCode(label, finding, alpha, found, both, 8)


FEELING = code("Feeling", "agreed")
WORRY = code("Worry", "low")
DISPUTING = code("Disputing", "low")
HOLD = code("Waiting on hold", "open")
RARE = code("Transfer", "rare", 3, 1.0, 3)


@pytest.mark.parametrize(
    ("codes", "kind", "said", "note"),
    [
        ([FEELING], "described", "Two readers of the same stories agreed on feeling", ""),
        (
            [FEELING, RARE],
            "described",
            "Two readers of the same stories agreed on feeling",
            "1 code was found too rarely to judge",
        ),
        (
            [FEELING, RARE, RARE],
            "described",
            "Two readers of the same stories agreed on feeling",
            "2 codes were found too rarely to judge",
        ),
        (
            [FEELING, WORRY, DISPUTING, RARE],
            "described",
            "Two readers of the same stories did not agree on worry and disputing",
            "",
        ),
        ([HOLD, RARE], "described", "It is open whether two readers agree on waiting on hold", ""),
        ([RARE], "unknown", "Each code was found too rarely to say whether two readers agree", ""),
    ],
)
def test_claim_names_what_the_codings_bear(codes: list[JudgedCode], kind: str, said: str, note: str) -> None:
    claim = claim_agreement(codes)
    assert (claim.kind, claim.headline, claim.note, claim.stories) == (kind, said, note, 8)


@pytest.mark.parametrize(
    ("judged", "figure"),
    [
        (FEELING, "0.90 · both in 38 of 40"),
        (RARE, "too few to say · found 3 times"),  # alpha 1 from three finds is no agreement
        (code("Transfer", "rare", 1), "too few to say · found 1 time"),
        (code("Transfer", "rare", 0, None, 0), "found by nobody"),
        (code("Minutes", "open", 25, None, 25), "no variation · both in 25 of 25"),
    ],
)
def test_figure_of_a_code(judged: JudgedCode, figure: str) -> None:
    assert describe_found(judged) == figure


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([("A", 0.8)], "A published survey scored A at 80 out of 100"),
        ([("A", 0.8), ("A", 0.8)], "Published surveys scored A at 80 out of 100"),
        ([("A", 0.88), ("B", 0.707)], "Published surveys scored A and B at 70.7 to 88 out of 100"),
    ],
)
def test_scores_of_surveys_are_given_as_a_range(scores: list[tuple[str, float]], said: str) -> None:
    claim = claim_surveys([SurveyScore(*score) for score in scores], 3)
    assert (claim.kind, claim.headline) == ("described", said)
    assert claim.note == "these 3 stories cannot confirm or refute a survey"


@pytest.mark.parametrize(
    ("companies", "kind", "said"),
    [
        ([("A", 9, 6, 1, 1)], "described", "A is the only company here, so weights change no order"),
        (
            [("A", 0, 6, 1, 1), ("B", 0, 6, 0, 0)],
            "none",
            "No effort was found in these 12 stories, whatever the weights",
        ),
        # evidence.md: one of 2.002 and 2.000 "stays hardest in all 1,000"
        (
            [("A", 2.002, 6, 1, 1), ("B", 2.0, 6, 0, 0)],
            "tied",
            "A and B have equal points, so the weights decide their order",
        ),
        ([("A", 9, 6, 1, 1), ("B", 1, 6, 0, 0)], "counted", "A takes the most effort in all 1,000 weightings"),
        (
            [("A", 9, 1, 1, 1), ("B", 1, 6, 0, 0)],
            "counted",
            "One customer’s dealings with A take the most effort in all 1,000 weightings",
        ),
        (
            [("A", 9, 6, 1, 0.97), ("B", 1, 6, 0, 0.03)],
            "counted",
            "A takes the most effort in all 1,000 weightings",
        ),
        (
            [("A", 9, 6, 0.76, 0.6), ("B", 8, 6, 0.24, 0.4)],
            "counted",
            "A takes the most effort in 76% of 1,000 weightings",
        ),
    ],
)
def test_a_rank_is_counted_over_weightings(
    companies: list[tuple[str, float, int, float, float]], kind: str, said: str
) -> None:
    claim = claim_stability([Weighted(*company) for company in companies], 1000, 25)
    assert (claim.kind, claim.headline, claim.ranks) == (kind, said, False)
