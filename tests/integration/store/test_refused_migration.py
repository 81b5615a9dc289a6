"""Migration of incompatible data: the error names it, and the file stays unchanged."""

from pathlib import Path

import pytest

from cxdata.errors import DatabaseError
from cxdata.store.file_swap import DRAFT
from tests.fixtures.databases import open_database
from tests.fixtures.legacy_databases import age, leftovers, records

# incompatible changes of the old file, and the message of each
REFUSED = {
    "a code that is gone": (
        "update effort_event set driver = 'zeal' where story = 'good-story'",
        "'effort_event', 'good-story step 2', 'driver', 'zeal'",
    ),
    "a value that a rule refuses": (
        "create table looser as from encounter; drop table encounter; alter table looser rename to encounter; "
        "update encounter set feeling = 9 where story = 'told-one'",
        "encounter told-one 1: breaks the rule ",
    ),
    "a column that has to be told": (
        "alter table effort_event drop column evidence",
        "effort_event good-story 2 1: has no evidence",
    ),
    "words where a number is": (
        "create table looser as select * replace (feeling::varchar as feeling) from encounter; drop table encounter; "
        "alter table looser rename to encounter; update encounter set feeling = 'glad' where story = 'told-one'",
        "encounter told-one 1: glad in feeling is not of the type tinyint",
    ),
    "a story that is there twice": (
        "insert into story from story where story = 'told-one'",
        "uniqueness: ('story', 'told-one', 2)",
    ),
    "a column of a newer version": (
        "alter table story add column weather varchar; update story set weather = 'rain' where story = 'told-one'",
        "story.weather: 1 values, and this version does not know what they are",
    ),
    "a table of a newer version": (
        "create table visit as select 'told-one' as story, 3 as visits",
        "visit.visits: 1 values, and this version does not know what they are",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_migration_names_incompatible_data_and_changes_nothing(lived: Path, name: str) -> None:
    change, words = REFUSED[name]
    age(lived, change)
    before = lived.read_bytes()
    with pytest.raises(DatabaseError) as refused:
        open_database(lived)
    assert words in str(refused.value)
    assert f"{lived} was written by another version of this program" in str(refused.value)
    assert lived.read_bytes() == before
    assert leftovers(lived) == []
    assert not list(lived.parent.glob(f"{DRAFT}*"))


def test_empty_unknown_columns_and_tables_are_ignored(lived: Path) -> None:
    before = records(lived)
    age(lived, "alter table story add column weather varchar", "create table visit (story varchar)")
    open_database(lived).close()
    assert records(lived) == before
