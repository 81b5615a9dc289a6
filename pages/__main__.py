"""The frame around every page: browser tab, navigation, style."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from pages.ui.style import apply_style

# A picture of our own: Streamlit would fetch a Material icon for the browser tab from Google.
TAB_ICON = Path(__file__).parent / "static" / "icon.png"


class PageEntry(NamedTuple):
    """A folder of `pages` in the navigation; its address is its name with hyphens."""

    folder: str
    title: str
    icon: str
    is_default: bool = False

    def page(self) -> "st.Page":
        """The page as Streamlit knows it; every file is called page.py, so the address must be given."""
        return st.Page(
            f"{self.folder}/page.py",
            title=self.title,
            icon=f":material/{self.icon}:",
            url_path=self.folder.replace("_", "-"),
            default=self.is_default,
        )


SECTIONS = {
    "Compare": (
        PageEntry("overview", "Overview", "balance", is_default=True),
        PageEntry("fame_and_shame", "Fame and shame", "thumbs_up_down"),
        PageEntry("head_to_head", "Head to head", "compare_arrows"),
        PageEntry("touchpoints", "Touchpoints", "touch_app"),
        PageEntry("effort", "Effort", "hiking"),
    ),
    "Read": (
        PageEntry("stories", "Stories", "auto_stories"),
        PageEntry("playbook", "Playbook", "lightbulb"),
    ),
    "Publish": (PageEntry("studio", "Chart studio", "photo_frame"),),
    "Data": (
        PageEntry("add", "Add stories", "add_notes"),
        PageEntry("method", "Method", "straighten"),
    ),
}

st.set_page_config(
    page_icon=TAB_ICON,
    layout="wide",
    menu_items={"About": "Customer stories: who makes customers' lives easier, and who makes them harder."},
)

page = st.navigation(
    {section: [entry.page() for entry in entries] for section, entries in SECTIONS.items()}, expanded=True
)

apply_style()
page.run()
