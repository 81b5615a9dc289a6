"""Overview: in thirty seconds, who makes customers' lives easier, who harder, and what should be fixed first."""

import streamlit as st

from cxdata.findings import overview_headline, overview_lead
from pages.shared.data import rows
from pages.shared.filters import choose_filters
from pages.shared.halls import show_halls
from pages.shared.head import show_head
from pages.shared.show import show

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
