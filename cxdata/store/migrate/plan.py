"""The plan of a migration: the rows to copy, table by table, each after the tables that it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cxdata.store.engine import Connection
from cxdata.store.migrate.legacy import list_columns


@dataclass(frozen=True)
class TableCopy:
    """The rows to copy of a table: the columns that name a row, a condition, and SQL in place of some columns."""

    table: str
    key: tuple[str, ...]
    rows: str
    instead: Mapping[str, str] = field(default_factory=dict)


# the tables of cxdata/store/migrate/renames.py
PRESENT_COMPANY = "(select company_rename.company from company_rename where company_rename.former = former.company)"
PRESENT_SOURCE = "(select source_rename.source from source_rename where source_rename.former = former.source)"
OF_BATCH = "former.batch != 'shipped'"
OF_STORY = "former.story not in (select story from former_story where batch = 'shipped')"
OF_CODING = "(former.story, former.coder) in (select (story, coder) from second_coding where batch != 'shipped')"
SAME_PROMISES = " = ".join(
    f"(select count(*) from {table} as told where told.story = former.story)" for table in ("former_promise", "promise")
)
COMPANY_STAYS = (
    "former.company in (select company_rename.former from company_rename "
    "inner join company on company_rename.company = company.company)"
)
# what no longer ships, and stories of users refer to, joins the batch of those stories
USER_ROWS = (
    "case when {is_own} then former.batch else (select min(users.batch) from ({users}) as users where {same}) end"
)
REFERRERS = {
    "company": "select company, batch from former_story where batch != 'shipped'",
    "source": "select source, batch from former_story where batch != 'shipped' "
    "union all select source, batch from former_lesson where batch != 'shipped'",
}
BATCH_OF = {
    table: USER_ROWS.format(is_own=OF_BATCH, users=users, same=f"users.{table} = former.{table}")
    for table, users in REFERRERS.items()
}

PLAN = (
    TableCopy("batch", ("batch",), OF_BATCH),
    TableCopy(
        "company",
        ("company",),
        "former.company in (select company_rename.former from company_rename where company_rename.is_copied)",
        {"batch": BATCH_OF["company"]},
    ),
    # a shipped alias keeps its company
    TableCopy(
        "company_alias",
        ("alias",),
        f"former.alias not in (select alias from company_alias) and {COMPANY_STAYS}",
        {"company": PRESENT_COMPANY},
    ),
    TableCopy(
        "source",
        ("source",),
        f"({OF_BATCH} or former.source in (select users.source from ({REFERRERS['source']}) as users)) "
        f"and {PRESENT_SOURCE} not in (select source.source from source)",
        {"source": PRESENT_SOURCE, "batch": BATCH_OF["source"]},
    ),
    TableCopy("story", ("story",), OF_BATCH, {"company": PRESENT_COMPANY, "source": PRESENT_SOURCE}),
    TableCopy("encounter", ("story", "step"), OF_STORY),
    TableCopy("emotion", ("story", "step", "emotion"), OF_STORY),
    TableCopy("effort_event", ("story", "step", "event"), OF_STORY),
    TableCopy("promise", ("story", "promise"), OF_STORY),
    TableCopy("sign", ("story", "sign"), OF_STORY),
    TableCopy("account", ("story",), OF_STORY),
    TableCopy("passage", ("story", "step", "code"), OF_STORY),
    TableCopy("lesson", ("lesson",), OF_BATCH, {"source": PRESENT_SOURCE}),
    TableCopy(
        "lesson_point",
        ("lesson", "point"),
        "former.lesson in (select lesson from former_lesson where batch != 'shipped')",
    ),
    TableCopy(
        "lesson_story",
        ("lesson", "story"),
        "former.lesson in (select lesson from former_lesson where batch != 'shipped') "
        "and former.story in (select story from story)",
    ),
    # a coding is of the steps and promises of a story; a shipped story may have others in this version, or none
    TableCopy(
        "second_coding",
        ("story", "coder"),
        f"{OF_BATCH} and (select count(*) from encounter where encounter.story = former.story) = (select count(*) "
        "from former_second_encounter as coded where coded.story = former.story and coded.coder = former.coder) "
        f"and ({SAME_PROMISES} or (former.story, former.coder) not in "
        "(select (coded.story, coded.coder) from former_second_promise as coded))",
    ),
    TableCopy("second_encounter", ("story", "coder", "step"), OF_CODING),
    TableCopy("second_driver", ("story", "coder", "step", "driver"), OF_CODING),
    TableCopy("second_promise", ("story", "coder", "promise"), OF_CODING),
    TableCopy("second_sign", ("story", "coder", "sign"), OF_CODING),
    TableCopy("reply", ("story", "reply"), "former.story in (select story from story)"),
    TableCopy(
        "annotation",
        ("annotation",),
        f"former.company is null or {COMPANY_STAYS}",
        {"company": PRESENT_COMPANY},
    ),
    TableCopy(
        "history",
        ("story", "company", "field"),
        "(former.story is null or former.story in (select story from story)) "
        f"and (former.company is null or {COMPANY_STAYS})",
        {"company": PRESENT_COMPANY},
    ),
)


def select_rows(connection: Connection, copy: TableCopy) -> str:
    """Return SQL of the rows to copy, in the columns of this version."""
    columns = ", ".join(
        f"{copy.instead.get(column.name, f'former.{column.name}')} as {column.name}"
        for column in list_columns(connection)[copy.table]
    )
    return f"select {columns} from former_{copy.table} as former where {copy.rows}"
