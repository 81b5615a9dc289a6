"""The line that says for how many stories the figures of a page are known, with a link to the explanation."""

from html import escape

import streamlit as st

from cxdata.publish.coverage import describe_coverage
from cxdata.questions.ask import Value
from pages.ui.cache import rows

EXPLANATION = "method#reading"  # the section of the Method page


def show_coverage(filters: dict[str, Value], *measures: str) -> None:
    """Show the coverage of these measures (effort, feeling, promises, signs); nothing if every story was read."""
    words = describe_coverage(rows("library", **filters)[0], *measures)
    if words:
        st.html(
            f'<p class="cx-source">{escape(words)}'
            f' <a href="{EXPLANATION}" target="_self">What stories are read for</a></p>'
        )
