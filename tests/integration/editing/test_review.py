"""Sign-off: who may sign off, its consequences, and the changelog."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from cxdata.cli.root import main
from cxdata.editing.batches import delete_batch
from cxdata.editing.replies import record_reply
from cxdata.editing.review import sign_off
from cxdata.errors import CxdataError
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Story
from tests.fixtures.databases import answer, bring, everything, look, version
from tests.fixtures.stories import make_story

THEN = datetime(2026, 11, 23, 9, 30)
DAY = date(2026, 11, 1)


def draft(name: str, **told: object) -> Story:
    return make_story(name, **({"status": "draft", "reviewer": None, "reviewed_on": None, "summary": name} | told))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of a shipped story and a batch of two drafts and a published story; shared."""
    path = tmp_path_factory.mktemp("review") / "stories.duckdb"
    database_of(make_story("shipped-one"), path=str(path)).close()
    return bring(path, draft("one"), draft("two", coder="Coder C"), make_story("read", summary="read"))


def standing(path: Path) -> dict[str, tuple[object, ...]]:
    rows = look(path, "select story, status, reviewer, reviewed_on from story where batch = 'mine' order by story")
    return {story: tuple(told) for story, *told in rows}


def changes(path: Path) -> list[tuple[object, ...]]:
    return look(path, "select story, field, before, after, changed_by, changed_at from history order by all")


def test_sign_off_of_a_batch_records_the_reviewer(base: Path) -> None:
    assert sign_off(DuckDBFile(base), "mine", "reviewed", "Reader B", THEN) == ("one", "read", "two")
    assert standing(base)["one"] == ("reviewed", "Reader B", THEN.date())
    assert changes(base) == [
        ("one", "status", "draft", "reviewed", "Reader B", THEN),
        ("read", "status", "published", "reviewed", "Reader B", THEN),
        ("two", "status", "draft", "reviewed", "Reader B", THEN),
    ]


def test_only_published_stories_are_scored(base: Path) -> None:
    def told() -> list[str]:
        return [row["story"] for row in answer(base, "story_scores")]

    assert sorted(told()) == ["read", "shipped-one"]
    sign_off(DuckDBFile(base), ["one"], "published", "Reader B")
    assert sorted(told()) == ["one", "read", "shipped-one"]
    sign_off(DuckDBFile(base), ["one", "read"], "draft", "Anybody")
    assert told() == ["shipped-one"]


def test_publishing_keeps_the_reviewer_and_reverting_to_draft_clears_it(base: Path) -> None:
    sign_off(DuckDBFile(base), ["one"], "reviewed", "Reader B", THEN)
    sign_off(DuckDBFile(base), ["one"], "published", "Editor D", THEN + timedelta(days=2))
    assert standing(base)["one"] == ("published", "Reader B", THEN.date())
    sign_off(DuckDBFile(base), ["one"], "draft", "Editor D", THEN + timedelta(days=3))
    assert standing(base)["one"] == ("draft", None, None)
    assert ("one", "reviewer", "Reader B, 2026-11-23", None, "Editor D", THEN + timedelta(days=3)) in changes(base)


def test_coder_may_publish_a_story_reviewed_by_another_person(base: Path) -> None:
    sign_off(DuckDBFile(base), ["one"], "reviewed", "Reader B")
    assert sign_off(DuckDBFile(base), ["one"], "published", "Coder A") == ("one",)
    assert standing(base)["one"][1] == "Reader B"


def test_sign_off_names_every_refused_story_and_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(CxdataError) as caught:
        sign_off(DuckDBFile(base), ["one", "two", "shipped-one", "tow"], "reviewed", " coder a ")
    assert str(caught.value).splitlines() == [
        "story or batch 'tow' is unknown. Did you mean two? The database has: mine, two, one, read, shipped-one",
        "one: coded by Coder A. Somebody else has to read it and sign it off",
        "shipped-one: comes with the program. Change its status in its file",
    ]
    assert base.read_bytes() == before


def test_sign_off_names_a_few_of_many_refused_stories(base: Path) -> None:
    bring(base, *(draft(f"tale-{number:02}") for number in range(23)), batch="many")
    with pytest.raises(CxdataError) as caught:
        sign_off(DuckDBFile(base), "many", "reviewed", "Coder A")
    assert str(caught.value) == (
        "tale-00, tale-01, tale-02, tale-03, tale-04 and 18 more: "
        "coded by Coder A. Somebody else has to read it and sign it off"
    )
    assert sign_off(DuckDBFile(base), "many", "reviewed", "Reader B") == tuple(
        f"tale-{number:02}" for number in range(23)
    )


