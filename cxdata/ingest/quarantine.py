"""Faults told: the nearest choice beside each, as a table that can be downloaded, with the faulty rows as they came."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.rules import column_rules
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import SourceTable, cell_of, relation
from cxdata.ingest.report import FaultRow
from cxdata.ingest.steps.flattening import AMBIGUOUS
from cxdata.store.engine import Connection
from cxdata.store.sql import count_rows, quote
from cxdata.text.spreadsheet import escape_formula
from cxdata.text.suggestions import suggest

SHOWN = 200  # kinds of fault that are told at once; all faults that are kept stand in the file
MOST_ROWS = 100_000  # of a file that are given back
HEADERS = ("file", "row", "story", "column", "value", "why", "nearest choice")
ALL = 'select file, row, story, "column", value, why, 0 as again, 0 as others from every_fault'
IN_ORDER = 'order by file, row nulls first, "column", why'


def summarise_faults(connection: Connection, codebook: Codebook, faults: int) -> tuple[tuple[FaultRow, ...], int]:
    """The first kinds of fault, in the order of the rows where each stands first, and how many kinds there are.

    `faults` is how many faults there are, also of those that are not kept.
    """
    connection.execute(f"create or replace temp table fault_kind as {_kinds(codebook)}")
    are_all_kept = faults == count_rows(connection, "every_fault")
    first = _faults(connection, codebook, f"from fault_kind {IN_ORDER} limit {SHOWN}")
    return tuple(replace(fault, are_all_kept=are_all_kept) for fault in first), count_rows(connection, "fault_kind")


def _kinds(codebook: Codebook) -> str:
    """The kinds of fault as SQL: one thing wrong in a column of an export is wrong in thousands of its rows.

    A word that is no code is a kind of its own, for it has a nearest choice of its own.
    """
    coded = ", ".join(quote(column) for column, field in column_rules(codebook).items() if field.choices)
    return f"""
        select file, min(row) as row, coalesce(arg_min(story, row), min(story)) as story, "column",
            coalesce(arg_min(value, row), min(value)) as value, why, count(*) - 1 as again,
            greatest(count(distinct value) - 1, 0) as others
        from every_fault
        where row is not null or "column" is not null
        group by file, "column", why, case when "column" in ({coded}) then value end
        union all
        {ALL} where row is null and "column" is null
    """


def write_fault_file(connection: Connection, folder: Path, codebook: Codebook, limits: Limits) -> str:
    """All faults that are kept, as a CSV; its path."""
    path = folder / "faults.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for fault in _faults(connection, codebook, f"{ALL} {IN_ORDER} limit {limits.faults}"):
            told = (fault.file, fault.row, fault.story, fault.column, fault.value, fault.why, fault.nearest)
            writer.writerow([escape_formula(each) for each in told])
    return str(path)


def quarantine_rows(connection: Connection, raw: SourceTable) -> None:
    """Write down which rows of the staged table are to be given back: a story goes whole, and is mended whole."""
    connection.execute(
        "insert into every_faulty_row "
        "select $file, row, string_agg(distinct concat_ws(' ', fault.\"column\", why), '; ') "
        "from (select row from flat_row where story in (select story from fault) union select row from fault) "
        "as faulty left join fault using (row) where row is not null group by row order by row limit $most",
        {"file": raw.name, "most": MOST_ROWS},
    )


def write_faulty_rows(connection: Connection, folder: Path, raws: list[SourceTable]) -> dict[str, str]:
    """The rows that were left out, as they came, with what is wrong with each: to be mended and given again."""
    written = {}
    for number, raw in enumerate(raws):
        told = {"file": raw.name}
        why = dict(connection.execute("select row, why from every_faulty_row where file = $file", told).fetchall())
        if not why:
            continue
        path = folder / f"faulty-{number}.csv"
        cells = ", ".join(f"{cell_of(place)}::varchar" for place in range(len(raw.headers)))
        found = connection.execute(
            f"select row, {cells} from {relation(raw)} "
            "where row in (select row from every_faulty_row where file = $file) order by row",
            told,
        )
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            # what is wrong stands first, so that rows with too many cells or too few show where theirs stand
            writer.writerow(["what is wrong", *map(escape_formula, raw.headers)])
            while rows := found.fetchmany(10_000):
                writer.writerows([escape_formula(why[row[0]]), *map(escape_formula, row[1:])] for row in rows)
            for row in raw.ragged:
                writer.writerow([escape_formula(why.get(row.row, "")), *map(escape_formula, row.parted)])
        written[f"faulty rows of {raw.name}"] = str(path)
    return written


def _faults(connection: Connection, codebook: Codebook, asked: str) -> Iterator[FaultRow]:
    choices = {
        column: _named(field.choices, codebook) for column, field in column_rules(codebook).items() if field.choices
    }

    @lru_cache(maxsize=10_000)
    def near(column: str, value: str) -> str | None:
        return suggest(value, choices[column])

    for file, row, story, column, told, why, again, others in connection.execute(asked).fetchall():
        value = told and told.removeprefix(AMBIGUOUS)
        # what is a choice is wrong for another reason
        is_none = bool(value) and column in choices and value not in choices[column]
        meant = near(column, str(value)) if is_none else None
        yield FaultRow(file, row, story, column, value, why, meant, again, others)


def _named(codes: tuple[str, ...], codebook: Codebook) -> dict[str, str]:
    """What each code is called, where they are a table of the codebook."""
    for table in codebook.tables.values():
        if tuple(table) == codes:
            return {code: row.label for code, row in table.items()}
    return {code: code for code in codes}
