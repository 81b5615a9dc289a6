"""Claims about the agreement of coders: which codes agree, which do not, and which are too rare to say."""

import pytest

from cxdata.claims.agreement import Finding, JudgedCode, claim_agreement, describe_found


def code(label: str, finding: Finding, found: int = 40, alpha: float | None = 0.9, both: int = 38) -> JudgedCode:
    return JudgedCode(label, finding, alpha, found, both, 8)


FEELING = code("Feeling", "agreed")
WORRY = code("Worry", "low")
DISPUTING = code("Disputing", "low")
HOLD = code("Waiting on hold", "open")
RARE = code("Transfer", "rare", 3, 1.0, 3)


@pytest.mark.parametrize(
    ("codes", "kind", "said"),
    [
        ([FEELING], "described", "Two coders agree on feeling"),
        ([FEELING, RARE], "described", "Two coders agree on feeling, but 1 code is too rare to judge"),
        ([FEELING, RARE, RARE], "described", "Two coders agree on feeling, but 2 codes are too rare to judge"),
        ([FEELING, WORRY, DISPUTING, RARE], "described", "Two coders do not agree on worry and disputing"),
        ([HOLD, RARE], "described", "It is open whether two coders agree on waiting on hold"),
        ([RARE], "unknown", "Each code is too rare to say whether two coders agree"),
    ],
)
def test_claim_names_what_the_codings_bear(codes: list[JudgedCode], kind: str, said: str) -> None:
    claim = claim_agreement(codes)
    assert (claim.kind, claim.headline, claim.stories) == (kind, said, 8)


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
