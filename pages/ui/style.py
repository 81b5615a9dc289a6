"""CSS beyond the theme of .streamlit/config.toml; style.css lists its classes."""

from functools import cache
from pathlib import Path

import streamlit as st


def apply_style() -> None:
    """Put the style into the page, once a run."""
    # Streamlit puts a single <style> into its event container, which takes no room on the page.
    st.html(_style())


@cache
def _style() -> str:
    css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"
