"""The list of promises: the claim, the outcome in this story, and the standard."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.questions.rows import PromisesRow
from cxdata.text.formatting import format_count
from pages.ui.cache import rows
from pages.ui.chart_card import stories_link
from pages.ui.markup import show_html

MOST = 24  # promises on a page; the filters and the choice of outcome show the rest
OPEN = 4  # promises above the fold
KEPT = {
    "broken": "Broken",
    "kept late": "Refused first, then kept",
    "kept": "Kept",
    "exceeded": "Exceeded",
    "unclear": "Unclear",
}
HALLS = {"broken": "shame", "kept": "fame", "exceeded": "fame"}
READING = "(this customer's reading)"


def show_promises(filters: dict[str, Value]) -> None:
    """Show the chosen promises, broken ones first. The URL keeps the chosen outcome."""
    if not rows("promises", **filters):
        return
    kept = st.pills("Promises", list(KEPT), format_func=lambda code: KEPT[code], key="kept", bind="query-params")
    found = rows("promises", **filters, kept=kept)
    if not found:
        st.caption(f"No promise here is {KEPT[str(kept)].lower()}.")
        return
    items = [_promise(row, filters) for row in found[:MOST]]
    show_html(f'<ul class="cx-promises">{"".join(items[:OPEN])}</ul>{_fold(items[OPEN:])}')
    if len(found) > MOST:
        st.caption(
            f"{MOST} of {format_count(len(found), 'promise')} shown: choose an outcome above, or filter the stories."
        )


def _fold(items: Sequence[str]) -> str:
    """Return the other promises under a line that opens them."""
    if not items:
        return ""
    return (
        f'<details class="cx-section"><summary>{format_count(len(items), "more promise")}</summary>'
        f'<ul class="cx-promises">{"".join(items)}</ul></details>'
    )


def _promise(row: PromisesRow, filters: dict[str, Value]) -> str:
    hall = HALLS.get(row["kept"])
    outcome = f'<span class="cx-outcome{f" cx-{hall}-text" if hall else ""}">{KEPT[row["kept"]]}</span>'
    link = (
        f'<a href="{escape(stories_link(filters | {"story": row["story"]}))}" target="_self">{escape(row["title"])}</a>'
    )
    return (
        f'<li>{outcome}<div><p class="cx-claim">{escape(row["company"])}: “{escape(row["claim"])}”</p>'
        f"<p>{escape(_in_this_account(row['evidence']))}</p>{_standard(row['standard'])}"
        f'<p class="cx-source">{link}</p></div></li>'
    )


def _in_this_account(evidence: str) -> str:
    return evidence if evidence.lower().startswith("in this story") else f"In this story: {evidence}"


def _standard(standard: str | None) -> str:
    if not standard:
        return ""
    words = escape(standard.removesuffix(READING).strip())
    return f'<p class="cx-source">The standard, as this customer reads it: {words}.</p>'
