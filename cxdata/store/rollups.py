"""Rollups: tables computed from the records, and the agreement of coders on each code."""

from typing import Any

import numpy as np
import pyarrow as pa

from cxdata.resources import SQL
from cxdata.statistics.agreement import krippendorff_alpha
from cxdata.store.engine import Connection
from cxdata.store.sql import dict_rows, scalar

# a row a code that two coders looked for: how it is compared, the stories in which they did, and the coders
CODES = """
with shared as (
    select measure, code, story from coding_read group by measure, code, story having count(*) > 1
),
size as (
    select measure, code, count(distinct story) as stories, count(distinct coder) as coders
    from coding_read inner join shared using (measure, code, story)
    group by measure, code
)
select
    agreement_code.measure,
    agreement_code.code,
    agreement_code.level,
    size.stories,
    size.coders
from agreement_code
inner join size using (measure, code)
order by agreement_code.place
"""
# a row a code and kind of unit: the values of its coders, the number of units, and who found the code
KINDS = """
with unit as (
    select
        measure,
        code,
        list_sort(list(value)) as found_values,
        count_if(is_found) as finders,
        count(*) as coders
    from coded_value
    group by measure, code, story, unit
    having count(*) > 1
)
select
    measure,
    code,
    found_values,
    count(*) as units,
    count_if(finders = coders) as both_found,
    count_if(finders between 1 and coders - 1) as one_found
from unit
group by measure, code, found_values
order by measure, code, found_values
"""
Kinds = list[dict[str, Any]]


def refresh_agreement(connection: Connection) -> None:
    """Compute the table code_agreement from the codings; it is empty if no story was coded twice."""
    connection.execute("delete from code_agreement")
    if not scalar(connection, "select count(*) from second_coding"):
        return
    codes = dict_rows(connection.execute(CODES))
    if not codes:
        return
    kinds: dict[tuple[str, str], Kinds] = {}
    for kind in dict_rows(connection.execute(KINDS)):
        kinds.setdefault((kind["measure"], kind["code"]), []).append(kind)
        if kind["measure"] == "driver":
            kinds.setdefault(("all drivers", "all_drivers"), []).append(kind)
    rows = [_measure_agreement(code, kinds.get((code["measure"], code["code"]), [])) for code in codes]
    connection.register("incoming", pa.Table.from_pylist(rows))
    connection.execute("insert into code_agreement by name select * from incoming")
    connection.unregister("incoming")


def _measure_agreement(code: dict[str, Any], kinds: Kinds) -> dict[str, Any]:
    """Make a row of code_agreement from a row of CODES and its rows of KINDS."""
    values = sorted({value for kind in kinds for value in kind["found_values"]})
    counts = np.asarray([[kind["found_values"].count(value) for value in values] for kind in kinds], dtype=np.int64)
    units = np.repeat(counts.reshape(len(kinds), len(values)), [kind["units"] for kind in kinds], axis=0)
    agreed = krippendorff_alpha(units, code["level"], values)
    return {key: code[key] for key in ("measure", "code", "stories", "coders")} | {
        "alpha": agreed.alpha,
        "low": agreed.low,
        "high": agreed.high,
        "units": len(units),
        "both_found": sum(kind["both_found"] for kind in kinds),
        "one_found": sum(kind["one_found"] for kind in kinds),
    }


ALL_STORIES = "select story from story union select story from story_rollup"

# changed stories with their new numbers in the rollups, which follow those of unchanged stories
CHANGED = """
    with changed as (select distinct story from ({changed})),
    staying as (
        select coalesce(max(number), 0) as last
        from story_rollup where story not in (select story from changed)
    )
    select story, (last + row_number() over (order by story))::integer as number from changed cross join staying
"""

# the former numbers of changed stories
GONE = "select number from story_rollup where story in (select story from changed_story)"

# the former and present companies of changed stories
COMPANIES = """
    select company from story_rollup where story in (select story from changed_story)
    union select company from story where story in (select story from changed_story)
"""


# how many changed stories have a second coding: nothing else changes the agreement of coders
HAVE_SECOND = "select count(*) from second_coding where story in (select story from changed_story)"


def refresh_rollups(connection: Connection, changed: str = ALL_STORIES, had_second: bool = True) -> None:
    """Compute the rollups of sql/rollups and the agreement of coders, so that pages need not.

    `changed` is SQL that selects all added, deleted and altered stories; only rows about them and their companies are
    computed. `had_second` says whether one of them had a second coding before.
    """
    connection.execute(f"create or replace temp table changed_story as {CHANGED.format(changed=changed)}")
    connection.execute(f"create or replace temp table gone_number as {GONE}")
    connection.execute(f"create or replace temp table changed_company as {COMPANIES}")
    if had_second or scalar(connection, HAVE_SECOND):
        refresh_agreement(connection)  # it takes a quarter of a small change
    for rollup in sorted((SQL / "rollups").glob("*.sql")):
        connection.execute(rollup.read_text(encoding="utf-8"))
    connection.execute("drop table changed_company; drop table gone_number; drop table changed_story")
