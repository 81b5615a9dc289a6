"""Stories brought in and taken out: whole or not at all, twice adds nothing, and nothing of a batch is left behind."""

from pathlib import Path

import duckdb
import pytest
from editing import GOOD, OTHERWISE, Write, everything, told
from intaking import brought

from cxdata.codebook.codes import Codebook
from cxdata.editing.batches import batches, take_out
from cxdata.errors import DatabaseError
from cxdata.ingest import bring_in
from cxdata.ingest.flat_table.synthetic import synthesize
from cxdata.questions.ask import ask
from cxdata.resources import SHIPPED_STORIES
from cxdata.store import data_version, open_database, shipped_version
from cxdata.store.file_swap import DRAFT
from cxdata.store.transaction import changing
from cxdata.store.vacuum import give_room_back
from pages.ui import cache as data


def test_a_batch_is_brought_in_and_taken_out_without_a_trace(base: Path, write: Write) -> None:
    before = everything(base)
    outcome = bring_in(base, [write("one"), write("two", OTHERWISE)], by="A. Writer")
    assert outcome.added == ("one", "two")
    assert told(base) - {"one", "two"} == {path.stem for path in SHIPPED_STORIES.glob("*.toml")}
    assert {"one", "two"} <= told(base)
    connection = open_database(base)
    assert data_version(connection) != before["build"][0][0]
    latest = batches(connection)[0]
    connection.close()
    assert (latest["batch"], latest["rows"], latest["imported_by"]) == (outcome.batch, 2, "A. Writer")
    assert outcome.batch
    assert take_out(base, outcome.batch) == ("one", "two")
    assert everything(base) == before


def test_the_same_files_again_add_nothing(base: Path, write: Write) -> None:
    files = [write("one")]
    bring_in(base, files, by="me")
    after = base.read_bytes()
    again = bring_in(base, files, by="me")
    assert (again.batch, again.added, again.known) == (None, (), 1)
    assert base.read_bytes() == after
    shipped = bring_in(base, sorted(SHIPPED_STORIES.glob("*.toml")), by="me")
    assert (shipped.batch, shipped.known) == (None, 8)


def test_what_is_new_among_what_is_known_comes_in(base: Path, write: Write) -> None:
    bring_in(base, [write("one")], by="me")
    outcome = bring_in(base, [write("one"), write("two", OTHERWISE)], by="me")
    assert (outcome.added, outcome.known) == (("two",), 1)


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("one", OTHERWISE, "story 'one': is in the database and tells something else"),
        ("two", ("verdict", "verdict"), "story 'two': tells what one tells, word for word"),
        ("two", ('sector = "', 'sector = "Other '), "sector is 'Other Retail'"),
        ("two", ("ces = 2", "ces = 9"), "ces 9 is above 7"),
    ],
)
def test_what_cannot_stand_beside_what_is_there_is_refused_and_nothing_is_changed(
    base: Path, write: Write, name: str, change: tuple[str, str], fault: str
) -> None:
    bring_in(base, [write("one")], by="me")
    before = base.read_bytes()
    third = write("fine", ("A kettle is ordered", "A third kettle is ordered"))
    report = bring_in(base, [third, write(name, change)], by="me")
    assert report.is_refused
    assert any(fault in str(each) for each in report.faults), report.faults
    assert base.read_bytes() == before
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_a_company_goes_by_the_name_it_has_here_and_a_near_miss_is_told(base: Path, write: Write) -> None:
    company = GOOD.partition("[company]")[2].partition("[source]")[0]
    spelled = '\nname = "ARGOS.co.uk"\nsector = "Online retail"\ncountry = "GB"\n\n'
    path = write("one", (company, spelled))
    bring_in(base, [path], by="me")
    connection = open_database(base)
    found = {row["company"]: row["story_count"] for row in ask(connection, "company_scores").to_pylist()}
    connection.close()
    assert found["Argos"] == 2
    near = write("two", (company, spelled.replace("ARGOS.co.uk", "Argoss")), OTHERWISE)
    outcome = bring_in(base, [near], by="me", dry_run=True)
    assert outcome.notes == ("'Argoss' and 'Argos' may be one company; if they are: merge 'Argoss' into 'Argos'",)


def test_what_another_batch_stands_on_stays_when_one_is_taken_out(base: Path, write: Write) -> None:
    before = everything(base)
    first = bring_in(base, [write("one")], by="me", batch="first").batch
    second = bring_in(base, [write("two", OTHERWISE)], by="me", batch="second").batch
    assert (first, second) == ("first", "second")
    take_out(base, "first")
    assert "two" in told(base)
    take_out(base, "second")
    assert everything(base) == before


def test_a_dry_run_says_what_would_be_and_changes_nothing(base: Path, write: Write) -> None:
    before = base.read_bytes()
    assert bring_in(base, [write("one")], by="me", dry_run=True).added == ("one",)
    assert base.read_bytes() == before


def test_what_comes_through_the_page_is_brought_in_too(base: Path, write: Write) -> None:
    assert bring_in(base, [write("one")], by="me", upload=True).added == ("one",)


