"""Quarantine: the faults of an import and the faulty rows, kept and returned as CSV files."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.rules import AMBIGUOUS, column_rules
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import SourceTable
from cxdata.ingest.report import FaultRow
from cxdata.ingest.staging import FAULT_COLUMNS, record_faults
from cxdata.store.engine import Connection
from cxdata.store.sql import count_rows, quote
from cxdata.text.spreadsheet import escape_formula
from cxdata.text.suggestions import suggest

MAX_KINDS = 200  # kinds of fault in a report; the file has all faults that are kept
MAX_SUGGESTED = 500  # values that get a nearest choice; a column with more unknown words is not one of codes
MAX_ROWS = 100_000  # rows of a file that are returned
HEADERS = ("file", "row", "story", "column", "value", "why", "nearest choice")
ALL = 'select file, row, story, "column", value, why, 0 as repeats, 0 as others from import_fault'
IN_ORDER = 'order by file, row nulls first, "column", why'


def create_quarantine(connection: Connection) -> None:
    """Create empty tables for the faults of all files, and for the rows that have them."""
    connection.execute(f"create or replace temp table import_fault {FAULT_COLUMNS}")
    connection.execute("create or replace temp table quarantined_row (file varchar, row bigint, why varchar)")


def record_unreadable_rows(connection: Connection, table: SourceTable) -> int:
    """Record a fault for each row that is none, or has more or fewer cells than the header.

    Returns how many more there are.
    """
    record_faults(connection, table.unreadable)
    record_faults(
        connection,
        (
            FaultRow(
                table.name, row.row, None, None, row.text[:200],
                f"has {row.cell_count} cells, and the header has {row.expected}",
            )
            for row in table.ragged
        ),
    )  # fmt: skip
    return table.ragged_count - len(table.ragged) + table.unreadable_count - len(table.unreadable)


def quarantine_rows(connection: Connection, table: SourceTable) -> None:
    """Mark the faulty rows of the staged table, and all other rows of their stories, to be returned."""
    connection.execute(
        "insert into quarantined_row "
        "select $file, row, string_agg(distinct concat_ws(' ', fault.\"column\", why), '; ') from ("
        "select row from flat_table_row where story in (select story from staged_fault) union "
        "select row from staged_fault) as faulty "
        "left join staged_fault as fault using (row) where row is not null group by row order by row limit $limit",
        {"file": table.name, "limit": MAX_ROWS},
    )


def summarise_faults(connection: Connection, codebook: Codebook, faults: int) -> tuple[tuple[FaultRow, ...], int]:
    """Return the first kinds of fault, in the order of their first rows, and the number of kinds.

    `faults` is the number of all faults, those that are not kept among them.
    """
    connection.execute(f"create or replace temp table fault_kind as {_kinds_sql(codebook)}")
    are_all_kept = faults == count_rows(connection, "import_fault")
    first = _find_faults(connection, codebook, f"from fault_kind {IN_ORDER} limit {MAX_KINDS}")
    return tuple(replace(fault, are_all_kept=are_all_kept) for fault in first), count_rows(connection, "fault_kind")


def _kinds_sql(codebook: Codebook) -> str:
    """Return SQL for the kinds of fault: one fault in a column of an export repeats in thousands of its rows.

    A word that is no code is a kind of its own, for it has a nearest choice of its own.
    """
    coded = ", ".join(quote(column) for column, rule in column_rules(codebook).items() if rule.choices)
    return f"""
        select file, min(row) as row, coalesce(arg_min(story, row), min(story)) as story, "column",
            coalesce(arg_min(value, row), min(value)) as value, why, count(*) - 1 as repeats,
            greatest(count(distinct value) - 1, 0) as others
        from import_fault
        where row is not null or "column" is not null
        group by file, "column", why, case when "column" in ({coded}) then value end
        union all
        {ALL} where row is null and "column" is null
    """


def write_fault_file(connection: Connection, folder: Path, codebook: Codebook, limits: Limits) -> str:
    """Write all faults that are kept to a CSV, and return its path."""
    path = folder / "faults.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for fault in _find_faults(connection, codebook, f"{ALL} {IN_ORDER} limit {limits.faults}"):
            cells = (fault.file, fault.row, fault.story, fault.column, fault.value, fault.why, fault.nearest)
            writer.writerow([escape_formula(each) for each in cells])
    return str(path)


def write_faulty_rows(connection: Connection, folder: Path, tables: list[SourceTable]) -> dict[str, str]:
    """Write the quarantined rows of each table uncleaned, with their faults, and return the paths."""
    paths = {}
    for number, table in enumerate(tables):
        file_name = {"file": table.name}
        why = dict(connection.execute("select row, why from quarantined_row where file = $file", file_name).fetchall())
        if not why:
            continue
        path = folder / f"faulty-{number}.csv"
        cells = ", ".join(f"{cell}::varchar" for cell in table.all_cells)
        found = connection.execute(
            f"select row, {cells} from {table.relation()} "
            "where row in (select row from quarantined_row where file = $file) order by row",
            file_name,
        )
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            # the fault comes first, so that rows with too many or too few cells show theirs in place
            writer.writerow(["what is wrong", *map(escape_formula, table.headers)])
            while rows := found.fetchmany(10_000):
                writer.writerows([escape_formula(why[row[0]]), *map(escape_formula, row[1:])] for row in rows)
            for row in table.ragged:
                writer.writerow([escape_formula(why.get(row.row, "")), *map(escape_formula, row.cells())])
        paths[f"faulty rows of {table.name}"] = str(path)
    return paths


def _find_faults(connection: Connection, codebook: Codebook, sql: str) -> Iterator[FaultRow]:
    choices = {
        column: _label_choices(rule.choices, codebook)
        for column, rule in column_rules(codebook).items()
        if rule.choices
    }

    nearest_of: dict[tuple[str, str], str | None] = {}

    def find_nearest(column: str, value: str) -> str | None:
        if (column, value) not in nearest_of and len(nearest_of) < MAX_SUGGESTED:
            nearest_of[column, value] = suggest(value, choices[column])
        return nearest_of.get((column, value))

    for file, row, story, column, found, why, repeats, others in connection.execute(sql).fetchall():
        value = found and found.removeprefix(AMBIGUOUS)
        # a value that is a choice is wrong for another reason
        is_unknown = bool(value) and column in choices and value not in choices[column]
        nearest = find_nearest(column, str(value)) if is_unknown else None
        yield FaultRow(file, row, story, column, value, why, nearest, repeats, others)


def _label_choices(codes: tuple[str, ...], codebook: Codebook) -> dict[str, str]:
    """Return the label of each code, where they are a table of the codebook; else the code."""
    for table in codebook.tables.values():
        if tuple(table) == codes:
            return {code: row.label for code, row in table.items()}
    return {code: code for code in codes}
