"""Story files with faults: each of bad_stories/ has one, and is answered with the words in its first line.

`# fault: ` is followed by the whole message after the file's name; {touchpoints} stands for the codes of that table.
"""

import re
from pathlib import Path

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.errors import StoryError
from cxdata.stories import Story, parse_lessons, parse_story, read_library, read_story_files
from cxdata.stories.faults import MOST_FAULTS
from cxdata.stories.parser import LARGEST_FILE
from tests.fixtures import DATA

GOOD = DATA / "good-story.toml"
BAD = sorted((DATA / "bad_stories").glob("*.toml"))

LESSONS = """
[source]
id = "a-kettle"
title = "My kettle"
author = "A. Writer"
url = "https://kettle.example/post"
kind = "blog post"

[[lessons]]
lesson = "be-on-time"
title = "Be on time"
advice = "Come when you said."
locator = "last paragraph"
[[lessons.stories]]
story = "good-story"
shows = "broken"
because = "It came on the third day."
"""


def faults_of(content: bytes, codebook: Codebook, place: str = "tale.toml") -> list[str]:
    with pytest.raises(StoryError) as caught:
        parse_story(content, codebook, place)
    return [str(fault) for fault in caught.value.faults]


def write(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """The good story in a file of another name, with these changes."""
    text = GOOD.read_text("utf-8").replace("good-story", name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_story_that_the_bad_ones_were_made_from_is_right(codebook: Codebook) -> None:
    story = parse_story(GOOD.read_bytes(), codebook, GOOD.name)
    assert (story.story, len(story.encounters), story.happened_on) == ("good-story", 2, "2017-12")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_story_is_answered_with_its_one_fault(path: Path, codebook: Codebook) -> None:
    first_line = path.read_bytes().partition(b"\n")[0].decode()
    codes = {table: ", ".join(codebook[table]) for table in codebook.tables}
    expected = first_line.removeprefix("# fault: ").format_map(codes)
    assert faults_of(path.read_bytes(), codebook, path.name) == [f"{path.name}: {expected}"]


def test_an_empty_file_is_told_everything_that_a_story_needs(codebook: Codebook) -> None:
    needed = [name for name, field in Story.model_fields.items() if field.is_required()]
    assert len(needed) == 12
    assert faults_of(b"", codebook) == [f"tale.toml: {name} is missing" for name in needed]


def test_faults_in_different_places_are_told_at_once(codebook: Codebook) -> None:
    text = GOOD.read_text("utf-8").replace("feeling = 2", "feeling = 9").replace('"GB"', '"gb"').replace("ces = 2", "")
    text = text.replace('kept = "broken"', 'kept = "no"')
    assert faults_of(text.encode(), codebook, GOOD.name) == [
        "good-story.toml: company: country 'gb' is not a country's two letters, such as GB",
        "good-story.toml: encounter 1: feeling 9 is above 5",
        "good-story.toml: promise 1: kept 'no'; the choices are: 'kept', 'exceeded', 'broken' or 'unclear'",
    ]


def test_a_file_with_the_marks_of_a_windows_editor_is_read(codebook: Codebook) -> None:
    content = b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"\n", b"\r\n")
    assert parse_story(content, codebook, GOOD.name).company.name == "Kettles"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"#" * (LARGEST_FILE + 1), "tale.toml: is larger than 256,000 bytes, too large for one story"),
        (
            b"story" + b".a" * 5000 + b" = 1",
            "tale.toml: has more than 1,000 dots on line 1; no key or sentence needs them",
        ),
    ],
    ids=["too-large", "keys-within-keys"],
)
def test_a_file_that_would_hold_up_its_reader_is_refused(content: bytes, fault: str, codebook: Codebook) -> None:
    assert faults_of(content, codebook) == [fault]


def test_tables_within_tables_are_named_and_not_spelt_out(codebook: Codebook) -> None:
    content = b"story" + b".a" * 900 + b" = 1"  # deeper than Python can write out
    assert faults_of(content, codebook)[0] == "tale.toml: story (a table) is not text in quotes"


def test_a_number_that_python_will_not_write_is_named(codebook: Codebook) -> None:
    text = GOOD.read_text("utf-8").replace("ces = 2", "ces = 0x1" + "0" * 5000)
    assert faults_of(text.encode(), codebook, GOOD.name) == [
        "good-story.toml: ces (a number of thousands of digits) is above 7"
    ]


