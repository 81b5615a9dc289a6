"""Overview: who makes customers' lives easier, who makes them harder, and what to fix first."""

import streamlit as st

from cxdata.publish.summaries import overview_claim, overview_lead
from pages.ui.cache import rows
from pages.ui.chart_card import show_chart
from pages.ui.filters import show_filters
from pages.ui.halls import show_halls
from pages.ui.page_header import show_coverage, show_page_header

top = st.empty()
with top:
    # stays if the filters leave no story
    show_page_header("Hall of fame, hall of shame", "Who makes customers’ lives easier, and who makes them harder?")
filters = show_filters()
with top:
    library = rows("library", **filters)[0]
    claim = overview_claim(rows("company_scores", **filters))
    show_page_header(claim.headline, f"{overview_lead(library)} {claim.remark}")
show_coverage(filters, "effort", "feeling")
show_halls(filters, most=4)
show_chart("effort_and_experience", filters)
show_chart("what_to_fix", filters | {"most": 6})
