"""The choices of which rows become stories, and how doubtful dates and scores are read."""

from collections.abc import Sequence

import streamlit as st

from cxdata.ingest import FileInspection
from cxdata.ingest.mapping.changes import MappingChanges
from cxdata.ingest.values.days import DAY_READINGS, DayReading
from pages.ui.escaping import escape_markdown

ALL_ROWS = "(all rows)"
EXAMPLES: dict[DayReading, str] = {
    "day first": "Day first: 3/4/2026 is 3 April",
    "month first": "Month first: 3/4/2026 is 4 March",
    "year first": "Year first: 26-04-03 is 3 April 2026",
    "spreadsheet days": "Number of a day in a spreadsheet: 46096 is 15 March 2026",
    "unix seconds": "Seconds since 1970",
    "unix milliseconds": "Milliseconds since 1970",
}


def choose_days(tables: Sequence[FileInspection]) -> tuple[DayReading | None, bool]:
    """Return how dates in doubt are read, and whether those that cannot be read are left empty."""
    found = {reading: example for table in tables for reading, example in (table.day_readings or {}).items()}
    if found:
        listed = "; ".join(f"{reading}: {example}" for reading, example in found.items())
        st.warning(
            f"The dates need an answer. {escape_markdown(listed[:1].upper() + listed[1:])}.", icon=":material/event:"
        )
    choices = [each for each in DAY_READINGS if each in found] or list(DAY_READINGS)
    chosen: DayReading | None = st.selectbox(
        "Dates in doubt",
        choices,
        index=None,
        placeholder="Choose" if found else "Ask me if there are any",
        format_func=lambda each: (found.get(each) and f"{each[:1].upper()}{each[1:]}: {found[each]}") or EXAMPLES[each],
        key="order",
        help="Only for dates that can be read in several ways. If another date in the column settles it, that counts.",
    )
    return chosen, st.checkbox("Leave dates empty that cannot be read", key="leave-days")


def choose_rows(tables: Sequence[FileInspection]) -> MappingChanges:
    """Return the filter of rows, and whether every row is a story of its own."""
    worded = {header: words for table in tables for header, words in (table.words or {}).items() if len(words) > 1}
    with st.expander("Which rows become stories", icon=":material/filter_alt:"):
        every_row = st.checkbox("Every row is a story of its own, also where ids or contents repeat", key="every-row")
        column = st.selectbox("Only rows where this column …", [ALL_ROWS, *worded], key="only-column")
        words: list[str] = []
        if column != ALL_ROWS:
            words = st.multiselect("… has one of these words", worded[column], key=f"only-{column}")
    return MappingChanges(only=((column, tuple(words)),) if words else (), every_row=every_row)
