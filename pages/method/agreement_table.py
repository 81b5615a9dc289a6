"""How far coders agree: a table of every code with alpha, interval and what was found."""

from html import escape

from cxdata.charts.certainty.agreement import judge, list_missing
from cxdata.claims.certainty import TOO_FEW, claim_agreement
from cxdata.publish.missing_values import NOT_COMPUTED
from cxdata.questions.rows import AgreementRow
from cxdata.statistics.agreement import LEAST_ACCEPTABLE, MIN_FOUND
from cxdata.text.formatting import format_number
from pages.method.sections import section_header
from pages.ui.cache import cached, rows
from pages.ui.markup import show_html
from pages.ui.tables.row_table import format_row_table

MEANINGS = {
    "agreed": "coders agree",
    "low": "coders do not agree",
    "open": "open",
    "rare": TOO_FEW,
}


def show_agreement_table() -> None:
    """Show the section; it says so if no story was coded twice."""
    show_html(cached(_agreement))


def _agreement() -> str:
    found = rows("agreement")
    if not found:
        return f'<div class="cx-method">{section_header("agreement")}<p>No story has been coded twice.</p></div>'
    table = format_row_table("How far coders agree", [_format_code(row) for row in found])
    missing = list_missing(found)
    unread = f"<p>Not coded twice: {escape(missing)}.</p>" if missing else ""
    return (
        f'<div class="cx-method">{section_header("agreement")}'
        f"<p>{escape(claim_agreement([judge(row) for row in found]).headline)}.</p>"
        f"<p>A code counts as agreed if its margin of error begins at {LEAST_ACCEPTABLE} or more. Coders do not agree"
        f" if it ends below that. Under {MIN_FOUND} times found we say “{TOO_FEW}”, even if alpha is 1. What a coder"
        f" did not look for is unknown. It is left out and never counts as none.</p>"
        f"<details class='cx-figures'><summary>All {len(found)} codes compared</summary>{table}</details>{unread}</div>"
    )


def _format_code(row: AgreementRow) -> dict[str, object]:
    alpha = TOO_FEW if row["finding"] == "rare" else _format_alpha(row["alpha"])
    interval = f"{_format_alpha(row['low'])} to {_format_alpha(row['high'])}"
    return {
        "code": row["code_label"],
        "finding": MEANINGS[row["finding"]],
        "alpha": alpha,
        "margin of error (95%)": NOT_COMPUTED if row["low"] is None else interval,
        "times found": format_number(row["found_count"]),
        "by both": format_number(row["both_found"]),
        "stories coded twice": format_number(row["story_count"]),
    }


def _format_alpha(alpha: float | None) -> str:
    return NOT_COMPUTED if alpha is None else f"{alpha:.2f}"
