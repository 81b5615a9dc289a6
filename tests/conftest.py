"""Fixtures of every test: the codebook, the shipped library, and databases of it in memory and in files."""

import os
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

from cxdata.codebook.codes import Codebook, read_codebook
from cxdata.questions.ask import ask_rows
from cxdata.store import build_database, create_schema
from cxdata.stories import Library, Story, read_library
from tests.fixtures.databases import GOOD, Write
from tests.fixtures.large_databases import Stock, complaints, make_large
from tests.fixtures.legacy_databases import copied, live_in

# CI takes the same examples every time, so that a failure comes from the change and not from the draw.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


TESTS = Path(__file__).parent
SLOW = (
    "integration/",
    *(f"architecture/test_{seam}_seam.py" for seam in ("chart", "engine", "page", "reader", "step")),
    "unit/export/follow/",
    "unit/export/origin/test_verification.py",
    "unit/export/pack/",
    "unit/export/test_formats.py",
    "unit/export/test_view_options.py",
    "unit/export/test_web_files.py",
    "unit/http/test_render_queue.py",
)
"""Files whose every test is slow, by the beginning of their path: those that build databases, files or servers."""
SAMPLED = ("unit/charts/", "unit/export/", "unit/ingest/", "unit/publish/", "unit/statistics/", "unit/store/")
"""Files whose tests have many cases: the fast run takes the first case of each test, and the others are slow."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `-m "not browser and not slow"` leaves out."""
    sampled = set()
    for item in items:
        path = item.path.relative_to(TESTS).as_posix()
        test = (path, getattr(item, "originalname", item.name))
        if path.startswith("browser/"):
            item.add_marker("browser")
        if path.startswith(SLOW) or (path.startswith(SAMPLED) and test in sampled):
            item.add_marker("slow")
        sampled.add(test)


def pytest_xdist_auto_num_workers() -> int:
    """Start a worker more than there are cores: browser tests and servers wait a fifth of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-golden", action="store_true", help="replace the golden charts by what the code draws")


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return read_codebook()


@pytest.fixture(scope="session")
def library(codebook: Codebook) -> Library:
    return read_library(codebook)


@pytest.fixture(scope="session")
def database(library: Library, codebook: Codebook) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of the shipped stories, shared: a test that writes makes its own.

    Hundreds of tests publish the same charts of it, so each question is answered once.
    """
    with duckdb.connect() as connection, pytest.MonkeyPatch.context() as patched:
        create_schema(connection, library, codebook)
        patched.setattr("cxdata.publish.charts.ask_rows", keep_answers(connection))
        yield connection


def keep_answers(shared: duckdb.DuckDBPyConnection) -> Callable[..., list[dict[str, Any]]]:
    """Return `ask_rows` with a memory for one database; every caller gets rows of its own."""
    kept: dict[str, list[dict[str, Any]]] = {}

    def ask(
        connection: duckdb.DuckDBPyConnection, question: str, choices: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        if connection is not shared:
            return ask_rows(connection, question, choices)
        key = f"{question} {sorted((choices or {}).items())}"
        if key not in kept:
            kept[key] = ask_rows(connection, question, choices)
        return deepcopy(kept[key])

    return ask


@pytest.fixture(scope="session")
def database_of(codebook: Codebook) -> Callable[..., duckdb.DuckDBPyConnection]:
    """Make a database of these stories, in memory or in the file `path`."""

    def make(*stories: Story, path: str = ":memory:") -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(path)
        create_schema(connection, Library(stories), codebook)
        return connection

    return make


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of the shipped stories, shared: a test that changes it takes `base`."""
    path = tmp_path_factory.mktemp("built") / "stories.duckdb"
    build_database(path)
    return path


@pytest.fixture
def base(built: Path, tmp_path: Path) -> Path:
    """A database file of the shipped stories that a test may change."""
    path = tmp_path / "database" / "stories.duckdb"
    path.parent.mkdir()
    path.write_bytes(built.read_bytes())
    return path


@pytest.fixture(scope="session")
def lived_in(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """A database with imports and edits, and the imported files by batch; shared."""
    folder = tmp_path_factory.mktemp("lived-in")
    path = copied(built, folder / "database")
    return path, live_in(path, folder)


@pytest.fixture
def lived(lived_in: tuple[Path, dict[str, Path]], tmp_path: Path) -> Path:
    """A database with imports and edits that a test may change."""
    return copied(lived_in[0], tmp_path / "database")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a copy of the good story file under a name, with changes."""

    def make(name: str, *changes: tuple[str, str]) -> Path:
        text = GOOD.replace('story = "good-story"', f'story = "{name}"')
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / f"{name}.toml"
        path.write_text(text, "utf-8")
        return path

    return make


STOCKS = {"complaints": complaints(3_000, 400), "tales": Stock(4_000, 50, encounters=3, events=4)}


@pytest.fixture(scope="module", params=STOCKS)
def stock(request: pytest.FixtureRequest) -> Stock:
    """The contents of a large database: complaints of many companies, or whole stories."""
    return STOCKS[request.param]


@pytest.fixture(scope="module")
def many(stock: Stock, codebook: Codebook, library: Library) -> duckdb.DuckDBPyConnection:
    """A large database of this stock and the shipped stories."""
    return make_large(stock, codebook, library=library)
