"""Sentences on the touchpoints where companies win and lose goodwill."""

from html import escape

from cxdata.publish.origin import SENT
from cxdata.questions.ask import Value
from cxdata.questions.rows import TouchpointGoodwillRow
from cxdata.text.formatting import format_count, format_signed, join_list
from pages.ui.cache import cached, rows
from pages.ui.markup import show_html

MOST = 4  # touchpoints named in a sentence; the grid below has all of them
MEANING = "Good: a mean feeling of +1 or more. Bad: −1 or less."
WORDS = {
    "won": "Good at some companies and bad at none:",
    "depends": "Good at some companies and bad at others:",
    "lost": "Bad at some companies and good at none:",
}


def show_sending(filters: dict[str, Value]) -> None:
    """Show what the touchpoint of a complaint is, if there is one among the chosen stories."""
    if rows("library", **filters)[0]["complaint_count"]:
        show_html(f'<p class="cx-note">{SENT}</p>')


def show_goodwill(filters: dict[str, Value]) -> None:
    """Show a line each for touchpoints that win goodwill, lose it or do either, with the companies."""
    if html := cached(_lines, **filters):
        show_html(html)


def _lines(**filters: Value) -> str:
    found = rows("touchpoint_goodwill", **filters)
    lines = [_format_line(goodwill, [row for row in found if row["goodwill"] == goodwill]) for goodwill in WORDS]
    return f'<ul class="cx-goodwill">{"".join(lines)}</ul><p class="cx-note">{MEANING}</p>' if any(lines) else ""


def _format_line(goodwill: str, touchpoints: list[TouchpointGoodwillRow]) -> str:
    if not touchpoints:
        return ""
    named = escape(join_list([_touchpoint(goodwill, row) for row in touchpoints], MOST))
    return f'<li class="cx-{goodwill}"><b>{WORDS[goodwill]}</b> {named}.</li>'


def _touchpoint(goodwill: str, row: TouchpointGoodwillRow) -> str:
    label = row["touchpoint_label"].lower()
    if goodwill == "depends":
        return (
            f"{label} ({row['best_company']} {format_signed(row['best_feeling'])}, "
            f"{row['worst_company']} {format_signed(row['worst_feeling'])})"
        )
    if row["companies"] == 1:
        return f"{label} ({row['best_company']} {format_signed(row['mean_feeling'])})"
    return f"{label} ({format_count(row['companies'], 'company')}, {format_signed(row['mean_feeling'])} on average)"
