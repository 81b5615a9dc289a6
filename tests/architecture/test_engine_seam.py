"""The seam of storage: the program works on another engine than the DuckDB file."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook, read_codebook
from cxdata.editing.batches import delete_batch
from cxdata.editing.stories import update_story
from cxdata.errors import DatabaseMissing, SettingsError
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.request import ImportRequest
from cxdata.questions.ask import ask, list_questions
from cxdata.settings import Address, get_settings
from cxdata.store import Engine, create_schema, data_version, open_engine
from cxdata.store.connection import open_scratch, register_functions
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Connection, FileVersion, Migrated
from cxdata.store.engines import ENGINES
from cxdata.store.records.story_reader import read_story
from cxdata.store.transaction import complete_change
from cxdata.stories import read_library
from tests.fixtures.databases import Write
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.question_parameters import needed

ADDRESS = "memory://invented"


class MemoryEngine:
    """One database in memory: a change is a transaction of DuckDB's own, the stamp counts changes."""

    def __init__(self, address: Address, folder: Path) -> None:
        self.address = address
        self._folder = folder
        self._database: Connection | None = None
        self._changes = 0

    def read(self) -> Connection:
        if self._database is None:
            raise DatabaseMissing("migrate first")
        return self._database.cursor()

    @contextmanager
    def transaction(
        self, readable: Sequence[Path] = (), timeout: float = 60, rewrite: bool = False
    ) -> Iterator[Connection]:
        connection = self.read()
        connection.execute("begin")
        try:
            yield connection
            complete_change(connection)
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
        finally:
            connection.close()
        self._changes += 1

    def scratch(self, readable: Sequence[Path] = (), settings: Mapping[str, Any] | None = None) -> Connection:
        return open_scratch(readable, settings)

    def migrate(self, rebuild: bool = False) -> Migrated | None:
        if self._database is None:
            codebook: Codebook = read_codebook()
            self._database = duckdb.connect()
            create_schema(self._database, read_library(codebook), codebook)
            register_functions(self._database)
        return None

    def version(self) -> FileVersion:
        return FileVersion(data_version(self.read()), is_current=True, has_only_shipped=not self._changes)

    def stamp(self) -> Hashable:
        return self._changes

    def public_copy(self) -> bytes:
        raise NotImplementedError

    def back_up(self, to: Path, overwrite: bool = False) -> None:
        raise NotImplementedError

    def restore(self, backup: Path) -> Path | None:
        raise NotImplementedError

    def companion_folder(self, name: str) -> Path:
        return self._folder / name

    def remember_copies(self, copies: Iterable[Path]) -> None:
        raise NotImplementedError

    def find_copies(self) -> tuple[Path, ...]:
        raise NotImplementedError


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """An engine that the settings choose; it needs one class and one entry of ENGINES."""
    only = MemoryEngine(Address.parse(ADDRESS), tmp_path / "companions")
    monkeypatch.setitem(ENGINES, "memory", lambda _: only)
    monkeypatch.setenv("CXDATA_DATABASE", ADDRESS)
    chosen = open_engine(get_settings())
    assert chosen is only
    return chosen


def stories(engine: Engine) -> set[str]:
    return set(ask(engine.read(), "story_scores").column("story").to_pylist())


@pytest.mark.parametrize("place", ["stories.duckdb", "~/stories.duckdb", "memory://invented"])
def test_address_travels_to_another_process_as_text(place: str) -> None:
    address = Address.parse(place)
    assert Address.parse(str(address)) == address
    assert hash(Address.parse(str(address))) == hash(address)


def test_address_of_a_file_is_the_same_from_every_working_folder() -> None:
    address = DuckDBFile(Path("stories.duckdb")).address
    assert address == Address.parse("stories.duckdb")
    assert address.path == Path.cwd() / "stories.duckdb"


def test_address_of_another_engine_has_no_path(engine: Engine) -> None:
    with pytest.raises(SettingsError, match="memory://invented is not the path of a file"):
        _ = engine.address.path


def test_import_edit_and_undo_work_on_another_engine(engine: Engine, write: Write, tmp_path: Path) -> None:
    engine.migrate()
    shipped, before = stories(engine), engine.stamp()
    request = ImportRequest(ADDRESS, (str(write("kettle")),), str(tmp_path), "me", status="published", batch="mine")
    report = run_pipeline(request, lambda *_: None)
    assert (report.batch, report.faults) == ("mine", ())
    assert stories(engine) == shipped | {"kettle"}
    assert engine.stamp() != before
    story = read_story(engine.read(), "kettle")
    update_story(engine, "kettle", story.model_copy(update={"title": "Another kettle"}), "A. Writer")
    assert read_story(engine.read(), "kettle").title == "Another kettle"
    assert stories(engine) == shipped, "an edited story is a draft"
    delete_batch(engine, "mine", "An Editor")
    assert "kettle" not in {story for (story,) in engine.read().execute("select story from story").fetchall()}


def test_import_with_faults_changes_nothing_on_another_engine(engine: Engine, write: Write, tmp_path: Path) -> None:
    engine.migrate()
    faulty = write("faulty", ('touchpoint = "website"', 'touchpoint = "fone"'))
    report = run_pipeline(ImportRequest(ADDRESS, (str(faulty),), str(tmp_path), "me"), lambda *_: None)
    assert report.is_refused
    assert engine.stamp() == 0
    assert engine.version().has_only_shipped


def test_every_question_is_answered_by_another_engine(engine: Engine) -> None:
    engine.migrate()
    connection = engine.read()
    for name in list_questions():
        assert ask(connection, name, needed(name)).column_names, name


def test_pages_show_another_engine(engine: Engine) -> None:
    app = open_page("overview")
    assert not app.exception
    assert "AO.com" in page_text(app)
