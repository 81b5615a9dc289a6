"""How many more stories: said as a range, of a difference that is there, and never as a promise."""

import pytest

from cxdata.claims.further import say_further
from cxdata.claims.leaders import claim_leader
from cxdata.claims.pairs import Side, claim_pair
from cxdata.statistics.summaries import Summary


def summary(count: int, mean: float, variance: float) -> Summary:
    return Summary(count, mean, variance, mean - 3, mean + 3)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        # the difference is 2, its 80% interval .81 to 3.19: 7.849 x 8 / .81^2 + 2 - 10 is 88, and .1 at 3.19
        (summary(10, 7, 4), summary(10, 5, 4), "about 1 to 88 more stories of each may tell A from B"),
        # .5 with an 80% interval over 0
        (summary(10, 5.5, 4), summary(10, 5, 4), "at least 14 more stories of each may tell A from B"),
        (summary(9, 7, 4), summary(10, 5, 4), "too few stories to compare A with B"),
        (summary(10, 5.01, 4), summary(10, 5, 4), ""),  # alike as shown
        (summary(10, 7, 0), summary(10, 5, 0), ""),  # without scatter
    ],
)
def test_the_words_follow_from_what_is_known(one: Summary, other: Summary, words: str) -> None:
    assert say_further("A", one, "B", other) == words


def test_large_numbers_have_two_figures() -> None:
    words = say_further("A", summary(1000, 5.45, 36), "B", summary(1000, 5, 36))
    assert words == "about 1 to 50,000 more stories of each may tell A from B"
    words = say_further("A", summary(1000, 5.36, 36), "B", summary(1000, 5, 36))
    assert words == "at least 150 more stories of each may tell A from B"


def test_a_claim_that_ranks_or_ties_leaves_nothing_to_say() -> None:
    clear = {"A": [20.0, 21, 22, 23, 24] * 3, "B": [1.0, 2, 3, 4, 5] * 3}
    assert (claim_leader(clear).kind, claim_leader(clear).further) == ("superlative", "")
    tied = {"A": [1.0, 9] * 6, "B": [2.0, 8] * 6}
    assert (claim_leader(tied).kind, claim_leader(tied).remark) == ("tied", "")
    assert claim_leader({"A": [1.0, 9] * 6}).further == ""


def test_the_leader_is_compared_with_the_next_company_it_does_not_differ_from() -> None:
    stories = {"A": [5.4, 8] * 6, "B": [3.0, 7.4] * 6, "C": [3.0, 5] * 6}
    claim = claim_leader(stories)
    assert claim.kind == "described"
    assert claim.further.endswith("more stories of each may tell A from B")
    assert claim.remark == f"{claim.further.capitalize()[:1]}{claim.further[1:]}."


def test_a_pair_says_it_of_the_company_that_took_more() -> None:
    claim = claim_pair(Side("A", 5.0, 10, 4.0), Side("B", 7.0, 10, 4.0), [])
    assert claim.further == "about 1 to 88 more stories of each may tell B from A"
    assert claim_pair(Side("A", 5.0, 10, 4.0), Side("B", 5.0, 10, 4.0), []).further == ""
