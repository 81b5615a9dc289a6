"""Rank stability: the range of each company's rank by effort over random weights."""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.certainty import Weighted, claim_stability
from cxdata.claims.claim import Claim
from cxdata.text.formatting import format_count, format_ordinal, format_percent, format_points

if TYPE_CHECKING:
    from cxdata.questions.rows import RankStabilityRow

Rows: TypeAlias = "list[RankStabilityRow]"

CHART = Declaration(
    title="Order under other weights",
    question="rank_stability",
    rows=("company",),
    drill_down={"company": "company"},
    measure="effort_points",
    when_empty="The effort of these stories is unknown",
    about_work=True,
    is_blank=lambda rows: len({row["company"] for row in rows}) == 1,  # one company is always first
)

NEAR, FAR = 25, 50  # percent by which a weight may differ


def headline(rows: Rows) -> Claim:
    """Say in how many weightings the company with most points keeps them; of points equal as shown, name all."""
    companies = [
        Weighted(
            near["company"], near["company_points"], near["story_count"], near["hardest_share"], far["hardest_share"]
        )
        for near, far in _companies(rows)
    ]
    return claim_stability(companies, rows[0]["draws"], NEAR)


def subtitle(_: Rows) -> str:
    """Explain the random weightings."""
    return "Rank by effort: 1 is most · bars: ranks in 95 of 100 weightings"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    parts = [
        f"{each.near['company']}: {format_points(each.near['company_points'])}, "
        f"{format_count(each.near['story_count'], 'story')}, {_place(each)} with weights up to {NEAR}% off, "
        f"{_span(each.far)} with up to {FAR}%"
        for each in _companies(rows)
    ]
    return f"Bars of the ranks that each company takes in 1,000 weightings, most effort first. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a thick bar for weights up to 25% off, a thin one up to 50%, and a dot for the rank as weighted."""
    drawn = [
        {
            "company": each.near["company"],
            "figure": _figure(each),
            "rank": each.near["company_rank"],
            "near_low": each.near["rank_low"],
            "near_high": each.near["rank_high"],
            "far_low": each.far["rank_low"],
            "far_high": each.far["rank_high"],
            "hardest": each.near["hardest_share"],
        }
        for each in _companies(rows)
    ]
    most = rows[0]["companies"]
    x = alt.X(
        type="quantitative",
        title=f"rank by effort · thick: weights up to {NEAR}% off · thin: up to {FAR}%",
        scale=alt.Scale(domain=[1, max(most, 2)], nice=False, padding=8),
        axis=alt.Axis(grid=True, tickMinStep=1, tickCount=min(most, 10), format="d"),
    )
    return ranges.draw_ranges(
        drawn,
        theme,
        "company",
        x,
        [ranges.Range("far_low", "far_high", theme.felt, 4), ranges.Range("near_low", "near_high", theme.context, 12)],
        "rank",
        tuple(CHART.drill_down),
        layers.tooltip(company="company", rank="rank:q", lowest="near_low:q", highest="near_high:q"),
    )


class _Spreads(NamedTuple):
    """The two rows of one company: weights up to `NEAR` and up to `FAR` percent off."""

    near: "RankStabilityRow"
    far: "RankStabilityRow"


def _companies(rows: Rows) -> list[_Spreads]:
    spreads = {(row["company"], row["spread"]): row for row in rows}
    names = dict.fromkeys(row["company"] for row in rows)
    return [_Spreads(spreads[name, NEAR], spreads[name, FAR]) for name in names]


def _figure(each: _Spreads) -> str:
    return f"{_place(each)} · {format_count(each.near['story_count'], 'story')}"


def _place(each: _Spreads) -> str:
    near = each.near
    if near["company_points"] == 0:
        return "no effort found"
    if _is_settled(each):
        return f"always {format_ordinal(near['rank_low'])}"
    if near["rank_low"] == near["rank_high"]:
        return f"{format_ordinal(near['rank_low'])} in {format_percent(near['same_share'])}"
    return _span(near)


def _is_settled(each: _Spreads) -> bool:
    """Return whether it keeps its rank in every draw with weights up to `NEAR` percent off."""
    return bool(each.near["same_share"] == 1)


def _span(spread: "RankStabilityRow") -> str:
    if spread["rank_low"] == spread["rank_high"]:
        return format_ordinal(spread["rank_low"])
    return f"{format_ordinal(spread['rank_low'])} to {format_ordinal(spread['rank_high'])}"
