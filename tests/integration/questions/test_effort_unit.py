"""The unit of effort: hassle points, minutes from the story or usual ones, and ceilings, with visible arithmetic."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.questions.ask import ask_rows
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]


def efforts(database_of: Make, *encounters: dict[str, Any]) -> list[tuple[float, float]]:
    """Return points and assumed points of each event of a story with these encounters."""
    rows = ask_rows(database_of(make_story("tale", *encounters)), "story_effort", {"story": "tale"})
    return [(pytest.approx(row["points"]), pytest.approx(row["assumed_points"])) for row in rows]


@pytest.mark.parametrize(
    ("effort", "points", "assumed"),
    [
        (work("contact_hunt", minutes=5.0), 1.4, 0),  # 0.4 + 5 / 5
        (work("contact_hunt"), 1, 0.6),  # 0.4 + 3 usual minutes / 5
        (work("wait_on_hold"), 1.5, 1),  # 0.5 + 5 usual minutes / 5
        (work("wait_on_hold", minutes=30.0), 6.5, 0),  # 0.5 + 30 / 5
        (work("wait_on_hold", minutes=0.0), 0.5, 0),  # 0 minutes are known
        (work("wait_for_reply", times=13), 6.5, 6.5),  # 13 days of 2.5 minutes / 5
        (work("wait_for_reply", times=14), 7, 7),  # 14 x 0.5: the ceiling, exactly
        (work("wait_for_reply", times=60), 7, 7),  # 30, cut to the ceiling of a story
        (work("doing_the_repair", minutes=20.0), 3, 0),  # 1 + 20 / 5, half of it
        (work("doing_the_repair"), 2, 1),  # 1 + 10 usual minutes / 5, half of it
        (work("errand"), 8, 7),  # 1 + 35 / 5
        (work("worry"), 2, 0),  # a feeling takes no minutes
    ],
)
def test_points_are_hassle_and_minutes(
    database_of: Make, effort: dict[str, Any], points: float, assumed: float
) -> None:
    assert efforts(database_of, step(None, effort)) == [(points, assumed)]


@pytest.mark.parametrize(
    ("effort", "points", "assumed"),
    [
        (work("contact_hunt", minutes=60.0), 8, 0),  # 0.4 + 12, cut to 8 a time
        (work("contact_hunt", times=2, minutes=60.0), 12.8, 0),  # 0.8 + 12, under 2 x 8
        (work("contact_hunt", times=2, minutes=90.0), 16, 0),  # 0.8 + 18, cut to 2 x 8
        (work("wait_on_hold", minutes=600.0), 32, 0),  # 0.5 + 120, cut to 32
    ],
)
def test_ceiling_of_a_time_grows_with_times(
    database_of: Make, effort: dict[str, Any], points: float, assumed: float
) -> None:
    assert efforts(database_of, step(None, effort)) == [(points, assumed)]


def test_ceiling_of_a_time_holds_for_each_event_alone(database_of: Make) -> None:
    found = efforts(
        database_of, step(None, work("contact_hunt", minutes=60.0)), step(None, work("contact_hunt", minutes=60.0))
    )
    assert found == [(8, 0), (8, 0)]


def test_ceiling_of_a_story_is_shared_by_its_events_in_proportion(database_of: Make) -> None:
    """Days of 10 + 20 + 26 are worth 5 + 10 + 13 = 28 points; the ceiling of 7 leaves a quarter of each."""
    found = efforts(
        database_of,
        step(None, work("wait_for_reply", times=10), work("worry")),
        step(None, work("wait_for_reply", times=20)),
        step(None, work("wait_for_reply", times=26)),
    )
    assert found == [(1.25, 1.25), (2, 0), (2.5, 2.5), (3.25, 3.25)]


def test_ceiling_of_a_story_holds_for_each_driver_and_story_apart(database_of: Make) -> None:
    """Worry: 4 x 2 = 8, cut to 6; left guessing: 6 x 1, cut to 5. The other story has 6, under its own ceiling."""
    database = database_of(
        make_story(
            "anxious", step(None, work("worry", times=3)), step(None, work("worry"), work("uncertainty", times=6))
        ),
        make_story("calmer", step(None, work("worry", times=3))),
    )
    points = {row["story"]: row["effort_points"] for row in ask_rows(database, "story_scores")}
    assert points == {"anxious": pytest.approx(11), "calmer": pytest.approx(6)}


def test_a_ceiling_is_cut_before_a_weight_multiplies(database_of: Make) -> None:
    database = database_of(make_story("tale", step(None, work("wait_for_reply", times=60))))
    (row,) = ask_rows(database, "effort", {"weights": ["wait_for_reply:2"]})
    assert row["effort_points"] == pytest.approx(14)  # 2 x 7


def test_assumed_points_are_shown_apart(database_of: Make) -> None:
    database = database_of(
        make_story("one", step(None, work("wait_on_hold"), work("wait_on_hold", minutes=30.0))),  # 1.5 + 6.5, 1 assumed
        make_story("two", step(None, work("worry"))),  # 2, none assumed
    )
    (story,) = ask_rows(database, "story", {"story": "one"})
    assert (story["effort_points"], story["assumed_points"]) == (pytest.approx(8), pytest.approx(1))
    (company,) = ask_rows(database, "company_scores")
    assert (company["mean_points"], company["assumed_points"]) == (pytest.approx(5), pytest.approx(0.5))
    (hold, worry) = ask_rows(database, "effort_sources")
    assert (hold["assumed_points"], worry["assumed_points"]) == (pytest.approx(1), 0)
