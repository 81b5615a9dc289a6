"""Deleted accounts: no byte of an e-mail address, phone number or card stays in the database or in a file given out."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.editing.batches import delete_batch
from cxdata.editing.drafts import save_draft
from cxdata.editing.erasure import erase_story
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.stories import update_story
from cxdata.errors import NotFound, Refused
from cxdata.export.tables import TABLES, read_table, to_csv, to_parquet
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.story_reader import read_story
from cxdata.store.vacuum import copy_database
from tests.fixtures.databases import bring, everything, look, opened, version, write_every_table
from tests.fixtures.stories import make_story, step

PEOPLE = [(f"customer{n}@mail.example", f"+44 7700 9{n:05}", f"4111-1111-{n:04}-1111") for n in range(300)]
SECRET = re.compile(rb"customer\d+@mail|\+44 7700 9|4111-1111|indigo")
WRITTEN = make_story(
    "indigo-story",
    step(-3, summary="Indigo step."),
    company="Indigo Company",
    summary="Indigo summary.",
    notes="Indigo notes.",
    promises=[{"claim": "Indigo", "kept": "broken", "evidence": "Indigo.", "locator": "indigo"}],
    source={"id": "indigo-source", "title": "Indigo", "author": "Indigo Author", "kind": "blog post"},
)


@pytest.fixture(scope="module")
def filled(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the shipped stories and 300 published accounts; shared."""
    path = tmp_path_factory.mktemp("deleted") / "stories.duckdb"
    shutil.copy(built, path)
    accounts = [
        make_story(
            f"account-{n}", step(-3, summary=f"Write to {mail}."), summary=f"Call {phone}.", notes=f"Card {card}."
        )
        for n, (mail, phone, card) in enumerate(PEOPLE)
    ]
    return bring(path, *accounts, batch="accounts")


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "database"
    folder.mkdir()
    return Path(shutil.copy(filled, folder))


@pytest.fixture
def edited(base: Path) -> Path:
    """A database with the story WRITTEN, which was edited and has a row in every table of a story."""
    engine = DuckDBFile(bring(base, WRITTEN, batch="by-hand-indigo-story"))
    bring(base, make_story("other"), batch="other")
    with engine.transaction() as connection:
        write_every_table(connection, "indigo-story", "indigo", "other")
    for words in ("Indigo reply.", "Indigo reply, withdrawn."):
        record_reply(engine, "indigo-story", "Indigo Press", words, "An Editor", date(2026, 11, 1))
    withdraw_reply(engine, "indigo-story", 2, "An Editor")
    story = opened(base, lambda connection: read_story(connection, "indigo-story"))
    update_story(engine, "indigo-story", story.model_copy(update={"title": "Indigo, edited"}), "An Editor")
    content = {"edits": "indigo-story", "story": {"title": "Indigo, edited twice"}}
    save_draft(engine, "draftone", "An Editor", content)
    save_draft(engine, "drafttwo", "An Editor", {"edits": "other", "story": {"title": "Another"}})
    return base


def find_secrets(content: bytes) -> set[bytes]:
    return set(SECRET.findall(content.lower()))


def files_given_out(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that a reader can download or that lies beside the database."""
    backup = path.with_name("stories.backup")
    DuckDBFile(path).back_up(backup, overwrite=True)
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes()
    yield "the whole database", DuckDBFile(path).public_copy()
    for table in TABLES:
        rows = opened(path, lambda connection, name=table: read_table(connection, name))
        yield f"{table}.csv", to_csv(rows)
        yield f"{table}.parquet", to_parquet(rows)


def test_deleted_batch_leaves_no_byte_in_any_file(path: Path) -> None:
    assert find_secrets(path.read_bytes())  # what is not compressed can be found
    assert len(delete_batch(DuckDBFile(path), "accounts", "An Editor")) == 300
    for name, content in files_given_out(path):
        assert find_secrets(content) == set(), name


def test_erased_story_leaves_no_byte_and_no_row(edited: Path) -> None:
    before = version(edited)
    assert erase_story(DuckDBFile(edited), "indigo-story", "An Editor").holding == ()
    for name, content in files_given_out(edited):
        assert find_secrets(content) == set(), name
    for table, rows in everything(edited).items():
        assert "indigo" not in str(rows).casefold(), table
    assert look(edited, "select field, before, after, changed_by from history") == [("erased", None, None, "An Editor")]
    assert version(edited) != before, "whoever holds an answer asks again"
    assert look(edited, "select batch from batch order by all") == [("other",), ("shipped",)]
    assert [file.name for file in edited.with_name(f"{edited.name}.drafts").iterdir()] == ["drafttwo.json"]


def test_erased_story_of_a_batch_leaves_the_others(path: Path) -> None:
    erase_story(DuckDBFile(path), "account-7", "An Editor")
    left = look(path, "select count(*) from story where batch = 'accounts'")
    assert look(path, "select rows from batch where batch = 'accounts'") == left == [(299,)]
    assert look(path, "select after from history where field = 'erased'") == [("accounts",)]
    assert b"customer7@" not in path.read_bytes()
    assert b"customer8@" in path.read_bytes()


def test_erasure_names_every_copy_that_holds_the_story(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    run = CliRunner()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    later = tmp_path / "later.backup"
    former = [path.with_name(f"{path.name}.{end}") for end in ("before-update", "before-restore-20260101T000000.0Z")]
    leftover = path.parent / ".building-abcdefgh" / path.name
    leftover.parent.mkdir()
    for copy in (*former, leftover):
        copy_database(path, copy)
    for command in (
        ["backup", str(elsewhere / "stories.backup")],
        ["backup", str(elsewhere / "gone.backup")],
        ["export", "journey", "--param", "story=account-7", "--format", "csv", "--out", str(elsewhere)],
        ["export", "effort", "--param", "companies=AO.com", "--format", "json", "--out", str(elsewhere)],
    ):
        assert run.invoke(main, command, catch_exceptions=False).exit_code == 0
    pictures, packed = elsewhere / "chart.png", elsewhere / "charts.zip"
    pictures.write_bytes(b"compressed")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("journey.csv", "story\naccount-7\n" * 100)
    DuckDBFile(path).remember_copies([pictures, packed])
    (elsewhere / "gone.backup").unlink()
    erased = run.invoke(main, ["erase", "account-7", "--by", "me"], catch_exceptions=False)
    assert erased.exit_code == 0, erased.stderr
    holding, _, uncertain = erased.stdout.partition("may contain it")
    for copy in (*former, leftover, elsewhere / "stories.backup", *elsewhere.glob("journey*.csv"), packed):
        assert str(copy) in holding, copy
    assert str(pictures) in uncertain
    for absent in ("gone.backup", ".json", f"{path}\n"):
        assert absent not in erased.stdout
    assert run.invoke(main, ["backup", str(later)], catch_exceptions=False).exit_code == 0
    again = run.invoke(main, ["erase", "account-8", "--by", "me"], catch_exceptions=False)
    assert str(later) in again.stdout


def test_shipped_and_unknown_stories_are_not_erased(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(Refused, match="comes with the program"):
        erase_story(DuckDBFile(base), "ao-laptop", "An Editor")
    with pytest.raises(NotFound, match="ao-laptop"):
        erase_story(DuckDBFile(base), "ao-laptp", "An Editor")
    assert base.read_bytes() == before
