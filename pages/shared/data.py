"""What the pages ask of the database, kept in memory: the records change only when the file is built anew."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from typing import Any

import duckdb
import streamlit as st

from cxdata.database import ask_rows, data_version, open_database
from cxdata.database.ask import Value
from cxdata.errors import CxdataError
from cxdata.export.tables import is_all_public
from cxdata.publish import Published, library_of, publish

Choices = tuple[tuple[str, Value], ...]


@cache
def database() -> duckdb.DuckDBPyConnection:
    """The one connection of this process; every question takes a cursor of it."""
    return open_database()


def rows(question: str, **choices: Value) -> tuple[dict[str, Any], ...]:
    """The answer to a question, one dict a row. Shared between readers: not to be changed."""
    return _rows(question, _frozen(choices))


def published(chart: str, **choices: Value) -> Published:
    """The published chart in the reader's light or dark. Shared between readers: not to be changed."""
    return _published(chart, _frozen(choices), _look())


@contextmanager
def prepared(charts: Iterable[tuple[str, Mapping[str, Value]]]) -> Iterator[None]:
    """Have several published charts made beside what is done within it; they are there when it ends."""
    look = _look()
    with ThreadPoolExecutor() as workers:
        for chart, choices in charts:
            workers.submit(_prepared, chart, _frozen(dict(choices)), look)
        yield


def _prepared(chart: str, choices: Choices, look: str) -> None:
    with suppress(CxdataError):  # whoever shows the chart meets the error, and says it
        _published(chart, choices, look)


@cache
def version() -> str:
    """The version of the records that the pages show."""
    return data_version(database())


@cache
def may_give_all() -> bool:
    """Whether the database holds nothing but what is published."""
    return is_all_public(database())


@lru_cache(maxsize=2048)
def _rows(question: str, choices: Choices) -> tuple[dict[str, Any], ...]:
    return tuple(ask_rows(database(), question, dict(choices)))


@lru_cache(maxsize=512)
def _published(chart: str, choices: Choices, look: str) -> Published:
    library = rows("library", **library_of(dict(choices)))[0]
    return publish(database(), chart, dict(choices), look, library=library)


@lru_cache(maxsize=512)
def built(make: Callable[..., str], *arguments: Hashable) -> str:
    """HTML that `make` builds of the records: built once, so that a rerun sends what is there."""
    return make(*arguments)


def _look() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def _frozen(choices: dict[str, Value]) -> Choices:
    return tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(choices.items())
        if value is not None and value not in ([], ())
    )
