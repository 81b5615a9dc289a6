"""Texts are spelled as in British English; the names that code needs (`color`, `normalize`) are not texts."""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import pytest
from codespell_lib import main as codespell

from cxdata.resources import ROOT
from tests.fixtures.words.reader_texts import all_texts

# American spellings that are British words too: a story, a program, a gas meter, a draft, a check, a tire
BOTH = [
    "stories",
    "story",
    "program",
    "programs",
    "meter",
    "meters",
    "draft",
    "drafts",
    "check",
    "checks",
    "tire",
    "tires",
]
CHECKED = [
    "app.py",
    "pages",
    "cxdata",
    "sql",
    "docs",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
]
# words that are right: the ending of 2nd
RIGHT = "nd"
SKIPPED = "*.ttf,*.woff2,*.zip,*.duckdb,*.parquet,*.svg,*.png,__pycache__"
WORD = re.compile(r"[A-Za-z]+")


@pytest.fixture(scope="module")
def british() -> Mapping[str, str]:
    """The British spelling of each American word in the word list of codespell."""
    lines = resources.files("codespell_lib").joinpath("data/dictionary_en-GB_to_en-US.txt").read_text("utf-8")
    pairs = (line.split("->") for line in lines.splitlines() if "->" in line)
    return {word: spelling for spelling, words in pairs for word in words.split(",") if word and word not in BOTH}


def american_words(text: str, british: Mapping[str, str]) -> list[str]:
    """Return the American spellings of a text, each with the British one."""
    return [f"{word}: {british[word.lower()]}" for word in WORD.findall(text) if word.lower() in british]


def test_texts_are_spelled_as_in_britain(british: Mapping[str, str]) -> None:
    faults = [f"{place}: {fault}" for place, text in all_texts() for fault in american_words(text, british)]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("word", ["Color", "organization", "center", "canceled"])
def test_an_american_spelling_is_found(word: str, british: Mapping[str, str]) -> None:
    assert american_words(f"The {word} is shown.", british)


def test_no_word_is_misspelled(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--quiet-level=3", f"--ignore-words-list={RIGHT}", f"--skip={SKIPPED}")
    faults = codespell(*options, *(str(ROOT / place) for place in CHECKED))
    assert faults == 0, capsys.readouterr().out


def test_a_misspelled_word_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (text := tmp_path / "text.md").write_text("The efort of a customer.", "utf-8")
    assert codespell("--quiet-level=3", str(text)) != 0
    assert "effort" in capsys.readouterr().out
