"""Downloads: any table as CSV or Parquet, and the whole database."""

from collections.abc import Callable
from functools import partial
from threading import Lock

import pyarrow as pa
import streamlit as st

from cxdata.access.audit_log import record_at_once
from cxdata.access.roles import Action
from cxdata.export.tables import TABLES, file_name, read_table, to_csv, to_parquet
from pages.method.sections import section_header
from pages.ui.cache import cached, get_connection, get_engine, version
from pages.ui.frame import fragment
from pages.ui.links import default_unless_chosen
from pages.ui.markup import show_html
from pages.ui.permissions import current_name

FORMS: dict[str, tuple[str, str, Callable[[pa.Table], bytes]]] = {
    "CSV": ("csv", "text/csv", to_csv),
    "Parquet": ("parquet", "application/vnd.apache.parquet", to_parquet),
}

ONE_AT_A_TIME = Lock()


def show_downloads() -> None:
    """Show the downloads; a file is written when a reader asks for it."""
    show_html(cached(_about))
    _offer_table()


@fragment
def _offer_table() -> None:
    tables = list(TABLES)
    chosen = st.selectbox(
        "Table",
        tables,
        index=default_unless_chosen("table", tables, 0),
        required=True,
        key="table",
        bind="query-params",
        width=360,
    )
    table = chosen or tables[0]
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
        st.download_button(
            "The whole database (DuckDB)",
            partial(_public_database, current_name()),
            file_name("customer-stories", version(), "duckdb"),
            "application/vnd.duckdb",
            icon=":material/database:",
            key="download-duckdb",
            on_click="ignore",
        )


def _public_database(who: str | None) -> bytes:
    if who:  # what anybody may have without a name is not recorded
        record_at_once(get_engine(), who, Action.DOWNLOAD_DATABASE)
    with ONE_AT_A_TIME:  # a large one takes seconds and much memory to write
        return get_engine().public_copy()


def _file(make: Callable[[pa.Table], bytes], table: str) -> bytes:
    return make(read_table(get_connection(), table))


def _about() -> str:
    return (
        f'<div class="cx-method">{section_header("data")}<p>The files hold published stories only. An empty cell'
        " means unknown, and 0 means none. A cell is empty if the story does not say, or if nobody read the"
        " story for it. The columns"
        " <code>read_feeling</code>, <code>read_effort</code>, <code>read_drivers</code>, <code>read_promises</code>"
        " and <code>read_signs</code> say which. In CSV, an apostrophe comes before any text that a spreadsheet"
        " would read as a formula. The database has every table, the codebook and the views that compute the"
        " scores. It opens in DuckDB 1.5 and later.</p></div>"
    )
