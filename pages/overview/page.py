"""Overview: who makes customers' lives easier, who makes them harder, and where each question is answered."""

import streamlit as st

from cxdata.publish.coverage import count_known
from cxdata.publish.summaries import overview_claim, overview_lead
from pages.overview.demo_link import show_demo_link
from pages.overview.doors import show_doors
from pages.overview.unread import head_unread, show_unread
from pages.ui.cache import rows
from pages.ui.chart_card import show_chart
from pages.ui.filters.form import show_filters
from pages.ui.halls import show_halls
from pages.ui.pack_links import show_pack_links
from pages.ui.page_header import show_coverage, show_page_header

PRODUCT = "Customer stories, step by step, and how much effort each company caused."

st.html(f'<p class="cx-source"><b>Hall of fame, hall of shame.</b> {PRODUCT}</p>')
top = st.empty()
with top:
    # stays if the filters leave no story
    show_page_header("Hall of fame, hall of shame", "Who makes customers’ lives easier, and who makes them harder?")
filters = show_filters()
library = rows("library", **filters)[0]
if count_known(library, "effort") or count_known(library, "feeling"):
    with top:
        claim = overview_claim(rows("company_scores", **filters))
        show_page_header(claim.headline, f"{overview_lead(library)} {claim.remark}")
    show_coverage(filters, "effort", "feeling")
    show_halls(filters, most=4, in_short=True)
    show_chart("effort_and_experience", filters)
    show_doors(filters)
    show_demo_link(library)
else:
    with top:
        head_unread(library)
    show_unread(filters)
show_pack_links(filters)
