"""What charts over time share: the course of their rows, its words, and its drawing."""

from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import Any, cast

import altair as alt

from cxdata.charts.change.names import Align, Row, draw_names, draw_notes, read_notes
from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Drawing
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.change import (
    Course,
    Length,
    Period,
    describe_period,
    format_figure,
    format_plain,
)
from cxdata.statistics.control_chart import Measure, Reason, Side, Signal
from cxdata.text.formatting import format_count, join_parts

HEIGHT = 300
STRIP = 90  # px of a chart that has no period to draw, only the stories with a date
HIGHEST = 1.0  # times the height of the figures: room for intervals above them
MANY = 60  # periods, from which the dots are small
ROOM, NAMED_ROOM, NOTED_ROOM = (
    0.06,
    0.14,
    0.24,
)  # parts of the plot beyond what is drawn: without names, with, with notes
SHORT_SPAN = 3.0  # years, up to which the axis names quarters
MONTHS = "['Jan', 'Apr', 'Jul', 'Oct'][round((datum.value - floor(datum.value)) * 4) % 4]"
TICK = f"{MONTHS} + ' ' + floor(datum.value)"
BETTER: Mapping[Measure, Side] = {"experience": "above", "effort": "below", "share": "below"}


LABELS: Mapping[Measure, str] = {
    "experience": layers.SIGNED,
    "effort": "format(datum.value, ',')",
    "share": "format(datum.value, '.0%')",
}
LEAST_SPAN: Mapping[Measure, float] = {"experience": 1.0, "effort": 1.0, "share": 0.1}


def read_course(rows: Sequence[Row], measure: Measure, subject: str) -> Course:
    """Read the rows of a question over time, the oldest first."""
    first = rows[0]
    return Course(
        measure=measure,
        subject=subject,
        length=cast(Length, first["period_length"]),
        periods=[
            Period(
                row["period_label"],
                row["story_count"],
                row["value"],
                row["lower_limit"],
                row["upper_limit"],
                cast(Signal | None, row["signal"]),
                cast(Side | None, row["side"]),
                row["variance"],
            )
            for row in rows
        ],
        reason=cast(Reason | None, first["limit_reason"]),
        alarms=first["alarm_count"],
        company=first["company"],
    )


def write_subtitle(rows: Sequence[Row], course: Course, measured: str) -> str:
    """Name the measure and its mean, explain what is drawn, and count the stories that are in no period."""
    first = rows[0]
    left_out = first["undated_count"]
    mean = f", mean {format_plain(course.measure, first['centre'])}" if len(course.points) > 1 else ""
    explained = ""
    if course.points and course.reason is None:
        explained = "shaded: usual range"
    elif any(row["low"] is not None for row in rows):
        explained = "bars: 95% margin"
    thin = any(row["value"] is None for row in rows) and course.points
    return join_parts(
        [
            f"{measured} by {course.length}{mean}",
            explained,
            "ticks: under five" if thin else "",
            f"{format_count(left_out, 'story')} undated" if left_out else "",
        ]
    )


def write_description(rows: Sequence[Row], course: Course) -> str:
    """Say every figure, period by period."""
    centre = rows[0]["centre"]
    mean = "" if centre is None else f" The mean is {format_plain(course.measure, centre)}."
    parts = "; ".join(describe_period(course, period) for period in course.periods)
    notes = "; ".join(f"{note.words} ({note.day})" for note in read_notes(rows))
    said = f" Notes: {notes}." if notes else ""
    name = course.name if course.company else course.name.lower()
    return f"Line of {name} by {course.length}.{mean} {parts}.{said}"


