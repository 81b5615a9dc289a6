"""The frame of every page: browser tab, navigation and style; SECTIONS is the list of all pages."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from pages.ui.style import apply_style

# An image file, because Streamlit fetches a Material icon for the browser tab from Google.
TAB_ICON = Path(__file__).parent / "static" / "icon.png"


class PageEntry(NamedTuple):
    """A folder of `pages` in the navigation. `icon` is the name of a Material symbol."""

    folder: str
    title: str
    icon: str
    is_default: bool = False

    @property
    def address(self) -> str:
        """Return the path of the page below the base path: its folder with hyphens, empty for the default page."""
        return "" if self.is_default else self.folder.replace("_", "-")

    def page(self) -> "st.Page":
        """Return Streamlit's page; it needs an address, because every file is named page.py."""
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


def main() -> None:
    """Show the frame and run the page that the address names."""
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


if __name__ == "__main__":
    main()
