"""What is there while an import is under way: seen by its own connection, and by nobody else yet."""

from collections.abc import Iterator

import duckdb

from cxdata.store.records.spellings import find_similar_within
from cxdata.stories import CodedStory
from cxdata.text.suggestions import suggest_close

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


def read_coded_stories(connection: duckdb.DuckDBPyConnection) -> Iterator[CodedStory]:
    """Every story with its coder and number of encounters; asked only if somebody looks."""
    for story, coder, encounters in connection.execute(CODED).fetchall():
        yield CodedStory(story, coder, encounters)


def scalar(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """How many rows there are."""
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])


def list_companies(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of all companies."""
    return {name for (name,) in connection.execute("select company from company").fetchall()}


def suggest_merges(connection: duckdb.DuckDBPyConnection, new: set[str]) -> Iterator[str]:
    """New companies that may be others by another spelling: said, and never merged by themselves."""
    pairs = {
        (pair.company, pair.into) for pair in find_similar_within(connection) if pair.company in new or pair.into in new
    }
    if len(new) <= FEW:
        known = list_companies(connection) - new
        pairs |= {(company, near) for company in sorted(new) if (near := suggest_close(company, known))}
    for company, into in sorted(pairs):
        yield f"{company!r} and {into!r} may be one company; if they are: merge {company!r} into {into!r}"
