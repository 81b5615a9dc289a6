"""Headlines over time over varied libraries: each is held to a control chart in plain Python."""

import random
from collections.abc import Callable, Iterator

import duckdb
import pytest

from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.stories import Story
from tests.fixtures.oracles.change import check_change, period_of
from tests.fixtures.oracles.headline_checks import check_alt_text, check_claim
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
# periods, stories of each, and by how many steps the newest ones are worse
LIBRARIES = {
    "stable": (14, 21, [0]),
    "shock": (14, 21, [5]),
    "shift": (16, 22, [2] * 8),
    "close": (13, 24, [2, 2]),
    "few periods": (9, 21, [3]),
    "few stories": (13, 9, [3]),
    "thin": (6, 3, [0]),
}


def library(name: str) -> Iterator[Story]:
    """Yield stories by quarter, some without a quarter; the newest quarters are worse, and take more effort."""
    draw = random.Random(name)
    periods, most, shifts = LIBRARIES[name]
    for period in range(periods):
        worse = [0] * (periods - len(shifts)) + shifts
        for number in range(most + draw.randint(0, 3)):
            feeling = max(-5, min(5, draw.randint(-1, 4) - worse[period]))
            effort = [work("disputing", times=1 + worse[period])] if draw.random() < 0.6 else []
            yield make_story(
                f"tale-{period}-{number}",
                step(feeling if draw.random() < 0.97 else None, *effort),
                company=draw.choice("AB"),
                happened_on=f"{2021 + period // 4}-{3 * (period % 4) + draw.randint(1, 3):02}",
                happened_basis="told",
            )
    yield make_story("year", step(1), happened_on="2022", happened_basis="told")
    yield make_story("undated", step(1))


@pytest.mark.parametrize("name", LIBRARIES)
def test_headlines_over_time_hold(name: str, database_of: Make) -> None:
    database = database_of(*library(name))
    told = ask_rows(database, "stories_behind")
    effort: dict[str, list[float | None]] = {}
    for row in told:
        effort.setdefault(row["company"], []).append(row["effort_points"])
    marks = set()
    for chart, column in (("experience_over_time", "experience"), ("effort_over_time", "effort_points")):
        for companies in ([], ["A"]):
            shown = publish_chart(database, chart, {"companies": companies})
            check_claim(shown, effort, set(effort))
            check_alt_text(shown)
            figures: dict[str, list[float]] = {}
            for row in told:
                period = period_of(row["happened_on"], shown.rows[0]["period_length"])
                if period and row[column] is not None and row["company"] in (companies or effort):  # type: ignore[literal-required]
                    figures.setdefault(period, []).append(row[column])  # type: ignore[literal-required]
            marks.add(check_change(shown.headline, shown.rows, figures))
    assert marks & {"shock": {"outside"}, "shift": {"row", "outside"}, "stable": {""}}.get(
        name, {None, "", "near", "outside"}
    )
