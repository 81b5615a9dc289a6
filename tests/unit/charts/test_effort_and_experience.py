"""The plot of effort and experience: names clear of dots, boxes over many stories, and the stories behind a box."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import duckdb
import pytest

from cxdata.charts.effort import effort_and_experience as chart
from cxdata.charts.kit.labels import dot_box, label_box
from cxdata.codebook.codes import Codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]


def scattered(number: int, make: Make) -> duckdb.DuckDBPyConnection:
    """As many stories, some upon each other, of companies with short and long names."""
    stories = (
        make_story(
            f"tale-{n:03}",
            step(n * 3 % 11 - 5, work("repeat_contact", times=1 + n * 7 % 13)),
            step(n * 7 % 11 - 5),
            company=f"{'Shop' if n % 3 else 'A company with quite a long name'} {n}",
        )
        for n in range(number)
    )
    return make(*stories)


@pytest.mark.parametrize(
    ("number", "width", "height"),
    [
        (1, 300, 220),
        (2, 560, 225),
        (8, 300, 220),
        (8, 1100, 900),
        (25, 300, 220),
        (25, 900, 380),
        (60, 560, 225),
        (60, 1100, 900),
    ],
)
def test_names_keep_clear_of_dots_and_of_each_other(number: int, width: int, height: int, database_of: Make) -> None:
    rows: Any = ask_rows(scattered(number, database_of), "effort_and_experience")
    placed = chart.place_names(rows, [])
    widest = max(row["effort_points"] for row in rows) * 1.08

    def spot(row: dict[str, Any]) -> tuple[float, float]:
        up = (chart.REACH - row["experience"]) / (2 * chart.REACH)
        return row["effort_points"] / widest * width, up * height

    names = [label_box(*spot(row), row["company"], row["side"]) for row in placed if row["side"]]
    assert names
    assert not [name for name in names for row in placed if name.overlaps(dot_box(*spot(row)))]
    assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]
    assert all(name.left >= 0 and name.right <= width and name.top >= 0 and name.bottom <= height for name in names)


def test_sixty_stories_are_dots_and_more_are_boxes(database_of: Make) -> None:
    few = publish_chart(scattered(60, database_of), "effort_and_experience")
    assert [row["story_count"] for row in few.rows] == [1] * 60
    many = publish_chart(scattered(61, database_of), "effort_and_experience")
    assert sum(row["story_count"] for row in many.rows) == 61
    assert sum(row["story"] is not None for row in many.rows) <= 3
    assert "darker boxes hold more stories" in many.subtitle
    assert many.alt_text.startswith("Boxes that count stories")


@pytest.mark.slow
def test_a_box_opens_the_stories_that_it_counts(codebook: Codebook) -> None:
    large = make_large(Stock(900, 20), codebook)
    boxes = [row for row in ask_rows(large, "effort_and_experience") if row["box"]]
    assert len(boxes) > 5
    for row in boxes:
        found = ask_rows(large, "stories_behind", {"box": row["box"], "most": 1})
        assert found[0]["match_count"] == row["story_count"]
        assert found[0]["hall"] == row["hall"]


def test_a_far_story_alone_in_its_box_is_a_named_dot(database_of: Make) -> None:
    near = [
        make_story(f"near-{n}", step(1 + n % 3, work("repeat_contact", times=1 + n % 2)), company=f"Shop {n}")
        for n in range(80)
    ]
    far = make_story("far", step(-5, work("repeat_contact", times=40)), company="Far")
    shown = publish_chart(database_of(*near, far), "effort_and_experience")
    assert [row["story"] for row in shown.rows if row["story"]] == ["far"]
    assert "Far from the rest: Far" in shown.alt_text
    assert shown.spec is not None
    assert shown.spec["params"][0]["views"] == ["view_1"]


def test_the_headline_of_boxes_counts_whole_boxes(database_of: Make) -> None:
    # 60 stories with one call, none in a hall; 20 with five, half of them in the hall of shame
    stories = [
        make_story(
            f"tale-{n}",
            step(-3 if n % 2 and n < 20 else 0, work("repeat_contact", times=5 if n < 20 else 1)),
            company=f"Shop {n}",
        )
        for n in range(80)
    ]
    headline = publish_chart(database_of(*stories), "effort_and_experience").headline
    assert headline == "Bad experience: 10 of 20 stories from 8 effort points, 0 of 60 others"
