"""Claims of the halls: the finding for one, several, tied and none."""

from collections.abc import Callable

import duckdb
import pytest

from cxdata.claims.halls import (
    Rating,
    SignCount,
    SingleStory,
    claim_halls,
    claim_signs,
)
from cxdata.claims.promises import Promises, claim_promises
from cxdata.claims.unrated import FEWEST_RATED, Unrated, explain_unrated


def rated(**halls: str | None) -> list[Rating]:
    """Companies of six stories each, by their hall."""
    means = {"fame": 4.0, "shame": -3.5, "mixed": 1.0, None: 5.0}
    return [Rating(company, means[hall], 6 if hall else 1, hall) for company, hall in halls.items()]


@pytest.mark.parametrize(
    ("ratings", "headline", "stories"),
    [
        (rated(A="fame"), "A is in the hall of fame: +4 over 6 stories", 6),
        (rated(A="shame", B="mixed", C=None), "A is in the hall of shame: −3.5 over 6 stories", 6),
        (rated(A="fame", B="fame"), "A and B are in the hall of fame", 12),
        (rated(A="fame", B="shame"), "A is in the hall of fame, B in the hall of shame", 12),
        (rated(A="fame", B="fame", C="shame"), "A and B are in the hall of fame, C in the hall of shame", 18),
        (rated(**dict.fromkeys("ABCDE", "shame")), "A, B and 3 more are in the hall of shame", 30),
        (rated(A="mixed"), "A is in neither hall: +1 over 6 stories", 6),
        (rated(A="mixed", B="mixed"), "Both rated companies are in neither hall, with +1 each", 12),
        (
            [Rating("A", 1.9, 7, "mixed"), Rating("B", -0.5, 5, "mixed")],
            "Both rated companies are in neither hall, from −0.5 (B) to +1.9 (A)",
            12,
        ),
    ],
)
def test_a_headline_names_the_rated_companies_of_the_halls(ratings: list[Rating], headline: str, stories: int) -> None:
    claim = claim_halls(ratings, [SingleStory("C", 5.0)])
    assert (claim.headline, claim.stories) == (headline, stories)
    assert not claim.ranks


@pytest.mark.parametrize(
    ("stories", "kind", "headline"),
    [
        ([("A", 5.0)], "one story", "One customer’s story of A is in the hall of fame: experience +5"),
        ([("A", -2.0)], "one story", "One customer’s story of A is in the hall of shame: experience −2"),
        ([("A", 1.5)], "one story", "One customer’s story of A is in neither hall: experience +1.5"),
        ([("A", 5.0), ("B", -3.0)], "described", "Experience in these 2 stories runs from −3 (B) to +5 (A)"),
        # evidence.md: A(-3, 2 stories), B(-3, 1), C(+4) made A alone the worst
        (
            [("A", -3.0), ("A", -3.0), ("B", -3.0), ("C", 4.0)],
            "described",
            "Experience in these 4 stories runs from −3 (A and B) to +4 (C)",
        ),
        ([("A", 2.0), ("B", 2.0)], "tied", "Experience is +2 in each of these 2 stories"),
        ([], "described", "These 9 stories rate no company"),
    ],
)
def test_without_rated_companies_the_single_stories_are_described(
    stories: list[tuple[str, float]], kind: str, headline: str
) -> None:
    claim = claim_halls([Rating("A", 0.0, 9, None)], [SingleStory(*story) for story in stories])
    assert (claim.kind, claim.headline) == (kind, headline)


SIX = ("easy to reach", "capable humans", "side by side", "its own problem", "stays", "glad to help")
ALL = SignCount(shown=14, mentioned=14, mentioning=3, stories=359, signs=SIX)
NONE = SignCount(shown=0, mentioned=8, mentioning=2, stories=359)