def test_sign_off_passes_over_stories_of_that_status(base: Path) -> None:
    assert sign_off(DuckDBFile(base), "mine", "published", "Reader B") == ("one", "two")
    before = base.read_bytes()
    assert sign_off(DuckDBFile(base), ["mine", "one"], "published", "Coder A") == ()
    assert base.read_bytes() == before


@pytest.mark.parametrize(
    ("names", "status", "by", "fault"),
    [
        (
            "mine",
            "publish",
            "B",
            r"status 'publish' is unknown\. Did you mean published\? A story has: draft, reviewed, publ",
        ),
        ("mine", "draft", " ", "edit: by is empty"),
        ("shipped", "draft", "B", "shipped-one: comes with the program"),
        ("mien", "draft", "B", r"story or batch 'mien' is unknown\. Did you mean mine\?"),
        ("x' or true --", "draft", "B", "story or batch "),
    ],
)
def test_invalid_sign_off_is_refused_with_a_reason(base: Path, names: str, status: str, by: str, fault: str) -> None:
    with pytest.raises(CxdataError, match=fault):
        sign_off(DuckDBFile(base), names, status, by)


def test_sign_off_time_is_stored_as_utc(base: Path) -> None:
    sign_off(
        DuckDBFile(base),
        ["one"],
        "reviewed",
        "Reader B",
        datetime(2026, 11, 23, 1, tzinfo=timezone(timedelta(hours=2))),
    )
    assert standing(base)["one"][2] == date(2026, 11, 22)  # 23 hours of the day before
    assert changes(base)[0][-1] == datetime(2026, 11, 22, 23)


def test_every_edit_changes_the_data_version_and_deleting_the_batch_restores_it(base: Path) -> None:
    delete_batch(DuckDBFile(base), "mine", "An Editor")
    before = everything(base)
    bring(base, draft("one"))
    seen = {version(base)}
    sign_off(DuckDBFile(base), ["one"], "reviewed", "Reader B", THEN)
    seen.add(version(base))
    sign_off(DuckDBFile(base), ["one"], "draft", "Reader B", THEN)
    seen.add(version(base))
    sign_off(
        DuckDBFile(base), ["one"], "reviewed", "Reader B", THEN
    )  # as before, to the microsecond: two edits that are alike
    seen.add(version(base))
    record_reply(DuckDBFile(base), "one", "Acme", "We are sorry.", "Editor D", DAY)
    seen.add(version(base))
    assert len(seen) == 5
    delete_batch(DuckDBFile(base), "mine", "An Editor")
    assert everything(base) == before


def test_data_version_does_not_depend_on_row_order(base: Path) -> None:
    sign_off(DuckDBFile(base), "mine", "reviewed", "Reader B", THEN)
    before = version(base)
    with DuckDBFile(base).transaction() as connection:
        connection.execute("create temp table kept as from history order by story desc")
        connection.execute("delete from history")
        connection.execute("insert into history from kept")
    assert version(base) == before


def run(path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_commands_sign_off_reply_and_show_the_changelog(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def say(*arguments: str) -> str:
        result = run(base, monkeypatch, *arguments)
        assert result.exit_code == 0
        return result.stdout

    assert say("history", "one") == "nothing was changed\n"
    assert say("sign-off", "mine", "--status", "published", "--by", "B") == "2 stories now published, by B\n"
    assert say("sign-off", "mine", "--status", "published", "--by", "B") == "nothing to do: published already\n"
    reply = ("--author", "Acme", "--words", "We are sorry.", "--on", "2026-11-01", "--by", "D")
    assert say("reply", "one", *reply) == "reply 1 to one is recorded\n"
    assert say("reply", "one", "--withdraw", "1") == "reply 1 to one is withdrawn\n"
    first, second, third = say("history", "one").splitlines()
    assert first.endswith(" UTC by B: status: draft -> published")
    assert ' UTC by D: reply 1: nothing -> {"author": "Acme"' in second
    assert third.endswith("-> nothing")
    refused = run(base, monkeypatch, "sign-off", "one", "tow", "--status", "reviewed")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("story or batch 'tow' is unknown. Did you mean two?")
    for misuse in (("--author", "Acme"), (*reply, "--withdraw", "1")):
        assert run(base, monkeypatch, "reply", "one", *misuse).exit_code == 2
