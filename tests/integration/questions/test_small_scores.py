"""The scores of small invented stories, with visible arithmetic."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.questions.ask import ask
from cxdata.stories import Story
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]


def scores(database: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    return {row["story"]: row for row in ask(database, "story_scores").to_pylist()}


def score(database_of: Make, story: Story) -> dict[str, Any]:
    return scores(database_of(story))[story.story]


def test_points_add_up_times_and_minutes(database_of: Make) -> None:
    row = score(
        database_of,
        make_story(
            "tale",
            step(None, work("repeat_contact", times=2)),  # 2 x 2 + 2 x 10 usual minutes / 5 = 8
            step(None, work("wait_on_hold", minutes=15.0)),  # 0.5 + 15 / 5 = 3.5
            step(None, work("worry")),  # 2, to feel
        ),
    )
    assert (row["do_points"], row["feel_points"], row["effort_points"]) == (11.5, 2, 13.5)
    assert row["effort_score"] == pytest.approx(100 * 13.5 / 23.5)


def test_unknown_minutes_count_as_usual_ones_and_stay_unknown(database_of: Make) -> None:
    story = make_story("tale", step(None, work("wait_on_hold"), work("wait_on_hold", minutes=0.0)))
    events = ask(database_of(story), "story_effort", {"story": "tale"}).to_pylist()
    # 0.5 + 5 usual minutes / 5, of which 1 is assumed; 0.5 + 0 / 5
    assert [(event["minutes"], event["points"], event["assumed_points"]) for event in events] == [
        (None, 1.5, 1),
        (0, 0.5, 0),
    ]


def test_story_without_effort_has_zero_points(database_of: Make) -> None:
    row = score(database_of, make_story("tale", step(3)))
    assert (row["effort_points"], row["do_points"], row["feel_points"], row["effort_score"]) == (0, 0, 0, 0)
    assert row["event_count"] == 0


def test_ten_points_give_an_effort_score_of_50(database_of: Make) -> None:
    row = score(database_of, make_story("tale", step(None, work("disputing", times=5))))  # 2 x 5
    assert (row["effort_points"], row["effort_score"]) == (10, 50)


@pytest.mark.parametrize(
    ("feelings", "peak_end_experience_hall"),
    [
        ([1, -4, 2], (-4, 2, -1, "mixed")),  # (-4 + 2) / 2
        ([4, -4, 1], (-4, 1, -1.5, "mixed")),  # a tie: the later
        ([-4, 4, 1], (4, 1, 2.5, "fame")),  # a tie: the later
        ([None, 3, None], (3, 3, 3, "fame")),  # unknown feelings do not count, at the end either
        ([0], (0, 0, 0, "mixed")),  # neutral is known
        ([5, 0], (5, 0, 2.5, "fame")),
        ([4, 0], (4, 0, 2, "fame")),  # the edge belongs to the hall
        ([-4, 0], (-4, 0, -2, "shame")),
        ([3, 0], (3, 0, 1.5, "mixed")),
        ([None, None], (None, None, None, None)),  # unknown is not neutral
    ],
)
def test_experience_is_the_mean_of_peak_and_end(
    database_of: Make, feelings: list[int | None], peak_end_experience_hall: tuple[float | str | None, ...]
) -> None:
    row = score(database_of, make_story("tale", *map(step, feelings)))
    assert (row["peak"], row["ending"], row["experience"], row["hall"]) == peak_end_experience_hall


def test_mean_feeling_leaves_out_unknown_feelings(database_of: Make) -> None:
    row = score(database_of, make_story("tale", step(1), step(None), step(-4), step(2)))
    assert row["mean_feeling"] == pytest.approx(-1 / 3)  # (1 - 4 + 2) / 3
    assert row["feeling_count"] == 3


@pytest.mark.parametrize(
    ("verdict", "feeling", "agrees"),
    [("fame", 3, True), ("fame", -3, False), ("fame", 1, False), ("none", 3, None), ("fame", None, None)],
)
def test_verdict_agrees_disagrees_or_is_unknown(
    database_of: Make, verdict: str, feeling: int | None, agrees: bool | None
) -> None:
    row = score(database_of, make_story("tale", step(feeling), verdict=verdict))
    assert row["verdict_agrees"] is agrees
    assert row["verdict"] == verdict


def test_company_score_is_the_mean_of_its_stories(database_of: Make) -> None:
    database = database_of(
        make_story("one", step(4, work("repeat_contact"))),  # 4 points, experience 4
        make_story("two", step(-1, work("disputing", times=3))),  # 6 points, experience -1
        make_story("three", step(None)),  # 0 points, unknown feeling
    )
    (row,) = ask(database, "company_scores").to_pylist()
    assert (row["story_count"], row["experience_count"]) == (3, 2)
    assert row["mean_points"] == pytest.approx(10 / 3)  # (4 + 6 + 0) / 3
    assert (row["least_points"], row["most_points"]) == (0, 6)
    assert row["effort_score"] == pytest.approx(25)  # 100 x 10/3 / (10/3 + 30/3); the mean of the scores is 22.0
    assert (row["experience"], row["worst_experience"], row["best_experience"]) == (1.5, -1, 4)  # (4 - 1) / 2
    assert (row["hall"], row["hall_reason"]) == (None, "too few")


def test_min_stories_leaves_out_smaller_companies(database_of: Make) -> None:
    database = database_of(make_story("one"), make_story("two"), make_story("three", company="Bolt"))
    asked = ask(database, "company_scores", {"min_stories": 2}).to_pylist()
    assert [row["company"] for row in asked] == ["Acme"]


@pytest.mark.parametrize("status", ["draft", "reviewed"])
def test_only_published_stories_count(database_of: Make, status: str) -> None:
    unread = {} if status == "reviewed" else {"reviewer": None, "reviewed_on": None}
    database = database_of(
        make_story("told", step(3)),
        make_story("untold", step(-5, work("repeat_contact")), status=status, company="Bolt", **unread),
    )
    assert set(scores(database)) == {"told"}
    assert [row["company"] for row in ask(database, "company_scores").to_pylist()] == ["Acme"]
    assert ask(database, "effort_by_driver").num_rows == 0
    assert [row["encounter_count"] for row in ask(database, "touchpoint_feeling").to_pylist()] == [1]
    assert ask(database, "library").to_pylist()[0]["all_stories"] == 1


def test_encounters_may_serve_another_job_than_their_story(database_of: Make) -> None:
    database = database_of(
        make_story(
            "two-jobs",
            step(3, work("errand")),  # 8 points, buying
            step(-4, work("disputing"), job="return_a_laptop"),  # 2 points, returning
            step(-2, work("repeat_contact", times=2), job="return_a_laptop"),  # 8 points, returning
        ),
        make_story("one-job", step(2, work("disputing")), company="Bolt", job="return_a_laptop"),  # 2 points
    )
    found = {
        row["driver"]: (row["left_points"], row["right_points"], row["difference"])
        for row in ask(
            database, "head_to_head", {"job": "return_a_laptop", "left": "acme", "right": "Bolt"}
        ).to_pylist()
    }
    assert found == {"repeat_contact": (8, 0, 8), "disputing": (2, 2, 0)}
    (served,) = ask(database, "job_stories", {"job": "return_a_laptop", "company": "Acme"}).to_pylist()
    assert (served["job_points"], served["job_encounters"]) == (10, 2)  # 2 + 8
    assert (served["peak"], served["ending"], served["experience"]) == (-4, -2, -3)  # not the 3 of buying


def test_company_without_a_story_of_the_job_is_unknown_not_zero(database_of: Make) -> None:
    database = database_of(
        make_story("one", step(1, work("errand"))),
        make_story("two", company="Bolt", job="return_a_laptop"),
    )
    (row,) = ask(database, "head_to_head", {"job": "buy_a_laptop", "left": "Acme", "right": "Bolt"}).to_pylist()
    assert (row["left_points"], row["right_points"], row["difference"]) == (8, None, None)
    assert (row["left_stories"], row["right_stories"]) == (1, None)


def test_head_to_head_is_a_mean_per_story(database_of: Make) -> None:
    database = database_of(
        make_story("one", step(1, work("errand", times=3))),  # 3 x (1 + 35 / 5) = 24
        make_story("two", step(1)),  # 0
        make_story("three", step(1, work("errand")), company="Bolt"),  # 8
    )
    (row,) = ask(database, "head_to_head", {"job": "buy_a_laptop", "left": "Acme", "right": "Bolt"}).to_pylist()
    assert (row["left_points"], row["right_points"], row["difference"]) == (12, 8, 4)  # (24 + 0) / 2 and 8 / 1
    assert (row["left_stories"], row["right_stories"], row["story_count"]) == (2, 1, 3)


def test_unclear_promise_is_neither_kept_nor_broken(database_of: Make) -> None:
    promises = [
        {"claim": f"Claim {kept}", "kept": kept, "evidence": "Told.", "locator": "end"}
        for kept in ("broken", "unclear", "kept", "exceeded", "broken", "broken")
    ]
    found = ask(database_of(make_story("tale", step(1), promises=promises)), "promise_gap").to_pylist()
    (counts,) = {(r["broken_count"], r["kept_count"], r["unclear_count"], r["promise_count"], r["gap"]) for r in found}
    assert counts == (3, 2, 1, 6, 1)  # 3 broken less 2 kept or exceeded


def test_a_promise_kept_late_is_settled_and_counts_on_neither_side(database_of: Make) -> None:
    promises = [
        {"claim": f"Claim {number}", "kept": kept, "evidence": "Told.", "locator": "end"}
        for number, kept in enumerate(("kept late", "unclear", "kept", "kept late"), start=1)
    ]
    found = ask(database_of(make_story("tale", step(1), promises=promises)), "promise_gap").to_pylist()
    assert {(row["late_count"], row["kept_count"], row["broken_count"], row["gap"]) for row in found} == {(2, 1, 0, -1)}
    assert [(row["kept"], row["slot"]) for row in found] == [
        ("kept", 1),
        ("kept late", 2),
        ("kept late", 3),
        ("unclear", 4),
    ]


def test_a_company_whose_only_promise_was_kept_late_has_a_gap_of_none(database_of: Make) -> None:
    promises = [{"claim": "A claim", "kept": "kept late", "evidence": "Told.", "locator": "end"}]
    (row,) = ask(database_of(make_story("tale", step(1), promises=promises)), "promise_gap").to_pylist()
    assert row["gap"] == 0


def test_promise_gap_of_unclear_promises_is_unknown(database_of: Make) -> None:
    promises = [{"claim": "A claim", "kept": "unclear", "evidence": "Told.", "locator": "end"}]
    (row,) = ask(database_of(make_story("tale", step(1), promises=promises)), "promise_gap").to_pylist()
    assert (row["gap"], row["unclear_count"]) == (None, 1)


def test_unknown_sign_does_not_count_in_the_share(database_of: Make) -> None:
    def signs(shown: bool | None) -> list[dict[str, Any]]:
        return [{"sign": "easy_to_reach", "shown": shown}]

    database = database_of(
        make_story("one", step(3), signs=signs(True)),
        make_story("two", step(3), signs=signs(False)),
        make_story("three", step(3), signs=signs(None)),
        make_story("four", step(3)),  # no mention of the sign
        make_story("five", step(0), signs=signs(True)),  # in no hall
    )
    found = {(row["sign"], row["hall"]): row for row in ask(database, "signs").to_pylist()}
    row = found["easy_to_reach", "fame"]
    assert (row["shown_count"], row["not_shown_count"], row["not_told_count"], row["told_count"]) == (1, 1, 2, 2)
    assert (row["shown_share"], row["story_count"]) == (0.5, 4)  # 1 of the 2 known
    assert found["glad_to_help", "fame"]["shown_share"] is None
