"""A person whose coding a machine replaced cannot publish the story alone, by any route."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.editing.batches import delete_batch
from cxdata.editing.changelog import read_changelog
from cxdata.editing.review import list_queue, sign_off
from cxdata.editing.stories import update_story
from cxdata.errors import Refused
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.staging import CodingStep, Staged
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Connection
from cxdata.store.records.story_reader import read_story
from cxdata.stories import Story
from pages.ui import permissions
from tests.fixtures.databases import look, open_database
from tests.fixtures.imports import table, told_rows
from tests.fixtures.pages import open_page
from tests.fixtures.stories import make_story

MACHINE, SECOND_MACHINE = "Words of kettles 1", "Words of kettles 2"
UNCODED = {
    "job": "",
    "outcome": "",
    "verdict": "",
    "touchpoint": "",
    "feeling": "",
    "emotions": "",
    "stage": "",
    "demand": "",
    "loyalty": "",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of one shipped story; shared."""
    path = tmp_path_factory.mktemp("machine") / "db" / "stories.duckdb"
    path.parent.mkdir()
    database_of(make_story("shipped-one"), path=str(path)).close()
    return path


def code_from_words(connection: Connection, staged: Staged) -> Staged:
    """Code a story, whatever it was coded as, and take the coder's name out as a careless step might."""
    connection.execute(
        "update staged_story set job = 'buy_a_gift', outcome = 'resolved', kind = 'customer_story', coder = 'nobody'"
    )
    connection.execute("update staged_encounter set touchpoint = 'phone', demand = 'failure'")
    return staged


def code_again(connection: Connection, staged: Staged) -> Staged:
    connection.execute("update staged_story set outcome = 'unresolved'")
    return staged


def code_by_machine(path: Path, file: Path, *machines: CodingStep, **asked: str) -> None:
    folder = path.parent.parent / "work"
    folder.mkdir(exist_ok=True)
    request = ImportRequest(str(path), (str(file),), str(folder), **({"by": "me", "batch": "mine"} | asked))  # type: ignore[arg-type]
    report = run_pipeline(request, lambda *_: None, machines or (CodingStep(MACHINE, code_from_words),))
    assert [str(fault) for fault in report.faults] == []
    assert report.drafts == 1


def jsonl(folder: Path, story: Story) -> Path:
    path = folder / "stories.jsonl"
    path.write_text(story.model_dump_json(exclude_none=True) + "\n", "utf-8")
    return path


def flat(folder: Path, story: Story) -> Path:
    return table(folder / "stories.csv", told_rows(story))


def unnamed(folder: Path, **told: str) -> Path:
    """A table whose stories name no coder, so that their importer is it."""
    rows = told_rows(make_story("kettle", summary="Invented."))
    nobody = {"coder": "", "coded_on": "", "status": "", "reviewer": "", "reviewed_on": ""}
    return table(folder / "unnamed.csv", [row | nobody | told for row in rows])


@pytest.mark.parametrize(
    ("write", "status", "names"),
    [(jsonl, "", "kettle"), (flat, "published", "kettle"), (jsonl, "published", "mine"), (flat, "", "mine")],
)
def test_replaced_coder_is_refused_and_another_person_publishes(
    base: Path, tmp_path: Path, write: Callable[[Path, Story], Path], status: str, names: str
) -> None:
    asked = {"status": status} if status else {}
    code_by_machine(base, write(tmp_path, make_story("kettle", coder="Ann", reviewer="Ben")), **asked)
    assert look(base, "select status, coder, reviewer, notes from story where story = 'kettle'") == [
        ("draft", MACHINE, None, None)
    ]
    for person in ("Ann", " aNN\u200b "):
        for new in ("reviewed", "published"):
            with pytest.raises(Refused, match=rf"^kettle: coded by Ann before {MACHINE}\. Somebody else has to read"):
                sign_off(DuckDBFile(base), names, new, person)
    assert sign_off(DuckDBFile(base), names, "published", "Ben") == ("kettle",)


