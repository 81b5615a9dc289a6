"""The check of references finds every broken reference and every duplicate row."""

from collections.abc import Iterator

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.errors import DatabaseError
from cxdata.store import create_schema
from cxdata.store.build import check_references
from cxdata.stories import Library

STORY = "where story = 'ao-laptop'"
LESSON = "where lesson = 'for-the-sake-of'"


@pytest.fixture(scope="module")
def whole(library: Library, codebook: Codebook) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_schema(connection, library, codebook)
        yield connection


def test_shipped_records_have_valid_references(whole: duckdb.DuckDBPyConnection) -> None:
    check_references(whole)


@pytest.mark.parametrize(
    ("change", "stray"),
    [
        (f"update story set company = 'Nobody' {STORY}", "'story', 'ao-laptop', 'company', 'Nobody'"),
        (f"update story set source = 'nothing' {STORY}", "'story', 'ao-laptop', 'source', 'nothing'"),
        (f"update story set batch = 'none' {STORY}", "'story', 'ao-laptop', 'batch', 'none'"),
        (f"update story set job = 'nap' {STORY}", "'story', 'ao-laptop', 'job', 'nap'"),
        (f"update story set outcome = 'rain' {STORY}", "'story', 'ao-laptop', 'outcome', 'rain'"),
        (f"update story set loyalty = 'fierce' {STORY}", "'story', 'ao-laptop', 'loyalty', 'fierce'"),
        (f"update encounter set touchpoint = 'fone' {STORY}", "'encounter', 'ao-laptop step 1', 'touchpoint', 'fone'"),
        (f"update encounter set stage = 'here' {STORY}", "'encounter', 'ao-laptop step 1', 'stage', 'here'"),
        (f"update encounter set job = 'nap' {STORY}", "'encounter', 'ao-laptop step 1', 'job', 'nap'"),
        (f"update emotion set emotion = 'hangry' {STORY} and step = 4", "'ao-laptop step 4', 'emotion', 'hangry'"),
        (f"update effort_event set driver = 'zeal' {STORY}", "'effort_event', 'ao-laptop step 3', 'driver', 'zeal'"),
        (f"update sign set sign = 'x' {STORY} and sign = 'easy_to_reach'", "'sign', 'ao-laptop sign x', 'sign', 'x'"),
        (f"update lesson set source = 'nothing' {LESSON}", "'lesson', 'for-the-sake-of', 'source', 'nothing'"),
        (f"update lesson set batch = 'none' {LESSON}", "'lesson', 'for-the-sake-of', 'batch', 'none'"),
        (f"delete from lesson {LESSON}", "'lesson_story', 'for-the-sake-of', 'lesson', 'for-the-sake-of'"),
        (
            "update lesson_point set lesson = 'none' where company = 'Zappos' and point = 1 and shows is null",
            "'lesson_point', 'none', 'lesson', 'none'",
        ),
        (f"delete from story {STORY}", "'encounter', 'ao-laptop step 1', 'story', 'ao-laptop'"),
        (f"delete from story {STORY}", "'promise', 'ao-laptop promise 1', 'story', 'ao-laptop'"),
        (f"delete from story {STORY}", "'sign', 'ao-laptop sign easy_to_reach', 'story', 'ao-laptop'"),
        (f"delete from story {STORY}", "'lesson_story', 'for-the-sake-of', 'story', 'ao-laptop'"),
        (f"delete from encounter {STORY}", "'emotion', 'ao-laptop step 3', 'encounter', '3'"),
        (f"delete from encounter {STORY}", "'effort_event', 'ao-laptop step 3', 'encounter', '3'"),
        ("insert into account values ('gone', 'Words.')", "'account', 'gone', 'story', 'gone'"),
        (
            "insert into reply values ('gone', 2, '2026-01-01', 'A', 'W', null, 'B', now()::timestamp)",
            "'reply', 'gone reply 2', 'story', 'gone'",
        ),
        (
            "insert into history values ('gone', null, 'status', 'a', 'b', 'B', now()::timestamp)",
            "'history', 'gone field status', 'story', 'gone'",
        ),
        (
            "insert into annotation values (1, 'Nobody', '2026-01-01', 'W', 'B', now()::timestamp)",
            "'annotation', 'annotation 1', 'company', 'Nobody'",
        ),
        ("delete from company where company = 'AO.com'", "'company_alias', 'ao', 'company', 'AO.com'"),
    ],
)
def test_check_finds_a_broken_reference(change: str, stray: str, whole: duckdb.DuckDBPyConnection) -> None:
    whole.execute("begin")
    try:
        whole.execute(change)
        with pytest.raises(DatabaseError) as caught:
            check_references(whole)
    finally:
        whole.execute("rollback")
    assert stray in str(caught.value)


@pytest.mark.parametrize(
    ("table", "row", "twice"),
    [
        ("story", STORY, "'story', 'ao-laptop', 2"),
        ("encounter", f"{STORY} and step = 1", "'encounter', 'ao-laptop step 1', 2"),
        ("emotion", f"{STORY} and step = 4 limit 1", "'emotion', 'ao-laptop step 4 emotion "),
        ("effort_event", f"{STORY} and step = 3 limit 1", "'effort_event', 'ao-laptop step 3 event 1', 2"),
        ("promise", f"{STORY} and promise = 1", "'promise', 'ao-laptop promise 1', 2"),
        ("sign", f"{STORY} and sign = 'easy_to_reach'", "'sign', 'ao-laptop sign easy_to_reach', 2"),
    ],
)
def test_check_finds_a_duplicate_row(table: str, row: str, twice: str, whole: duckdb.DuckDBPyConnection) -> None:
    whole.execute("begin")
    try:
        whole.execute(f"insert into {table} select * from {table} {row}")
        with pytest.raises(DatabaseError) as caught:
            check_references(whole)
    finally:
        whole.execute("rollback")
    assert f"uniqueness: ({twice}" in str(caught.value)
