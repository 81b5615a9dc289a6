"""The verdict on one company: rated, not rated, one story, unread."""

import pytest

from cxdata.claims.unrated import Standing, claim_standing


@pytest.mark.parametrize(
    ("standing", "kind", "headline", "stories"),
    [
        (
            Standing("A", 7, 7, 6, 3.4, "fame"),
            "described",
            "A is in the hall of fame: experience +3.4 over 6 stories",
            6,
        ),
        (
            Standing("A", 9, 9, 9, -3, "shame"),
            "described",
            "A is in the hall of shame: experience −3 over 9 stories",
            9,
        ),
        (Standing("A", 5, 5, 5, 0.1, "mixed"), "described", "A is in neither hall: experience +0.1 over 5 stories", 5),
        (Standing("A", 1, 1, 1, -3.5, None), "one story", "One customer’s experience of A: −3.5", 1),
        (Standing("A", 8, 3, 3, 2, None), "described", "A is not rated yet: +2 over 3 of the 5 stories needed", 3),
        (Standing("A", 1, 0, 0, None, None), "unknown", "A is not rated: its 1 story was not read for feelings", 1),
        (Standing("A", 2, 0, 0, None, None), "unknown", "A is not rated: its 2 stories were not read for feelings", 2),
        (
            Standing("A", 2, 2, 0, None, None),
            "unknown",
            "A is not rated: its 2 stories do not say how the customer felt",
            2,
        ),
    ],
)
def test_verdict_says_the_hall_or_why_there_is_none(standing: Standing, kind: str, headline: str, stories: int) -> None:
    claim = claim_standing(standing)
    assert (claim.kind, claim.headline, claim.stories) == (kind, headline, stories)
