"""The house rules that a machine can hold: who imports whom, how long a file is, that the documents tell the truth."""

import ast
import re
import subprocess
from pathlib import Path

import click
import pytest

from cxdata.cli import main
from cxdata.database import questions
from cxdata.places import ROOT

FOLDERS = ("cxdata", "pages", "tests", "benchmarks")
PYTHON = sorted([ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))])
DOCUMENTS = [path for name in ("README.md", "ARCHITECTURE.md") if (path := ROOT / name).exists()]
LONGEST = 400  # lines: beyond that there is a seam to look for

# What a module, or any module beneath it, may import of the project itself; the nearest entry counts.
MAY_IMPORT: dict[str, set[str]] = {
    "cxdata.nearest": set(),
    "cxdata.errors": {"cxdata.nearest"},
    "cxdata.words": set(),
    "cxdata.cells": set(),
    "cxdata.places": set(),
    "cxdata.codebook": {"cxdata.errors", "cxdata.places"},
    "cxdata.agreement": set(),
    "cxdata.intervals": set(),
    "cxdata.facts": {"cxdata.codebook", "cxdata.errors", "cxdata.places"},
    "cxdata.stories": {"cxdata.stories", "cxdata.codebook", "cxdata.errors", "cxdata.places"},
    "cxdata.database": {
        "cxdata.database",
        "cxdata.stories",
        "cxdata.codebook",
        "cxdata.facts",
        "cxdata.agreement",
        "cxdata.intervals",
        "cxdata.errors",
        "cxdata.places",
    },
    "cxdata.intake": {
        "cxdata.cells",
        "cxdata.intake",
        "cxdata.database",
        "cxdata.stories",
        "cxdata.codebook",
        "cxdata.errors",
        "cxdata.nearest",
        "cxdata.places",
    },
    "cxdata.charts": {"cxdata.charts", "cxdata.words", "cxdata.errors"},
    "cxdata.findings": {"cxdata.words"},
    "cxdata.opinions": {"cxdata.codebook", "cxdata.words"},
    "cxdata.publish": {"cxdata.charts", "cxdata.database", "cxdata.opinions", "cxdata.words", "cxdata.errors"},
    "cxdata.export": {
        "cxdata.export",
        "cxdata.publish",
        "cxdata.charts",
        "cxdata.database",
        "cxdata.cells",
        "cxdata.words",
        "cxdata.errors",
    },
    "cxdata.synthetic": {"cxdata.intake.columns", "cxdata.codebook", "cxdata.errors", "cxdata.places"},
    "cxdata.cli": {"cxdata"},
    "cxdata.cli_backup": {"cxdata"},
    "cxdata.cli_synthesize": {"cxdata"},
    "cxdata.cli_export": {"cxdata"},
    "cxdata.cli_intake": {"cxdata"},
    "cxdata.cli_review": {"cxdata"},
    "cxdata.__main__": {"cxdata.cli"},
    "cxdata": set(),
    "pages": {"cxdata", "pages.shared"},
    "app": {"cxdata", "pages.shared"},
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: an import says the whole name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_within(module: str, owner: str) -> bool:
    return module == owner or module.startswith(f"{owner}.")


def owners_of(path: Path) -> list[str]:
    """The rules that speak of a file; none does of tests and benchmarks, which may see everything."""
    return [owner for owner in MAY_IMPORT if is_within(module_of(path), owner)]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in PYTHON if owners_of(path)], ids=relative)
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    allowed = MAY_IMPORT[max(owners_of(path), key=len)]
    ours = {name for name in imported_by(path) if is_within(name, "cxdata") or is_within(name, "pages")}
    # the version alone lies in the package itself
    strays = {name for name in ours if not any(is_within(name, owner) for owner in allowed)} - {"cxdata.__version__"}
    assert strays == set()


@pytest.mark.parametrize("path", sorted((ROOT / "cxdata").rglob("*.py")), ids=relative)
def test_the_package_knows_nothing_of_streamlit(path: Path) -> None:
    assert not {name for name in imported_by(path) if is_within(name, "streamlit") or is_within(name, "pages")}


@pytest.mark.parametrize("path", sorted((ROOT / "cxdata" / "charts").rglob("*.py")), ids=relative)
def test_a_chart_asks_no_question(path: Path) -> None:
    assert not {name for name in imported_by(path) if is_within(name, "duckdb") or is_within(name, "cxdata.database")}


def test_every_module_of_the_package_has_its_rule() -> None:
    top = {module_of(path) for path in (ROOT / "cxdata").glob("*.py")}
    folders = {f"cxdata.{path.name}" for path in (ROOT / "cxdata").iterdir() if (path / "__init__.py").exists()}
    assert (top | folders) <= set(MAY_IMPORT), "a new module needs a line in tests/test_architecture.py"


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, "look for the seam"


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
            assert arguments[0] in questions() or arguments[0].isupper(), line
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
    shown = re.findall(r"python -m cxdata ([\w-]+)", main.help or "")
    assert set(shown) == set(main.commands)
    assert all(isinstance(command, click.Command) and command.help for command in main.commands.values())


def test_ci_runs_the_command_of_the_readme_word_for_word() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("not written yet")
    (command,) = re.findall(r"^ {4}(.*-m pytest)$", readme.read_text("utf-8"), flags=re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_no_two_test_files_share_a_name() -> None:
    """pytest would collect them while one has been compiled before, and stop on a fresh machine."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
