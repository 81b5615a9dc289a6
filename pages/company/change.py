"""Whether the experience of a company's customers changes over time."""

from html import escape

import streamlit as st

from cxdata.questions.ask import Value
from pages.ui.cache import claimed
from pages.ui.chart_card import show_chart

CHART = "experience_over_time"


def show_change(choices: dict[str, Value]) -> None:
    """Show the experience by month, or say why nobody can tell whether it changes."""
    claim = claimed(CHART, **choices)
    if claim.kind != "unknown":
        show_chart(CHART, choices)
        return
    st.html(f'<h2 class="cx-headline">{escape(claim.headline)}</h2><p class="cx-subtitle">{escape(claim.remark)}</p>')
