"""One name of a company for another: everything that is kept by the name follows, and both lead to it."""

import duckdb

# published scores of the old name, of a survey that has scored the new one too
SCORED_TWICE = (
    "company = $old and (measure, period) in "
    "(select (score.measure, score.period) from published_score as score where score.company = $new)"
)


def reassign_company(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    """Have stories, spellings, published scores and what was changed before go from one company name to another.

    Of two scores of one survey (SCORED_TWICE) the one that the new name had is kept.
    """
    names = {"old": old, "new": new}
    for table in ("company_alias", "story", "history"):
        connection.execute(f"update {table} set company = $new where company = $old", names)
    connection.execute(
        "insert into company_alias by name select lower(unnest([$old, $new])) as alias, $new as company "
        "on conflict do nothing",
        names,
    )
    reassign_scores(connection, old, new)


def reassign_scores(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    """Have the published scores of one company name go to another, as `follow` says."""
    names = {"old": old, "new": new}
    connection.execute(f"delete from published_score where {SCORED_TWICE}", names)
    connection.execute("update published_score set company = $new where company = $old", names)
