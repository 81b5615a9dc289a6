"""The data to take away: any table as CSV or Parquet, and the database itself."""

from collections.abc import Callable
from functools import partial

import pyarrow as pa
import streamlit as st

from cxdata.export.tables import TABLES, as_csv, as_parquet, file_name, read_table
from cxdata.settings import database_path
from pages.method.definitions import section
from pages.ui.cache import built, database, may_give_all, version

FORMS: dict[str, tuple[str, str, Callable[[pa.Table], bytes]]] = {
    "CSV": ("csv", "text/csv", as_csv),
    "Parquet": ("parquet", "application/vnd.apache.parquet", as_parquet),
}


def offer_data() -> None:
    """The section of downloads; files are made when they are asked for."""
    st.html(built(_about))
    _offer_table()


@st.fragment
def _offer_table() -> None:
    table = st.selectbox("Table", list(TABLES), key="table", bind="query-params", width=360)
    st.caption(f"One row is {TABLES[table].one_row}.")
    with st.container(horizontal=True, key="downloads"):
        for label, (ending, kind, make) in FORMS.items():
            st.download_button(
                label,
                partial(_file, make, table),
                file_name(table, version(), ending),
                kind,
                icon=":material/download:",
                key=f"download-{ending}",
                on_click="ignore",
            )
        if may_give_all():
            st.download_button(
                "The whole database (DuckDB)",
                lambda: database_path().read_bytes(),
                file_name("customer-stories", version(), "duckdb"),
                "application/vnd.duckdb",
                icon=":material/database:",
                key="download-duckdb",
                on_click="ignore",
            )


def _file(make: Callable[[pa.Table], bytes], table: str) -> bytes:
    return make(read_table(database(), table))


def _about() -> str:
    return (
        f'<div class="cx-method">{section("data")}<p>Published stories only. An empty cell is what the account does '
        f"not "
        "say; 0 is none. In CSV a text that a spreadsheet would take for a formula has an apostrophe before it. The "
        "database "
        "has every table with the codebook and the views that score; DuckDB 1.5 and later opens it.</p></div>"
    )
