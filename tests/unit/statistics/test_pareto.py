"""What takes most: against the golden stories, as they are and with eight hours planted, and by its properties."""

from collections.abc import Sequence
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.oracles.pareto import ItemTotal, rank_items, total_items
from tests.fixtures.statistics import names, read_rows

Parts: TypeAlias = Sequence[tuple[str, str, float]]
READ = {row["story"]: row["company"] for row in read_rows("pareto_stories.csv") if row["read_for_effort"] == "whole"}
EVENTS = read_rows("pareto_events.csv")
PLANTED = {"before": [], "after": read_rows("pareto_planted.csv"), "after_b": read_rows("pareto_planted_b.csv")}
EXPECTED = read_rows("pareto_expected.csv")
GROUPS = sorted({(row["when"], row["by"], row["company"]) for row in EXPECTED})
PARTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 9).map(str), st.integers(0, 40).map(lambda half: half / 2)),
    max_size=40,
)


@pytest.mark.parametrize(("when", "by", "company"), GROUPS)
def test_the_golden_items_have_their_totals_and_places(when: str, by: str, company: str) -> None:
    stories = {story for story, at in READ.items() if company in ("all", at)}
    parts = [
        (event[by], event["story"], float(event["points"]))
        for event in EVENTS + PLANTED[when]
        if event["story"] in stories
    ]
    expected = [row for row in EXPECTED if (row["when"], row["by"], row["company"]) == (when, by, company)]
    ranked = rank_items(total_items(parts), len(stories))
    assert [each.item for each in ranked] == [row["item"] for row in expected]
    for each, row in zip(ranked, expected, strict=True):
        figures = (
            each.stories_with,
            each.prevalence,
            each.severity,
            each.total,
            each.total / len(stories),
            each.left_out_total / (len(stories) - 1),
            each.left_out_total,
            each.share,
            each.cumulative_share,
        )
        columns = (
            "stories_with,prevalence,severity,total,per_story,lowest_per_story,lowest_total,share,cumulative_share"
        )
        assert figures == pytest.approx([float(row[column]) for column in columns.split(",")], abs=1e-6)
        assert (each.place, each.place_by_total) == (int(row["order_by_lowest"]), int(row["order_by_total"]))
        assert sorted(each.largest_in) == sorted(names(row["left_out"]))


@given(PARTS)
def test_the_left_out_total_is_the_least_over_all_stories(parts: Parts) -> None:
    for each in rank_items(total_items(parts), 9):
        rest = [
            sum(points for item, at, points in parts if item == each.item and at != story)
            for story in map(str, range(1, 10))
        ]
        assert each.left_out_total == pytest.approx(min(rest))


@given(PARTS, st.sampled_from("abcd"), st.integers(1, 9).map(str), st.floats(0, 500))
def test_no_single_story_lifts_an_item_past_its_former_total(parts: Parts, item: str, story: str, more: float) -> None:
    totals = {each.item: each.total for each in total_items(parts)}
    after = {each.item: each.left_out_total for each in rank_items(total_items([*parts, (item, story, more)]), 9)}
    assert after[item] <= totals.get(item, 0) + 1e-9


@given(PARTS)
def test_places_fall_with_the_left_out_total_and_equals_share_them(parts: Parts) -> None:
    ranked = rank_items(total_items(parts), 9)
    assert [each.place for each in ranked] == sorted(each.place for each in ranked)
    for each in ranked:
        assert each.place == 1 + sum(other.left_out_total > each.left_out_total + 1e-9 for other in ranked)
    if any(each.total for each in ranked):
        assert ranked[-1].cumulative_share == pytest.approx(1)
        assert sum(each.share or 0 for each in ranked) == pytest.approx(1)
    assert all((each.share is None) == (not any(other.total for other in ranked)) for each in ranked)


def test_an_item_in_more_stories_than_were_read_is_refused() -> None:
    with pytest.raises(ValueError, match="errand is in 3 stories; 2 were read"):
        rank_items([ItemTotal("errand", 9.0, 4.0, 3)], 2)
