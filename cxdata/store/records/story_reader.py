"""Records of the database as the records of story files."""

from collections.abc import Iterator
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.errors import NotFound
from cxdata.store.connection import new_cursor
from cxdata.store.engine import Connection
from cxdata.store.sql import dict_rows
from cxdata.stories import CodedStory, Story
from cxdata.stories.records import Company, Source
from cxdata.text.suggestions import format_choices

COMPUTED = {"happened_from", "happened_to", "fingerprint", "batch"}  # columns that a story file does not have
Row = dict[str, Any]


def read_story(connection: Connection, story_id: str) -> Story:
    """Read a story, whatever its status. Raises NotFound for an unknown id.

    It equals the imported story, except for the case and order of the company's aliases, and for a locator of effort
    that repeats the locator of its encounter.
    """
    cursor = new_cursor(connection)
    found = _rows(cursor, "select * from story where story = $story", story=story_id)
    if not found:
        known = list_story_ids(connection)
        raise NotFound(f"story {format_choices(story_id, known, 'the database')}")
    content = {key: value for key, value in found[0].items() if key not in COMPUTED}
    content |= {"company": _companies(cursor, content["company"])[0], "source": _sources(cursor, content["source"])[0]}
    content["encounters"] = _encounters(cursor, story_id)
    # only rowid keeps the order of insertion
    content["promises"] = _of_story(cursor, "promise", "promise", story_id, drop={"promise"})
    content["signs"] = _of_story(cursor, "sign", "rowid", story_id)
    return Story.model_validate(content, context={"codebook": load_codebook()})


def read_account(connection: Connection, story_id: str) -> str | None:
    """Read the customer's own words, whatever the story's status; None if the import had none."""
    found = _rows(new_cursor(connection), "select words from account where story = $story", story=story_id)
    return str(found[0]["words"]) if found else None


def list_story_ids(connection: Connection) -> list[str]:
    """List the ids of all stories, whatever their status."""
    return [row["story"] for row in _rows(new_cursor(connection), "select story from story order by story")]


def read_companies(connection: Connection) -> list[Company]:
    """Read all companies by name, with their aliases in lower case."""
    return [Company.model_validate(row) for row in _companies(new_cursor(connection))]


def read_sources(connection: Connection) -> list[Source]:
    """Read all sources by id."""
    return [Source.model_validate(row) for row in _sources(new_cursor(connection))]


def _encounters(cursor: Connection, story: str) -> list[Row]:
    encounters = _of_story(cursor, "encounter", "step", story)
    emotions = _of_story(cursor, "emotion", "rowid", story)
    events = _of_story(cursor, "effort_event", "step, event", story, drop={"event"})
    for encounter in encounters:
        step = encounter.pop("step")
        encounter["emotions"] = [row["emotion"] for row in emotions if row["step"] == step]
        encounter["effort"] = [
            {key: None if key == "locator" and value == encounter["locator"] else value for key, value in row.items()}
            for row in ({key: row[key] for key in row if key != "step"} for row in events if row["step"] == step)
        ]
    return encounters


def _of_story(
    cursor: Connection, table: str, order: str, story: str, drop: frozenset[str] | set[str] = frozenset()
) -> list[Row]:
    rows = _rows(cursor, f"select * from {table} where story = $story order by {order}", story=story)
    return [{key: value for key, value in row.items() if key not in {"story", *drop}} for row in rows]


def _companies(cursor: Connection, name: str | None = None) -> list[Row]:
    return _rows(
        cursor,
        """
        select
            company.company as name,
            company.sector,
            company.country,
            list_sort(coalesce(
                list(company_alias.alias) filter (where company_alias.alias != lower(company.company)), []
            )) as aliases
        from company
        left join company_alias on company.company = company_alias.company
        where $name is null or company.company = $name
        group by company.company, company.sector, company.country
        order by company.company
        """,
        name=name,
    )


def _sources(cursor: Connection, source: str | None = None) -> list[Row]:
    return _rows(
        cursor,
        """
        select source as id, title, author, publication, published, url, kind
        from source
        where $source is null or source = $source
        order by source
        """,
        source=source,
    )


def _rows(cursor: Connection, sql: str, **values: Any) -> list[Row]:
    return dict_rows(cursor.execute(sql, values))


CODING = """
select
    story.story,
    story.coder,
    count(*) as encounters,
    (select count(*) from promise where promise.story = story.story) as promises
from story
inner join encounter on story.story = encounter.story
group by story.story, story.coder
"""


def read_coded_stories(connection: Connection) -> Iterator[CodedStory]:
    """Yield what second codings refer to of every story; the query runs at the first one."""
    for row in connection.execute(CODING).fetchall():
        yield CodedStory(*row)
