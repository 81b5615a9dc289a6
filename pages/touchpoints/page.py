"""Touchpoints: where each company wins and loses goodwill, and where it causes work."""

from pages.touchpoints.goodwill import show_goodwill, show_sending
from pages.ui.chart_card import show_chart
from pages.ui.filters.form import show_filters
from pages.ui.page_header import show_page_header

show_page_header("Touchpoints", "Where do companies win goodwill, where do they lose it, and where does effort arise?")
filters = show_filters()
show_sending(filters)
show_goodwill(filters)
show_chart("touchpoint_feeling", filters)
show_chart("touchpoint_effort", filters)
