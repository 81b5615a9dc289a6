"""Nobody publishes their own coding or edit, whatever the file format; an edit needs a new review."""

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
    """A database of one shipped story and one imported story, coded by Coder A and published by Reader B; shared."""
    path = tmp_path_factory.mktemp("own") / "db" / "stories.duckdb"
    path.parent.mkdir()
    database_of(make_story("shipped-one"), path=str(path)).close()
    return bring(path, make_story("read", summary="read"))


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


def test_sql_and_python_agree_on_spellings_of_a_person() -> None:
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
    assert frozenset(("Ann", "AN\u200bN")) in same  # a zero-width character is invisible
    assert not any(pair & {"Zoe", "A nn"} for pair in same)
    assert not is_same_person(None, None)


@pytest.mark.parametrize(
    ("write", "status", "coder"),
    [
        (story_file, "published", "me"),
        (jsonl, "reviewed", "me"),
        (flat, "published", " ME "),
        (story_file, "reviewed", " ME "),
    ],
)
def test_import_refuses_to_publish_the_importers_own_coding(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path], status: str, coder: str
) -> None:
    file = write(tmp_path, invented(coder=coder))
    (fault,) = refused(base, file, status=status)
    assert "reviewer 'me'" in fault
    assert OWN_WORK in fault
    assert brought(base, file).added == ("new",)
    assert standing(base, "new")[0] == "draft"


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_import_publishes_stories_coded_by_another_person(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    assert brought(base, write(tmp_path, invented()), status="published").added == ("new",)
    assert standing(base, "new")[:3] == ("published", "Coder A", "me")


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_import_refuses_to_publish_own_draft_with_a_named_reviewer(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    named = invented(coder="Me", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    (fault,) = refused(base, write(tmp_path, named), status="published")
    assert f"reviewer 'me' {OWN_WORK}" in fault


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_import_publishes_own_coding_reviewed_by_another_person(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    read = invented(coder="Me", status="reviewed", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    assert brought(base, write(tmp_path, read), status="published").added == ("new",)
    assert standing(base, "new") == ("published", "Me", "Reader B", date(2026, 11, 21))


@pytest.mark.parametrize("write", [story_file, jsonl, flat])
def test_import_as_draft_clears_the_reviewer(base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]) -> None:
    read = invented(status="reviewed", reviewer="Reader B", reviewed_on=date(2026, 11, 21))
    assert brought(base, write(tmp_path, read), status="draft").added == ("new",)
    assert standing(base, "new") == ("draft", "Coder A", None, None)


@pytest.mark.parametrize("write", [jsonl, flat])
def test_import_refuses_a_file_whose_coder_is_its_reviewer(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path]
) -> None:
    own = invented().model_copy(
        update={"status": "published", "reviewer": "CODER  a", "reviewed_on": date(2026, 11, 21)}
    )
    (fault,) = refused(base, write(tmp_path, own))
    assert f"reviewer 'CODER  a' {OWN_WORK}" in fault


def test_parser_refuses_a_story_file_whose_coder_is_its_reviewer() -> None:
    told = serialise_story(make_story("own")).replace('reviewer = "Reader B"', 'reviewer = "coder a"')
    with pytest.raises(StoryError, match=f"own.toml: reviewer 'coder a' {OWN_WORK}"):
        parse_story(told.encode(), load_codebook(), "own.toml")


def test_import_skips_own_stories_and_publishes_the_others(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    stories = (invented("mine", coder="Me"), invented("theirs"))
    file.write_text("".join(story.model_dump_json(exclude_none=True) + "\n" for story in stories), "utf-8")
    report = brought(base, file, status="published", on_fault="skip")
    assert (report.added, report.fault_count) == (("theirs",), 1)


def test_mapping_makes_the_importer_the_coder(base: Path, tmp_path: Path) -> None:
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
    with pytest.raises(Refused, match=r"coded by me\. Somebody else has to read it"):
        sign_off(DuckDBFile(base), str(report.batch), "published", "Me")
    assert len(sign_off(DuckDBFile(base), str(report.batch), "published", "Reader B")) == 2


def test_created_story_is_a_draft_coded_by_its_editor(base: Path) -> None:
    create_story(DuckDBFile(base), make_story("new", summary="Invented."), "Editor E")
    assert standing(base, "new") == ("draft", "Editor E", None, None)
    with pytest.raises(Refused, match="coded by Editor E"):
        sign_off(DuckDBFile(base), "new", "published", "editor e")


def test_edit_unpublishes_a_story_until_its_next_sign_off(base: Path) -> None:
    edited = make_story("read", summary="Invented: told otherwise.", coder="Somebody", reviewer="Editor E")
    update_story(DuckDBFile(base), "read", edited, "Editor E")
    assert standing(base, "read") == ("draft", "Coder A", None, None)  # the edit's own reviewer is ignored
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
    [("EDITOR e", "edited by Editor E"), ("Coder A", "coded by Coder A"), ("coder a ", "coded by Coder A")],
)
def test_sign_off_refuses_the_last_editor_and_the_coder(base: Path, by: str, why: str) -> None:
    update_story(DuckDBFile(base), "read", make_story("read", summary="Invented: told otherwise."), "Editor E")
    with pytest.raises(Refused, match=f"read: {why}. Somebody else has to read it and sign it off"):
        sign_off(DuckDBFile(base), "mine", "published", by)


def test_edit_without_changes_is_refused_and_leaves_the_story_published(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(Conflict, match=r"story 'read' has no change\. Nothing was saved"):
        update_story(DuckDBFile(base), "read", make_story("read", summary="read"), "Editor E")
    assert base.read_bytes() == before


def test_edit_of_a_draft_records_no_status_change(base: Path) -> None:
    create_story(DuckDBFile(base), invented(), "Editor E")
    update_story(DuckDBFile(base), "new", invented(summary="Invented: more."), "Editor F")
    assert look(base, "select field from history") == [("record",)]
