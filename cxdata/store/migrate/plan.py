"""Which rows of the file of another version are carried over: table by table, each after those that it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from cxdata.store.migrate.legacy import tables_of


@dataclass(frozen=True)
class Carried:
    """The rows of a table that are carried over: what names one, which they are, what stands for some columns."""

    table: str
    key: tuple[str, ...]
    rows: str
    instead: Mapping[str, str] = field(default_factory=dict)


# led, sourced: cxdata/store/migrate/renames.py
LED = "(select led.company from led where led.former = former.company)"
SOURCED = "(select sourced.source from sourced where sourced.former = former.source)"
OF_BATCH = "former.batch != 'shipped'"
OF_STORY = "former.story not in (select story from former_story where batch = 'shipped')"
OF_CODING = "(former.story, former.coder) in (select (story, coder) from second_coding where batch != 'shipped')"
IS_THERE = "former.company in (select led.former from led inner join company on led.company = company.company)"
# what no longer ships and people's stories stand on is theirs from now on
THEIRS = "case when {is_own} then former.batch else (select min(users.batch) from ({users}) as users where {same}) end"
USERS = {
    "company": "select company, batch from former_story where batch != 'shipped'",
    "source": "select source, batch from former_story where batch != 'shipped' "
    "union all select source, batch from former_lesson where batch != 'shipped'",
}
BATCH_OF = {
    table: THEIRS.format(is_own=OF_BATCH, users=users, same=f"users.{table} = former.{table}")
    for table, users in USERS.items()
}

CARRIED = (
    Carried("batch", ("batch",), OF_BATCH),
    Carried(
        "company",
        ("company",),
        "former.company in (select led.former from led where led.is_carried)",
        {"batch": BATCH_OF["company"]},
    ),
    # what ships leads where it says
    Carried(
        "company_alias",
        ("alias",),
        f"former.alias not in (select alias from company_alias) and {IS_THERE}",
        {"company": LED},
    ),
    Carried(
        "source",
        ("source",),
        f"({OF_BATCH} or former.source in (select users.source from ({USERS['source']}) as users)) "
        f"and {SOURCED} not in (select source.source from source)",
        {"source": SOURCED, "batch": BATCH_OF["source"]},
    ),
    Carried("story", ("story",), OF_BATCH, {"company": LED, "source": SOURCED}),
    Carried("encounter", ("story", "step"), OF_STORY),
    Carried("emotion", ("story", "step", "emotion"), OF_STORY),
    Carried("effort_event", ("story", "step", "event"), OF_STORY),
    Carried("promise", ("story", "promise"), OF_STORY),
    Carried("sign", ("story", "sign"), OF_STORY),
    Carried("account", ("story",), OF_STORY),
    Carried("passage", ("story", "step", "code"), OF_STORY),
    Carried("lesson", ("lesson",), OF_BATCH, {"source": SOURCED}),
    Carried(
        "lesson_story",
        ("lesson", "story"),
        "former.lesson in (select lesson from former_lesson where batch != 'shipped') "
        "and former.story in (select story from story)",
    ),
    # a coding is of the steps that a story has: of a shipped story they may be others today, or none
    Carried(
        "second_coding",
        ("story", "coder"),
        f"{OF_BATCH} and (select count(*) from encounter where encounter.story = former.story) = (select count(*) "
        "from former_second_encounter as coded where coded.story = former.story and coded.coder = former.coder)",
    ),
    Carried("second_encounter", ("story", "coder", "step"), OF_CODING),
    Carried("second_driver", ("story", "coder", "step", "driver"), OF_CODING),
    Carried("reply", ("story", "reply"), "former.story in (select story from story)"),
    Carried(
        "history",
        ("story", "company", "field"),
        "(former.story is null or former.story in (select story from story)) "
        f"and (former.company is null or {IS_THERE})",
        {"company": LED},
    ),
)


def selected(connection: duckdb.DuckDBPyConnection, carried: Carried) -> str:
    """SQL of the rows that are carried, in the columns of today."""
    columns = ", ".join(
        f"{carried.instead.get(column.name, f'former.{column.name}')} as {column.name}"
        for column in tables_of(connection)[carried.table]
    )
    return f"select {columns} from former_{carried.table} as former where {carried.rows}"
