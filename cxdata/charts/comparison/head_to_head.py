"""Head to head: the work that two companies made of the same job, driver by driver, back to back."""

from textwrap import wrap
from typing import Any, Literal

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, Rows
from cxdata.charts.kit.pairs import pair_headline
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.text.formatting import format_count, format_number, format_points, format_work_time

CHART = Declaration(
    question="head_to_head",
    rows=("driver",),
    drill_down={"job": "job", "driver": "driver", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="These stories tell of nothing of the kind",
)

Align = Literal["left", "right"]
SIDES = ("left", "right")
SIDES_DRAWN: tuple[tuple[str, int, Align], ...] = (
    ("left", -1, "right"),
    ("right", 1, "left"),
)  # the side, its direction, and how its words are aligned
ROOM = 1.35  # of the longest bar: the figure at its end needs a place
LINE = 18  # px a line of the heads
WIDEST = 20  # characters of a company's name in half a phone's width


def headline(rows: Rows) -> str:
    """The harder of the two companies, and the drivers that make the difference."""
    return pair_headline(rows)


def subtitle(rows: Rows) -> str:
    """The measure, and the total of each."""
    row = rows[0]
    totals = "; ".join(f"{row[f'{side}_company']} {_total(row, side)}" for side in SIDES)
    mean = "" if row["left_stories"] == row["right_stories"] == 1 else " per story"
    return f"Effort points{mean} by driver in “{row['job_label']}”, 1 point about five minutes. All of it: {totals}"


def describe(rows: Rows) -> str:
    """Driver by driver."""
    row = rows[0]
    told = [
        f"{each['driver_label']}: {_figure(each, 'left')} at {row['left_company']}, "
        f"{_figure(each, 'right')} at {row['right_company']}"
        for each in rows
        if each["driver"] is not None
    ]
    totals = ", ".join(f"{row[f'{side}_company']} {_total(row, side)}" for side in SIDES)
    return f"Bars of effort points back to back, for the job {row['job_label']}. In all {totals}. {'; '.join(told)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """A pair of bars a driver; 0 says none, and a company without a story of the job says so."""
    bars = _bars(rows)
    longest = max([abs(bar["x"]) for bar in bars] + [1])
    heads = [word for side in SIDES for word in _head(rows[0], side)]
    # the companies' names take as many rows at the top as they need
    blank = [" " * number for number in range(1, 2 + int(max(word["y"] for word in heads) // layers.ROW))]
    order = [*blank, *(_label(row) for row in rows)]
    x = alt.X(
        field="x",
        type="quantitative",
        axis=None,
        scale=alt.Scale(domain=[-ROOM * longest, ROOM * longest], nice=False),
    )
    middle = alt.XDatum(0, type="quantitative", axis=None)
    y = alt.Y(field="label", type="nominal", axis=None, scale=alt.Scale(domain=order, padding=0))
    base = alt.Chart(layers.values(bars))
    pairs = (
        base.mark_bar(height=14, yOffset=7, cursor="pointer")
        .encode(
            x=x,
            x2=alt.X2Datum(0),
            y=y,
            color=layers.hall_colour("hall", theme),
            tooltip=layers.tooltip(company="company", driver="label", effort="figure", events="events:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    # once a pair, and not once a bar
    one = base.transform_filter("datum.side == 'left'")
    centre = one.mark_tick(color=theme.context, orient="vertical", size=24, thickness=1, yOffset=7).encode(
        x=middle, y=y
    )
    labels = one.mark_text(dy=-13, baseline="middle", color=theme.ink, fontSize=TEXT).encode(
        x=middle, y=y, text=alt.Text(field="label", type="nominal")
    )
    figures = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(dx=6 * sign, dy=7, align=align, baseline="middle", fontSize=TEXT)
        .encode(
            x=x,
            y=y,
            text=alt.Text(field="figure", type="nominal"),
            color=alt.condition("datum.x == 0", alt.value(theme.quiet), alt.value(theme.ink)),
        )
        for side, sign, align in SIDES_DRAWN
    ]
    names = [
        alt.Chart(layers.values([{"text": word["text"]}]))
        .mark_text(
            dx=10 * sign,
            align=align,
            baseline="middle",
            fontWeight="bold" if word["is_name"] else "normal",
            fontSize=15 if word["is_name"] else TEXT,
            color=theme.ink if word["is_name"] else theme.quiet,
        )
        .encode(x=middle, y=alt.YValue(word["y"]), text=alt.Text(field="text", type="nominal"))
        for side, sign, align in SIDES_DRAWN
        for word in heads
        if word["side"] == side
    ]
    drawn: list[alt.Chart] = [pairs, centre, *figures, labels, *names]
    return layers.new_layer(*drawn, height=layers.ROW * len(order))


def _bars(rows: Rows) -> list[dict[str, Any]]:
    return [
        {
            "job": row["job"],
            "driver": row["driver"],
            "left_company": row["left_company"] if side == "left" else None,
            "right_company": row["right_company"] if side == "right" else None,
            "company": row[f"{side}_company"],
            "label": _label(row),
            "side": side,
            "x": (row[f"{side}_points"] or 0) * sign,
            "hall": row[f"{side}_hall"],
            "figure": _figure(row, side),
            "events": row[f"{side}_events"],
        }
        for row in rows
        for side, sign, _ in SIDES_DRAWN
    ]


def _head(row: dict[str, Any], side: str) -> list[dict[str, Any]]:
    lines = [(line, True) for line in wrap(row[f"{side}_company"], WIDEST)]
    lines += [(line, False) for line in _total(row, side).split(", ")]
    return [
        {"side": side, "text": text, "is_name": is_name, "y": 10 + LINE * place}
        for place, (text, is_name) in enumerate(lines)
    ]


def _label(row: dict[str, Any]) -> str:
    return row["driver_label"] or "No unwanted work told"


def _figure(row: dict[str, Any], side: str) -> str:
    if row[f"{side}_stories"] is None:
        return "no story"
    return format_number(row[f"{side}_points"]) if row[f"{side}_points"] else "none"


def _total(row: dict[str, Any], side: str) -> str:
    if row[f"{side}_stories"] is None:
        return "no story"
    told = (
        format_points(row[f"{side}_total"]) + f", {format_work_time(row[f'{side}_total'])}"
        if row[f"{side}_total"]
        else "none"
    )
    stories = row[f"{side}_stories"]
    return told if stories == 1 else f"{told}, {format_count(stories, 'story')}"
