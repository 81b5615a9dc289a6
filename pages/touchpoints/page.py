"""Touchpoints: where each company wins and loses goodwill, and where it makes work."""

from pages.touchpoints.goodwill import show_goodwill
from pages.ui.chart_card import show
from pages.ui.filters import choose_filters
from pages.ui.page_header import show_head

show_head("Touchpoints", "At which touchpoints is goodwill won, at which is it lost, and at which does the work arise?")
filters = choose_filters()
show_goodwill(filters)
show("touchpoint_feeling", filters)
show("touchpoint_effort", filters)
