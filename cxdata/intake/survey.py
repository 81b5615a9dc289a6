"""One look at every cell of a table as it came: how much there is of it, and which columns keep to their rules."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from cxdata.errors import Fault, StoryError
from cxdata.intake.limits import Limits
from cxdata.intake.raw import Raw, cell_of, relation


@dataclass(frozen=True)
class Rule:
    """What each cell of a column must keep to, as SQL over the cell; `few` says that it can hold few different ones."""

    sql: str
    few: bool = False


def survey(connection: duckdb.DuckDBPyConnection, raw: Raw, limits: Limits, rules: Mapping[int, Rule]) -> set[int]:
    """The places of the columns of which every cell keeps to its rule, or is empty; of those without a rule nothing is
    known. StoryError where the cells are more than a Parquet file's footer says: there one word can stand for all rows.
    """
    measured = set(range(len(raw.headers))) - raw.typed if raw.native else set()
    places = sorted(measured | set(rules))
    if not places:
        return set()
    # column by column and without the empty cells: a table that tells of several things is mostly empty
    asked = ", ".join(f"({_of_column(raw, place, rules.get(place), place in measured)})" for place in places)
    found = connection.execute(f"select {asked}").fetchone()
    assert found is not None
    told = dict(zip(places, found, strict=True))
    _check_size(connection, raw, limits, [told[place] for place in measured])
    return {place for place in rules if told[place]["kept"]}


def _of_column(raw: Raw, place: int, rule: Rule | None, measured: bool) -> str:
    cell = cell_of(place)
    told = f"(select {cell} from {relation(raw)} where {cell} is not null)"
    length = f"strlen({cell}::varchar)" if measured else "0"
    kept = f"bool_and({rule.sql})" if rule else "false"
    if rule and rule.few:
        kept = f"(select {kept} from (select distinct {cell} from {told}))"
    # of no cells nothing is known, and nothing is wrong
    return (
        f"select {{'kept': coalesce({kept}, true), 'size': coalesce(sum({length}), 0), "
        f"'longest': coalesce(max({length}), 0)}} from {told}"
    )


def _check_size(connection: duckdb.DuckDBPyConnection, raw: Raw, limits: Limits, told: list[Mapping[str, int]]) -> None:
    size, longest = sum(each["size"] for each in told), sum(each["longest"] for each in told)
    if size > limits.unpacked:
        raise _refusal(raw.name, f"unpacks to {size:,} bytes; {limits.unpacked:,} are the most")
    if longest <= limits.line:
        return  # the longest cells need not stand in one row
    cells = " + ".join(f"coalesce(strlen({cell_of(place)}::varchar), 0)" for place in range(len(raw.headers)))
    found = connection.execute(f"select max({cells}) from {relation(raw)}").fetchone()
    assert found is not None
    if found[0] > limits.line:
        raise _refusal(raw.name, f"has a row of {found[0]:,} bytes; {limits.line:,} are the most")


def _refusal(name: str, problem: str) -> StoryError:
    return StoryError([Fault(name, problem)])
