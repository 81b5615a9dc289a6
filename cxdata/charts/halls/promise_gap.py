"""Promise gap: a block for each promise in a company's stories: broken left, kept right, unclear beyond."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.text.formatting import format_count, format_number, join_list, localise_digits

if TYPE_CHECKING:
    from cxdata.questions.rows import PromiseGapRow

Rows: TypeAlias = "list[PromiseGapRow]"

CHART = Declaration(
    question="promise_gap",
    rows=("company",),
    drill_down={"story": "story"},
    measure="promises",
    when_empty="No account here tells of a promise",
)
HIGH = 56  # px a row: its head above its blocks
BELOW = 10  # px that the blocks stand below the middle of their row
BLOCK = 30  # px at most for a promise, so that blocks stay near square on a wide screen


def headline(rows: Rows) -> str:
    """How many of the promises that the accounts settle were broken, and by whom."""
    # counted by the question: of many promises only the first are rows
    companies = [promises[0] for promises in _companies(rows).values()]
    broken = sum(row["broken_count"] for row in companies)
    settled = broken + sum(row["kept_count"] for row in companies)
    promises = settled + sum(row["unclear_count"] for row in companies)
    if not settled:
        return f"The accounts do not settle whether {_promises(promises)} {'was' if promises == 1 else 'were'} kept"
    if not broken:
        return f"Every promise that the accounts settle was kept: {format_number(settled)} of {format_number(settled)}"
    by = join_list([row["company"] for row in companies if row["broken_count"]], 3)
    verb = "was" if broken == 1 else "were"
    return (
        f"{format_number(broken)} of {format_count(settled, 'promise')} that the accounts settle {verb} broken, by {by}"
    )


def subtitle(rows: Rows) -> str:
    """How to read a block."""
    exceeded = ", + exceeded" if any(row["kept"] == "exceeded" for row in rows) else ""
    first = "One block a promise" if sum(_left_out(rows)) == 0 else "A block each for the first promises of a kind"
    return f"{first}: broken left of the line, kept right of it{exceeded}; dashed, not settled"


def describe(rows: Rows) -> str:
    """Company by company, promise by promise."""
    told = []
    for company, promises in _companies(rows).items():
        more = promises[0]["promise_count"] - len(promises)
        claims = ", ".join(f"“{row['claim']}” {row['kept']}" for row in promises)
        told.append(f"{company}, {_figure(promises[0])}: {claims}{f', and {format_number(more)} more' if more else ''}")
    return f"Blocks either side of a line, one a promise. {'; '.join(told)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Squares either side of zero, as large as `BLOCK` or as the width allows."""
    companies = _companies(rows)
    order = list(companies)
    heads = [{"company": company, "figure": _figure(promises[0])} for company, promises in companies.items()]
    # room on the left for the word, also where nothing was broken
    left, right = min(-2, *(row["slot"] for row in rows)) - 0.5, max(row["slot"] for row in rows) + 0.5
    step = f"min({BLOCK}, width / {right - left})"
    axis = alt.Axis(
        title="broken ← → kept; dashed: not settled", titleAnchor="start", labels=False, grid=False, values=[0]
    )
    x = alt.X(
        field="slot",
        type="quantitative",
        axis=axis,
        scale=alt.Scale(domain=[left, right], nice=False, range=[0, alt.ExprRef(f"{step} * {right - left}")]),
    )
    y = layers.row_axis("company", order)
    unclear = "datum.kept == 'unclear'"
    side = alt.Scale(
        domain=["broken", "kept", "exceeded", "unclear"], range=[theme.shame, theme.fame, theme.fame, "transparent"]
    )
    blocks = (
        alt.Chart(layers.data(rows, "company", "claim", "kept", "slot", "story", "title"))
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
            tooltip=layers.tooltip(claim="claim", in_this_account="kept", story="title"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    pluses = (
        alt.Chart(layers.data([row for row in rows if row["kept"] == "exceeded"], "company", "slot", "story"))
        .mark_text(
            text="+",
            color=theme.background,
            fontWeight="bold",
            fontSize=TEXT + 4,
            baseline="middle",
            yOffset=BELOW,
            cursor="pointer",
        )
        .encode(x=x, y=y)
    )
    # the same axis on both, or Vega-Lite joins an axis with none and fails
    zero = alt.Chart(layers.values([{}])).encode(x=alt.XDatum(datum=0, axis=axis))
    return layers.new_layer(
        zero.mark_rule(color=theme.context),
        *layers.row_heads(heads, "company", order, theme),
        blocks,
        pluses,
        height=HIGH * len(order),
    )


def _companies(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["company"], []).append(row)
    return found


def _figure(row: "PromiseGapRow") -> str:
    counts = [(row["broken_count"], "broken"), (row["kept_count"], "kept"), (row["unclear_count"], "unclear")]
    return " · ".join(f"{localise_digits(f'{number:,}')} {word}" for number, word in counts if number)


def _left_out(rows: Rows) -> list[int]:
    return [promises[0]["promise_count"] - len(promises) for promises in _companies(rows).values()]


def _promises(promises: int) -> str:
    return "the promise" if promises == 1 else f"any of {format_number(promises)} promises"
