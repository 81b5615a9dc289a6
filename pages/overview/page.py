"""Overview: in thirty seconds, who makes customers' lives easier, who harder, and what should be fixed first."""

import streamlit as st

from cxdata.publish.summaries import overview_headline, overview_lead
from pages.overview.halls import show_halls
from pages.ui.cache import rows
from pages.ui.chart_card import show
from pages.ui.filters import choose_filters
from pages.ui.page_header import show_head

top = st.empty()
with top:
    # stands where no story is left to make a finding of
    show_head("Hall of fame, hall of shame", "What companies put their customers through, told by the customers.")
filters = choose_filters()
with top:
    library = rows("library", **filters)[0]
    show_head(overview_headline(list(rows("company_scores", **filters)), library), overview_lead(library))
show_halls(filters)
show("effort_and_experience", filters)
left, right = st.columns(2, gap="large")
with left:
    show("effort_sources", filters | {"most": 6})
with right:
    show("fix_first", filters | {"most": 6})
