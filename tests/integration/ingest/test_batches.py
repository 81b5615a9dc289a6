"""Import batches: imported whole or not at all, once only, and deleted without a trace."""

from pathlib import Path

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.editing.batches import delete_batch, list_batches
from cxdata.errors import Conflict, DatabaseError, NotFound
from cxdata.ingest import run_import
from cxdata.ingest.flat_table.synthetic import write_synthetic
from cxdata.questions.ask import ask
from cxdata.resources import STORIES
from cxdata.store import data_version, shipped_version
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from cxdata.store.vacuum import vacuum
from pages.ui import cache
from tests.fixtures.databases import GOOD, OTHERWISE, Write, everything, open_database, told
from tests.fixtures.imports import brought


def test_imported_batch_is_deleted_without_a_trace(base: Path, write: Write) -> None:
    before = everything(base)
    outcome = run_import(DuckDBFile(base), [write("one"), write("two", OTHERWISE)], by="A. Writer")
    assert outcome.added == ("one", "two")
    assert told(base) - {"one", "two"} == {path.stem for path in STORIES.glob("*.toml")}
    assert {"one", "two"} <= told(base)
    connection = open_database(base)
    assert data_version(connection) != before["build"][0][0]
    latest = list_batches(connection)[0]
    connection.close()
    assert (latest["batch"], latest["rows"], latest["imported_by"]) == (outcome.batch, 2, "A. Writer")
    assert outcome.batch
    assert delete_batch(DuckDBFile(base), outcome.batch, "An Editor") == ("one", "two")
    assert everything(base) == before


def test_import_within_the_second_of_the_build_is_listed_above_it(base: Path, write: Write) -> None:
    run_import(DuckDBFile(base), [write("one")], by="A. Writer", batch="yours")
    with DuckDBFile(base).transaction() as connection:
        connection.execute("update batch set imported_at = timestamp '2026-11-28 12:00:00'")
    assert [row["batch"] for row in list_batches(DuckDBFile(base).read())] == ["yours", "shipped"]


def test_repeated_import_adds_nothing(base: Path, write: Write) -> None:
    files = [write("one")]
    run_import(DuckDBFile(base), files, by="me")
    after = base.read_bytes()
    again = run_import(DuckDBFile(base), files, by="me")
    assert (again.batch, again.added, again.known) == (None, (), 1)
    assert base.read_bytes() == after
    shipped = run_import(DuckDBFile(base), sorted(STORIES.glob("*.toml")), by="me")
    assert (shipped.batch, shipped.known) == (None, 8)


def test_import_adds_only_new_stories(base: Path, write: Write) -> None:
    run_import(DuckDBFile(base), [write("one")], by="me")
    outcome = run_import(DuckDBFile(base), [write("one"), write("two", OTHERWISE)], by="me")
    assert (outcome.added, outcome.known) == (("two",), 1)


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("one", OTHERWISE, "story 'one' is in the database with other content"),
        ("two", ("verdict", "verdict"), "story 'two' equals one word for word"),
        ("two", ('sector = "', 'sector = "Other '), "sector is 'Other Retail'"),
        ("two", ("ces = 2", "ces = 9"), "ces 9 is above 7"),
    ],
)
def test_conflicting_story_is_refused_and_changes_nothing(
    base: Path, write: Write, name: str, change: tuple[str, str], fault: str
) -> None:
    run_import(DuckDBFile(base), [write("one")], by="me")
    before = base.read_bytes()
    third = write("fine", ("A kettle is ordered", "A third kettle is ordered"))
    report = run_import(DuckDBFile(base), [third, write(name, change)], by="me")
    assert report.is_refused
    assert any(fault in str(each) for each in report.faults), report.faults
    assert base.read_bytes() == before
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_import_uses_known_company_names_and_notes_similar_ones(base: Path, write: Write) -> None:
    company = GOOD.partition("[company]")[2].partition("[source]")[0]
    spelled = '\nname = "ARGOS.co.uk"\nsector = "Online retail"\ncountry = "GB"\n\n'
    path = write("one", (company, spelled))
    run_import(DuckDBFile(base), [path], by="me")
    connection = open_database(base)
    found = {row["company"]: row["story_count"] for row in ask(connection, "company_scores").to_pylist()}
    connection.close()
    assert found["Argos"] == 2
    near = write("two", (company, spelled.replace("ARGOS.co.uk", "Argoss")), OTHERWISE)
    outcome = run_import(DuckDBFile(base), [near], by="me", dry_run=True)
    assert outcome.notes == ("'Argoss' and 'Argos' may be one company. If so, merge 'Argoss' into 'Argos'.",)


def test_deleting_a_batch_keeps_records_that_another_batch_uses(base: Path, write: Write) -> None:
    before = everything(base)
    first = run_import(DuckDBFile(base), [write("one")], by="me", batch="first").batch
    second = run_import(DuckDBFile(base), [write("two", OTHERWISE)], by="me", batch="second").batch
    assert (first, second) == ("first", "second")
    delete_batch(DuckDBFile(base), "first", "An Editor")
    assert "two" in told(base)
    delete_batch(DuckDBFile(base), "second", "An Editor")
    assert everything(base) == before


def test_dry_run_reports_and_changes_nothing(base: Path, write: Write) -> None:
    before = base.read_bytes()
    assert run_import(DuckDBFile(base), [write("one")], by="me", dry_run=True).added == ("one",)
    assert base.read_bytes() == before


def test_uploaded_file_is_imported(base: Path, write: Write) -> None:
    assert run_import(DuckDBFile(base), [write("one")], by="me", upload=True).added == ("one",)


