"""Documents are correct: paths, links and commands exist, and no file names its author's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.cli.root import main
from cxdata.questions.ask import list_questions
from cxdata.resources import ROOT

README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks" / "README.md"]
FOLDERS = ("cxdata", "pages", "sql", "tests", "docs", "benchmarks")
# the reader's own files, and files that the program writes
OWN = {
    "my-story.toml",
    "my-stories.csv",
    "complaints-*.csv",
    ".streamlit/secrets.toml",
    "effort.csv",
}


def shipped_texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    kinds = {".py", ".sql", ".toml", ".md", ".csv", ".txt", ".json", ".css", ".yaml", ""}
    paths = [ROOT / name for name in names if name and Path(name).suffix in kinds]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


def find_commands(text: str) -> Iterator[list[str]]:
    """Yield the words of every command line `cxdata ...` in a document."""
    for line in re.findall(r"(?:python -m |^    |`)cxdata ([a-z][^`\n#]*)", text, flags=re.MULTILINE):
        yield line.split()


def test_files_name_no_path_of_their_authors_machine() -> None:
    banned = re.compile(
        r"/work/|/home/\w+/|/tmp/devproj|/root/|https?://[^\s\"')]*(pypi|registry|proxy|mirror)[^\s\"')]*"
    )
    texts = shipped_texts()
    if not texts:
        pytest.skip("not a git checkout")
    found = {str(path): match[0] for path in texts if (match := banned.search(path.read_text("utf-8", "ignore")))}
    assert found == {}


def exists_somewhere(name: str) -> bool:
    """Return whether a path exists, or ends in this name: documents name some files by their last part."""
    return any(list(ROOT.glob(name)) or list((ROOT / top).glob(f"**/{name}")) for top in FOLDERS)


def test_documents_name_files_that_exist() -> None:
    missing = {}
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
        plain = re.sub(r"\]\([^)]*\)", "]", text)
        named = set(re.findall(r"(?<![\w/.-])((?:[\w.-]+/)*[\w*-]+\.(?:py|sql|toml|csv|md|png|txt))\b", plain))
        named |= set(re.findall(r"`([\w./]+/)`", plain))
        gone = {name for name in named - OWN if not exists_somewhere(name)}
        gone |= {link for link in links if not (document.parent / link).exists()}
        if gone:
            missing[document.name] = gone
    assert missing == {}


def test_documents_name_commands_and_options_that_exist() -> None:
    for document in DOCUMENTS:
        for command, *arguments in find_commands(document.read_text("utf-8")):
            assert command in main.commands, f"{document}: cxdata {command}"
            if command == "ask" and arguments:
                assert arguments[0] in list_questions() or arguments[0].isupper(), document
            known = {option for parameter in main.commands[command].params for option in parameter.opts}
            assert {argument for argument in arguments if argument.startswith("--")} <= known, f"{document}: {command}"


def test_readme_shows_every_command() -> None:
    assert [name for name in main.commands if f"cxdata {name}" not in README] == []
    assert "streamlit run app.py" in README


def test_ci_runs_the_test_command_of_the_readme_word_for_word() -> None:
    (command,) = re.findall(r"^ {4}(.*-m pytest)$", README, flags=re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_decision_has_four_parts_and_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    for number, record in enumerate(sorted(folder.glob("0*.md")), start=1):
        text = record.read_text("utf-8")
        title = re.match(rf"# {number}\. (.+)\n", text)
        assert title, record
        assert f"[{number:04}]({record.name}) | {title[1]} |" in index
        assert re.search(r"^Date: \d{4}-\d\d-\d\d", text, flags=re.MULTILINE), record
        assert re.findall(r"^## (\w+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"], record
