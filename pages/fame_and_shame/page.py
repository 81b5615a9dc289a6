"""Fame and shame: what the halls do differently, company by company and touchpoint by touchpoint."""

import streamlit as st

from pages.fame_and_shame.hall_agreement import show_agreement
from pages.fame_and_shame.promises import show_promises
from pages.ui.chart_card import show
from pages.ui.filters import choose_filters
from pages.ui.page_header import show_head

show_head(
    "Fame and shame", "What do companies that earn gratitude do, touchpoint by touchpoint, that the others do not?"
)
filters = choose_filters()
show("fame_and_shame", filters)
show_agreement(filters)
st.html('<p class="cx-kicker">Touchpoint by touchpoint</p>')
show("touchpoint_halls", filters)
signs, promises = st.columns(2, gap="large")
with signs:
    st.html('<p class="cx-kicker">What the famed show</p>')
    show("signs", filters)
with promises:
    st.html('<p class="cx-kicker">What was promised</p>')
    show("promise_gap", filters)
show_promises(filters)
