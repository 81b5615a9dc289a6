"""Profile of a table before cleaning, in a single pass: the size of its cells, and its valid columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cxdata.ingest.flat_table.rules import column_rules
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import SourceTable, refuse
from cxdata.ingest.staging import Staged
from cxdata.store.engine import Connection
from cxdata.store.sql import one_row, scalar

MAX_PLACES = 100  # columns measured in one query; a table may have a thousand


@dataclass(frozen=True)
class CellRule:
    """The rule of the cells at a place as SQL; of a categorical column only distinct cells are checked."""

    sql: str
    is_categorical: bool = False


def profile(connection: Connection, staged: Staged) -> Staged:
    """Find our columns in which every cell is empty, or valid without cleaning.

    Raises StoryError where the cells are larger than the limits: a Parquet file may store one word for all of its rows.
    """
    table = staged.table
    staged.progress(f"checking {table.name}", 0, table.row_count)
    rules = _cell_rules(staged) if "story" in staged.columns else {}
    kept = _profile_places(connection, table, staged.limits, rules)
    return replace(staged, valid_columns=frozenset(column for column, place in staged.columns.items() if place in kept))


def _cell_rules(staged: Staged) -> dict[int, CellRule]:
    rules = column_rules(staged.codebook)
    table = staged.table
    return {
        place: CellRule(
            rules[column].is_clean(table.cell(place), table.kinds.get(place)),
            is_categorical=bool(rules[column].choices),
        )
        for column, place in staged.columns.items()
    }


def _profile_places(
    connection: Connection, table: SourceTable, limits: Limits, rules: Mapping[int, CellRule]
) -> set[int]:
    """Return the places at which every cell follows its rule, or is empty."""
    measured = set(range(len(table.headers))) - set(table.kinds) if table.native else set()
    # column by column and without the empty cells: a table of several kinds of row is mostly empty
    profiles = _query_places(
        connection,
        {place: f"({_profile_sql(table, place, rule, place in measured)})" for place, rule in rules.items()},
    )
    others = sorted(measured - set(rules))
    for start in range(0, len(others), MAX_PLACES):
        some = {
            place: _size_sql(f"strlen({table.cell(place)}::varchar)") for place in others[start : start + MAX_PLACES]
        }
        profiles |= _query_places(connection, some, f"from {table.relation(some)}")
    _check_size(connection, table, limits, [profiles[place] for place in measured])
    return {place for place in rules if profiles[place]["kept"]}


def _query_places(connection: Connection, columns: Mapping[int, str], relation: str = "") -> dict[int, Any]:
    """Return the result of the SQL of each place."""
    if not columns:
        return {}
    found = one_row(connection.execute(f"select {', '.join(columns.values())} {relation}"))
    return dict(zip(columns, found, strict=True))


def _profile_sql(table: SourceTable, place: int, rule: CellRule, is_measured: bool) -> str:
    cell = table.cell(place)
    cells = f"(select {cell} from {table.relation([place])} where {cell} is not null)"
    kept = f"bool_and({rule.sql})"
    if rule.is_categorical:
        kept = f"(select {kept} from (select distinct {cell} from {cells}))"
    # a column without cells has nothing invalid
    length = f"strlen({cell}::varchar)" if is_measured else "0"
    return f"select {_size_sql(length, f'coalesce({kept}, true)')} from {cells}"


def _size_sql(length: str, kept: str = "false") -> str:
    return f"{{'kept': {kept}, 'size': coalesce(sum({length}), 0), 'longest': coalesce(max({length}), 0)}}"


def _check_size(connection: Connection, table: SourceTable, limits: Limits, profiles: list[Mapping[str, int]]) -> None:
    size, longest = sum(each["size"] for each in profiles), sum(each["longest"] for each in profiles)
    if size > limits.unpacked:
        raise refuse(table.name, f"unpacks to {size:,} bytes. At most {limits.unpacked:,} are possible")
    if longest <= limits.line:
        return  # the longest cells need not be of one row
    cells = ", ".join(f"strlen({cell}::varchar)" for cell in table.all_cells)
    widest = scalar(connection, f"select max(list_sum([{cells}])) from {table.relation()}")
    if widest > limits.line:
        raise refuse(table.name, f"has a row of {widest:,} bytes. At most {limits.line:,} are possible")
