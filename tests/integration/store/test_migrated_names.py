"""Migration to a version with other shipped stories: names of companies, kept records, and dropped ones."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.editing.batches import delete_batch
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.replies import record_reply
from cxdata.ingest.insertion import insert_library
from cxdata.store import build_database
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.rows import ImportBatch
from cxdata.stories import Library, SecondCoding, Story
from cxdata.stories.records import Company
from tests.fixtures.databases import answer, bring, look, open_database, told
from tests.fixtures.legacy_databases import DAY, age, shipping
from tests.fixtures.stories import make_story, step, work

SHIPPED_SOURCE = {"id": "a-source", "title": "Another source", "author": "B. Writer", "kind": "essay"}


def story(
    name: str, company: str = "Acme", sector: str = "Retail", aliases: tuple[str, ...] = (), **more: Any
) -> Story:
    told = make_story(name, *more.pop("encounters", [step(-3, work("worry"))]), **{"summary": name} | more)
    return told.model_copy(update={"company": Company(name=company, sector=sector, aliases=aliases)})


@pytest.fixture
def ships(tmp_path: Path) -> Callable[..., Path]:
    """Build a database whose shipped stories are these alone."""

    def make(*stories: Story, path: Path = tmp_path / "database" / "stories.duckdb") -> Path:
        with shipping(lambda _: Library(stories)):
            build_database(path)
        return path

    return make


def update(path: Path, *stories: Story, **more: tuple[SecondCoding, ...]) -> None:
    """Open the file with a version that ships these stories alone."""
    age(path)
    with shipping(lambda _: Library(stories, **more)):
        open_database(path).close()


def companies(path: Path) -> dict[str, str]:
    return dict(look(path, "select story, company from story"))


def spellings(path: Path) -> dict[str, str]:
    return {row["alias"]: row["company"] for row in answer(path, "company_names")}


def test_migration_adds_shipped_stories_beside_imported_ones(ships: Callable[..., Path]) -> None:
    path = ships(story("one"))
    bring(path, story("mine", "Bolt"))
    update(path, story("one", title="Told anew"), story("two"))
    assert told(path) == {"one", "two", "mine"}
    assert answer(path, "story", story="one")[0]["title"] == "Told anew"
    delete_batch(DuckDBFile(path), "mine", "An Editor")
    assert told(path) == {"one", "two"}


def test_renamed_company_keeps_its_name_in_new_shipped_stories(ships: Callable[..., Path]) -> None:
    path = ships(story("one", aliases=("Acme Ltd",)))
    bring(path, story("mine", "Bolt"))
    rename_company(DuckDBFile(path), "Acme", "Zenith", "D")
    rename_company(DuckDBFile(path), "Bolt", "Nut", "D")
    rename_company(DuckDBFile(path), "Nut", "Washer", "D")
    update(path, story("one", aliases=("Acme Ltd",)), story("two", aliases=("Acme Ltd",)), story("three", "Bolt"))
    assert companies(path) == {"one": "Zenith", "two": "Zenith", "mine": "Washer", "three": "Washer"}
    assert spellings(path) == {
        **dict.fromkeys(("acme", "acme ltd", "zenith"), "Zenith"),
        **dict.fromkeys(("bolt", "nut", "washer"), "Washer"),
    }


def test_rename_to_another_case_or_alias_survives_migration(ships: Callable[..., Path]) -> None:
    path = ships(story("one", aliases=("Acme Ltd",)), story("two", "Bolt"))
    rename_company(DuckDBFile(path), "Acme", "Acme Ltd", "D")
    rename_company(DuckDBFile(path), "Bolt", "BOLT", "D")
    update(path, story("one", aliases=("Acme Ltd",)), story("two", "Bolt"))
    assert companies(path) == {"one": "Acme Ltd", "two": "BOLT"}
    assert spellings(path) == {"acme": "Acme Ltd", "acme ltd": "Acme Ltd", "bolt": "BOLT"}


def test_company_renamed_and_renamed_back_keeps_its_first_name(ships: Callable[..., Path]) -> None:
    path = ships(story("one"))
    rename_company(DuckDBFile(path), "Acme", "Zenith", "D")
    rename_company(DuckDBFile(path), "Zenith", "Acme", "D")
    update(path, story("one"))
    assert companies(path) == {"one": "Acme"}
    assert spellings(path) == {"acme": "Acme", "zenith": "Acme"}


@pytest.mark.parametrize(("gone", "stays"), [("Acme", "Bolt"), ("Bolt", "Acme")])
def test_merged_companies_stay_merged(ships: Callable[..., Path], gone: str, stays: str) -> None:
    """Bolt is imported, Acme is shipped."""
    path = ships(story("one", aliases=("A",)))
    bring(path, story("mine", "Bolt", aliases=("B",)))
    merge_companies(DuckDBFile(path), gone, stays, "D")
    update(path, story("one", aliases=("A",)), story("two", aliases=("A",)))
    assert set(companies(path).values()) == {stays}
    assert spellings(path) == dict.fromkeys(("acme", "a", "bolt", "b"), stays)
    assert look(path, "select company from company") == [(stays,)]


def test_published_scores_follow_a_renamed_company(ships: Callable[..., Path]) -> None:
    path = ships(story("one", "Apple"))
    before = look(path, "select * exclude (company) from published_score where company = 'Apple' order by all")
    assert before
    rename_company(DuckDBFile(path), "Apple", "Pear", "D")
    update(path, story("one", "Apple"))
    assert look(path, "select * exclude (company) from published_score where company = 'Pear' order by all") == before
    assert not look(path, "from published_score where company = 'Apple'")


def test_newly_shipped_company_merges_with_the_imported_one(
    ships: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    path = ships(story("one"))
    bring(path, story("mine", "BOLT", "Shops"))
    update(path, story("one"), story("two", "Bolt", "Hardware"))
    assert companies(path) == {"one": "Acme", "mine": "Bolt", "two": "Bolt"}
    expected = "the company Bolt now comes with the program, with sector and country Hardware, no longer Shops"
    assert expected in caplog.text
    delete_batch(DuckDBFile(path), "mine", "An Editor")
    assert look(path, "select company from company order by 1") == [("Acme",), ("Bolt",)]


def test_alias_that_moves_to_a_shipped_company_is_logged(
    ships: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody merged the two companies, so they stay apart."""
    path = ships(story("one"))
    bring(path, story("mine", "Bolt", aliases=("Bolt Ltd",)))
    update(path, story("one"), story("two", "Bolt Ltd"))
    assert companies(path) == {"one": "Acme", "mine": "Bolt", "two": "Bolt Ltd"}
    assert "the name bolt ltd now belongs to Bolt Ltd and no longer to Bolt" in caplog.text


