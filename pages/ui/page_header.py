"""The top of a page: its title and purpose, the coverage of its figures, the last result, the choice of a section."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from cxdata.publish.coverage import describe_coverage
from cxdata.questions.ask import Value
from pages.ui.cache import rows
from pages.ui.escaping import escape_markdown
from pages.ui.links import default_unless_chosen, write_labels
from pages.ui.markup import explain_terms

EXPLANATION = "method#reading"  # the section of the Method page


def show_page_header(title: str, lead: str) -> None:
    """Show the page's one first-level heading and a sentence on its purpose."""
    st.html(f'<h1 class="cx-title">{escape(title)}</h1><p class="cx-lead">{explain_terms(lead)}</p>')


def show_coverage(filters: dict[str, Value], *measures: str) -> None:
    """Show the coverage of these measures (effort, feeling, promises, signs); nothing if every story was read."""
    words = describe_coverage(rows("library", **filters)[0], *measures)
    if words:
        st.html(
            f'<p class="cx-source">{explain_terms(words)}'
            f' <a href="{EXPLANATION}" target="_self">What stories are read for</a></p>'
        )


def show_flash(key: str) -> None:
    """Show once the message that a button left in the session under this key."""
    if message := st.session_state.pop(key, None):
        st.success(message, icon=":material/check:")
        # after a click far down a long page its top is out of sight
        st.toast(message, icon=":material/check:")


def show_refusal(error: object) -> None:
    """Show why something was not done: an error, or its words."""
    st.error(escape_markdown(error), icon=":material/block:")


def choose_section(labels: Mapping[str, str], asks: str, key: str = "part") -> str:
    """Return the code of the chosen section, the first if the reader chose none. The URL keeps the choice."""
    write_labels({key: labels})
    chosen = st.segmented_control(
        asks,
        list(labels),
        format_func=lambda part: labels.get(part, part),
        default=default_unless_chosen(key, labels.values(), next(iter(labels))),
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen if chosen is not None and chosen in labels else next(iter(labels))
