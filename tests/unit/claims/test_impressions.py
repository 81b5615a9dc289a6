"""Claims about the impression that stories with much and with little effort left."""

import pytest

from cxdata.claims.sources import Impression, claim_impressions

BAD = "bad: −2 or worse"


def stories(*points: float, bad: int = 0, each: int = 1) -> list[Impression]:
    """Stories with these points, the first `bad` of them with a bad impression."""
    return [Impression(f"C{n}", value, -3.0 if n < bad else 1.0, each, n < bad) for n, value in enumerate(points)]


@pytest.mark.parametrize(
    ("impressions", "width", "headline", "note"),
    [
        ([], None, "No story here says how the customer felt beside its effort", ""),
        (stories(5.0), None, "One customer’s experience was not bad", BAD),
        (
            stories(5.0, 1.0, bad=1),
            None,
            "One customer’s dealings with C0 took the most effort and left the worst impression",
            "",
        ),
        (stories(5.0, 5.0, 1.0, bad=2), None, "Experience was bad in 2 of 3 stories", BAD),
        (
            stories(*[9.0] * 5, *[1.0] * 5, bad=3),
            None,
            "Bad experience: 3 of 5 stories above 5 effort points, 0 of 5 others",
            f"{BAD}, 5 points: the mean",
        ),
        (
            stories(*[8.0] * 5, *[2.0] * 5, bad=3, each=20),
            2.0,
            "Bad experience: 60% of stories from 4 effort points, 0% of the others",
            BAD,
        ),
    ],
)
def test_impressions_of_much_and_little_effort_are_counted(
    impressions: list[Impression], width: float | None, headline: str, note: str
) -> None:
    claim = claim_impressions(impressions, width)
    assert (claim.headline, claim.note) == (headline, note)
