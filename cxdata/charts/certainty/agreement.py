"""Agreement: how well two coders agree on each code."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.certainty import Finding, JudgedCode, claim_agreement, describe_found
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import uncapitalise
from cxdata.statistics.agreement import LEAST_ACCEPTABLE
from cxdata.text.formatting import join_list, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import AgreementRow

Rows: TypeAlias = "list[AgreementRow]"

CHART = Declaration(
    title="Agreement of two readers",
    question="agreement",
    rows=("code",),
    drill_down={"driver": "driver"},
    measure="agreement",
    when_empty="No story has been coded twice",
)

MEASURES = {
    "feeling": "feelings",
    "all drivers": "effort types",
    "times": "times",
    "minutes": "minutes",
    "demand": "demand",
    "promise": "promises",
    "sign": "signs of care",
}
THIN = 4  # px, for the interval of a code too rare to say


def headline(rows: Rows) -> Claim:
    """Name the codes without agreement, else those with it, or say how many are too rare."""
    return claim_agreement([judge(row) for row in rows])


def subtitle(rows: Rows) -> str:
    """Name the measure, its scale, and what was not coded twice."""
    missing = list_missing(rows)
    return join_parts(
        [
            "How far two readers agree: 1 is always, 0 is chance (Krippendorff’s alpha)",
            f"read once only: {missing}" if missing else "",
        ]
    )


def describe(rows: Rows) -> str:
    """Say every figure, code by code."""
    shown = ". ".join(f"{row['code_label']}: {describe_found(judge(row))}" for row in rows if row["found_count"])
    never = ", ".join(uncapitalise(row["code_label"]) for row in rows if not row["found_count"])
    figures = f" {shown}." if shown else ""
    silent = f" Found by nobody: {never}." if never else ""
    return f"Dots of agreement (Krippendorff’s alpha) from 0 to 1, codes with agreement first.{figures}{silent}"


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw an interval for each code, a dot where it is not too rare, and the line where agreement begins."""
    drawn = [_drawn(row) for row in rows]
    line = (
        alt.Chart(layers.values([{}]))
        .mark_rule(color=theme.context, strokeDash=[4, 3])
        .encode(x=alt.XDatum(LEAST_ACCEPTABLE))
    )
    x = alt.X(
        type="quantitative",
        title=f"agreement · bars: margin of error · dashed: enough from {LEAST_ACCEPTABLE}",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(grid=True, values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".1f"),
    )
    return ranges.draw_ranges(
        drawn,
        theme,
        "code",
        x,
        [ranges.Range("low", "high", theme.felt, 10), ranges.Range("rare_low", "rare_high", theme.felt, THIN)],
        "dot",
        tuple(CHART.drill_down),
        layers.tooltip(code="head", agreement="figure", stories_coded_twice="story_count:q"),
        [line],
    )


def list_missing(rows: "Sequence[AgreementRow]") -> str:
    """Name the measures that no two coders looked for in one story; '' if there is none."""
    coded = {row["measure"] for row in rows}
    missing = [words for measure, words in MEASURES.items() if measure not in coded]
    return join_list(missing, len(MEASURES))


def judge(row: "AgreementRow") -> JudgedCode:
    """Take a row as what its second codings say."""
    finding = cast(Finding, row["finding"])
    return JudgedCode(
        row["code_label"], finding, row["alpha"], row["found_count"], row["both_found"], row["story_count"]
    )


def _drawn(row: "AgreementRow") -> dict[str, object]:
    """Return the row with its label, its figure, and its interval and dot within the axis."""
    is_rare = row["finding"] == "rare"
    low = None if row["low"] is None else max(row["low"], 0)
    return {
        **row,
        "head": row["code_label"] + (" ‡" if row["is_low"] else ""),
        "figure": describe_found(judge(row)),
        "low": None if is_rare else low,
        "rare_low": low if is_rare else None,
        "rare_high": row["high"],
        "dot": None if is_rare or row["alpha"] is None else max(row["alpha"], 0),
    }