def test_of_very_many_faults_the_first_are_told_and_the_others_counted(codebook: Codebook) -> None:
    content = "\n".join(f"key{number} = 1" for number in range(500)).encode()
    faults = faults_of(content, codebook)
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1] == "tale.toml: and 412 more faults"  # 500 keys and 12 that are missing, of which 100 are told


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(StoryError, match=r"nowhere\.toml: cannot be read: No such file"):
        read_story_files([tmp_path / "nowhere.toml"], codebook)
    with pytest.raises(StoryError, match="cannot be read: Is a directory"):
        read_story_files([tmp_path], codebook)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"Retail"', '"Travel"'), "company 'Kettles': sector is 'Travel', but 'Retail' in one.toml"),
        (('"GB"', '"DE"'), "company 'Kettles': country is 'DE', but 'GB' in one.toml"),
        (('"A. Writer"', '"B. Writer"'), "source 'a-kettle': author is 'B. Writer', but 'A. Writer' in one.toml"),
        (('name = "Kettles"', 'name = "KETTLES"'), "company 'KETTLES': 'KETTLES' already leads to 'Kettles'"),
        (('name = "Kettles"', 'name = "Pans"'), "company 'Pans': 'Kettles Ltd' already leads to 'Kettles'"),
    ],
)
def test_files_that_contradict_each_other_are_a_fault(
    tmp_path: Path, codebook: Codebook, change: tuple[str, str], fault: str
) -> None:
    files = [write(tmp_path, "one"), write(tmp_path, "two", change)]
    with pytest.raises(StoryError) as caught:
        read_story_files(files, codebook)
    assert str(caught.value).splitlines()[0] == f"two.toml: {fault}"


def test_one_story_told_by_two_files_is_a_fault(tmp_path: Path, codebook: Codebook) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    files = [write(tmp_path, "one"), write(elsewhere, "one")]
    with pytest.raises(StoryError, match=r"elsewhere/one\.toml: another of these files tells the story 'one' too"):
        read_story_files(files, codebook)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "good-story")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "a.toml").write_text(LESSONS, "utf-8")
    return tmp_path


def test_a_folder_of_stories_and_lessons_is_a_library(folder: Path, codebook: Codebook) -> None:
    library = read_library(codebook, folder)
    assert [story.story for story in library.stories] == ["good-story"]
    assert [lesson.lesson for taught in library.lessons for lesson in taught.lessons] == ["be-on-time"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'story = "good-story"',
            'story = "god-story"',
            "a.toml: lesson 'be-on-time': story 'god-story' (did you mean good-story?); the library has: good-story",
        ),
        ('"A. Writer"', '"Z."', "a.toml: source 'a-kettle': author is 'Z.', but 'A. Writer' in good-story.toml"),
        (
            'shows = "broken"',
            'shows = "both"',
            "a.toml: lesson 1: story 1: shows 'both'; the choices are: 'followed' or",
        ),
    ],
)
def test_a_fault_of_a_lessons_file_is_named(folder: Path, codebook: Codebook, old: str, new: str, fault: str) -> None:
    (folder / "lessons" / "a.toml").write_text(LESSONS.replace(old, new), "utf-8")
    with pytest.raises(StoryError) as caught:
        read_library(codebook, folder)
    assert str(caught.value).startswith(fault)


def test_a_lesson_given_twice_is_a_fault(folder: Path, codebook: Codebook) -> None:
    (folder / "lessons" / "b.toml").write_text(LESSONS, "utf-8")
    with pytest.raises(StoryError, match=r"^b\.toml: lesson 'be-on-time' is given twice \(first in a\.toml\)$"):
        read_library(codebook, folder)


def test_a_lessons_file_without_lessons_is_a_fault(codebook: Codebook) -> None:
    content = LESSONS.partition("[[lessons]]")[0].replace("[source]", "lessons = []\n[source]").encode()
    with pytest.raises(StoryError, match=r"^a\.toml: lessons: there is none; at least one is needed$"):
        parse_lessons(content, codebook, "a.toml")


def test_what_only_follows_from_a_fault_is_not_told(codebook: Codebook) -> None:
    """Where every encounter is faulty, none is left; that there has to be one is not what is wrong."""
    content = re.sub(r'touchpoint = "\w+"', 'touchpoint = "fone"', GOOD.read_text("utf-8"))
    with pytest.raises(StoryError) as caught:
        parse_story(content.encode(), codebook, "a.toml")
    assert [fault.place for fault in caught.value.faults] == ["a.toml: encounter 1", "a.toml: encounter 2"]
