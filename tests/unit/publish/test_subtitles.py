"""The words under a headline are short enough for a phone."""

from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import find_question

THREE_LINES = 186  # characters of 14 px in the 358 px of a phone
CHOICES: dict[str, Any] = {"left": "AO.com", "right": "Argos", "job": "return_a_laptop", "story": "ao-laptop"}


ON_PAGES = sorted(set(CHARTS) - {"agreement"})  # it is drawn for articles, and the Method page has its table


@pytest.mark.parametrize("chart", ON_PAGES)
def test_subtitle_takes_at_most_three_lines_of_a_phone(chart: str, database: duckdb.DuckDBPyConnection) -> None:
    needed = find_question(CHARTS[chart].CHART.question).needs
    subtitle = publish_chart(database, chart, {name: CHOICES[name] for name in needed}).subtitle
    assert len(subtitle) <= THREE_LINES, subtitle
