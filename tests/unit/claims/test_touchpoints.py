"""Claims of touchpoints: feelings by hall and by company, effort, and the steps of one story."""

import pytest

from cxdata.claims.touchpoints import (
    Cell,
    Moment,
    TouchpointFeeling,
    claim_effort_cells,
    claim_feeling_cells,
    claim_journey,
    claim_one_hall,
    claim_touchpoints,
)

PHONE = TouchpointFeeling("Phone call", 4.0, -5.0, 3)
WEBSITE = TouchpointFeeling("Website", 1.0, -1.0, 5)


@pytest.mark.parametrize(
    ("touchpoints", "kind", "headline"),
    [
        (
            [PHONE, WEBSITE],
            "described",
            "In these stories feelings differ most at the phone call: fame +4, shame −5",
        ),
        # the hall of shame can have the better feeling at one touchpoint
        (
            [TouchpointFeeling("Returns page", -3.0, 1.0, 2), WEBSITE],
            "described",
            "In these stories feelings differ most at the returns page: fame −3, shame +1",
        ),
        ([PHONE], "described", "The halls can be compared only at the phone call: fame +4, shame −5"),
        (
            [PHONE, WEBSITE, TouchpointFeeling("Email", 5.0, -4.04, 2)],
            "tied",
            "Feelings differ most at the phone call and at the email, by 9 steps",
        ),
        (
            [WEBSITE, TouchpointFeeling("Email", 3.0, 1.0, 2)],
            "tied",
            "Feelings in the two halls differ by 2 steps at the website and at the email",
        ),
        (
            [TouchpointFeeling("Email", 1.0, 1.0, 2), TouchpointFeeling("Website", 2.0, 2.0, 2)],
            "tied",
            "Feelings are equal in the two halls at every touchpoint of both",
        ),
        ([TouchpointFeeling("Email", 1.0, 1.0, 2)], "tied", "Feelings are equal in the two halls at the email"),
        (
            [TouchpointFeeling("Email", None, 1.0, 2), TouchpointFeeling("Website", 2.0, None, 2)],
            "unknown",
            "No touchpoint has a known feeling in both halls",
        ),
    ],
)
def test_a_headline_names_the_touchpoints_with_the_widest_difference(
    touchpoints: list[TouchpointFeeling], kind: str, headline: str
) -> None:
    claim = claim_touchpoints(touchpoints)
    assert (claim.kind, claim.headline) == (kind, headline)


def test_stories_of_one_hall_are_compared_with_nothing() -> None:
    claim = claim_one_hall("fame", 3)
    assert (claim.kind, claim.headline) == ("unknown", "No story here is in the hall of shame to compare with")


@pytest.mark.parametrize(
    ("cells", "headline"),
    [
        ([("A", "Phone call", 4.0, 2), ("A", "Email", 1.0, 2)], "The phone call took 4 points per story at A"),
        (
            [("A", "Phone call", 1.0, 2), ("B", "Email", 1.0, 2)],
            "The phone call (A) and the email (B) each took 1 point per story",
        ),
        ([(company, "Email", 2.0, 2) for company in "ABC"], "3 places in this grid each took 2 points per story"),
        ([("A", "Email", 0.0, 2)], "No effort was found at any touchpoint of these 7 stories"),
    ],
)
def test_effort_at_touchpoints_names_one_cell_or_both(cells: list[tuple[str, str, float, int]], headline: str) -> None:
    assert claim_effort_cells([Cell(*cell) for cell in cells], 7).headline == headline


@pytest.mark.parametrize(
    ("cells", "read", "kind", "headline"),
    [
        # a form that nobody reads for feelings records none, and the stories may well tell of them
        ([("A", "Email", None, 0)], 0, "unknown", "Nobody has read these 7 stories for feelings"),
        ([("A", "Email", None, 0)], 7, "unknown", "These 7 stories do not say how the customer felt"),
        ([("A", "Email", None, 0)], 1, "unknown", "The one story read for feelings does not say how the customer felt"),
        ([("A", "Email", None, 0)], 3, "unknown", "The 3 stories read for feelings do not say how the customer felt"),
        (
            [("A", "Phone call", -5.0, 1), ("B", "Live chat", 5.0, 1)],
            7,
            "described",
            "Feeling runs from −5 (A, phone call) to +5 (B, live chat)",
        ),
        (
            [("A", "Phone call", -4.5, 2), ("B", "Live chat", 5.0, 1), ("C", "Email", 5.0, 1)],
            7,
            "described",
            "Mean feeling runs from −4.5 (A, phone call) to +5 (2 places)",
        ),
        ([("A", "Phone call", 1.5, 2)], 7, "described", "Mean feeling is +1.5 at the phone call of A"),
        (
            [("A", "Phone call", 2.0, 1), ("B", "Email", 2.0, 1)],
            7,
            "tied",
            "Feeling is +2 everywhere it is stated",
        ),
    ],
)
def test_feelings_at_touchpoints_are_a_range_of_means(
    cells: list[tuple[str, str, float | None, int]], read: int, kind: str, headline: str
) -> None:
    claim = claim_feeling_cells([Cell(*cell) for cell in cells], 7, read)
    assert (claim.kind, claim.headline) == (kind, headline)


@pytest.mark.parametrize(
    ("feelings", "is_read", "headline"),
    [
        ([None, None], False, "Nobody has read this story of A for feelings"),
        ([None, None], True, "This story of A does not say how the customer felt"),
        ([None, 3], True, "One customer of A felt +3 at the one step with a stated feeling"),
        ([3, 3, None], True, "One customer of A felt +3 at both steps with a stated feeling"),
        ([3, 3, 3], True, "One customer of A felt +3 at all 3 steps with a stated feeling"),
        ([3, 4, 1], True, "One customer’s feeling stayed above neutral at A, with +4 at the email"),
        ([-3, -1, None], True, "One customer’s feeling stayed below neutral at A, with −3 at the phone call"),
        ([3, None, -5], True, "One customer’s feeling fell from +3 (phone call) to −5 (refund) at A"),
        ([-3, 0, None], True, "One customer’s feeling rose from −3 (phone call) to 0 (email) at A"),
    ],
)
def test_a_journey_says_between_which_steps_the_feeling_moved(
    feelings: list[float | None], is_read: bool, headline: str
) -> None:
    labels = ("Phone call", "Email", "Refund")
    moments = [Moment(n, label, feeling) for n, (label, feeling) in enumerate(zip(labels, feelings, strict=False))]
    assert claim_journey("A", moments, is_read).headline == headline
