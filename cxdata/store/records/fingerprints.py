"""Fingerprints: stories with the same content, whatever their ids, coders and reviewers.

The fingerprint of a story is a stored hash of its own columns, which is cheap. Stories with equal fingerprints are
compared in full, with all steps and words. To hash every word of a million stories would take longer than their
import, and almost none of them is a duplicate.
"""

from collections.abc import Mapping

from cxdata.store.engine import Connection

OF_STORY = ("job", "title", "summary", "happened_on", "outcome")
COMPARED = {
    "encounter": ("step", "job", "touchpoint", "stage", "short", "summary", "feeling", "started_by", "demand"),
    "effort_event": ("step", "driver", "times", "minutes", "evidence"),
    "promise": ("claim", "kept", "evidence"),
    "account": ("words",),
}
# codes that may differ between two stories of the same id and content
OTHER_CODES = {"story": ("loyalty", "verdict", "ces"), "emotion": ("step", "emotion")}


def fill_fingerprints(connection: Connection, prefix: str = "", keyed: bool = False) -> None:
    """Fill story.fingerprint of the tables with this prefix; with `keyed` the id is part of it.

    The company is not: people may rename it.
    """
    connection.execute(f"update {prefix}story as told set fingerprint = {fingerprint_sql('told', keyed)}")


def fingerprint_sql(story: str, keyed: bool) -> str:
    """Write the SQL of the fingerprint of a row; `story` is the name of the table in the query."""
    return f"md5({_cells(story, (*OF_STORY, 'story') if keyed else OF_STORY)})"


def find_duplicates(connection: Connection, prefix: str) -> None:
    """Find the stories of the tables with this prefix that have the content of another story of the same company.

    Creates the table `duplicate` of (story, other, is_there); `is_there` means that `other` is in the records, not in
    the tables with the prefix.
    """
    connection.execute(
        f"""
        create or replace temp table duplicate as
        select new.story, story.story as other, true as is_there
        from {prefix}story as new inner join story using (fingerprint, company)
        union all
        select story, other, false from (
            select story, min(story) over (partition by fingerprint, company) as other from {prefix}story
        ) where story <> other
        """
    )
    if not connection.execute("select 1 from duplicate limit 1").fetchone():
        return
    wanted = {
        "of_staged": (prefix, "select story from duplicate union select other from duplicate where not is_there"),
        "of_records": ("", "select other from duplicate where is_there"),
    }
    for name, (of, stories) in wanted.items():
        connection.execute(f"create or replace temp table {name} as {content_hash(of, stories)}")
    connection.execute(
        """
        delete from duplicate
        where (select digest from of_staged where of_staged.story = duplicate.story) is distinct from
            case when is_there then (select digest from of_records where of_records.story = other)
            else (select digest from of_staged where of_staged.story = other) end
        """
    )


def content_hash(prefix: str, stories: str, columns_of: Mapping[str, tuple[str, ...]] = COMPARED) -> str:
    """Write SQL of (story, digest): a hash of the rows of these stories in other tables."""
    hashes = " union all ".join(
        # rows hold their step, so that a sum needs no sorting
        f"select story, '{table}' as part, sum(md5_number_lower({_cells('told', columns)})) as digest "
        f"from {prefix}{table} as told where story in (select story from chosen) group by story"
        for table, columns in columns_of.items()
    )
    return (
        f"with chosen(story) as materialized ({stories}) select chosen.story, "
        f"string_agg(part || ' ' || digest, ', ' order by part) as digest "
        f"from chosen left join ({hashes}) as hashed on chosen.story = hashed.story group by chosen.story"
    )


def _cells(table: str, columns: tuple[str, ...]) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({table}.{column}::varchar, '')" for column in columns) + ")"
