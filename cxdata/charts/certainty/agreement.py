"""Agreement: how well two coders agree on each code."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import name_all
from cxdata.text.formatting import format_count, format_number

if TYPE_CHECKING:
    from cxdata.questions.rows import AgreementRow

Rows: TypeAlias = "list[AgreementRow]"

CHART = Declaration(
    question="agreement",
    rows=("code",),
    drill_down={"driver": "driver"},
    measure="agreement",
    when_empty="No story has been coded twice",
)

TENTATIVE = 0.667


def headline(rows: Rows) -> Claim:
    """Name the codes with too little agreement, or say how many are too rare to judge."""
    low = tuple(row["code_label"] for row in rows if row["is_low"])
    stories = max(row["story_count"] for row in rows)
    if low:
        return Claim(
            "described", f"Two coders agree too little on {name_all(low)} to conclude anything", low, (), stories
        )
    found = [row for row in rows if row["measure"] == "driver" and row["alpha"] is not None]
    unsure = [row for row in found if not row["is_agreed"]]
    if not unsure:
        return Claim("described", "Two coders who worked apart agree well on every code", (), (), stories)
    some = f"{format_number(len(unsure))} of {format_number(len(found))} effort types are"
    if len(unsure) == len(found):
        some = "each effort type is"
    return Claim("described", f"Two coders agreed well, but {some} too rare to be certain", (), (), stories)


def subtitle(rows: Rows) -> str:
    """Name the measure and its scale."""
    return (
        "Krippendorff’s alpha: 1 is perfect agreement, 0 is chance; below .667 a code is flagged; "
        f"{format_count(rows[0]['encounters'], 'encounter')} coded twice"
    )


def describe(rows: Rows) -> str:
    """Say every figure, code by code."""
    parts = [f"{row['code_label']} {_figure(row)}" for row in rows if row["both_found"] + row["one_found"]]
    never = [row["code_label"] for row in rows if not row["both_found"] + row["one_found"]]
    silent = f" Found by nobody: {', '.join(never)}." if never else ""
    return f"Dots of Krippendorff’s alpha from 0 to 1, least agreed first. {'; '.join(parts)}.{silent}"


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a dot and an interval for each code, and the line below which a code is flagged."""
    drawn = [
        row
        | {
            "head": row["code_label"] + (" ‡" if row["is_low"] else ""),
            "figure": _figure(row),
            "low": None if row["low"] is None else max(row["low"], 0),
            "alpha": None if row["alpha"] is None else max(row["alpha"], 0),
        }
        for row in rows
    ]
    line = (
        alt.Chart(layers.values([{}])).mark_rule(color=theme.context, strokeDash=[4, 3]).encode(x=alt.XDatum(TENTATIVE))
    )
    x = alt.X(
        type="quantitative",
        title="alpha; dashed: .667, below it a code is flagged",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(grid=True, values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".1f"),
    )
    return ranges.draw_ranges(
        drawn,
        theme,
        "code",
        x,
        [ranges.Range("low", "high", theme.felt, 10)],
        "alpha",
        tuple(CHART.drill_down),
        layers.tooltip(code="head", alpha="alpha:q", both="both_found:q", one_only="one_found:q"),
        [line],
    )


def _figure(row: "AgreementRow") -> str:
    if row["alpha"] is None:
        return "no variation" if row["both_found"] + row["one_found"] else "found by nobody"
    return f"{row['alpha']:.2f} · both in {row['both_found']} of {row['both_found'] + row['one_found']}"
