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
    hashed = "keyed" if keyed else "plain"
    connection.execute(
        f"update {prefix}story as filled set fingerprint = found.{hashed} from ({fingerprints(prefix)}) as found "
        "where filled.story = found.story"
    )


def fingerprints(prefix: str = "") -> str:
    """SQL of every story's fingerprint: `plain`, and `keyed` where an id alone tells stories apart."""
    parts, joins = [_cells("story", OF_STORY)], []
    for table, columns in TOLD.items():
        # the order of rows is in their step; xor needs no sorting, and 64 bits are enough beside the rest
        joins.append(
            f"left join (select story, bit_xor(md5_number_lower({_cells('told', columns)})) as told "
            f"from {prefix}{table} as told group by story) as {table}_told on story.story = {table}_told.story"
        )
        parts.append(f"coalesce({table}_told.told::varchar, '')")
    plain, keyed = (
        f"md5(concat_ws(chr(30), {', '.join(each)}))" for each in (parts, [parts[0], "story.story", *parts[1:]])
    )
    return f"select story.story, {plain} as plain, {keyed} as keyed from {prefix}story as story {' '.join(joins)}"


def _cells(table: str, columns: tuple[str, ...]) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({table}.{column}::varchar, '')" for column in columns) + ")"
