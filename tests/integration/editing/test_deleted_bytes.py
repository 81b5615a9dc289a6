"""Deleted accounts: no byte of an e-mail address, phone number or card stays in the database or in a file given out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.editing.batches import delete_batch
from cxdata.export.tables import TABLES, read_table, to_csv, to_parquet
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.databases import bring, opened
from tests.fixtures.stories import make_story, step

PEOPLE = [(f"customer{n}@mail.example", f"+44 7700 9{n:05}", f"4111-1111-{n:04}-1111") for n in range(300)]
SECRETS = [secret for person in PEOPLE for secret in person]


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


def find_secrets(content: bytes) -> list[str]:
    return [secret for secret in SECRETS if secret.encode() in content]


def files_given_out(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that a reader can download or that lies beside the database."""
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes()
    backup = path.with_name("stories.backup")
    DuckDBFile(path).back_up(backup)
    yield "backup", backup.read_bytes()
    yield "the whole database", DuckDBFile(path).public_copy()
    for table in TABLES:
        rows = opened(path, lambda connection, name=table: read_table(connection, name))
        yield f"{table}.csv", to_csv(rows)
        yield f"{table}.parquet", to_parquet(rows)


def test_deleted_batch_leaves_no_byte_in_any_file(path: Path) -> None:
    assert len(find_secrets(path.read_bytes())) > 500  # what is not compressed can be found
    assert len(delete_batch(DuckDBFile(path), "accounts")) == 300
    for name, content in files_given_out(path):
        assert find_secrets(content) == [], name
