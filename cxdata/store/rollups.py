"""Rollups: tables computed from the records, and the agreement of coders on each code."""

from typing import Any

import numpy as np
import pyarrow as pa

from cxdata.resources import SQL
from cxdata.statistics.agreement import Agreement, Counts, krippendorff_alpha
from cxdata.store.engine import Connection
from cxdata.store.sql import one_row

FEELINGS = range(-5, 6)
# a row for each unit and code: number of coders, number who found the code
FOUND = """
with unit as (
    select story, step, count(*) as coders, count(feeling) as felt from coded_feeling group by story, step
),
found as (
    select story, step, driver, count(*) as finders from coded_driver group by story, step, driver
)
select
    codebook_drivers.code,
    unit.coders,
    coalesce(found.finders, 0) as finders  -- a coder who did not name a driver found none
from unit
cross join codebook_drivers
left join found
    on unit.story = found.story and unit.step = found.step and codebook_drivers.code = found.driver
order by codebook_drivers.code, unit.story, unit.step
"""
FELT = "select story, step, feeling from coded_feeling order by story, step, coder"
SIZE = """
select count(distinct (story, step)), count(distinct story), count(distinct coder) from coded_feeling
"""


def refresh_agreement(connection: Connection) -> None:
    """Compute the table code_agreement from the codings; it is empty if no story was coded twice."""
    connection.execute("delete from code_agreement")
    encounters, stories, coders = one_row(connection.execute(SIZE))
    if not encounters:
        return
    whole = {"encounters": encounters, "stories": stories, "coders": coders}
    rows = [row | whole for row in (*_of_feelings(connection), *_of_drivers(connection))]
    connection.register("incoming", pa.Table.from_pylist(rows))
    connection.execute("insert into code_agreement by name select * from incoming")
    connection.unregister("incoming")


def _of_feelings(connection: Connection) -> list[dict[str, Any]]:
    units: dict[tuple[str, int], list[int | None]] = {}
    for story, step, feeling in connection.execute(FELT).fetchall():
        units.setdefault((story, step), []).append(feeling)
    values = np.asarray([[unit.count(value) for value in FEELINGS] for unit in units.values()])
    stated = np.asarray([[unit.count(None), len(unit) - unit.count(None)] for unit in units.values()])
    return [
        _row("feeling", "value", krippendorff_alpha(values, "ordinal"), stated),
        _row("feeling", "told", krippendorff_alpha(stated, "nominal"), stated),
    ]


def _of_drivers(connection: Connection) -> list[dict[str, Any]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for driver, coders, finders in connection.execute(FOUND).fetchall():
        found.setdefault(driver, []).append((coders - finders, finders))
    by_driver = {driver: np.asarray(units) for driver, units in found.items()}
    every = np.concatenate(list(by_driver.values()))
    return [
        _row("all drivers", "all", krippendorff_alpha(every, "nominal"), every),
        *(_row("driver", driver, krippendorff_alpha(units, "nominal"), units) for driver, units in by_driver.items()),
    ]


def _row(measure: str, code: str, agreed: Agreement, found: Counts) -> dict[str, Any]:
    """Make a row of code_agreement; `found` has a row for each unit: coders without the code, coders with it."""
    missed, finders = found[:, 0], found[:, 1]
    return {
        "measure": measure,
        "code": code,
        "alpha": agreed.alpha,
        "low": agreed.low,
        "high": agreed.high,
        "both_found": int(np.count_nonzero((missed == 0) & (finders > 0))),
        "one_found": int(np.count_nonzero((missed > 0) & (finders > 0))),
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


def refresh_rollups(connection: Connection, changed: str = ALL_STORIES) -> None:
    """Compute the rollups of sql/rollups and the agreement of coders, so that pages need not.

    `changed` is SQL that selects all added, deleted and altered stories; only rows about them and their companies are
    computed.
    """
    connection.execute(f"create or replace temp table changed_story as {CHANGED.format(changed=changed)}")
    connection.execute(f"create or replace temp table gone_number as {GONE}")
    connection.execute(f"create or replace temp table changed_company as {COMPANIES}")
    refresh_agreement(connection)
    for rollup in sorted((SQL / "rollups").glob("*.sql")):
        connection.execute(rollup.read_text(encoding="utf-8"))
    connection.execute("drop table changed_company; drop table gone_number; drop table changed_story")