def test_unknown_batch_error_lists_the_choices(base: Path, write: Write) -> None:
    run_import(DuckDBFile(base), [write("one")], by="me", batch="mine")
    with pytest.raises(NotFound, match=r"batch 'mien' is unknown\. Did you mean mine\? The database has: mine$"):
        delete_batch(DuckDBFile(base), "mien", "An Editor")
    with pytest.raises(NotFound, match="batch 'shipped'"):
        delete_batch(DuckDBFile(base), "shipped", "An Editor")


def test_open_reader_keeps_its_data_during_an_import(base: Path, write: Write) -> None:
    reading = open_database(base)
    run_import(DuckDBFile(base), [write("one")], by="me")
    assert "one" not in {row["story"] for row in ask(reading, "story_scores").to_pylist()}
    reading.close()
    assert "one" in told(base)


def test_failed_transaction_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    with (
        pytest.raises(DatabaseError, match="refer to others that are missing"),
        DuckDBFile(base).transaction() as connection,
    ):
        connection.execute("update story set company = 'Nobody'")
    with pytest.raises(DatabaseError, match=r"nothing was changed\. Reason: no room"), DuckDBFile(base).transaction():
        raise OSError("no room")
    assert base.read_bytes() == before
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_second_transaction_waits_until_its_timeout(base: Path) -> None:
    waiting = DuckDBFile(base).transaction(timeout=0.2)
    with (
        DuckDBFile(base).transaction() as connection,
        pytest.raises(Conflict, match="another change is still running"),
        waiting,
    ):
        connection.execute("select 1")


def test_pages_show_an_import_at_their_next_question(base: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    assert (cache.rows("library")[0]["story_count"], cache.version()) == (8, shipped_version())
    run_import(DuckDBFile(base), [write("one")], by="me", batch="mine")
    assert cache.rows("library")[0]["story_count"] == 9
    assert cache.version() != shipped_version()
    delete_batch(DuckDBFile(base), "mine", "An Editor")
    assert (cache.rows("library")[0]["story_count"], cache.version()) == (8, shipped_version())


def test_second_coding_of_an_imported_story_counts_for_agreement(base: Path, write: Write, tmp_path: Path) -> None:
    run_import(DuckDBFile(base), [write("one")], by="me")
    coding = tmp_path / "again.toml"
    encounters = "\n".join(
        f"[[encounters]]\nstep = {step}\nfeeling = {feeling}\ndrivers = {drivers}"
        for step, feeling, drivers in ((1, 2, []), (2, -2, ["wait_on_hold"]))
    )
    coding.write_text(f'story = "one"\ncoder = "Coder C"\ncoded_on = 2026-11-22\n{encounters}\n', "utf-8")
    report = run_import(DuckDBFile(base), [coding], by="me", batch="again")
    assert (report.batch, report.faults) == ("again", ())
    connection = open_database(base)
    coders = ask(connection, "agreement").to_pylist()
    connection.close()
    assert {row["story_count"] for row in coders if row["measure"] == "feeling"} == {9}
    delete_batch(DuckDBFile(base), "again", "An Editor")
    coding.write_text(coding.read_text("utf-8").replace("Coder C", "Coder A"), "utf-8")
    assert "also made the first coding" in str(run_import(DuckDBFile(base), [coding], by="me").faults[0])


def test_deleting_a_large_batch_frees_disk_space(
    base: Path, tmp_path: Path, codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = everything(base), base.stat().st_size
    file = tmp_path / "synthetic.parquet"
    write_synthetic(file, 5_000, 1, "parquet", codebook)
    batch = brought(base, file).batch
    assert batch
    large = base.stat().st_size
    assert large > 1.5 * size
    monkeypatch.setattr("cxdata.store.vacuum.SMALLEST_VACUUMED", size)
    monkeypatch.setattr("cxdata.store.vacuum.FREE_SHARE", -1)  # vacuum whatever the free share
    delete_batch(DuckDBFile(base), batch, "An Editor")
    assert base.stat().st_size < size * 1.2
    assert everything(base) == before


@pytest.mark.parametrize("name", ["large.duckdb", "packed", "it's % [a] \U0001f407"])
def test_vacuum_rewrites_a_large_file_that_is_mostly_free(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table told (number integer, words varchar using compression uncompressed)")
        connection.execute("insert into told select n, md5(n::varchar) from range(1000000) as each (n)")
    size = path.stat().st_size
    monkeypatch.setattr("cxdata.store.vacuum.SMALLEST_VACUUMED", size)
    vacuum(path)
    assert path.stat().st_size == size  # nothing is free
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from told where number >= 200000")
        connection.execute("checkpoint")
    monkeypatch.setattr("cxdata.store.vacuum.SMALLEST_VACUUMED", path.stat().st_size + 1)
    vacuum(path)
    assert path.stat().st_size > size / 2  # the file is too small to vacuum
    monkeypatch.setattr("cxdata.store.vacuum.SMALLEST_VACUUMED", 0)
    vacuum(path)
    assert path.stat().st_size < size / 3
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select count(*), max(words = md5(number::varchar)) from told").fetchone() == (
            200_000,
            True,
        )
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_failed_vacuum_keeps_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: Path, to: Path) -> None:
        to.write_bytes(b"half of it")
        raise duckdb.IOException("No space left on device")

    path = tmp_path / "large.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table told (number integer)")
    before = path.read_bytes()
    for name, value in {"SMALLEST_VACUUMED": 0, "FREE_SHARE": -1, "copy_database": full}.items():
        monkeypatch.setattr(f"cxdata.store.vacuum.{name}", value)
    vacuum(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert "No space left on device" in caplog.text
