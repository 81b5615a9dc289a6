"""The panel of views that a reader saves by name. It works in the browser alone: the server never sees a view."""

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.ui.markup import show_html

FOLDER = Path(__file__).parent


def show_saved_views() -> None:
    """Show the panel beside the pages."""
    base = st.get_option("server.baseUrlPath").strip("/")
    with st.sidebar:
        show_html(_panel(f"/{base}/" if base else "/"), has_script=True)


@cache
def script() -> str:
    """Return the panel's script as HTML. The security policy of the dashboard allows this script by its hash."""
    return f"<script>{(FOLDER / 'saved_views.js').read_text('utf-8')}</script>"


@cache
def _panel(base: str) -> str:
    panel = (FOLDER / "saved_views.html").read_text("utf-8")
    return f'<div data-base="{escape(base)}">{panel}</div>{script()}'
