"""What is there while an import is under way: seen by its own connection, and by nobody else yet."""

from collections.abc import Iterator

import duckdb

from cxdata.store.records.spellings import alike
from cxdata.stories import Coded
from cxdata.text.suggestions import almost

FEW = 50  # new companies, so few that each can be held to all others letter by letter
CODED = """
select
    story.story,
    story.coder,
    count(*) as encounters
from story
inner join encounter on story.story = encounter.story
group by story.story, story.coder
"""


def coded_stories(connection: duckdb.DuckDBPyConnection) -> Iterator[Coded]:
    """Every story with its coder and number of encounters; asked only if somebody looks."""
    for story, coder, encounters in connection.execute(CODED).fetchall():
        yield Coded(story, coder, encounters)


def count_of(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """How many rows there are."""
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])


def companies(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of all companies."""
    return {name for (name,) in connection.execute("select company from company").fetchall()}


def near(connection: duckdb.DuckDBPyConnection, new: set[str]) -> Iterator[str]:
    """New companies that may be others by another spelling: said, and never merged by themselves."""
    pairs = {(pair.company, pair.into) for pair in alike(connection) if pair.company in new or pair.into in new}
    if len(new) <= FEW:
        known = companies(connection) - new
        pairs |= {(company, near) for company in sorted(new) if (near := almost(company, known))}
    for company, into in sorted(pairs):
        yield f"{company!r} and {into!r} may be one company; if they are: merge {company!r} into {into!r}"