def draw_course(rows: Sequence[Row], course: Course, theme: Theme) -> Drawing:
    """Draw the line of the periods with the band of chance, or with intervals; name the periods that stand out."""
    notes = read_notes(rows)
    # a note after the last period has its place too
    span = (_place(rows[0], 0.0), max(_place(rows[-1], 1.0), *(note.x for note in notes), 0.0))
    x = alt.X(
        field="x",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=list(span), nice=False, zero=False),
        axis=_time_axis(span),
    )
    points = [{**row, "x": _place(row, 0.5)} for row in rows if row["value"] is not None]
    if not points:
        return _draw_strip(rows, x, theme)
    y = alt.Y(
        field="value",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=list(_domain(points, course.measure)), nice=False, zero=False),
        axis=alt.Axis(grid=True, labelExpr=LABELS[course.measure], tickCount=5, labelPadding=8),
    )
    line = (
        alt.Chart(layers.values(list(_trace(points)))).mark_line(color=theme.context, strokeWidth=1.5).encode(x=x, y=y)
    )
    thin = [{**row, "x": _place(row, 0.5)} for row in rows if row["value"] is None]
    return layers.new_layer(
        *_draw_band(points, x, y, theme),
        line,
        *([_draw_thin(thin, x, theme)] if thin else []),
        _draw_points(points, course, x, y, theme),
        *draw_notes(notes, x, theme),
        *draw_names(points, course, notes, span, x, y, theme),
        height=HEIGHT,
    )


def _place(row: Row, part: float) -> float:
    """Give a place within a period in years: 2024.5 is the middle of 2024."""
    day = row["starts_on"]
    length = 1 / 12 if row["period_length"] == "month" else 1 / 4
    return round(float(day.year + (day.month - 1) / 12 + part * length), 4)


