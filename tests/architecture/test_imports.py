"""The house rules that a machine can hold: who imports whom, how long a file is, that the documents tell the truth."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cxdata.cli.root import main
from cxdata.questions.ask import list_questions
from cxdata.resources import ROOT

FOLDERS = ("cxdata", "pages", "tests", "benchmarks")
PYTHON = sorted([ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))])
DOCUMENTS = [path for name in ("README.md", "ARCHITECTURE.md") if (path := ROOT / name).exists()]
BIN = Path(sys.executable).parent
LONGEST = 400  # lines: beyond that there is a seam to look for


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_module_imports_only_what_lies_below_it() -> None:
    """The contracts are in .importlinter."""
    found = subprocess.run([BIN / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_a_file_is_short_enough_to_read() -> None:
    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in PYTHON}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}, "look for the seam"


def test_pages_put_no_values_into_sql() -> None:
    for path in (ROOT / "pages").rglob("*.py"):
        assert ".execute(" not in path.read_text("utf-8"), f"{path}: a page asks a question by its name"


def shipped_texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    kinds = {".py", ".sql", ".toml", ".md", ".csv", ".txt", ".json", ".css", ""}
    paths = [ROOT / name for name in names if name and Path(name).suffix in kinds]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    banned = re.compile(
        r"/work/|/home/\w+/|/tmp/devproj|/root/|https?://[^\s\"')]*(pypi|registry|proxy|mirror)[^\s\"')]*"
    )
    texts = shipped_texts()
    if not texts:
        pytest.skip("not a git checkout")
    found = {relative(path): match[0] for path in texts if (match := banned.search(path.read_text("utf-8", "ignore")))}
    assert found == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    named = set(re.findall(r"(?<![\w/.-])((?:[\w.-]+/)*[\w*-]+\.(?:py|sql|toml|csv|md|png|txt))\b", text))
    named |= set(re.findall(r"`([\w./]+/)`", text)) | set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert named
    own = ("my-story.toml", "my-stories.csv", "complaints-*.csv", ".streamlit/secrets.toml")  # the reader's
    named = {name for name in named if name not in own and not name.startswith(".venv")}
    missing = [name for name in sorted(named) if not (list(ROOT.glob(name)) or list(ROOT.glob(f"*/{name}")))]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_command_that_a_document_names_is_one(document: Path) -> None:
    for line in re.findall(r"python -m cxdata ([^`\n#]*)", document.read_text("utf-8")):
        command, *arguments = line.split()
        assert command in main.commands, line
        if command == "ask" and arguments:
            assert arguments[0] in list_questions() or arguments[0].isupper(), line
        known = {option for parameter in main.commands[command].params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("--")} <= known, line


def test_the_readme_tells_of_every_command() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("not written yet")
    text = readme.read_text("utf-8")
    assert [name for name in main.commands if f"cxdata {name}" not in text] == []
    assert "streamlit run app.py" in text
    assert "-m pytest" in text


def test_the_help_shows_commands_that_work() -> None:
    shown = re.findall(r"^ *cxdata ([\w-]+)", main.help or "", flags=re.MULTILINE)
    assert set(shown) == set(main.commands)
    assert all(isinstance(command, click.Command) and command.help for command in main.commands.values())


def test_ci_runs_the_command_of_the_readme_word_for_word() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("not written yet")
    (command,) = re.findall(r"^ {4}(.*-m pytest)$", readme.read_text("utf-8"), flags=re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
