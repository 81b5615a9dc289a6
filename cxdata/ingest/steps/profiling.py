"""One look at every cell of a table as it came: how much there is of it, and which columns keep to their rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxdata.errors import Fault, StoryError
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import SourceTable, cell_of, relation
from cxdata.store.engine import Connection

AT_ONCE = 100  # columns that are none of ours, and may be a thousand, in one question


@dataclass(frozen=True)
class CellRule:
    """What each cell of a column must keep to, as SQL over the cell; `few` says that it can hold few different ones."""

    sql: str
    few: bool = False


def profile(connection: Connection, raw: SourceTable, limits: Limits, rules: Mapping[int, CellRule]) -> set[int]:
    """The places of the columns of which every cell keeps to its rule, or is empty; of those without a rule nothing is
    known. StoryError where the cells are more than a Parquet file's footer says: there one word can stand for all rows.
    """
    measured = set(range(len(raw.headers))) - set(raw.typed) if raw.native else set()
    # column by column and without the empty cells: a table that tells of several things is mostly empty
    told = _asked(
        connection, {place: f"({_of_column(raw, place, rule, place in measured)})" for place, rule in rules.items()}
    )
    others = sorted(measured - set(rules))
    for start in range(0, len(others), AT_ONCE):
        some = {place: _size(f"strlen({cell_of(place)}::varchar)") for place in others[start : start + AT_ONCE]}
        told |= _asked(connection, some, f"from {relation(raw, some)}")
    _check_size(connection, raw, limits, [told[place] for place in measured])
    return {place for place in rules if told[place]["kept"]}


def _asked(connection: Connection, columns: Mapping[int, str], of: str = "") -> dict[int, Any]:
    """What SQL tells of each of these places."""
    if not columns:
        return {}
    found = connection.execute(f"select {', '.join(columns.values())} {of}").fetchone()
    assert found is not None
    return dict(zip(columns, found, strict=True))


def _of_column(raw: SourceTable, place: int, rule: CellRule, measured: bool) -> str:
    cell = cell_of(place)
    told = f"(select {cell} from {relation(raw, [place])} where {cell} is not null)"
    kept = f"bool_and({rule.sql})"
    if rule.few:
        kept = f"(select {kept} from (select distinct {cell} from {told}))"
    # of no cells nothing is known, and nothing is wrong
    return f"select {_size(f'strlen({cell}::varchar)' if measured else '0', f'coalesce({kept}, true)')} from {told}"


def _size(length: str, kept: str = "false") -> str:
    return f"{{'kept': {kept}, 'size': coalesce(sum({length}), 0), 'longest': coalesce(max({length}), 0)}}"


def _check_size(connection: Connection, raw: SourceTable, limits: Limits, told: list[Mapping[str, int]]) -> None:
    size, longest = sum(each["size"] for each in told), sum(each["longest"] for each in told)
    if size > limits.unpacked:
        raise _refusal(raw.name, f"unpacks to {size:,} bytes; {limits.unpacked:,} are the most")
    if longest <= limits.line:
        return  # the longest cells need not stand in one row
    cells = ", ".join(f"strlen({cell_of(place)}::varchar)" for place in range(len(raw.headers)))
    found = connection.execute(f"select max(list_sum([{cells}])) from {relation(raw)}").fetchone()
    assert found is not None
    if found[0] > limits.line:
        raise _refusal(raw.name, f"has a row of {found[0]:,} bytes; {limits.line:,} are the most")


def _refusal(name: str, problem: str) -> StoryError:
    return StoryError([Fault(name, problem)])
