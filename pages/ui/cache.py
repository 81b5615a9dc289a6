"""Answers of the database, cached in memory for all pages.

The cache belongs to one version of one database file: another version or file starts empty.
"""

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeVar, cast

import streamlit as st

from cxdata.claims.claim import Claim
from cxdata.errors import Conflict, CxdataError, DatabaseMissing, Unavailable
from cxdata.publish.charts import PublishedChart, claim_chart, publish_chart
from cxdata.questions.ask import Value, ask_rows
from cxdata.questions.rows import SharedRows
from cxdata.settings import DATABASE, Address, get_settings
from cxdata.store import Engine, data_version, open_engine
from cxdata.store.engine import Connection

Choices = tuple[tuple[str, Value], ...]
Rows = tuple[dict[str, Any], ...]
Built = TypeVar("Built")

MIGRATED: set[Address] = set()  # databases that this process has built or migrated; it does so once, when it starts


@dataclass(frozen=True)
class Memory:
    """A connection and its answers. The caches refer to this connection alone, so that both are freed together."""

    connection: Connection
    rows: Callable[[str, Choices], Rows]
    published: Callable[[str, Choices, str], PublishedChart]
    built: Callable[[Callable[..., object], tuple[Hashable, ...], Choices], object]
    files: Callable[[Callable[..., bytes], tuple[Hashable, ...]], bytes]
    version: Callable[[], str]


def get_engine() -> Engine:
    """Return the engine that keeps the database."""
    return _engine(os.environ.get(DATABASE))


def get_connection() -> Connection:
    """Return the one connection of this process; every question takes a cursor of it.

    An import replaces the database file; the next call then opens the new one.
    """
    return _memory().connection


def _rows(question: str, /, **choices: Value) -> Rows:
    return _memory().rows(question, _freeze(choices))


rows = cast(SharedRows, _rows)
"""Return the rows of a question, one dict each. Readers share them: do not change them."""


def published(chart: str, **choices: Value) -> PublishedChart:
    """Return a published chart in the reader's theme. Readers share it: do not change it."""
    return _memory().published(chart, _freeze(choices), theme())


def claimed(chart: str, **choices: Value) -> Claim:
    """Return the claim of a chart, which is not drawn for it."""
    return cached(_claim, chart, **choices)


def cached(make: Callable[..., Built], *arguments: Hashable, **choices: Value) -> Built:
    """Return what `make` builds from the records, such as HTML, built once. Readers share it: do not change it."""
    return cast("Built", _memory().built(make, arguments, _freeze(choices)))


def cached_file(make: Callable[..., bytes], *arguments: Hashable) -> bytes:
    """Return a file that `make` writes from the records, written once. Few are kept, because files are large."""
    return _memory().files(make, arguments)


@contextmanager
def prefetch(charts: Iterable[tuple[str, Mapping[str, Value]]]) -> Iterator[None]:
    """Publish several charts in threads while the body runs; all are ready at the end."""
    memory, theme_name = _memory(), theme()
    with ThreadPoolExecutor() as workers:
        for chart, choices in charts:
            workers.submit(copy_context().run, _prefetch, memory, chart, _freeze(choices), theme_name)
        yield


def version() -> str:
    """Return the version of the records that the pages show."""
    return _memory().version()


def theme() -> str:
    """Return the reader's theme, light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


@lru_cache(maxsize=1)
def _engine(_database: str | None) -> Engine:
    """Keyed by one variable: a page asks dozens of times a rerun, and to read every setting takes 30 microseconds."""
    return open_engine(get_settings())


def _memory() -> Memory:
    engine = get_engine()
    return _open(engine.address, engine.stamp())


@lru_cache(maxsize=1)
def _open(_address: Address, _stamp: Hashable) -> Memory:
    connection = _read(get_engine())
    ask = lru_cache(maxsize=2048)(partial(_ask, connection))
    return Memory(
        connection,
        ask,
        lru_cache(maxsize=512)(partial(_publish, connection, ask)),
        lru_cache(maxsize=512)(_build),
        lru_cache(maxsize=64)(_write),
        lru_cache(maxsize=1)(partial(data_version, connection)),
    )


def _read(engine: Engine) -> Connection:
    """Open the database. A process builds or migrates it once, when it starts.

    Two program versions would each undo the other's migration, and a database that is gone would be replaced by one
    with the shipped stories alone.
    """
    is_first = engine.address not in MIGRATED
    if is_first:
        engine.migrate()
    try:
        connection = engine.read()
    except DatabaseMissing:
        raise Unavailable(
            f"{engine.address} was there and is gone. Put it back, or restore a backup. Nothing is built in its place"
        ) from None
    except Conflict:
        if is_first:
            raise
        raise Conflict(f"another version of this program has migrated {engine.address}: restart this one") from None
    MIGRATED.add(engine.address)
    return connection


def _ask(connection: Connection, question: str, choices: Choices) -> Rows:
    return tuple(ask_rows(connection, question, dict(choices)))


def _publish(
    connection: Connection, ask: Callable[[str, Choices], Rows], chart: str, choices: Choices, theme_name: str
) -> PublishedChart:
    return publish_chart(
        connection, chart, dict(choices), theme_name, ask=lambda question, asked: ask(question, _freeze(asked))
    )


def _claim(chart: str, **choices: Value) -> Claim:
    return claim_chart(chart, choices, lambda question, asked: _rows(question, **asked))


def _build(make: Callable[..., object], arguments: tuple[Hashable, ...], choices: Choices) -> object:
    return make(*arguments, **dict(choices))


def _write(make: Callable[..., bytes], arguments: tuple[Hashable, ...]) -> bytes:
    return make(*arguments)


def _prefetch(memory: Memory, chart: str, choices: Choices, theme_name: str) -> None:
    with suppress(CxdataError):  # the chart shows the error when the page asks for it
        memory.published(chart, choices, theme_name)


def _freeze(choices: Mapping[str, Value]) -> Choices:
    return tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(choices.items())
        if value is not None and value not in ([], ())
    )