def test_every_coder_before_the_last_machine_is_kept(base: Path, tmp_path: Path) -> None:
    first, second = CodingStep(MACHINE, code_from_words), CodingStep(SECOND_MACHINE, code_again)
    code_by_machine(base, flat(tmp_path, make_story("kettle", coder="Ann")), first, second)
    with open_database(base) as connection:
        kept = [(row["before"], row["after"], row["changed_by"]) for row in read_changelog(connection, "kettle")]
        (waiting,) = list_queue(connection, "mine", 1)
    assert kept == [("Ann", MACHINE, MACHINE), (MACHINE, SECOND_MACHINE, SECOND_MACHINE)]
    assert sorted(waiting["coders_and_editors"]) == ["Ann", MACHINE, SECOND_MACHINE]
    with pytest.raises(Refused, match=f"coded by Ann before {MACHINE}"):
        sign_off(DuckDBFile(base), "kettle", "published", "Ann")


def test_importer_of_codes_is_refused_though_no_coder_is_named(base: Path, tmp_path: Path) -> None:
    code_by_machine(base, unnamed(tmp_path))
    with pytest.raises(Refused, match=f"kettle: coded by me before {MACHINE}"):
        sign_off(DuckDBFile(base), "kettle", "published", "me")


def test_importer_of_a_story_without_codes_coded_nothing(base: Path, tmp_path: Path) -> None:
    code_by_machine(base, unnamed(tmp_path, **UNCODED))
    assert look(base, "select * from history") == []
    assert sign_off(DuckDBFile(base), "kettle", "published", "me") == ("kettle",)


def test_replaced_coder_is_refused_after_an_edit_a_return_and_a_migration(base: Path, tmp_path: Path) -> None:
    engine = DuckDBFile(base)
    code_by_machine(base, flat(tmp_path, make_story("kettle", coder="Ann")))
    sign_off(engine, "kettle", "published", "Ben")
    sign_off(engine, "kettle", "draft", "Ann")
    with engine.read() as connection:
        story = read_story(connection, "kettle")
    update_story(engine, "kettle", story.model_copy(update={"title": "Another"}), "Eve")
    engine.migrate(rebuild=True)
    for person, why in (("Ann", f"coded by Ann before {MACHINE}"), ("Eve", "edited by Eve")):
        with pytest.raises(Refused, match=why):
            sign_off(engine, "kettle", "published", person)
    assert sign_off(engine, "kettle", "published", "Ben") == ("kettle",)


def test_kept_coder_goes_with_the_batch(base: Path, tmp_path: Path) -> None:
    code_by_machine(base, flat(tmp_path, make_story("kettle", coder="Ann")))
    delete_batch(DuckDBFile(base), "mine", "me")
    assert look(base, "select * from history") == []


def test_known_story_gets_no_second_row_of_history(base: Path, tmp_path: Path) -> None:
    file = flat(tmp_path, make_story("kettle", coder="Ann"))
    code_by_machine(base, file)
    before = look(base, "select * from history")
    folder = tmp_path / "again"
    folder.mkdir()
    request = ImportRequest(str(base), (str(file),), str(folder), by="me", batch="again")
    assert run_pipeline(request, lambda *_: None, (CodingStep(MACHINE, code_from_words),)).known == 1
    assert len(before) == 1
    assert look(base, "select * from history") == before


def test_command_refuses_the_replaced_coder(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code_by_machine(base, flat(tmp_path, make_story("kettle", coder="Ann")))
    monkeypatch.setenv("CXDATA_DATABASE", str(base))

    def publish(by: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["sign-off", "mine", "--status", "published", "--by", by])
        return result.exit_code, result.output

    code, said = publish("ann")
    assert (code, f"coded by Ann before {MACHINE}" in said) == (1, True)
    assert look(base, "select status from story where story = 'kettle'") == [("draft",)]
    assert publish("Ben") == (0, "1 story now published, by Ben\n")


def test_page_refuses_the_replaced_coder(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code_by_machine(base, flat(tmp_path, make_story("kettle", coder="Ann", coded_on=date(2026, 11, 1))))
    for name, value in {"DATABASE": str(base), "EDITING": "local", "EDITOR": "Ann"}.items():
        monkeypatch.setenv(f"CXDATA_{name}", value)
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)
    app = open_page("add", part="review")
    buttons = {each.key: each for each in app.button}
    assert buttons["story-published"].disabled
    assert buttons["story-reviewed"].disabled
    buttons["batch-published"].click().run()
    assert f"kettle: coded by Ann before {MACHINE}" in app.error[0].value.replace("\\", "")
    assert look(base, "select status from story where story = 'kettle'") == [("draft",)]
    monkeypatch.setenv("CXDATA_EDITOR", "Ben")
    app = open_page("add", part="review")
    assert not next(each for each in app.button if each.key == "story-published").disabled
