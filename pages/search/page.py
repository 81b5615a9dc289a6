"""Search: companies, stories, effort types, lessons, charts, pages and terms that a few words name."""

from pages.search.results import show_results
from pages.ui.page_header import show_page_header
from pages.ui.sidebar.search_field import read_words, show_main_field

words = read_words()
show_page_header(
    f"Search: {words}" if words else "Search",
    "Find companies, stories, effort types, lessons, charts and pages. Filters do not narrow a search.",
)
show_main_field()
if words:
    show_results(words)
