"""What the pages ask of the database, kept in memory: the records change only when the file is built anew."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Event
from typing import Any, TypeVar, cast

import duckdb
import streamlit as st

from cxdata.errors import CxdataError
from cxdata.export.tables import is_all_public
from cxdata.publish.charts import Published, library_of, publish
from cxdata.questions.ask import Value, ask_rows
from cxdata.settings import database_path
from cxdata.store import data_version, open_database

Choices = tuple[tuple[str, Value], ...]
Built = TypeVar("Built")


BEGUN = Event()  # set once this process has opened the database: from then on its version is that of the file


def database() -> duckdb.DuckDBPyConnection:
    """The one connection of this process; every question takes a cursor of it.

    An import puts another file in the place of the database: it is opened then, and what was kept is forgotten.
    """
    return _opened(_standing())


def _standing() -> tuple[int, int]:
    """What changes with the file: where it lies on the disk, and when it was written. One question of the system."""
    try:
        told = database_path().stat()
    except OSError:
        return (0, 0)  # it will be built
    return (told.st_ino, told.st_mtime_ns)


@lru_cache(maxsize=1)
def _opened(_: tuple[int, int]) -> duckdb.DuckDBPyConnection:
    for kept in (_rows, _published, _built):
        kept.cache_clear()
    connection = open_database(may_renew=not BEGUN.is_set())
    BEGUN.set()
    return connection


def rows(question: str, **choices: Value) -> tuple[dict[str, Any], ...]:
    """The answer to a question, one dict a row. Shared between readers: not to be changed."""
    database()  # a changed file makes all that is kept forgotten
    return _rows(question, _frozen(choices))


def published(chart: str, **choices: Value) -> Published:
    """The published chart in the reader's light or dark. Shared between readers: not to be changed."""
    database()
    return _published(chart, _frozen(choices), look())


@contextmanager
def prepared(charts: Iterable[tuple[str, Mapping[str, Value]]]) -> Iterator[None]:
    """Have several published charts made beside what is done within it; they are there when it ends."""
    shade = look()
    with ThreadPoolExecutor() as workers:
        for chart, choices in charts:
            workers.submit(_prepared, chart, _frozen(dict(choices)), shade)
        yield


def _prepared(chart: str, choices: Choices, look: str) -> None:
    with suppress(CxdataError):  # whoever shows the chart meets the error, and says it
        _published(chart, choices, look)


def version() -> str:
    """The version of the records that the pages show."""
    return _version(database())


@lru_cache(maxsize=1)
def _version(connection: duckdb.DuckDBPyConnection) -> str:
    return data_version(connection)


def may_give_all() -> bool:
    """Whether the database holds nothing but what is published."""
    return _may_give_all(database())


@lru_cache(maxsize=1)
def _may_give_all(connection: duckdb.DuckDBPyConnection) -> bool:
    return is_all_public(connection)


@lru_cache(maxsize=2048)
def _rows(question: str, choices: Choices) -> tuple[dict[str, Any], ...]:
    return tuple(ask_rows(database(), question, dict(choices)))


@lru_cache(maxsize=512)
def _published(chart: str, choices: Choices, look: str) -> Published:
    library = rows("library", **library_of(dict(choices)))[0]
    return publish(database(), chart, dict(choices), look, library=library)


def built(make: Callable[..., Built], *arguments: Hashable, **choices: Value) -> Built:
    """What `make` builds of the records, such as HTML: built once, so that a rerun sends what is there. Shared between
    readers: not to be changed.
    """
    database()  # a changed file makes all that is kept forgotten
    return cast("Built", _built(make, arguments, _frozen(choices)))


@lru_cache(maxsize=512)
def _built(make: Callable[..., object], arguments: tuple[Hashable, ...], choices: Choices) -> object:
    return make(*arguments, **dict(choices))


def look() -> str:
    """Light or dark, as the reader has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _frozen(choices: dict[str, Value]) -> Choices:
    return tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(choices.items())
        if value is not None and value not in ([], ())
    )
