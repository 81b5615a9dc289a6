"""Second spellings of commands and options: they work, and help shows the first alone."""

from pathlib import Path

import pytest

from cxdata.cli.options import RespelledOption
from cxdata.cli.root import SECOND_NAMES, main
from tests.fixtures.command_line import run
from tests.fixtures.databases import Write

RESPELLED = {
    ("import", "--batch", "--as"),
    ("import", "--dates", "--date-order"),
    ("import", "--on-fault", "--on-error"),
    ("export", "--param", "--choice"),
    ("backup", "--overwrite", "--replace"),
    ("synthesize", "--overwrite", "--replace"),
    ("reply", "--text", "--words"),
}


@pytest.fixture(autouse=True)
def _own_database(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))


def test_every_respelled_option_is_listed_here() -> None:
    found = {
        (name, option.opts[0], option.formerly)
        for name, command in main.commands.items()
        for option in command.params
        if isinstance(option, RespelledOption)
    }
    assert found == RESPELLED


def test_help_shows_first_spellings_alone() -> None:
    listed = run("--help").stdout.split("Options:")[1].split()
    assert not set(SECOND_NAMES) & set(listed)
    for command, first, former in RESPELLED:
        shown = run(command, "--help").stdout.split("Options:")[1].replace(",", " ").split()
        assert first in shown
        assert former not in shown


@pytest.mark.parametrize("second", SECOND_NAMES)
def test_a_command_answers_to_its_second_name(second: str) -> None:
    first, asked = (run(name, "--help").stdout.partition("\n")[2] for name in (SECOND_NAMES[second], second))
    assert first == asked
    assert run(second, "--no-such-option").exit_code == 2


@pytest.mark.parametrize("spelling", ["--batch", "--as"])
def test_an_import_names_its_batch_by_either_spelling(spelling: str, write: Write) -> None:
    assert run("import", write("one"), spelling, "mine").exit_code == 0
    assert "mine" in {line.split()[0] for line in run("delete-batch").stdout.splitlines()}


@pytest.mark.parametrize("spelling", ["--text", "--words"])
def test_a_reply_takes_its_text_by_either_spelling(spelling: str) -> None:
    given = ("--author", "AO.com", spelling, "We are sorry.", "--on", "2026-11-22")
    assert run("reply", "ao-laptop", *given).stdout == "reply 1 to ao-laptop is recorded\n"
    assert "We are sorry." in run("changelog", "ao-laptop").stdout


@pytest.mark.parametrize("spelling", ["--overwrite", "--replace"])
def test_a_backup_is_overwritten_by_either_spelling(spelling: str, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "backup.duckdb").exit_code == 0
    assert run("backup", tmp_path / "backup.duckdb").exit_code == 1
    assert run("backup", tmp_path / "backup.duckdb", spelling).exit_code == 0


def test_both_spellings_of_a_repeated_option_add_up(tmp_path: Path) -> None:
    given = ("--param", "companies=argos", "--choice", "companies=ao", "--format", "csv", "--out", tmp_path)
    assert run("export", "effort", *given).exit_code == 0
    (written,) = tmp_path.glob("*.csv")
    assert {"AO.com", "Argos"} <= set(written.read_text("utf-8-sig").replace("\n", ",").split(","))
