"""The fingerprint of a story: a hash of what is told and coded, whatever the story is called and whoever read it."""

import duckdb

TOLD = {
    "encounter": ("step", "job", "touchpoint", "stage", "short", "summary", "feeling", "started_by", "demand"),
    "effort_event": ("step", "driver", "times", "minutes", "evidence"),
    "promise": ("claim", "kept", "evidence"),
    "account": ("words",),
}
OF_STORY = ("job", "title", "summary", "happened_on", "outcome")


def fill_fingerprints(connection: duckdb.DuckDBPyConnection, prefix: str = "", keyed: bool = False) -> None:
    """Fill story.fingerprint of the tables with this prefix; `keyed` says that an id alone tells stories apart.

    The company stays out of it: it may be called otherwise tomorrow.
    """
    parts, joins = [_cells("story", OF_STORY)], []
    if keyed:
        parts.append("story.story")
    for table, columns in TOLD.items():
        # the order of rows is in their step; xor needs no sorting, and 64 bits are enough beside the rest
        joins.append(
            f"left join (select story, bit_xor(md5_number_lower({_cells('told', columns)})) as told "
            f"from {prefix}{table} as told group by story) as {table}_told on story.story = {table}_told.story"
        )
        parts.append(f"coalesce({table}_told.told::varchar, '')")
    connection.execute(
        f"update {prefix}story as filled set fingerprint = found.hash from (select story.story, "
        f"md5(concat_ws(chr(30), {', '.join(parts)})) as hash from {prefix}story as story {' '.join(joins)}) as found "
        "where filled.story = found.story"
    )


def _cells(table: str, columns: tuple[str, ...]) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({table}.{column}::varchar, '')" for column in columns) + ")"