def test_a_batch_that_is_not_there_is_named_with_those_that_are(base: Path, write: Write) -> None:
    bring_in(base, [write("one")], by="me", batch="mine")
    with pytest.raises(DatabaseError, match=r"batch 'mien' \(did you mean mine\?\); the database has: mine$"):
        take_out(base, "mien")
    with pytest.raises(DatabaseError, match="batch 'shipped'"):
        take_out(base, "shipped")


def test_readers_keep_what_they_have_open_while_it_is_changed(base: Path, write: Write) -> None:
    reading = open_database(base)
    bring_in(base, [write("one")], by="me")
    assert "one" not in {row["story"] for row in ask(reading, "story_scores").to_pylist()}
    reading.close()
    assert "one" in told(base)


def test_an_error_within_a_change_leaves_everything_as_it_was(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(DatabaseError, match="do not hang together"), changing(base) as connection:
        connection.execute("update story set company = 'Nobody'")
    with pytest.raises(DatabaseError, match="nothing was changed: no room"), changing(base):
        raise OSError("no room")
    assert base.read_bytes() == before
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_a_second_change_waits_for_the_first_and_says_so_if_it_takes_too_long(base: Path) -> None:
    waiting = changing(base, patience=0.2)
    with changing(base) as connection, pytest.raises(DatabaseError, match="another change is under way"), waiting:
        connection.execute("select 1")


def test_the_pages_show_what_was_brought_in_at_their_next_question(
    base: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "database_path", lambda: base)
    monkeypatch.setattr(data, "open_database", lambda **_: open_database(base))
    data._opened.cache_clear()
    assert (data.rows("library")[0]["story_count"], data.version()) == (8, shipped_version())
    bring_in(base, [write("one")], by="me", batch="mine")
    assert data.rows("library")[0]["story_count"] == 9
    assert data.version() != shipped_version()
    take_out(base, "mine")
    assert (data.rows("library")[0]["story_count"], data.version()) == (8, shipped_version())
    data.database().close()
    data._opened.cache_clear()


def test_a_second_coding_of_a_story_that_was_brought_in_counts_for_agreement(
    base: Path, write: Write, tmp_path: Path
) -> None:
    bring_in(base, [write("one")], by="me")
    coding = tmp_path / "again.toml"
    encounters = "\n".join(
        f"[[encounters]]\nstep = {step}\nfeeling = {feeling}\ndrivers = {drivers}"
        for step, feeling, drivers in ((1, 2, []), (2, -2, ["wait_on_hold"]))
    )
    coding.write_text(f'story = "one"\ncoder = "Coder C"\ncoded_on = 2026-11-22\n{encounters}\n', "utf-8")
    report = bring_in(base, [coding], by="me", batch="again")
    assert (report.batch, report.faults) == ("again", ())
    connection = open_database(base)
    coders = ask(connection, "agreement").to_pylist()
    connection.close()
    assert {row["story_count"] for row in coders if row["measure"] == "feeling"} == {9}
    take_out(base, "again")
    coding.write_text(coding.read_text("utf-8").replace("Coder C", "Coder A"), "utf-8")
    assert "coded the story the first time too" in str(bring_in(base, [coding], by="me").faults[0])


def test_the_room_of_a_batch_is_given_back(
    base: Path, tmp_path: Path, codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = everything(base), base.stat().st_size
    file = tmp_path / "synthetic.parquet"
    synthesize(file, 5_000, 1, "parquet", codebook)
    batch = brought(base, file).batch
    assert batch
    large = base.stat().st_size
    assert large > 1.5 * size
    monkeypatch.setattr("cxdata.store.vacuum.WORTH_IT", size)
    monkeypatch.setattr("cxdata.store.vacuum.MOSTLY", -1)  # however little is free
    take_out(base, batch)
    assert base.stat().st_size < size * 1.2
    assert everything(base) == before


@pytest.mark.parametrize("name", ["large.duckdb", "packed", "it's % [a] \U0001f407"])
def test_a_file_is_written_anew_where_most_of_it_is_free(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table told (number integer, words varchar using compression uncompressed)")
        connection.execute("insert into told select n, md5(n::varchar) from range(1000000) as each (n)")
    size = path.stat().st_size
    monkeypatch.setattr("cxdata.store.vacuum.WORTH_IT", size)
    give_room_back(path)
    assert path.stat().st_size == size  # nothing is free
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from told where number >= 200000")
        connection.execute("checkpoint")
    monkeypatch.setattr("cxdata.store.vacuum.WORTH_IT", path.stat().st_size + 1)
    give_room_back(path)
    assert path.stat().st_size > size / 2  # not large enough to be worth it
    monkeypatch.setattr("cxdata.store.vacuum.WORTH_IT", 0)
    give_room_back(path)
    assert path.stat().st_size < size / 3
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select count(*), max(words = md5(number::varchar)) from told").fetchone() == (
            200_000,
            True,
        )
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_that_cannot_be_written_anew_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: Path, to: Path) -> None:
        to.write_bytes(b"half of it")
        raise duckdb.IOException("No space left on device")

    path = tmp_path / "large.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table told (number integer)")
    before = path.read_bytes()
    for name, value in {"WORTH_IT": 0, "MOSTLY": -1, "write_anew": full}.items():
        monkeypatch.setattr(f"cxdata.store.vacuum.{name}", value)
    give_room_back(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert "No space left on device" in caplog.text
