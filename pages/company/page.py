"""Company: what the stories say of one company, where its effort comes from and what it should fix first."""

import streamlit as st

from pages.company.change import show_change
from pages.company.sector import show_sector
from pages.company.steps import show_touchpoints
from pages.company.stories import show_company_stories
from pages.company.verdict import head_verdict, show_verdict
from pages.ui.chart_card import show_chart
from pages.ui.filters.form import show_filters
from pages.ui.filters.subject import choose_company
from pages.ui.pack_links import show_pack_links
from pages.ui.page_header import show_page_header
from pages.ui.tables.company_table import show_companies
from pages.ui.tables.type_prevalence import show_type_prevalence

top = st.empty()
with top:
    # stays if the filters leave no story
    show_page_header("Companies", "What do customers say of one company, and what should it fix first?")
company = choose_company("Choose a company")
choices = show_filters(("sector", "job", "touchpoint", "period"), apart=("company",))
if company is None:
    show_companies(choices, most=100)
else:
    with top.container():
        head_verdict(choices)
    # the coverage says once what nobody has read the stories for; a chart of it would say so again
    known = show_verdict(choices)
    show_pack_links(choices)
    if known["feeling"]:
        show_change(choices)
    if known["effort"]:
        show_chart("what_to_fix", choices | {"most": 6})
    show_type_prevalence(choices)
    show_touchpoints(company, choices)
    if known["promises"]:
        show_chart("promise_gap", choices)
    if known["feeling"]:
        show_sector(choices)
    show_company_stories(choices)
