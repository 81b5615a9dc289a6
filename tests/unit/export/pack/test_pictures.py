"""The picture of a chart on a page: rows that do not fit are counted, and those of the headline stay."""

import re

import duckdb
import pytest

from cxdata.export.pack.pictures import draw_chart
from cxdata.publish.charts import publish_chart


def test_rows_that_do_not_fit_are_counted_and_the_headline_keeps_its_own(database: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(database, "fame_and_shame", {})
    picture = draw_chart(published, 880, 260, 18)
    shown = re.fullmatch(r"Shown: (\d) first and last rows of 7\. All are in the dashboard\.", picture.left_out)
    assert shown is not None
    assert 2 <= int(shown[1]) < 7
    for named in published.claim.subjects:
        assert named in picture.svg
    assert draw_chart(published, 880, 900, 18).left_out == ""


@pytest.mark.parametrize("chart", ["fame_and_shame", "effort_and_experience", "what_to_fix"])
def test_type_is_never_smaller_than_asked(database: duckdb.DuckDBPyConnection, chart: str) -> None:
    width, smallest = 880, 18
    svg = draw_chart(publish_chart(database, chart, {}), width, 260, smallest).svg
    drawn = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)', svg)]
    assert sizes
    assert min(sizes) * width / drawn >= smallest - 0.1
