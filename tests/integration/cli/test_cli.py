"""The commands `build`, `check` and `ask`: output, streams and exit codes."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxdata.cli.root import GROUPS, main
from cxdata.questions.ask import list_questions
from cxdata.resources import ROOT, STORIES
from tests.fixtures import DATA
from tests.fixtures.command_line import run
from tests.fixtures.stories import make_story

BAD = DATA / "bad_stories"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "stories.duckdb"


@pytest.fixture(autouse=True)
def _own_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))


def test_build_prints_its_file_and_counts(path: Path) -> None:
    result = run("build")
    assert result.exit_code == 0
    assert result.stdout == f"{path}: 8 stories, 49 encounters, 38 effort events\n"


def test_check_accepts_the_shipped_stories_and_lessons() -> None:
    files = [*STORIES.glob("*.toml"), *(STORIES / "lessons").glob("*.toml")]
    result = run("check", *files)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count(": correct. ") == len(files)
    assert "ao-laptop: correct. 14 steps, 17 efforts, 5 promises, published\n" in result.stdout


def test_check_accepts_the_second_codings() -> None:
    result = run("check", *sorted(STORIES.glob("second/*.toml")))
    assert result.exit_code == 0
    assert "argos-laptop, coded again by Reader C: correct. 0 efforts found" in result.stdout


def test_check_prints_every_fault_of_every_file() -> None:
    result = run("check", DATA / "good-story.toml", BAD / "feeling-six.toml", BAD / "missing-outcome.toml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "feeling-six.toml: encounter 1: feeling 6 is above 5",
        "missing-outcome.toml: outcome is missing",
        "2 faults in 3 files",
    ]


def test_check_reports_missing_files(tmp_path: Path) -> None:
    result = run("check", tmp_path / "nowhere.toml")
    assert result.exit_code == 1
    assert "nowhere.toml: cannot be read" in result.stderr


def test_check_requires_a_file() -> None:
    result = run("check")
    assert result.exit_code == 2
    assert "Missing argument 'FILES...'" in result.stderr


def test_lessons_refer_to_shipped_stories_alone(tmp_path: Path) -> None:
    lessons = shutil.copy(STORIES / "lessons" / "iqbal-dialogue.toml", tmp_path)
    assert run("check", lessons).exit_code == 0
    text = Path(lessons).read_text("utf-8").replace('"ao-laptop"', '"oa-laptop"')
    Path(lessons).write_text(text, "utf-8")
    result = run("check", lessons)
    assert result.exit_code == 1
    assert "lesson 'for-the-sake-of': story 'oa-laptop' is unknown. Did you mean ao-laptop?" in result.stderr


def test_ask_prints_a_table() -> None:
    result = run("ask", "company_scores", "--param", "companies=ao")
    head, rule, row, count = result.stdout.splitlines()
    assert result.exit_code == 0
    assert head.split()[:2] == ["company", "sector"]
    assert set(rule) == {"-", " "}
    assert row.startswith("AO.com")
    assert count == "(1 row)"


def test_ask_prints_unknown_values_as_null_in_json() -> None:
    (row,) = json.loads(run("ask", "story", "--param", "story=statin-plain-pack", "--format", "json").stdout)
    assert (row["experience"], row["loyalty_label"], row["effort_points"]) == (None, None, 0)
    assert row["coded_on"] == "2026-11-21"


def test_ask_prints_unknown_values_as_empty_cells_in_csv() -> None:
    result = run("ask", "story_scores", "--format", "csv")
    rows = {row["story"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert len(rows) == 8
    assert (rows["statin-plain-pack"]["experience"], rows["statin-plain-pack"]["effort_points"]) == ("", "0.0")


def test_ask_escapes_formulas_in_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    evil = make_story("evil", company="=HYPERLINK(A1)", title="@SUM(1+1)")
    database_of(evil, path=str(tmp_path / "evil.duckdb")).close()
    monkeypatch.setattr(
        "cxdata.store.duckdb_file.DuckDBFile.read", lambda _: duckdb.connect(str(tmp_path / "evil.duckdb"))
    )
    (row,) = csv.DictReader(io.StringIO(run("ask", "story_scores", "--format", "csv").stdout))
    assert (row["company"], row["title"]) == ("'=HYPERLINK(A1)", "'@SUM(1+1)")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_ask_accepts_answers_without_rows(form: str) -> None:
    result = run("ask", "effort", "--param", "since=2100-01-01", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith("[]" if form == "json" else "company")


def test_a_repeated_parameter_is_a_list() -> None:
    given = ("--param", "companies=ao", "--param", "companies=argos", "--format", "json")
    assert {row["company"] for row in json.loads(run("ask", "company_scores", *given).stdout)} == {"AO.com", "Argos"}


@pytest.fixture
def two_kinds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    """A database of five stories of a shop and one complaint about a bank."""
    filed = make_story("filed", company="Bank", source={"id": "r", "title": "R", "author": "R", "kind": "complaints"})
    stories = [make_story(f"tale-{n}", company="Shop") for n in range(5)]
    database_of(*stories, filed, path=str(tmp_path / "kinds.duckdb")).close()
    monkeypatch.setenv("CXDATA_DATABASE", str(tmp_path / "kinds.duckdb"))


@pytest.mark.usefixtures("two_kinds")
def test_ask_answers_for_one_kind_of_story_and_says_which() -> None:
    result = run("ask", "company_scores", "--format", "json")
    assert [row["company"] for row in json.loads(result.stdout)] == ["Shop"]
    assert result.stderr == "of customer stories alone (--kind all: of all kinds)\n"
    result = run("ask", "company_scores", "--kind", "complaint", "--format", "json")
    assert [row["company"] for row in json.loads(result.stdout)] == ["Bank"]
    assert result.stderr == ""
    assert len(json.loads(run("ask", "company_scores", "--kind", "all", "--format", "json").stdout)) == 2


@pytest.mark.usefixtures("two_kinds")
@pytest.mark.parametrize("command", [("ask", "company_scores"), ("export", "effort")])
def test_unknown_kind_is_refused_with_the_choices(command: tuple[str, str], tmp_path: Path) -> None:
    out = ("--out", tmp_path) if command[0] == "export" else ()
    result = run(*command, "--kind", "complain", *out)
    assert result.exit_code == 1
    assert "'complain' is unknown. Did you mean complaint? The codebook has: customer_story, complaint" in result.stderr
    result = run(*command, "--kind", "complaint", "--param", "story_kind=survey", *out)
    assert (result.exit_code, "give one of them" in result.stderr) == (1, True)


def test_ask_without_a_question_lists_all_questions() -> None:
    result = run("ask")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(list_questions())
    assert all(line.endswith("?") for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["company_score"], "question 'company_score' is unknown. Did you mean company_scores? The library has: "),
        (["journey"], "journey: needs story. The database has: amazon-toothbrush, "),
        (
            ["effort", "--param", "company=AO"],
            "effort: parameter 'company' is unknown. Did you mean companies? The question has: ",
        ),
        (["effort", "--param", "companies"], "--param 'companies': write it NAME=VALUE"),
        (["effort", "--param", "companies=Acme"], "effort: companies 'Acme'"),
        (["journey", "--param", "story=a", "--param", "story=b"], "journey: story "),
    ],
)
def test_a_wrong_question_exits_with_1_and_lists_the_choices(arguments: list[str], message: str) -> None:
    result = run("ask", *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(message)


def test_parameter_values_may_contain_equals_signs() -> None:
    result = run("ask", "stories_behind", "--param", "search=a=b", "--format", "json")
    assert json.loads(result.stdout) == []


def test_a_damaged_database_is_reported_without_a_traceback(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    garbage = tmp_path / "garbage.duckdb"
    garbage.write_text("not a database")
    monkeypatch.setenv("CXDATA_DATABASE", str(garbage))
    result = run("ask", "library")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{garbage} cannot be opened")


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_describes_every_command_and_option(command: str) -> None:
    result = run(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    parameters = main.commands[command].params if command else []
    assert all(
        parameter.make_metavar(main.make_context("", ["ask"])).strip("[].") in result.stdout
        for parameter in parameters
        if not getattr(parameter, "is_flag", False)
    )
    assert all(name in result.stdout for name in (main.commands if not command else ()))
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    assert all(getattr(option, "help", None) for option in options)


def test_the_command_line_runs_as_a_module(path: Path) -> None:
    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "cxdata", *arguments],
            env=os.environ | {"CXDATA_DATABASE": str(path)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    answered = call("ask", "story_scores", "--format", "csv")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert len(answered.stdout.splitlines()) == 9
    wrong = call("ask", "nothing")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("question 'nothing'")
    assert call("dance").returncode == 2


def test_help_shows_every_command_in_one_group_on_one_line() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(main.commands)
    shown = run("--help").output
    for name, command in main.commands.items():
        summary = str(command.help).splitlines()[0]
        assert re.search(rf"^  {name} +{re.escape(summary)}$", shown, re.MULTILINE)


def test_examples_of_help_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run("--help").output
    examples = re.findall(r"^    cxdata (.+)$", shown, re.MULTILINE)
    assert len(examples) == 3
    for example in examples[1:]:  # the first starts the dashboard, as tests/browser do
        done = run(*example.split())
        assert done.exit_code == 0, done.output
