"""The public copy: a database file written from the published rows alone, for everybody to download.

A copy of the bytes would hold drafts, the changelog, and rows that were deleted and whose blocks are free.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cxdata.errors import DatabaseError
from cxdata.store.connection import translate_errors
from cxdata.store.engine import Connection
from cxdata.store.records.people import PEOPLE, hide_address_sql
from cxdata.store.vacuum import open_copy

ALL = "true"
NONE = "false"
OF_STORY = "story in (select story from story_rollup)"
OF_COMPANY = "company in (select company from published_company)"
LEFT_OUT = "'left out of the public copy'"

PUBLIC_ROWS: Mapping[str, str] = {
    "account": OF_STORY,
    "annotation": f"company is null or {OF_COMPANY}",
    "batch": "batch in (select batch from story where status = 'published' union select batch from lesson)",
    "build": ALL,
    "code_agreement": ALL,
    "company": OF_COMPANY,
    "company_alias": OF_COMPANY,
    "effort_event": OF_STORY,
    "emotion": OF_STORY,
    "encounter": OF_STORY,
    "history": NONE,
    "lesson": ALL,
    "lesson_point": ALL,
    "lesson_story": OF_STORY,
    "passage": OF_STORY,
    "promise": OF_STORY,
    "published_score": ALL,
    "reply": OF_STORY,
    "second_coding": OF_STORY,
    "second_driver": OF_STORY,
    "second_encounter": OF_STORY,
    "second_promise": OF_STORY,
    "second_sign": OF_STORY,
    "sign": OF_STORY,
    "source": "source in (select source from published_source)",
    "story": OF_STORY,
}
"""The condition of the public rows of each table of records. No other table is copied, so a new one stays private."""

COMPUTED = ("_rollup", "_load", "_cell", "_text", "_draw")
"""Ends of the names of computed tables. They hold published stories only."""

# as a part of a key two coders of a story need two names
SECOND_CODER = """case when contains(coder, '@') then 'second coder ' || (
    select count(distinct other.coder) from second_coding as other
    where other.story = coded.story and other.coder <= coded.coder
) else coder end"""

REPLACED: Mapping[str, Mapping[str, str]] = {
    "batch": {
        "file": f"case when batch = 'shipped' then file else {LEFT_OUT} end",
        "imported_by": LEFT_OUT,
        "mapping": f"case when mapping is not null then {LEFT_OUT} end",
    },
    "reply": {"recorded_by": LEFT_OUT},
    "annotation": {"recorded_by": LEFT_OUT},
} | {table: {"coder": SECOND_CODER} for table in PUBLIC_ROWS if table.startswith("second_")}
"""Columns that name a person or a file; the copy has other words there. Those of PEOPLE lose their addresses too."""


def read_public_copy(path: Path) -> bytes:
    """Return the published rows of the database file at `path` as the bytes of a DuckDB file. Raises DatabaseError."""
    try:
        with translate_errors(), tempfile.TemporaryDirectory(prefix="cxdata-public-") as folder:
            copy = Path(folder) / "public.duckdb"
            write_public_copy(path, copy)
            return copy.read_bytes()
    except OSError as error:
        raise DatabaseError(f"the public copy cannot be written: {error}") from None


def write_public_copy(path: Path, to: Path) -> None:
    """Write the published rows of the database file at `path` to a new file. Raises duckdb.Error."""
    with open_copy(path, to) as connection:
        connection.execute("copy from database original to copied (schema)")
        connection.execute("use original")
        tables = connection.execute("select table_name from duckdb_tables() where database_name = 'original'")
        for (table,) in sorted(tables.fetchall()):
            _copy_rows(connection, table)


def _copy_rows(connection: Connection, table: str) -> None:
    is_public = table.startswith("codebook_") or table.endswith(COMPUTED)
    rows = PUBLIC_ROWS.get(table, ALL if is_public else NONE)
    named = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'original' and table_name = $table",
        {"table": table},
    ).fetchall()
    hidden = {column: hide_address_sql(column) for (column,) in named if column in PEOPLE}
    hidden |= REPLACED.get(table, {})
    replaced = ", ".join(f"{words} as {column}" for column, words in hidden.items())
    columns = f"* replace ({replaced})" if replaced else "*"
    # names of tables that the schema creates; an identifier cannot be a parameter
    connection.execute(f"insert into copied.{table} select {columns} from {table} as coded where {rows}")
