"""The link to the demo, while the library is too small to show what the pages can do."""

from cxdata.questions.rows import LibraryRow
from pages.ui.markup import show_html

SMALL = 30  # stories, with which few companies can be rated and no change be seen


def show_demo_link(library: LibraryRow) -> None:
    """Show the link under a library of fewer than `SMALL` stories."""
    if library["all_stories"] < SMALL:
        show_html(
            '<p class="cx-note">This library is small, so some pages have little to show yet.'
            ' <a href="method#demo" target="_self">See them with 2,000 synthetic stories</a></p>'
        )