def test_company_of_imported_stories_stays_after_it_no_longer_ships(ships: Callable[..., Path]) -> None:
    """The company and the source of a removed shipped story have stories of two batches."""
    path = ships(story("one"), story("two", "Bolt"))
    bring(path, story("mine"), batch="mine")
    bring(path, story("ours"), batch="ours")
    rename_company(DuckDBFile(path), "Acme", "Zenith", "D")
    update(path, story("two", "Bolt", source=SHIPPED_SOURCE | {"id": "other"}))
    assert companies(path) == {"two": "Bolt", "mine": "Zenith", "ours": "Zenith"}
    assert look(path, "select batch from company where company = 'Zenith'") == [("mine",)]
    delete_batch(DuckDBFile(path), "mine", "An Editor")
    assert told(path) == {"two", "ours"}
    delete_batch(DuckDBFile(path), "ours", "An Editor")
    assert look(path, "select company from company") == [("Bolt",)]
    assert look(path, "select source from source") == [("other",)]


def test_shipped_source_with_a_used_id_does_not_replace_the_imported_source(
    ships: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    path = ships(story("one", source=SHIPPED_SOURCE | {"id": "other"}))
    bring(path, story("mine"))
    update(path, story("one", source=SHIPPED_SOURCE))
    sources = look(path, "select story.story, source.author from story inner join source using (source) order by 1")
    assert sources == [("mine", "A. Writer"), ("one", "B. Writer")]
    assert "the source a-source is now called a-source-" in caplog.text
    before = look(path, "from source order by 1")
    update(path, story("one", source=SHIPPED_SOURCE))
    assert look(path, "from source order by 1") == before


@pytest.mark.parametrize("same_words", [True, False])
def test_imported_story_wins_over_an_equal_shipped_story(
    ships: Callable[..., Path], same_words: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """The imported story has links, replies and edits, which a shipped story of that id or text would replace."""
    path = ships(story("one"))
    bring(path, story("mine", "Bolt"))
    record_reply(DuckDBFile(path), "mine", "Bolt", "We are sorry.", "D", DAY)
    mine = story("theirs", "Bolt", title="The tale of mine", summary="mine")
    update(path, story("one"), mine if same_words else story("mine", "Bolt", title="Told otherwise"))
    assert told(path) == {"one", "mine"}
    assert answer(path, "story", story="mine")[0]["title"] == "The tale of mine"
    assert len(answer(path, "story_replies", story="mine")) == 1
    name, why = (
        ("theirs", "equals an imported story word for word")
        if same_words
        else ("mine", "has the id of an imported story")
    )
    assert f"the shipped story {name} was left out. It {why}" in caplog.text


def test_replies_to_a_removed_shipped_story_are_dropped_with_a_log_entry(
    ships: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    path = ships(story("one"), story("two"))
    record_reply(DuckDBFile(path), "one", "Acme", "We are sorry.", "D", DAY)
    record_reply(DuckDBFile(path), "two", "Acme", "We are sorry too.", "D", DAY)
    update(path, story("two"))
    assert [row["words"] for row in answer(path, "story_replies", story="two")] == ["We are sorry too."]
    assert look(path, "select story from history") == [("two",)]
    assert "the story one no longer comes with the program. Left out: 1 change, 1 reply" in caplog.text


def coding(name: str, codebook: Codebook, feeling: int = -1) -> SecondCoding:
    encounters = [{"step": 1, "feeling": feeling, "drivers": []}]
    told = {"story": name, "coder": "Coder Z", "coded_on": date(2026, 11, 22), "encounters": encounters}
    return SecondCoding.model_validate(told, context={"codebook": codebook})


def test_second_coding_stays_with_a_story_of_unchanged_length(
    ships: Callable[..., Path], codebook: Codebook, caplog: pytest.LogCaptureFixture
) -> None:
    path = ships(story("one"), story("two"), story("three"))
    codings = tuple(coding(name, codebook) for name in ("one", "two", "three"))
    with DuckDBFile(path).transaction() as connection:
        batch = ImportBatch("mine", "file.toml", "mine", "A. Writer", datetime(2026, 11, 22))
        insert_library(connection, Library((), (), codings), batch)
    longer = story("two", encounters=[step(-3), step(1)])
    shipped_too = coding("three", codebook, feeling=-5)
    update(path, story("one"), longer, story("three"), second_codings=(shipped_too,))
    assert look(path, "select story, batch from second_coding order by 1") == [("one", "mine"), ("three", "mine")]
    assert look(path, "select story, feeling from second_encounter order by 1") == [("one", -1), ("three", -1)]
    assert "the second coding of two by Coder Z was left out" in caplog.text
