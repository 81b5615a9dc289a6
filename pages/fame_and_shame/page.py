"""Fame and shame: what the halls do differently, company by company and touchpoint by touchpoint."""

import streamlit as st

from pages.fame_and_shame.hall_agreement import show_hall_agreement
from pages.fame_and_shame.promises import show_promises
from pages.ui.chart_card import show_chart
from pages.ui.filters.form import show_filters
from pages.ui.halls import show_halls
from pages.ui.page_header import show_coverage, show_page_header

show_page_header(
    "Fame and shame", "What do the best rated companies do, touchpoint by touchpoint, that the worst rated do not?"
)
filters = show_filters()
show_coverage(filters, "feeling", "promises", "signs")
show_halls(filters, most=12)
show_chart("fame_and_shame", filters)
show_hall_agreement(filters)
st.html('<p class="cx-kicker">Within one sector</p>')
show_chart("sector_funnel", filters)
st.html('<p class="cx-kicker">Touchpoint by touchpoint</p>')
show_chart("touchpoint_halls", filters)
signs, promises = st.columns(2, gap="large")
with signs:
    st.html('<p class="cx-kicker">Signs of care</p>')
    show_chart("signs", filters)
with promises:
    st.html('<p class="cx-kicker">Promises</p>')
    show_chart("promise_gap", filters)
show_promises(filters)
