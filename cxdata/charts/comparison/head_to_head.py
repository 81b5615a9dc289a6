"""Head to head: effort points of two companies in the same job, by driver, back to back."""

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.pairs import pair_claim
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.text.formatting import format_count, format_number, format_points, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import HeadToHeadRow

Rows: TypeAlias = "list[HeadToHeadRow]"

CHART = Declaration(
    title="Two companies in one job",
    question="head_to_head",
    rows=("driver",),
    drill_down={"job": "job", "driver": "driver", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="Neither company has a story of this job",
)

ROOM = 1.35  # of the longest bar, to leave room for the figure at its end
LINE = 18  # px a line of the heads
WIDEST = 20  # characters of a company's name in half a phone's width


def headline(rows: Rows) -> Claim:
    """State the difference between the companies, and the effort types that make it."""
    return pair_claim(rows)


def subtitle(rows: Rows) -> str:
    """Name the measure and the job."""
    row = rows[0]
    mean = "" if row["left_stories"] == row["right_stories"] == 1 else " per story"
    return f"Effort points{mean} by effort type, for “{row['job_label']}”"


def describe(rows: Rows) -> str:
    """Say every figure, driver by driver."""
    row = rows[0]
    parts = [
        f"{each['driver_label']}: " + ", ".join(f"{_figure(side)} at {side.company}" for side in _sides(each))
        for each in rows
        if each["driver"] is not None
    ]
    totals = ". ".join(", ".join((f"{side.company}: {_total(side)}", *_experience(side))) for side in _sides(row))
    figures = f" {'. '.join(parts)}." if parts else ""
    return f"Bars of effort points back to back, for the job “{row['job_label']}”. {totals}.{figures}"


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a pair of bars for each driver; a company without a story of the job says so."""
    bars = _bars(rows)
    longest = max([abs(bar["x"]) for bar in bars] + [1])
    sides = _sides(rows[0])
    heads = [word for side in sides for word in _head(side)]
    # blank rows at the top hold the companies' names
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
            tooltip=layers.tooltip(company="company", effort_type="label", effort="figure", events="events:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    # once a pair, not once a bar
    one = base.transform_filter("datum.side == 'left'")
    centre = one.mark_tick(color=theme.context, orient="vertical", size=24, thickness=1, yOffset=7).encode(
        x=middle, y=y
    )
    labels = one.mark_text(dy=-13, baseline="middle", color=theme.ink, fontSize=TEXT).encode(
        x=middle, y=y, text=alt.Text(field="label", type="nominal")
    )
    figures = [
        base.transform_filter(f"datum.side == '{side.name}'")
        .mark_text(dx=6 * side.direction, dy=7, align=side.align, baseline="middle", fontSize=TEXT)
        .encode(
            x=x,
            y=y,
            text=alt.Text(field="figure", type="nominal"),
            color=alt.condition("datum.x == 0", alt.value(theme.quiet), alt.value(theme.ink)),
        )
        for side in sides
    ]
    names = [
        alt.Chart(layers.values([{"text": word["text"]}]))
        .mark_text(
            dx=10 * side.direction,
            align=side.align,
            baseline="middle",
            fontWeight="bold" if word["is_name"] else "normal",
            fontSize=15 if word["is_name"] else TEXT,
            color=theme.ink if word["is_name"] else theme.quiet,
        )
        .encode(x=middle, y=alt.YValue(word["y"]), text=alt.Text(field="text", type="nominal"))
        for side in sides
        for word in heads
        if word["side"] == side.name
    ]
    drawn: list[alt.Chart] = [pairs, centre, *figures, labels, *names]
    return layers.new_layer(*drawn, height=layers.ROW * len(order))


@dataclass(frozen=True)
class _Side:
    """One company of a row; `direction` is -1 if its bars go left. Values are None if it has no story of the job."""

    name: Literal["left", "right"]
    company: str
    stories: int | None
    points: float | None
    events: int | None
    total: float | None
    experience: float | None
    hall: str | None
    direction: int
    align: Literal["left", "right"]


def _sides(row: "HeadToHeadRow") -> tuple[_Side, _Side]:
    return (
        _Side(
            "left",
            row["left_company"],
            row["left_stories"],
            row["left_points"],
            row["left_events"],
            row["left_total"],
            row["left_experience"],
            row["left_hall"],
            direction=-1,
            align="right",
        ),
        _Side(
            "right",
            row["right_company"],
            row["right_stories"],
            row["right_points"],
            row["right_events"],
            row["right_total"],
            row["right_experience"],
            row["right_hall"],
            direction=1,
            align="left",
        ),
    )


def _bars(rows: Rows) -> list[dict[str, Any]]:
    return [
        {
            "job": row["job"],
            "driver": row["driver"],
            "left_company": side.company if side.name == "left" else None,
            "right_company": side.company if side.name == "right" else None,
            "company": side.company,
            "label": _label(row),
            "side": side.name,
            "x": (side.points or 0) * side.direction,
            "hall": side.hall or layers.UNRATED,
            "figure": _figure(side),
            "events": side.events,
        }
        for row in rows
        for side in _sides(row)
    ]


def _head(side: _Side) -> list[dict[str, Any]]:
    lines = [(line, True) for line in wrap(side.company, WIDEST)]
    lines += [(line, False) for line in (*_total(side).split(", "), *_experience(side))]
    return [
        {"side": side.name, "text": text, "is_name": is_name, "y": 10 + LINE * place}
        for place, (text, is_name) in enumerate(lines)
    ]


def _label(row: "HeadToHeadRow") -> str:
    return row["driver_label"] or "No effort was found"


def _figure(side: _Side) -> str:
    if side.stories is None:
        return "no story"
    return format_number(side.points) if side.points else "none"


def _total(side: _Side) -> str:
    if side.stories is None:
        return "no story"
    total = format_points(side.total) if side.total else "none"
    return total if side.stories == 1 else f"{total}, {format_count(side.stories, 'story')}"


def _experience(side: _Side) -> tuple[str, ...]:
    """Give the mean experience of the job as a line of its own; nothing where it is unknown."""
    return () if side.experience is None else (f"experience {format_signed(side.experience)}",)
