"""Agreement of scores and authors on the hall of each story, in one sentence with links."""

from html import escape

import streamlit as st

from cxdata.claims.halls import COMPANY_PLACES
from cxdata.questions.ask import Value
from cxdata.questions.rows import HallAgreementRow
from cxdata.text.formatting import format_count
from pages.ui.cache import rows
from pages.ui.chart_card import stories_link

MOST = 12  # stories named without a cut
FIRST = 3  # stories named if there are more


def show_hall_agreement(filters: dict[str, Value]) -> None:
    """Show how many of the authors' verdicts the scores share, with the stories on each side by company."""
    found = rows("hall_agreement", **filters)
    judged = [row for row in found if row["agrees"] is not None or row["verdict"] != "none"]
    unjudged = sum(row["story_count"] for row in found) - sum(row["story_count"] for row in judged)
    agree = [row for row in judged if row["agrees"]]
    differ = [row for row in judged if not row["agrees"]]
    total = sum(row["story_count"] for row in judged)
    if not total:
        st.html('<p class="cx-note">No author of these stories gives a verdict of their own.</p>')
        return
    agreed = sum(row["story_count"] for row in agree)
    sentence = f"Scores and authors agree on {agreed:,} of {format_count(total, 'story')} that an author judged"
    sentence += f" ({_stories(agree, filters)})" if agree else ""
    if differ:
        apart = "; ".join(
            f"{_stories([row], filters)}: author {COMPANY_PLACES[row['verdict']]}, scores {COMPANY_PLACES[row['hall']]}"
            for row in differ
        )
        sentence += f" and {format_count(total - agreed, 'story')} differ ({apart})"
    sentence += f". {_describe_unjudged(unjudged)}" if unjudged else "."
    st.html(f'<p class="cx-note">{sentence}</p>')


def _describe_unjudged(number: int) -> str:
    return f"{'1 more story has' if number == 1 else f'{number:,} more stories have'} no verdict."


def _stories(groups: list[HallAgreementRow], filters: dict[str, Value]) -> str:
    """Link the stories by their companies; of more than MOST only the first few."""
    every = [pair for row in groups for pair in zip(row["stories"], row["companies"], strict=True)]
    shown = every if sum(row["story_count"] for row in groups) <= MOST else every[:FIRST]
    linked = [
        f'<a href="{escape(stories_link(filters | {"story": story}))}" target="_self">{escape(company)}</a>'
        for story, company in shown
    ]
    more = sum(row["story_count"] for row in groups) - len(linked)
    return ", ".join(linked) + (f" and {more:,} more" if more else "")
