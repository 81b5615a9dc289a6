"""The commands `import`, `undo` and `template`: output, streams and exit codes."""

import re
from pathlib import Path

import pytest

from tests.fixtures import DATA
from tests.fixtures.command_line import run

BAD = DATA / "bad_stories"


@pytest.fixture(autouse=True)
def _own_database(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.chdir(base.parent)


def test_a_batch_is_imported_listed_and_deleted() -> None:
    story = DATA / "good-story.toml"
    tried = run("import", story, "--as", "mine", "--dry-run")
    assert tried.stdout.endswith(
        "Effort: read whole in 1 story, some types in 0, not read in 0.\n"
        "1 story of 1 new company would be imported as batch mine.\n"
    )
    assert "good-story" not in run("ask", "story_scores").stdout
    done = run("import", story, "--as", "mine", "--by", "A. Writer")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "good-story.toml: 1 row (UTF-8), 1 new story\n"
        "Effort: read whole in 1 story, some types in 0, not read in 0.\n"
        "1 story of 1 new company is imported as batch mine.\n"
    )
    assert "good-story" in run("ask", "story_scores").stdout
    again = run("import", story)
    assert again.stdout == "good-story.toml: 1 row (UTF-8), 0 new stories, 1 there already\nNothing new.\n"
    listed = run("undo").stdout.splitlines()
    assert re.match(r"mine +1 story, \d{4}-\d\d-\d\d \d\d:\d\d UTC by A\. Writer, good-story\.toml$", listed[0])
    assert listed[1].startswith("shipped")
    assert run("undo", "mine").stdout == "batch mine is deleted: 1 story\n"
    assert "good-story" not in run("ask", "story_scores").stdout
    refused = run("undo", "mine")
    assert (refused.exit_code, refused.stderr) == (1, "batch 'mine' is unknown. The database has: nothing yet\n")


def test_a_fault_stops_the_import_and_is_named() -> None:
    result = run("import", DATA / "good-story.toml", BAD / "feeling-six.toml")
    assert result.exit_code == 1
    assert "feeling 6 is above 5" in result.stderr
    assert result.stderr.endswith("1 fault. Nothing was imported. Use --on-fault skip to import the good rows.\n")
    assert "good-story" not in run("ask", "story_scores").stdout


def test_skipping_faults_imports_the_rest_and_writes_a_fault_file(base: Path) -> None:
    result = run("import", DATA / "good-story.toml", BAD / "feeling-six.toml", "--on-fault", "skip", "--as", "mine")
    assert result.exit_code == 0
    assert result.stdout.endswith("1 story of 1 new company is imported as batch mine.\n")
    faults = (base.parent / "faults-mine" / "faults.csv").read_text("utf-8-sig").splitlines()
    assert faults[0] == "file,row,story,column,value,why,nearest choice"
    assert len(faults) == 2


def test_the_template_imports_unchanged(base: Path) -> None:
    template = base.parent / "template.csv"
    assert run("template", template).exit_code == 0
    again = run("import", template)
    assert again.exit_code == 0
    assert "1 there already" in again.stdout  # the example is a shipped story
