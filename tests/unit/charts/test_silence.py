"""Unknown values look different from zero and from neutral: marks counted in the drawn picture."""

import re

import vl_convert

from cxdata.publish.charts import publish_chart


def drawn(database, chart):
    published = publish_chart(database, chart)
    return published, vl_convert.vegalite_to_svg(published.spec)


def test_unknown_feelings_are_drawn_as_dashed_cells(database):
    published, svg = drawn(database, "touchpoint_feeling")
    silent = [row for row in published.rows if row["mean_feeling"] is None]
    assert silent
    assert len(re.findall(r'stroke-dasharray="3,3"', svg)) == len(silent)


def test_neutral_feelings_show_the_number_0(database):
    published, svg = drawn(database, "touchpoint_feeling")
    neutral = [row for row in published.rows if row["mean_feeling"] == 0]
    assert neutral
    assert len(re.findall(r">0</text>", svg)) == len(neutral)


def test_shown_missing_and_unknown_signs_are_drawn_differently(database):
    published, svg = drawn(database, "signs")
    for column, mark in (
        ("shown_count", r'fill-opacity="1"'),
        ("not_shown_count", r'fill-opacity="0.16"'),
        ("not_told_count", r'stroke-dasharray="3,3"'),
    ):
        assert len(re.findall(mark, svg)) == sum(row[column] > 0 for row in published.rows)
