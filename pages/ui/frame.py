"""The frame: an entry of the navigation, and CSS beyond the theme of .streamlit/config.toml; style.css has its classes.

The main script runs at every rerun; the class is made here, once.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st


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


def apply_style() -> None:
    """Put the style into the page, once a run."""
    # Streamlit puts a single <style> into its event container, which takes no room on the page.
    st.html(_style())


@cache
def _style() -> str:
    css = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"
