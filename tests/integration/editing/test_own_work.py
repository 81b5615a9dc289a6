"""Nobody publishes what they coded or edited, whichever way it comes in; an edit has to be read anew."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
import tomli_w

from cxdata.codebook.codes import load_codebook
from cxdata.editing.changelog import read_changelog
from cxdata.editing.review import sign_off
from cxdata.editing.stories import create_story, update_story
from cxdata.errors import Conflict, Refused, StoryError
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Story, parse_story
from cxdata.stories.person_names import OWN_WORK, is_same_person, same_person_sql
from cxdata.stories.serialiser import serialise_story
from tests.fixtures.databases import answer, bring, look, open_database
from tests.fixtures.imports import brought, refused, table, told_rows
from tests.fixtures.stories import make_story

NAMES = (
    "Ann",
    " ann ",
    "AN\u200bN",
    "A nn",
    "Ann B",
    "ann  b",
    "ann\u00a0B",
    "Zoë",
    "Zoe\u0308",
    "Zoe",
    "ann\x1fb",
    "",
)
DRAFT = {"status": "draft", "reviewer": None, "reviewed_on": None}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    path = tmp_path_factory.mktemp("own") / "db" / "stories.duckdb"
    path.parent.mkdir()
    database_of(make_story("shipped-one"), path=str(path)).close()
    return bring(path, make_story("read", summary="read"))


@pytest.fixture
def base(built: Path, tmp_path: Path) -> Path:
    """One shipped story, and one in a batch: coded by Coder A, published by Reader B."""
    (tmp_path / "db").mkdir()
    return Path(shutil.copy(built, tmp_path / "db"))


def invented(name: str = "new", **told: object) -> Story:
    return make_story(name, **(DRAFT | {"summary": f"Invented: {name}."} | told))


def story_file(folder: Path, story: Story) -> Path:
    path = folder / f"{story.story}.toml"
    path.write_text(serialise_story(story), "utf-8")
    return path


def jsonl(folder: Path, story: Story) -> Path:
    path = folder / "stories.jsonl"
    path.write_text(story.model_dump_json(exclude_none=True) + "\n", "utf-8")
    return path


def flat(folder: Path, story: Story) -> Path:
    return table(folder / "stories.csv", told_rows(story))


def standing(path: Path, story: str) -> tuple[object, ...]:
    (found,) = look(path, f"select status, coder, reviewer, reviewed_on from story where story = '{story}'")
    return found


def test_names_are_one_persons_however_they_are_typed_and_sql_says_the_same() -> None:
    pairs = [(one, other) for one in NAMES for other in NAMES]
    told = [is_same_person(one, other) for one, other in pairs]
    with duckdb.connect() as connection:
        found = [
            connection.execute(f"select {same_person_sql('$one', '$other')}", {"one": one, "other": other}).fetchall()[
                0
            ][0]
            for one, other in pairs
        ]
    assert found == told
    same = {frozenset(pair) for pair, is_same in zip(pairs, told, strict=True) if is_same and pair[0] != pair[1]}
    assert {frozenset(("Ann", " ann ")), frozenset(("Zoë", "Zoe\u0308")), frozenset(("ann  b", "ann\u00a0B"))} <= same
    assert frozenset(("Ann", "AN\u200bN")) in same  # nobody sees a mark without a width
    assert not any(pair & {"Zoe", "A nn"} for pair in same)
    assert not is_same_person(None, None)


@pytest.mark.parametrize("status", ["reviewed", "published"])
@pytest.mark.parametrize("write", [story_file, jsonl, flat])
@pytest.mark.parametrize("coder", ["me", " ME "])
def test_who_brings_in_what_they_coded_does_not_publish_it(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path], status: str, coder: str
) -> None:
    file = write(tmp_path, invented(coder=coder))
    (fault,) = refused(base, file, status=status)
    assert "reviewer 'me'" in fault
    assert OWN_WORK in fault
    assert brought(base, file).added == ("new",)
    assert standing(base, "new")[0] == "draft"


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_who_has_read_what_another_coded_publishes_it_as_it_comes_in(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    assert brought(base, write(tmp_path, invented()), status="published").added == ("new",)
    assert standing(base, "new")[:3] == ("published", "Coder A", "me")


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_a_draft_that_names_a_reader_is_not_published_by_its_coder(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    named = invented(coder="Me", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    (fault,) = refused(base, write(tmp_path, named), status="published")
    assert f"reviewer 'me': {OWN_WORK}" in fault


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_a_coder_may_bring_in_as_published_what_another_has_read(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    read = invented(coder="Me", status="reviewed", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    assert brought(base, write(tmp_path, read), status="published").added == ("new",)
    assert standing(base, "new") == ("published", "Me", "Reader B", date(2026, 11, 21))


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_what_is_brought_in_as_a_draft_names_no_reader(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    read = invented(status="reviewed", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    assert brought(base, write(tmp_path, read), status="draft").added == ("new",)
    assert standing(base, "new") == ("draft", "Coder A", None, None)


@pytest.mark.parametrize("write", [jsonl, flat])
def test_a_file_that_says_its_coder_has_read_it_is_refused(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    own = invented().model_copy(
        update={"status": "published", "reviewer": "CODER  a", "reviewed_on": date(2026, 11, 21)}
    )
    (fault,) = refused(base, write(tmp_path, own))
    assert f"reviewer 'CODER  a'{': ' if write is flat else ' '}{OWN_WORK}" in fault


def test_a_story_file_that_says_so_is_refused_before_it_is_brought_anywhere() -> None:
    told = serialise_story(make_story("own")).replace('reviewer = "Reader B"', 'reviewer = "coder a"')
    with pytest.raises(StoryError, match=f"own.toml: reviewer 'coder a' {OWN_WORK}"):
        parse_story(told.encode(), load_codebook(), "own.toml")


def test_the_good_stories_of_a_file_come_in_and_ones_own_are_left_out(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    stories = (invented("mine", coder="Me"), invented("theirs"))
    file.write_text("".join(story.model_dump_json(exclude_none=True) + "\n" for story in stories), "utf-8")
    report = brought(base, file, status="published", on_fault="skip")
    assert (report.added, report.fault_count) == (("theirs",), 1)


def test_who_mapped_the_columns_has_coded_what_comes_in_by_them(base: Path, tmp_path: Path) -> None:
    rows = [{"Firm": "Invented Bank", "Words": f"Invented words {number}."} for number in range(2)]
    file = table(tmp_path / "theirs.csv", rows)
    encounter = {"touchpoint": "phone", "encounter_summary": "Told.", "started_by": "customer"}
    fixed = {"title": "An account", "job": "buy_a_product", "summary": "Told.", "outcome": "resolved", "sector": "Bank"}
    mapping = tomli_w.dumps(
        {
            "title": "Mapped by hand",
            "prefix": "by-hand",
            "story": {name: {"value": value} for name, value in fixed.items()}
            | {"company": {"column": ["Firm"]}, "account": {"column": ["Words"]}},
            "encounter": [{"fields": {name: {"value": value} for name, value in encounter.items()}}],
        }
    )
    (fault,) = refused(base, file, mapping=mapping, status="published")
    assert OWN_WORK in fault
    assert "row 2 and 1 more" in fault
    report = brought(base, file, mapping=mapping)
    with pytest.raises(Refused, match="coded by me, so somebody else has to read it"):
        sign_off(DuckDBFile(base), str(report.batch), "published", "Me")
    assert len(sign_off(DuckDBFile(base), str(report.batch), "published", "Reader B")) == 2


def test_a_story_of_the_form_is_a_draft_coded_by_who_saves_it_whatever_it_says(base: Path) -> None:
    create_story(DuckDBFile(base), make_story("new", summary="Invented."), "Editor E")
    assert standing(base, "new") == ("draft", "Editor E", None, None)
    with pytest.raises(Refused, match="coded by Editor E"):
        sign_off(DuckDBFile(base), "new", "published", "editor e")


def test_an_edit_takes_a_published_story_off_the_pages_until_it_is_read_anew(base: Path) -> None:
    edited = make_story("read", summary="Invented: told otherwise.", coder="Somebody", reviewer="Editor E")
    update_story(DuckDBFile(base), "read", edited, "Editor E")
    assert standing(base, "read") == ("draft", "Coder A", None, None)  # whatever the form says of who has read it
    assert [row["story"] for row in answer(base, "story_scores")] == ["shipped-one"]
    connection = open_database(base)
    told = {
        row["field"]: (row["before"], row["after"], row["changed_by"]) for row in read_changelog(connection, "read")
    }
    connection.close()
    assert told["status"] == ("published", "draft", "Editor E")
    assert told["reviewer"] == ("Reader B, 2026-11-21", None, "Editor E")
    assert 'summary = "read"' in told["record"][0]
    assert 'summary = "Invented: told otherwise."' in told["record"][1]
    assert sign_off(DuckDBFile(base), "read", "published", "Reader B") == ("read",)
    assert sorted(row["story"] for row in answer(base, "story_scores")) == ["read", "shipped-one"]


@pytest.mark.parametrize(
    ("by", "why"),
    [("EDITOR e", "edited by EDITOR e"), ("Coder A", "coded by Coder A"), ("coder a ", "coded by Coder A")],
)
def test_nobody_signs_off_their_own_edit_and_the_coder_does_not_either(base: Path, by: str, why: str) -> None:
    update_story(DuckDBFile(base), "read", make_story("read", summary="Invented: told otherwise."), "Editor E")
    with pytest.raises(Refused, match=f"read: {why}, so somebody else has to read it and sign it off"):
        sign_off(DuckDBFile(base), "mine", "published", by)


def test_an_edit_that_changes_nothing_leaves_a_story_published(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(Conflict, match="story 'read' is as it was: nothing was changed"):
        update_story(DuckDBFile(base), "read", make_story("read", summary="read"), "Editor E")
    assert base.read_bytes() == before


def test_an_edit_of_a_draft_needs_no_word_of_its_status(base: Path) -> None:
    create_story(DuckDBFile(base), invented(), "Editor E")
    update_story(DuckDBFile(base), "new", invented(summary="Invented: more."), "Editor F")
    assert look(base, "select field from history") == [("record",)]
