"""The frame of every page: browser tab, navigation and style; SECTIONS is the list of all pages."""

import logging
from pathlib import Path

import streamlit as st

from cxdata.access.roles import Action, Role
from cxdata.errors import CxdataError
from cxdata.publish.kinds import KIND
from pages.ui.cache import get_connection
from pages.ui.filters.address import FILTERS, PERIOD, keep_filters
from pages.ui.filters.chips import show_chips
from pages.ui.frame import ENTRIES, ONE_COMPANY, PageEntry, apply_style, watch_page
from pages.ui.page_header import show_page_header
from pages.ui.permissions import current_role
from pages.ui.sidebar.saved_views import show_saved_views
from pages.ui.sidebar.search_field import show_search_field
from pages.ui.visitor.prompts import show_signed_out, show_visitor

log = logging.getLogger("cxdata")

# An image file, because Streamlit fetches a Material icon for the browser tab from Google.
PAGES = Path(__file__).parent
TAB_ICON = PAGES / "static" / "icon.png"

ALL = (KIND, *FILTERS, *PERIOD)
SECTIONS = {
    "": (PageEntry("search", "Search", "search", answers="Where is it?"),),
    "Compare": (
        PageEntry(
            "overview", "Overview", "balance", ALL, "Who is good, who is bad, and what happened?", is_default=True
        ),
        PageEntry(
            "fame_and_shame", "Fame and shame", "thumbs_up_down", ALL, "What do the best do that the worst do not?"
        ),
        PageEntry(
            "head_to_head", "Head to head", "compare_arrows", (KIND,), "How did two companies handle the same job?"
        ),
        PageEntry("touchpoints", "Touchpoints", "touch_app", ALL, "Where is goodwill won and lost?"),
        PageEntry(
            "effort",
            "Effort",
            "hiking",
            ALL,
            "How much effort, how sure, what if, what it costs, and what to fix first?",
        ),
        PageEntry("change", "Change over time", "trending_up", ALL, "Is it getting better?"),
        PageEntry(
            "company",
            "Company",
            "storefront",
            tuple(key for key in ALL if key != "hall"),
            "What do customers say of one company, and what should it fix?",
        ),
    ),
    "Read": (
        PageEntry("stories", "Stories", "auto_stories", ALL, "What happened, step by step?"),
        PageEntry(
            "playbook",
            "Playbook",
            "lightbulb",
            (KIND, ONE_COMPANY),
            "What do the stories teach? Read a company’s message",
        ),
    ),
    "Publish": (
        PageEntry("studio", "Chart studio", "photo_frame", (KIND,), "A chart as a picture, a page or a data file"),
    ),
    "Data": (
        PageEntry(
            "add", "Add stories", "add_notes", answers="Upload a file, write a story, review, merge companies, undo"
        ),
        PageEntry("method", "Method", "straighten", answers="Definitions, limits, codebook, sources and downloads"),
        PageEntry("access", "Access", "shield_person", answers="Who may do what, and who did", needs=Role.EDITOR),
    ),
}
ENTRIES.update((entry.folder, entry) for entries in SECTIONS.values() for entry in entries)
FILTERS_OF = {entry.title: entry.filters for entry in ENTRIES.values()}


def main() -> None:
    """Show the frame and run the page that the address names."""
    st.set_page_config(
        page_icon=TAB_ICON,
        layout="wide",
        menu_items={"About": "Customer stories: who makes customers' lives easier, and who makes them harder."},
    )
    role = current_role()
    page = st.navigation(
        {section: [entry.page(PAGES, role) for entry in entries] for section, entries in SECTIONS.items()},
        expanded=True,
    )
    apply_style()
    if role < Action.READ.needs:
        show_signed_out()
        return
    show_visitor()
    show_search_field(page.url_path)
    show_saved_views()
    try:
        get_connection()
    except CxdataError:
        log.exception("the database cannot be read")
        show_page_header(
            "Not available",
            "The stories cannot be read at the moment. Try again later. The log of the server says why.",
        )
        return
    keep_filters(page.url_path)
    with watch_page(page.title):
        show_chips(page.url_path, FILTERS_OF[page.title])
        page.run()


if __name__ == "__main__":
    main()
