"""What the pages ask of the database, kept in memory: the records change only when the file is built anew."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Event
from typing import Any, TypeVar, cast

import streamlit as st

from cxdata.errors import CxdataError
from cxdata.export.tables import has_only_public
from cxdata.publish.charts import PublishedChart, library_scope, publish_chart
from cxdata.questions.ask import Value, ask_rows
from cxdata.settings import database_path
from cxdata.store import data_version, open_database
from cxdata.store.engine import Connection

Choices = tuple[tuple[str, Value], ...]
Built = TypeVar("Built")


OPENED_ONCE = Event()  # set once this process has opened the database: from then on its version is that of the file


def get_connection() -> Connection:
    """The one connection of this process; every question takes a cursor of it.

    An import puts another file in the place of the database: it is opened then, and what was kept is forgotten.
    """
    return _opened(_file_stamp())


def _file_stamp() -> tuple[int, int]:
    """What changes with the file: where it lies on the disk, and when it was written. One question of the system."""
    try:
        told = database_path().stat()
    except OSError:
        return (0, 0)  # it will be built
    return (told.st_ino, told.st_mtime_ns)


@lru_cache(maxsize=1)
def _opened(_: tuple[int, int]) -> Connection:
    for kept in (_rows, _published, _built):
        kept.cache_clear()
    connection = open_database(may_renew=not OPENED_ONCE.is_set())
    OPENED_ONCE.set()
    return connection


def rows(question: str, **choices: Value) -> tuple[dict[str, Any], ...]:
    """The answer to a question, one dict a row. Shared between readers: not to be changed."""
    get_connection()  # a changed file makes all that is kept forgotten
    return _rows(question, _frozen(choices))


def published(chart: str, **choices: Value) -> PublishedChart:
    """The published chart in the reader's light or dark. Shared between readers: not to be changed."""
    get_connection()
    return _published(chart, _frozen(choices), theme())


@contextmanager
def prefetch(charts: Iterable[tuple[str, Mapping[str, Value]]]) -> Iterator[None]:
    """Have several published charts made beside what is done within it; they are there when it ends."""
    shade = theme()
    with ThreadPoolExecutor() as workers:
        for chart, choices in charts:
            workers.submit(_prepared, chart, _frozen(dict(choices)), shade)
        yield


def _prepared(chart: str, choices: Choices, look: str) -> None:
    with suppress(CxdataError):  # whoever shows the chart meets the error, and says it
        _published(chart, choices, look)


def version() -> str:
    """The version of the records that the pages show."""
    return _version(get_connection())


@lru_cache(maxsize=1)
def _version(connection: Connection) -> str:
    return data_version(connection)


def may_download_all() -> bool:
    """Whether the database holds nothing but what is published."""
    return _may_give_all(get_connection())


@lru_cache(maxsize=1)
def _may_give_all(connection: Connection) -> bool:
    return has_only_public(connection)


@lru_cache(maxsize=2048)
def _rows(question: str, choices: Choices) -> tuple[dict[str, Any], ...]:
    return tuple(ask_rows(get_connection(), question, dict(choices)))


@lru_cache(maxsize=512)
def _published(chart: str, choices: Choices, look: str) -> PublishedChart:
    library = rows("library", **library_scope(dict(choices)))[0]
    return publish_chart(get_connection(), chart, dict(choices), look, library=library)


def cached(make: Callable[..., Built], *arguments: Hashable, **choices: Value) -> Built:
    """What `make` builds of the records, such as HTML: built once, so that a rerun sends what is there. Shared between
    readers: not to be changed.
    """
    get_connection()  # a changed file makes all that is kept forgotten
    return cast("Built", _built(make, arguments, _frozen(choices)))


@lru_cache(maxsize=512)
def _built(make: Callable[..., object], arguments: tuple[Hashable, ...], choices: Choices) -> object:
    return make(*arguments, **dict(choices))


def theme() -> str:
    """Light or dark, as the reader has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _frozen(choices: dict[str, Value]) -> Choices:
    return tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(choices.items())
        if value is not None and value not in ([], ())
    )
