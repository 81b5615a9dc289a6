"""Change over time: whether experience and effort get better, by month or quarter."""

from pages.change.courses import show_courses
from pages.change.length import choose_length
from pages.change.notes import show_notes
from pages.ui.filters.form import show_filters
from pages.ui.page_header import show_coverage, show_page_header

show_page_header(
    "Change over time",
    "Is it getting better? A chart marks what chance alone seldom does. It shows a change, and not its cause.",
)
filters = show_filters()
show_coverage(filters, "feeling", "effort")
show_courses(filters | choose_length())
show_notes()
