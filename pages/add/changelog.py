"""The changelog of one story as a diff, for the reviewer."""

from collections.abc import Iterator, Mapping
from difflib import ndiff
from typing import Any

import streamlit as st

from cxdata.editing.changelog import RECORD, read_changelog
from pages.ui.cache import get_connection
from pages.ui.escaping import escape_markdown

MOST_LINES = 60


def show_changelog(story: str) -> None:
    """Show every change, oldest first; show nothing if the story has not changed."""
    found = read_changelog(get_connection(), story)
    if not found:
        return
    with st.expander(f"What was changed ({len(found)})", icon=":material/history:"):
        for row in found:
            who = f"{row['changed_at']:%Y-%m-%d %H:%M} UTC, {escape_markdown(row['changed_by'])}"
            if row["field"] != RECORD or not row["story"]:
                st.markdown(f"{who}: {escape_markdown(row['field'])}, {_short(row['before'])} → {_short(row['after'])}")
                continue
            lines = list(changed_lines(row))
            st.markdown(f"{who}: edited. − is the text before, + the text since")
            st.code("\n".join(lines[:MOST_LINES]), language="diff", wrap_lines=True)
            if len(lines) > MOST_LINES:
                st.caption(
                    f"And {len(lines) - MOST_LINES:,} more lines. The people who run this dashboard can list them all."
                )


def changed_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that an edit removed from or added to a story file.

    It skips the review status, which has changelog rows of its own.
    """
    before, after = str(row["before"] or "").splitlines(), str(row["after"] or "").splitlines()
    for line in ndiff(before, after):
        if line[0] in "-+" and not line[2:].startswith(("status =", "reviewer =", "reviewed_on =")):
            yield line


def _short(value: str | None) -> str:
    return escape_markdown((value or "nothing")[:200])
