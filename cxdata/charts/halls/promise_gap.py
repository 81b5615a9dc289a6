"""Promise gap: a block for each promise in a company's stories, by what came of it."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows, group_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.promises import Promises, claim_promises
from cxdata.text.formatting import format_number, join_parts, localise_digits

if TYPE_CHECKING:
    from cxdata.questions.rows import PromiseGapRow

Rows: TypeAlias = "list[PromiseGapRow]"

CHART = Declaration(
    title="Promises broken and kept",
    question="promise_gap",
    rows=("company",),
    drill_down={"story": "story"},
    measure="promises",
    when_empty="No promise was found in these stories",
)
HIGH = 56  # px a row: its head above its blocks
BELOW = 10  # px of the blocks below the middle of their row
SIGNS = {"exceeded": "+", "kept late": "…"}  # the mark on the block of an outcome
BLOCK = 30  # px at most for a promise, so that blocks stay near square on a wide screen


def headline(rows: Rows) -> Claim:
    """Count the broken promises of those with a known end, else say that none was, and name the companies."""
    # the question counts: only the first of many promises are rows
    companies = [
        Promises(
            row["company"],
            row["broken_count"],
            row["late_count"],
            row["kept_count"],
            row["unclear_count"],
            row["story_count"],
        )
        for row in first_rows(rows, "company")
    ]
    return claim_promises(companies)


def subtitle(rows: Rows) -> str:
    """Explain the blocks."""
    ends = {row["kept"] for row in rows}
    first = "One block per promise" if sum(_left_out(rows)) == 0 else "One block each for the first promises of a kind"
    return join_parts(
        [
            f"{first}: broken left of the line, kept right of it",
            "+ exceeded" if "exceeded" in ends else "",
            "… refused first, then kept" if "kept late" in ends else "",
            "dashed: unclear" if "unclear" in ends else "",
        ]
    )


def describe(rows: Rows) -> str:
    """Say every promise, company by company."""
    parts = []
    for company, promises in group_rows(rows, "company").items():
        more = promises[0]["promise_count"] - len(promises)
        claims = ", ".join(f"“{row['claim']}” {say_outcome(row['kept'])}" for row in promises)
        rest = f", and {format_number(more)} more" if more else ""
        parts.append(f"{company}, {_figure(promises[0])}: {claims}{rest}")
    return f"Blocks either side of a line, one per promise. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw squares on either side of zero, as large as `BLOCK` or as the width allows."""
    companies = group_rows(rows, "company")
    order = list(companies)
    heads = [{"company": company, "figure": _figure(promises[0])} for company, promises in companies.items()]
    # leave room on the left for the word, even if nothing was broken
    left, right = min(-2, *(row["slot"] for row in rows)) - 0.5, max(row["slot"] for row in rows) + 0.5
    step = f"min({BLOCK}, width / {right - left})"
    axis = alt.Axis(title="broken ← → kept, dashed: unclear", titleAnchor="start", labels=False, grid=False, values=[0])
    x = alt.X(
        field="slot",
        type="quantitative",
        axis=axis,
        scale=alt.Scale(domain=[left, right], nice=False, range=[0, alt.ExprRef(f"{step} * {right - left}")]),
    )
    y = layers.row_axis("company", order)
    unclear = "datum.kept == 'unclear'"
    side = alt.Scale(
        domain=["broken", "kept", "exceeded", "kept late", "unclear"],
        range=[theme.shame, theme.fame, theme.fame, theme.context, "transparent"],
    )
    drawn = [row | {"outcome": say_outcome(row["kept"])} for row in rows]
    blocks = (
        alt.Chart(layers.data(drawn, "company", "claim", "kept", "outcome", "slot", "story", "title"))
        .mark_point(
            shape="square",
            size=alt.ExprRef(f"pow(0.86 * {step}, 2)"),
            yOffset=BELOW,
            cursor="pointer",
            strokeWidth=1,
            opacity=1,
        )
        .encode(
            x=x,
            y=y,
            fill=alt.Fill(field="kept", type="nominal", scale=side, legend=None),
            stroke=alt.condition(unclear, alt.value(theme.context), alt.value("transparent")),
            strokeDash=alt.condition(unclear, alt.value([3, 3]), alt.value([1, 0])),
            tooltip=layers.tooltip(claim="claim", in_this_story="outcome", story="title"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    signs = [row | {"sign": SIGNS[row["kept"]]} for row in rows if row["kept"] in SIGNS]
    glyphs = (
        alt.Chart(layers.data(signs, "company", "slot", "story", "sign"))
        .mark_text(
            color=theme.background,
            fontWeight="bold",
            fontSize=TEXT + 4,
            baseline="middle",
            yOffset=BELOW,
            cursor="pointer",
        )
        .encode(x=x, y=y, text=alt.Text(field="sign", type="nominal"))
    )
    # both layers need the same axis: Vega-Lite fails to merge an axis with none
    # beside the blocks alone: a line down the whole chart would cross the names
    zero = (
        alt.Chart(layers.data(heads, "company"))
        .mark_tick(
            orient="vertical", thickness=1, size=alt.ExprRef(f"1.3 * {step}"), yOffset=BELOW, color=theme.context
        )
        .encode(x=alt.XDatum(datum=0, axis=axis), y=y)
    )
    return layers.new_layer(
        zero,
        *layers.row_heads(heads, "company", order, theme),
        blocks,
        glyphs,
        height=HIGH * len(order),
    )


def say_outcome(kept: str) -> str:
    """Write the outcome of a promise in words: 'refused first, then kept' of one kept late."""
    return "refused first, then kept" if kept == "kept late" else kept


def _figure(row: "PromiseGapRow") -> str:
    counts = [(row["broken_count"], "broken"), (row["kept_count"], "kept"), (row["late_count"], "refused, then kept")]
    counts.append((row["unclear_count"], "unclear"))
    return " · ".join(f"{localise_digits(f'{number:,}')} {word}" for number, word in counts if number)


def _left_out(rows: Rows) -> list[int]:
    return [promises[0]["promise_count"] - len(promises) for promises in group_rows(rows, "company").values()]
