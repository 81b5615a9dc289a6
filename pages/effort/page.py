"""Effort: how much work each company causes, how certain that is, what it costs and what to fix first."""

from pages.effort.sections import show_sections
from pages.ui.filters.form import show_filters
from pages.ui.page_header import show_coverage, show_page_header

show_page_header(
    "Effort",
    "How much effort does each company ask of its customers, and of what kind? One effort point is worth five"
    " minutes that a customer would rather not have spent.",
)
filters = show_filters()
show_coverage(filters, "effort")
show_sections(filters)
