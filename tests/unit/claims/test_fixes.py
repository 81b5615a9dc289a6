"""The sentence of what to fix: who leads, who is tied, and what one story says."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.claims.fixes import Item, Problem, Rest, claim_fixes, claim_problems
from tests.fixtures.oracles.pareto import rank_items, total_items

READ = 6
PARTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, READ).map(str), st.integers(0, 20).map(lambda half: half / 2)),
    max_size=30,
)


@pytest.mark.parametrize(
    ("items", "read", "kind", "sentence"),
    [
        ([], 3, "none", "No effort was found in these 3 stories"),
        ([Item("worry", 0, 0, 2)], 1, "none", "No effort was found in this story"),
        (
            [Item("disputing", 4, 0, 1), Item("worry", 1, 0, 1)],
            1,
            "one story",
            "In this story, disputing took 4 of 5 effort points",
        ),
        (
            [Item("disputing", 2, 0, 1), Item("errand", 2, 0, 1), Item("worry", 1, 0, 1)],
            1,
            "one story",
            "In this story, disputing and errand each took 2 of 5 effort points",
        ),
        (
            [Item("disputing", 9, 0, 1), Item("worry", 2, 0, 1)],
            4,
            "described",
            "No problem took effort in more than one of these 4 stories",
        ),
        (  # 6 points without its largest story, and 5 with it
            [Item("disputing", 9, 6, 3), Item("worry", 5, 4, 2)],
            8,
            "superlative",
            "Disputing took the most effort: 64% of points, in 3 of 8 stories",
        ),
        (  # 6 without its largest story, and 7 with it
            [Item("disputing", 9, 6, 3), Item("worry", 7, 4, 2)],
            8,
            "described",
            "Disputing took 9 of 16 effort points, in 3 of these 8 stories",
        ),
        (
            [Item("disputing", 9, 6, 3), Item("worry", 5, 4, 2)],
            3,
            "superlative",
            "Disputing took the most effort: 64% of points, over all 3 stories",
        ),
        (  # 9 points over both together, and not in each of them
            [Item("disputing", 9, 6, 2), Item("worry", 7, 4, 2)],
            2,
            "described",
            "Disputing took 9 of 16 effort points, over both stories",
        ),
        (
            [Item("disputing", 1, 0, 1)],
            1,
            "one story",
            "In this story, disputing took 1 effort point",
        ),
        (
            [Item("disputing", 9, 6, 3)],
            8,
            "described",
            "Disputing took 9 effort points, in 3 of these 8 stories",
        ),
        (
            [Item(name, 9, 6, 3) for name in ("disputing", "errand", "transfer", "worry")],
            8,
            "tied",
            "Disputing, errand, transfer and worry share first place",
        ),
    ],
)
def test_claim_says_what_the_items_bear(items: Sequence[Item], read: int, kind: str, sentence: str) -> None:
    claim = claim_fixes(items, read)
    assert (claim.kind, claim.sentence, claim.stories) == (kind, sentence, read)


def test_an_item_that_is_not_given_can_forbid_the_superlative() -> None:
    items = [Item("disputing", 9, 6, 3), Item("worry", 5, 4, 2)]
    assert claim_fixes(items, 8, Rest(count=2, total=5, largest=4)).kind == "superlative"
    assert claim_fixes(items, 8, Rest(count=2, total=9, largest=8)).kind == "described"  # one story holds 8 of it


def test_a_tie_with_items_that_are_not_given_names_none() -> None:
    items = [Item("disputing", 2, 1, 2), Item("worry", 2, 1, 2)]
    claim = claim_fixes(items, 8, Rest(count=3, total=6, largest=2))
    assert (claim.sentence, claim.subjects) == ("Five problems took 10 effort points in these 8 stories", ())
    one = claim_fixes([Item("disputing", 2, 0, 1)], 1, Rest(count=2, total=4, largest=2))
    assert one.sentence == "Three problems took 6 effort points in this story"


@given(PARTS)
def test_a_superlative_survives_each_story_left_out(parts: Sequence[tuple[str, str, float]]) -> None:
    def claim_of(kept: Sequence[tuple[str, str, float]], read: int) -> tuple[str, ...]:
        ranked = rank_items(total_items(kept), read)
        claim = claim_fixes(
            [Item(each.item, each.total, each.left_out_total, each.stories_with) for each in ranked], read
        )
        return claim.subjects if claim.kind == "superlative" else ()

    leaders = claim_of(parts, READ)
    if not leaders:
        return
    for story in map(str, range(1, READ + 1)):
        left = total_items([part for part in parts if part[1] != story])
        assert max(left, key=lambda each: each.total).item == leaders[0]


@pytest.mark.parametrize(
    ("items", "read", "sentence"),
    [
        (
            [Item("phone call", 9, 6, 3), Item("email", 5, 4, 2)],
            8,
            "Phone call took the largest part of repeat contact: 64%, in 3 of 8 stories",
        ),
        (
            [Item("phone call", 9, 6, 3), Item("email", 7, 4, 2)],
            8,
            "Phone call took 9 of 16 points of repeat contact, in 3 of these 8 stories",
        ),
        (
            [Item("email", 2, 1, 2), Item("phone call", 2, 1, 2)],
            8,
            "Email and phone call share first place in repeat contact",
        ),
        (
            [Item("email", 2, 0, 1), Item("phone call", 2, 0, 1)],
            8,
            "No touchpoint had repeat contact in more than one of these 8 stories",
        ),
        ([Item("phone call", 4, 0, 1)], 1, "In this story, phone call took 4 points of repeat contact"),
    ],
)
def test_touchpoints_are_claimed_within_their_effort_type(items: Sequence[Item], read: int, sentence: str) -> None:
    assert claim_fixes(items, read, within="repeat contact").sentence == sentence


@pytest.mark.parametrize(
    ("problems", "sentence"),
    [
        ([("worry", "A", "email", 4.0, False)], "Worry at A (email) took 4 points"),
        (
            [("worry", "A", "email", 4.0, True), ("worry", "B", "email", 3.0, True)],
            "Worry at A (email) took 4 points per story",
        ),
        (  # four problems of three kinds
            [
                ("repeat contact", "A", "phone call", 4.0, False),
                ("unanswered contact", "B", "phone menu", 4.0, False),
                ("disputing", "B", "phone call", 4.0, False),
                ("repeat contact", "B", "phone call", 4.0, False),
                ("worry", "B", "phone call", 1.0, False),
            ],
            "Repeat contact (A, B), unanswered contact (B) and disputing (B) took 4 points each",
        ),
        (
            [("worry", company, "email", 2.3, True) for company in "ABC"],
            "Worry (3 companies) took 2.3 points per story each",
        ),
    ],
)
def test_problems_of_a_tie_are_all_named(problems: Sequence[tuple[str, str, str, float, bool]], sentence: str) -> None:
    claim = claim_problems([Problem(*problem) for problem in problems], 8)
    assert (claim.kind, claim.sentence, claim.stories) == ("described", sentence, 8)
