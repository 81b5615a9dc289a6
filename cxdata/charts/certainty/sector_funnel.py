"""Sector funnel: the companies of a sector by their number of stories, with limits around the sector's mean."""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import altair as alt
import numpy as np

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.labels import dot_box, draw_names, place_labels
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.outliers import Placed, claim_outliers, describe_place
from cxdata.statistics.comparison import MIN_STORIES
from cxdata.statistics.funnel import LIMITS, MIN_COMPANIES, Field
from cxdata.text.formatting import format_count, format_signed, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import SectorFunnelRow

Rows: TypeAlias = "list[SectorFunnelRow]"

CHART = Declaration(
    title="Companies beside their sector",
    question="sector_funnel",
    rows=(),
    drill_down={"company": "company"},
    measure="experience",
    when_empty="These stories do not say how the customer felt",
    draws_its_companies=True,
)
HEIGHT = 380
SMALLEST = (300, 300)  # px of the plot on a phone and in a low picture: names that have room there have it everywhere
MOST_NAMED = 12  # companies; of more only those that stand out have names
STEPS = 60  # of the curve of a limit
SCALE = (-5.5, 5.5)  # half a step of room for a dot at the end
TICKS = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]
ROOM = 1.25  # times the most stories, and the fewest: room left and right of the dots


def headline(rows: Rows) -> Claim:
    """Name the companies that stand out from their sector, or say why none can."""
    first = rows[0]
    return claim_outliers(
        [_placed(row) for row in rows],
        first["sector"],
        first["sector_experience"],
        first["limit_reason"] or "",
    )


def subtitle(rows: Rows) -> str:
    """Name the measures, explain the bands, and count the companies left out."""
    first = rows[0]
    few = first["few_count"]
    return join_parts(
        [
            f"{first['sector']}{', the largest sector' if first['sector_count'] > 1 else ''}: stories (across),"
            " mean experience (up)",
            "bands: 95 and 99.8 of 100 companies"
            if first["sector_experience"] is not None
            else f"limits need {MIN_COMPANIES} companies with {MIN_STORIES} stories each",
            f"{format_count(few, 'small company')} left out" if few else "",
        ]
    )


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    first = rows[0]
    mean = first["sector_experience"]
    field = "" if mean is None else f" The mean of {first['sector']} is {format_signed(mean)}."
    parts = "; ".join(f"{row['company']} {describe_place(_placed(row))}" for row in rows)
    return f"Dots of companies, number of stories across and mean experience up.{field} {parts}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw the bands of the limits, the line of the mean and a dot for each company; name those that stand out."""
    across, up = _domains(rows)
    x = alt.X(
        field="story_count",
        type="quantitative",
        title="number of stories (log scale)",
        scale=alt.Scale(type="log", domain=list(across), nice=False),
        axis=alt.Axis(grid=False, values=[tick for tick in TICKS if across[0] <= tick <= across[1]], format=",d"),
    )
    y = alt.Y(
        field="experience",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=list(up), nice=False, zero=False),
        axis=alt.Axis(grid=True, labelExpr=layers.SIGNED, tickCount=6, labelPadding=8),
    )
    beneath = _limits(rows, across, x, y, theme)
    dots = [{**row, "look": row["side"] or "within"} for row in rows]
    marks = (
        alt.Chart(layers.data(dots, "company", "story_count", "experience", "look"))
        .mark_circle(size=110, opacity=0.9, stroke=theme.background, strokeWidth=1.2, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                field="look",
                type="nominal",
                scale=alt.Scale(domain=["above", "within", "below"], range=[theme.fame, theme.context, theme.shame]),
                legend=None,
            ),
            tooltip=layers.tooltip(company="company", stories="story_count:q", experience="experience:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    placed = _place_names(rows, across, up)
    names = draw_names(placed, "name_side", ("story_count", "experience"), x, y, {"color": theme.ink})
    return layers.new_layer(*beneath, marks, *names, height=HEIGHT)


def _placed(row: "SectorFunnelRow") -> Placed:
    side = cast(Literal["above", "below"] | None, row["side"])
    return Placed(row["company"], row["experience"], row["story_count"], side)


def _field(rows: Rows) -> Field | None:
    first = rows[0]
    if first["sector_experience"] is None:
        return None
    return Field(first["sector_experience"], known(first["within_variance"]), known(first["between_variance"]))


def _domains(rows: Rows) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give the ends of both axes: room around the dots, and the limits where they are widest."""
    counts = [row["story_count"] for row in rows]
    across = (min(counts) / ROOM, max(counts) * ROOM)
    values = [row["experience"] for row in rows]
    field = _field(rows)
    if field:
        reach = field.reach(across[0], LIMITS[1])
        values += [field.centre - reach, field.centre + reach]
    low, high = min(values), max(values)
    room = max((high - low) * 0.06, 0.5)
    return across, (max(low - room, SCALE[0]), min(high + room, SCALE[1]))


def _limits(rows: Rows, across: tuple[float, float], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    field = _field(rows)
    if field is None:
        return []
    low, high = _domains(rows)[1]
    curve = [
        {"story_count": float(count)}
        | {
            f"{end}_{name}": min(max(field.centre + sign * field.reach(count, percent), low), high)
            for name, percent in zip(("95", "998"), LIMITS, strict=True)
            for end, sign in (("low", -1), ("high", 1))
        }
        for count in np.geomspace(*across, STEPS)
    ]
    bands: list[alt.Chart] = []
    for name, opacity in (("998", 0.45), ("95", 0.9)):
        top = y.copy(deep=False)
        top["field"] = f"high_{name}"
        bands.append(
            alt.Chart(layers.data(curve, "story_count", f"low_{name}", f"high_{name}"))
            .mark_area(color=theme.grid, opacity=opacity)
            .encode(x=x, y=top, y2=alt.Y2(field=f"low_{name}"))
        )
    line = (
        alt.Chart(layers.values([{}]))
        .mark_rule(color=theme.context, strokeWidth=1.5)
        .encode(y=alt.YDatum(field.centre, type="quantitative"))
    )
    return [*bands, line]


def _place_names(rows: Rows, across: tuple[float, float], up: tuple[float, float]) -> list[dict[str, Any]]:
    """Give each company with a name its side, None where there is no room; those that stand out come first."""
    width, height = SMALLEST

    def spot(row: "SectorFunnelRow") -> tuple[float, float]:
        right = np.log(row["story_count"] / across[0]) / np.log(across[1] / across[0])
        return float(right * width), (up[1] - row["experience"]) / (up[1] - up[0]) * height

    named = sorted((row for row in rows if row["side"] or len(rows) <= MOST_NAMED), key=lambda row: row["side"] is None)
    others = [dot_box(*spot(row)) for row in rows if row not in named]
    sides = place_labels([(*spot(row), row["company"]) for row in named], width, height, avoided=others)
    return [{**row, "name_side": side} for row, side in zip(named, sides, strict=True)]
