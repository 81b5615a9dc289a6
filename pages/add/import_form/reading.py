"""The choices of how dropped files are read: sheet, header, separator and encoding, each found unless chosen."""

import re
from collections.abc import Sequence

import streamlit as st

from cxdata.ingest import FileInspection
from cxdata.ingest.reading import ReadOptions
from pages.ui.escaping import escape_markdown

FOUND = "Found in the file"
SEPARATORS = {"Comma": ",", "Semicolon": ";", "Tab": "tab", "Bar": "|"}
ENCODINGS = {
    "UTF-8": "utf-8",
    "Western Europe (Windows-1252)": "cp1252",
    "Central Europe (Windows-1250)": "cp1250",
    "Cyrillic (Windows-1251)": "cp1251",
    "Cyrillic (KOI8-R)": "koi8-r",
    "Greek (Windows-1253)": "cp1253",
    "Turkish (Windows-1254)": "cp1254",
    "Hebrew (Windows-1255)": "cp1255",
    "Arabic (Windows-1256)": "cp1256",
    "Japanese (Shift JIS)": "cp932",
    "Chinese, simplified (GB 18030)": "gb18030",
    "Chinese, traditional (Big5)": "big5",
    "Korean (EUC-KR)": "cp949",
    "UTF-16": "utf-16",
}
OPTION = re.compile(r"\s\(--[^)]*\)")  # the command line's way to choose, which the page has fields for
KEYS = ("read-account", "read-sheet", "read-header", "read-separator", "read-encoding")


def forget_reading() -> None:
    """Drop the choices: other files are dropped."""
    for key in KEYS:
        st.session_state.pop(key, None)


def chosen_reading() -> ReadOptions:
    """Return the choices so far."""
    state = st.session_state
    header = state.get("read-header")
    return ReadOptions(
        ENCODINGS.get(state.get("read-encoding") or ""),
        SEPARATORS.get(state.get("read-separator") or ""),
        None if header is None else int(header),
        state.get("read-sheet"),
        bool(state.get("read-account")),
    )


def choose_reading(tables: Sequence[FileInspection]) -> bool:
    """Show what was guessed, and the choices. Return whether nothing has to be chosen any more."""
    for table in tables:
        for doubt in table.doubts:
            guess = OPTION.sub("", doubt)
            st.warning(f"{escape_markdown(table.name)}: {escape_markdown(guess)}.", icon=":material/help:")
    sheets = list(dict.fromkeys(sheet for table in tables for sheet in table.sheets))
    if len(sheets) > 1:
        st.selectbox("Sheet of the workbook", sheets, index=None, placeholder="Choose", key="read-sheet")
    with st.expander("How the file is read", icon=":material/tune:", expanded=any(table.doubts for table in tables)):
        left, right = st.columns(2)
        left.selectbox("Separator of cells", list(SEPARATORS), index=None, placeholder=FOUND, key="read-separator")
        right.selectbox("Encoding of the text", list(ENCODINGS), index=None, placeholder=FOUND, key="read-encoding")
        right.checkbox("Each file is one story in the customer’s own words", key="read-account")
        left.number_input(
            "Row that names the columns", 0, 1000, None, step=1, key="read-header", placeholder=FOUND,
            help="Counted from 1. 0 says that no row names the columns.",
        )  # fmt: skip
    if len(sheets) > 1 and not st.session_state.get("read-sheet"):
        st.info("Still to say: which sheet of the workbook.")
        return False
    return True