@pytest.mark.parametrize(
    ("halls", "headline", "note"),
    [
        (
            {"fame": ALL, "shame": NONE},
            "3 best-rated stories show 14 of 14 signs mentioned, 2 worst-rated 0 of 8",
            "each sign counted once per story that mentions it: all six signs",
        ),
        (
            {"fame": SignCount(9, 10, 4, 5, SIX[:1]), "shame": SignCount(2, 8, 3, 3, SIX[:2])},
            "4 best-rated stories show 9 of 10 signs mentioned, 3 worst-rated 2 of 8",
            "each sign counted once per story that mentions it: easy to reach and capable humans",
        ),
        (
            {"shame": SignCount(0, 3, 1, 1, SIX[:3])},
            "1 worst-rated story shows 0 of 3 signs mentioned",
            "each sign counted once per story that mentions it: easy to reach, capable humans and side by side",
        ),
        (
            {"fame": SignCount(0, 0, 0, 4), "shame": SignCount(2, 2, 1, 2, SIX[:1])},
            "1 worst-rated story shows 2 of 2 signs mentioned",
            "each sign counted once per story that mentions it: easy to reach",
        ),
        ({"fame": SignCount(0, 0, 0, 1)}, "The one story in a hall mentions no sign of care", ""),
        ({"fame": SignCount(0, 0, 0, 3)}, "The 3 stories in a hall mention no sign of care", ""),
    ],
)
def test_a_headline_on_signs_counts_what_the_stories_show(
    halls: dict[str, SignCount], headline: str, note: str
) -> None:
    claim = claim_signs(halls)
    assert (claim.headline, claim.note) == (headline, note)
    assert claim.stories in (0, sum(count.mentioning for count in halls.values()), 1, 3)


@pytest.mark.parametrize(
    ("companies", "headline", "note"),
    [
        ([Promises("A", 1, 0, 0, 0, 1)], "The one promise was broken, by A", ""),
        ([Promises("A", 2, 0, 0, 3, 1)], "Both promises were broken, by A", "3 more with no known end"),
        (
            [Promises("A", 1, 0, 1, 0, 1), Promises("B", 1, 1, 0, 0, 1)],
            "2 of 4 promises were broken, by A and B",
            "",
        ),
        ([Promises("A", 0, 1, 2, 0, 1)], "No promise was broken: A kept 1 of 3 after refusing first", ""),
        ([Promises("A", 0, 1, 0, 0, 1)], "The one promise was refused first, then kept, by A", ""),
        ([Promises("A", 0, 0, 1, 0, 1)], "The one promise was kept, by A", ""),
        ([Promises("A", 0, 0, 2, 1, 1)], "No promise was broken: A kept both", "1 more with no known end"),
        ([Promises("A", 0, 0, 0, 1, 1)], "This story does not say whether the promise was kept", ""),
        ([Promises("A", 0, 0, 0, 3, 2)], "These 2 stories do not say whether the 3 promises were kept", ""),
    ],
)
def test_a_headline_on_promises_says_first_whether_any_was_broken(
    companies: list[Promises], headline: str, note: str
) -> None:
    claim = claim_promises(companies)
    assert (claim.headline, claim.note) == (headline, note)


FEW, SILENT, UNREAD = Unrated(2, 2, "too few"), Unrated(1, 1, "unknown"), Unrated(1, 0, "unknown")


@pytest.mark.parametrize(
    ("companies", "words"),
    [
        ([], ""),
        ([UNREAD, UNREAD], "Nobody has read these 2 stories for feelings."),
        ([UNREAD], "Nobody has read this story for feelings."),
        ([SILENT], "1 company is not rated: its story does not say how the customer felt."),
        ([SILENT, SILENT], "2 companies are not rated: their stories do not say how the customer felt."),
        ([Unrated(3, 3, "unknown")], "1 company is not rated: its stories do not say how the customer felt."),
        ([FEW], "1 company is not rated: it has fewer than 5 stories that say how the customer felt."),
        (
            [FEW, FEW, UNREAD],
            "2 companies are not rated: each has fewer than 5 stories that say how the customer felt. "
            "1 company is not rated: nobody has read its story for feelings.",
        ),
        ([Unrated(9, 9, "chosen by hall")], "No company is rated here: these stories were chosen by their hall."),
    ],
)
def test_companies_that_are_not_rated_are_counted_with_the_reason(companies: list[Unrated], words: str) -> None:
    assert explain_unrated(companies) == words


def test_the_words_and_the_sql_rate_from_the_same_number(database_of: Callable[[], duckdb.DuckDBPyConnection]) -> None:
    with database_of() as database:
        assert database.execute("select fewest_rated()").fetchone() == (FEWEST_RATED,)
