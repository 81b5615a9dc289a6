"""Effort: how much work each company causes, how certain that is, what it costs and what to fix first."""

from pages.effort.sections import show_sections
from pages.ui.filters import show_filters
from pages.ui.page_header import show_page_header

show_page_header(
    "Effort",
    "How much needless work do these accounts tell of, and of what kind? One point is about five minutes of work "
    "that a customer would rather not have done, or what they would trade for it.",
)
show_sections(show_filters())
