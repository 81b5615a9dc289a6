"""Which stories tell the same, whatever they are called and whoever coded or read them.

The fingerprint of a story is a hash of what it says of itself: cheap, and kept. Stories that share one are compared in
full, with all of their steps and words: a hash of every word of a million stories would take longer than to bring them
in, and next to none of them is there twice.
"""

from collections.abc import Mapping

from cxdata.store.engine import Connection

OF_STORY = ("job", "title", "summary", "happened_on", "outcome")
TOLD = {
    "encounter": ("step", "job", "touchpoint", "stage", "short", "summary", "feeling", "started_by", "demand"),
    "effort_event": ("step", "driver", "times", "minutes", "evidence"),
    "promise": ("claim", "kept", "evidence"),
    "account": ("words",),
}
# what a story of the same id may be coded as otherwise, though it tells the same
CODED = {"story": ("loyalty", "verdict", "ces"), "emotion": ("step", "emotion")}


def fill_fingerprints(connection: Connection, prefix: str = "", keyed: bool = False) -> None:
    """Fill story.fingerprint of the tables with this prefix; `keyed` says that an id alone tells stories apart.

    The company stays out of it: it may be called otherwise tomorrow.
    """
    connection.execute(f"update {prefix}story as told set fingerprint = {fingerprint_sql('told', keyed)}")


def fingerprint_sql(story: str, keyed: bool) -> str:
    """SQL of the fingerprint of a row of the table that goes by this name."""
    return f"md5({_cells(story, (*OF_STORY, 'story') if keyed else OF_STORY)})"


def find_duplicates(connection: Connection, prefix: str) -> None:
    """Find in which stories of the tables with this prefix all is told that another tells of the same company, there or
    in the records: `alike`, a table of (story, other, is_there), each pair of the former once.
    """
    connection.execute(
        f"""
        create or replace temp table alike as
        select new.story, story.story as other, true as is_there
        from {prefix}story as new inner join story using (fingerprint, company)
        union all
        select story, other, false from (
            select story, min(story) over (partition by fingerprint, company) as other from {prefix}story
        ) where story <> other
        """
    )
    if not connection.execute("select 1 from alike limit 1").fetchone():
        return
    wanted = {
        "of_staged": (prefix, "select story from alike union select other from alike where not is_there"),
        "of_records": ("", "select other from alike where is_there"),
    }
    for name, (of, stories) in wanted.items():
        connection.execute(f"create or replace temp table {name} as {content_hash(of, stories)}")
    connection.execute(
        """
        delete from alike where (select told from of_staged where of_staged.story = alike.story) is distinct from
            case when is_there then (select told from of_records where of_records.story = other)
            else (select told from of_staged where of_staged.story = other) end
        """
    )


def content_hash(prefix: str, stories: str, told: Mapping[str, tuple[str, ...]] = TOLD) -> str:
    """SQL of (story, told): a hash of all that these stories tell beside what they say of themselves."""
    hashes = " union all ".join(
        # the order of rows is in their step; a sum needs no sorting
        f"select story, '{table}' as part, sum(md5_number_lower({_cells('told', columns)})) as told "
        f"from {prefix}{table} as told where story in (select story from chosen) group by story"
        for table, columns in told.items()
    )
    return (
        f"with chosen(story) as materialized ({stories}) select chosen.story, "
        f"string_agg(part || ' ' || told, ', ' order by part) as told "
        f"from chosen left join ({hashes}) as hashed on chosen.story = hashed.story group by chosen.story"
    )


def _cells(table: str, columns: tuple[str, ...]) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({table}.{column}::varchar, '')" for column in columns) + ")"
