"""A company among the others of its sector."""

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.statistics.comparison import MIN_STORIES
from cxdata.statistics.funnel import MIN_COMPANIES
from pages.ui.cache import rows
from pages.ui.chart_card import show_chart

WHY = {
    "too few": (
        f"That takes {MIN_COMPANIES} companies of the sector, each with {MIN_STORIES} stories that say how the customer"
        " felt."
    ),
    "alone": "It is the only company of its sector here.",
    "same": "The stories of each company all say the same, so nothing shows what chance would give.",
}


def show_sector(choices: dict[str, Value]) -> None:
    """Show the chosen company between the limits of its sector, or say what a comparison would take."""
    found = rows("sector_funnel", **choices)
    if not found:
        return
    first = found[0]
    if first["limit_reason"] is None:
        show_chart("sector_funnel", choices)
        return
    why = WHY["alone"] if first["company_count"] == 1 else WHY.get(first["limit_reason"], WHY["too few"])
    st.html(f'<h2 class="cx-headline">Not compared with its sector yet</h2><p class="cx-subtitle">{why}</p>')
