"""Import and undo at the command line: what they print, where, and with which exit code."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxdata.cli.root import main
from tests.fixtures import DATA

BAD = DATA / "bad_stories"


@pytest.fixture(autouse=True)
def _own_database(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.chdir(base.parent)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_stories_are_imported_listed_and_taken_out() -> None:
    story = DATA / "good-story.toml"
    tried = run("import", story, "--as", "mine", "--dry-run")
    assert tried.stdout.endswith("1 story of 1 new company would be brought in as batch mine\n")
    assert "good-story" not in run("ask", "story_scores").stdout
    done = run("import", story, "--as", "mine", "--by", "A. Writer")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "good-story.toml: 1 row (UTF-8), 1 new story\n1 story of 1 new company is brought in as batch mine\n"
    )
    assert "good-story" in run("ask", "story_scores").stdout
    again = run("import", story)
    assert again.stdout == "good-story.toml: 1 row (UTF-8), 0 new stories, 1 there already\nnothing new\n"
    listed = run("undo").stdout.splitlines()
    assert re.match(r"mine +1 story, \d{4}-\d\d-\d\d \d\d:\d\d UTC by A\. Writer, good-story\.toml$", listed[0])
    assert listed[1].startswith("shipped")
    assert run("undo", "mine").stdout == "batch mine is taken out: 1 story\n"
    assert "good-story" not in run("ask", "story_scores").stdout
    refused = run("undo", "mine")
    assert (refused.exit_code, refused.stderr) == (1, "batch 'mine'; the database has: nothing yet\n")


def test_an_import_with_a_fault_brings_in_nothing_and_names_it() -> None:
    result = run("import", DATA / "good-story.toml", BAD / "feeling-six.toml")
    assert result.exit_code == 1
    assert "feeling 6 is above 5" in result.stderr
    assert result.stderr.endswith("1 fault; nothing was brought in; --on-fault skip brings in what is right\n")
    assert "good-story" not in run("ask", "story_scores").stdout


def test_what_is_right_comes_in_where_that_is_asked_and_the_rest_is_written_down(base: Path) -> None:
    result = run("import", DATA / "good-story.toml", BAD / "feeling-six.toml", "--on-fault", "skip", "--as", "mine")
    assert result.exit_code == 0
    assert result.stdout.endswith("1 story of 1 new company is brought in as batch mine\n")
    told = (base.parent / "faults-mine" / "faults.csv").read_text("utf-8-sig").splitlines()
    assert told[0] == "file,row,story,column,value,why,nearest choice"
    assert len(told) == 2


def test_the_template_is_written_and_comes_in_as_it_is(base: Path) -> None:
    template = base.parent / "template.csv"
    assert run("template", template).exit_code == 0
    again = run("import", template)
    assert again.exit_code == 0
    assert "1 there already" in again.stdout  # the example is a shipped story