def _trace(points: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the places of the line; an empty one breaks it where a period is missing."""
    before: Row | None = None
    for row in points:
        if before is not None and row["x"] - before["x"] > 1.5 * (_place(row, 1.0) - _place(row, 0.0)):
            yield {"x": row["x"], "value": None}
        yield {"x": row["x"], "value": row["value"]}
        before = row


def _time_axis(span: tuple[float, float]) -> alt.Axis:
    """Name the years, or the quarters of a few years."""
    short = span[1] - span[0] <= SHORT_SPAN
    step = 4 if short else 1
    ticks = [place / step for place in range(floor(span[0] * step), floor(span[1] * step) + 1)]
    return alt.Axis(
        grid=False,
        values=[tick for tick in ticks if span[0] - 1e-3 <= tick < span[1] - 1e-3],
        labelExpr=TICK if short else "format(datum.value, 'd')",
        labelOverlap=True,
        labelFlush=False,
        labelSeparation=8,
    )


def _domain(points: Sequence[Row], measure: Measure) -> tuple[float, float]:
    """Give the ends of the axis up: room around the values, limits and intervals, and for the names of signals."""
    columns = ("value", "lower_limit", "upper_limit", "low")
    values = [row[column] for row in points for column in columns if row[column] is not None]
    low, high = min(values), max(values)
    # an interval of few stories can reach far beyond all figures: it is cut where it would flatten the line
    ends = [row["high"] for row in points if row["high"] is not None]
    high = max(high, min(max(ends, default=high), high + HIGHEST * (high - min(low, 0.0))))
    if measure != "experience":
        low = min(low, 0.0)  # an amount is drawn from 0, so that its height shows how much it is
    sides, is_noted = {row["side"] for row in points}, any(row["notes"] for row in points)
    size = max(high - low, LEAST_SPAN[measure])
    return (
        low - size * (NAMED_ROOM if "below" in sides else ROOM if measure == "experience" else 0),
        high + size * (NOTED_ROOM if is_noted else NAMED_ROOM if "above" in sides else ROOM),
    )


def _draw_band(points: Sequence[Row], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Draw the limits of chance with the mean; without limits, the interval of each period that has one."""
    if points[0]["limit_reason"] is None:
        top = y.copy(deep=False)
        top["field"] = "upper_limit"
        band = (
            alt.Chart(layers.data(points, "x", "lower_limit", "upper_limit"))
            .mark_area(color=theme.grid, interpolate="step", opacity=0.9)
            .encode(x=x, y=top, y2=alt.Y2(field="lower_limit"))
        )
        mean = (
            alt.Chart(layers.values([{}]))
            .mark_rule(color=theme.quiet, strokeWidth=1)
            .encode(y=alt.YDatum(points[0]["centre"], type="quantitative"))
        )
        return [band, mean]
    bounded = [row for row in points if row["low"] is not None]
    if not bounded:
        return []
    low = y.copy(deep=False)
    low["field"] = "low"
    return [
        alt.Chart(layers.data(bounded, "x", "low", "high"))
        .mark_rule(color=theme.felt, strokeWidth=3, clip=True)
        .encode(x=x, y=low, y2=alt.Y2(field="high"))
    ]


def _draw_points(points: Sequence[Row], course: Course, x: alt.X, y: alt.Y, theme: Theme) -> alt.Chart:
    """Draw a dot a period: grey, and blue or vermilion where it stands out."""
    good = BETTER[course.measure]
    drawn = [
        {
            **row,
            "look": "usual" if row["side"] is None else "good" if row["side"] == good else "bad",
            "figure": format_figure(course.measure, row["value"]),
            "usual": _usual(row, course.measure),
        }
        for row in points
    ]
    fields = (*DRILL, "x", "value", "look", "period_label", "figure", "usual", "story_count")
    columns = [field for field in fields if field in drawn[0]]
    marks: alt.Chart = (
        alt.Chart(layers.data(drawn, *columns))
        .mark_circle(
            size=70 if len(points) < MANY else 30, opacity=1, stroke=theme.background, strokeWidth=1, cursor="pointer"
        )
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                field="look",
                type="nominal",
                scale=alt.Scale(domain=["good", "usual", "bad"], range=[theme.fame, theme.context, theme.shame]),
                legend=None,
            ),
            tooltip=layers.tooltip(
                period="period_label", figure="figure", usual_range="usual", stories="story_count:q"
            ),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return marks


DRILL = ("period", "driver")  # what a click passes on; rows of one effort type have its code


def _usual(row: Row, measure: Measure) -> str:
    if row["lower_limit"] is None:
        return "too few periods or stories to say"
    return f"{format_plain(measure, row['lower_limit'])} to {format_plain(measure, row['upper_limit'])}"


def _draw_thin(thin: Sequence[Row], x: alt.X, theme: Theme) -> alt.Chart:
    """Mark the periods with too few stories on the time axis."""
    columns = [field for field in (*DRILL, "x", "period_label", "story_count") if field in thin[0]]
    marks: alt.Chart = (
        alt.Chart(layers.data(thin, *columns))
        .mark_tick(color=theme.felt, orient="vertical", thickness=2, size=10, cursor="pointer")
        .encode(
            x=x,
            y=alt.YValue(alt.ExprRef("height - 5")),
            tooltip=layers.tooltip(period="period_label", too_few_stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return marks


def _draw_strip(rows: Sequence[Row], x: alt.X, theme: Theme) -> Drawing:
    """Draw a dot for each period with a few stories, where no period has enough for a figure."""
    drawn = [
        {**row, "x": _place(row, 0.5), "figure": f"{row['period_label']}: {format_count(row['story_count'], 'story')}"}
        for row in rows
    ]
    columns = [field for field in (*DRILL, "x", "period_label", "story_count") if field in drawn[0]]
    base = alt.Chart(layers.data(drawn, *columns))
    marks = (
        base.mark_circle(size=110, opacity=1, color=theme.context, cursor="pointer")
        .encode(
            x=x,
            y=alt.YValue(alt.ExprRef("height - 24")),
            tooltip=layers.tooltip(period="period_label", stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    ends: list[tuple[dict[str, Any], Align]] = [(drawn[0], "left"), (drawn[-1], "right")]
    names = [
        alt.Chart(layers.data([row], "x", "figure"))
        .mark_text(align=align, baseline="bottom", dy=-10, fontSize=TEXT, color=theme.ink)
        .encode(x=x, y=alt.YValue(alt.ExprRef("height - 24")), text=alt.Text(field="figure", type="nominal"))
        for row, align in ends[: len(drawn)]
    ]
    return layers.new_layer(marks, *names, height=STRIP)
