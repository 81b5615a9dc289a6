"""Tables of records as files: CSV for spreadsheets and Parquet for programs.

Exports hold published stories only. NULL is unknown, never 0: an empty cell or a Parquet null. The story does not state
the value, or nobody read it for that; the columns read_... of `scored_story` and `story` say which.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from cxdata.errors import ExportError
from cxdata.store import data_version, new_cursor, translate_errors
from cxdata.store.engine import Connection
from cxdata.store.records.people import hide_addresses
from cxdata.text.spreadsheet import escape_formula
from cxdata.text.suggestions import format_choices
from cxdata.version import __version__

OF_STORY = "story in (select story from scored_story)"
# a spreadsheet has no lists, so the codes are joined as in the flat table
JOINED = "* replace (array_to_string(read_drivers, ';') as read_drivers)"


@dataclass(frozen=True)
class RecordTable:
    """What a row is, the condition of public rows, and the selected columns."""

    one_row: str
    public: str = "true"
    columns: str = "*"


TABLES: Mapping[str, RecordTable] = {
    "scored_story": RecordTable("a published story with its scores (begin with this table)", columns=JOINED),
    "story": RecordTable("one customer’s dealings with one company", OF_STORY, JOINED),
    "encounter": RecordTable("a step of a story at one touchpoint, in the order of the story", OF_STORY),
    "effort_event": RecordTable("something the customer had to do or bear that the job did not need", OF_STORY),
    "emotion": RecordTable("an emotion that the story names at a step", OF_STORY),
    "promise": RecordTable("a promise of the company, and whether it was kept in this story", OF_STORY),
    "sign": RecordTable("one of the six signs in one story: shown, not shown, or (empty) not stated", OF_STORY),
    "lesson": RecordTable("a piece of advice from a source, with what we add in the column `ours`"),
    "lesson_point": RecordTable("a reason or a short example that a source gives for a lesson"),
    "lesson_story": RecordTable("a story that followed or broke a lesson, and why", OF_STORY),
    "company": RecordTable(
        "a company that has a published story", "company in (select published_company.company from published_company)"
    ),
    "source": RecordTable(
        "a publication with stories or lessons, and its author",
        "source in (select published_source.source from published_source)",
    ),
}


def read_table(connection: Connection, name: str) -> pa.Table:
    """Read all public rows of a table, ordered by its columns from the left; metadata hold data and code version.

    Raises ExportError for a table that is not one of TABLES.
    """
    if name not in TABLES:
        raise ExportError(f"table {format_choices(name, TABLES, 'the export')}")
    # the name is a key of TABLES; an identifier cannot be a parameter
    asked = f"select {TABLES[name].columns} from {name} where {TABLES[name].public} order by all"  # noqa: S608
    with translate_errors(name):
        rows = new_cursor(connection).sql(asked).to_arrow_table()
    rows = hide_addresses(rows)
    about = {"table": name, "data_version": data_version(connection), "code_version": __version__}
    return rows.replace_schema_metadata(about)


def to_csv(rows: pa.Table) -> bytes:
    """Write rows as CSV in UTF-8 with a byte order mark, which spreadsheets need, and without live formulas."""
    return format_csv(rows).encode("utf-8-sig")


def format_csv(rows: pa.Table, line_end: str = "\r\n") -> str:
    """Write rows as the text of a CSV file; quote formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(rows.column_names)
    for batch in rows.to_batches(max_chunksize=10_000):
        writer.writerows(
            zip(*([escape_formula(value) for value in column.to_pylist()] for column in batch.columns), strict=True)
        )
    return text.getvalue()


def to_parquet(rows: pa.Table) -> bytes:
    """Write rows as Parquet, with types and metadata."""
    file = io.BytesIO()
    pq.write_table(rows, file, compression="zstd")
    return file.getvalue()


def file_name(table: str, version: str, ending: str) -> str:
    """Name a file with its data version, such as 'effort_event-1a2b3c4d5e6f.csv'."""
    return f"{table}-{version}.{ending}"
