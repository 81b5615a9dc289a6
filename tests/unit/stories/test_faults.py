"""Story files with faults: each file of bad_stories/ has one fault, and its first line holds the expected message.

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
    """Write the good story to a file of another name, with these changes."""
    text = GOOD.read_text("utf-8").replace("good-story", name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_good_story_is_valid(codebook: Codebook) -> None:
    story = parse_story(GOOD.read_bytes(), codebook, GOOD.name)
    assert (story.story, len(story.encounters), story.happened_on) == ("good-story", 2, "2017-12")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_story_reports_its_one_fault(path: Path, codebook: Codebook) -> None:
    first_line = path.read_bytes().partition(b"\n")[0].decode()
    codes = {table: ", ".join(codebook[table]) for table in codebook.tables}
    expected = first_line.removeprefix("# fault: ").format_map(codes)
    assert faults_of(path.read_bytes(), codebook, path.name) == [f"{path.name}: {expected}"]


def test_empty_file_reports_every_required_field(codebook: Codebook) -> None:
    needed = [name for name, field in Story.model_fields.items() if field.is_required()]
    assert len(needed) == 12
    assert faults_of(b"", codebook) == [f"tale.toml: {name} is missing" for name in needed]


def test_faults_in_different_places_are_reported_at_once(codebook: Codebook) -> None:
    text = GOOD.read_text("utf-8").replace("feeling = 2", "feeling = 9").replace('"GB"', '"gb"').replace("ces = 2", "")
    text = text.replace('kept = "broken"', 'kept = "no"')
    assert faults_of(text.encode(), codebook, GOOD.name) == [
        "good-story.toml: company: country 'gb' is not a country's two letters, such as GB",
        "good-story.toml: encounter 1: feeling 9 is above 5",
        "good-story.toml: promise 1: kept 'no' is unknown. The choices are: 'kept', 'exceeded', 'kept late', "
        "'broken' or 'unclear'",
    ]


def test_file_with_byte_order_mark_and_crlf_is_read(codebook: Codebook) -> None:
    content = b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"\n", b"\r\n")
    assert parse_story(content, codebook, GOOD.name).company.name == "Kettles"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"#" * (LARGEST_FILE + 1), "tale.toml: is too large: one story has at most 256,000 bytes"),
        (
            b"story" + b".a" * 5000 + b" = 1",
            "tale.toml: has more than 1,000 dots on line 1. Delete those that are not needed",
        ),
    ],
    ids=["too-large", "keys-within-keys"],
)
def test_oversized_file_and_deep_keys_are_refused(content: bytes, fault: str, codebook: Codebook) -> None:
    assert faults_of(content, codebook) == [fault]


def test_nested_table_is_described_without_its_content(codebook: Codebook) -> None:
    content = b"story" + b".a" * 900 + b" = 1"  # deeper than Python can write out
    assert faults_of(content, codebook)[0] == "tale.toml: story (a table) is not text in quotes"


def test_number_of_thousands_of_digits_is_described(codebook: Codebook) -> None:
    text = GOOD.read_text("utf-8").replace("ces = 2", "ces = 0x1" + "0" * 5000)
    assert faults_of(text.encode(), codebook, GOOD.name) == [
        "good-story.toml: ces (a number of thousands of digits) is above 7"
    ]


def test_faults_over_the_limit_are_counted(codebook: Codebook) -> None:
    content = "\n".join(f"key{number} = 1" for number in range(500)).encode()
    faults = faults_of(content, codebook)
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1] == "tale.toml: and 412 more faults"  # 500 keys and 12 missing ones, less the 100 listed


def test_unreadable_file_is_a_fault(tmp_path: Path, codebook: Codebook) -> None:
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
def test_contradicting_files_are_a_fault(
    tmp_path: Path, codebook: Codebook, change: tuple[str, str], fault: str
) -> None:
    files = [write(tmp_path, "one"), write(tmp_path, "two", change)]
    with pytest.raises(StoryError) as caught:
        read_story_files(files, codebook)
    assert str(caught.value).splitlines()[0] == f"two.toml: {fault}"


def test_story_id_used_by_two_files_is_a_fault(tmp_path: Path, codebook: Codebook) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    files = [write(tmp_path, "one"), write(elsewhere, "one")]
    with pytest.raises(StoryError, match=r"elsewhere/one\.toml: another of these files has the story 'one' too"):
        read_story_files(files, codebook)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "good-story")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "a.toml").write_text(LESSONS, "utf-8")
    return tmp_path


def test_library_reads_a_folder_of_stories_and_lessons(folder: Path, codebook: Codebook) -> None:
    library = read_library(codebook, folder)
    assert [story.story for story in library.stories] == ["good-story"]
    assert [lesson.lesson for taught in library.lessons for lesson in taught.lessons] == ["be-on-time"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'story = "good-story"',
            'story = "god-story"',
            "a.toml: lesson 'be-on-time': story 'god-story' is unknown. Did you mean good-story? "
            "The library has: good-story",
        ),
        ('"A. Writer"', '"Z."', "a.toml: source 'a-kettle': author is 'Z.', but 'A. Writer' in good-story.toml"),
        (
            "[[lessons.stories]]",
            '[[lessons.points]]\nsays = "It came late."\nshows = "broken"\n[[lessons.stories]]',
            "a.toml: lesson 1: point 1: shows needs a company",
        ),
        (
            'shows = "broken"',
            'shows = "both"',
            "a.toml: lesson 1: story 1: shows 'both' is unknown. The choices are: 'followed' or",
        ),
    ],
)
def test_fault_in_a_lessons_file_names_its_place(
    folder: Path, codebook: Codebook, old: str, new: str, fault: str
) -> None:
    (folder / "lessons" / "a.toml").write_text(LESSONS.replace(old, new), "utf-8")
    with pytest.raises(StoryError) as caught:
        read_library(codebook, folder)
    assert str(caught.value).startswith(fault)


def test_lesson_given_twice_is_a_fault(folder: Path, codebook: Codebook) -> None:
    (folder / "lessons" / "b.toml").write_text(LESSONS, "utf-8")
    with pytest.raises(StoryError, match=r"^b\.toml: lesson 'be-on-time' is given twice \(first in a\.toml\)$"):
        read_library(codebook, folder)


def test_lessons_file_without_lessons_is_a_fault(codebook: Codebook) -> None:
    content = LESSONS.partition("[[lessons]]")[0].replace("[source]", "lessons = []\n[source]").encode()
    with pytest.raises(StoryError, match=r"^a\.toml: lessons: there is none. At least one is needed$"):
        parse_lessons(content, codebook, "a.toml")


def test_consequences_of_a_fault_are_not_reported(codebook: Codebook) -> None:
    """If every encounter is faulty, the report does not add that there is none."""
    content = re.sub(r'touchpoint = "\w+"', 'touchpoint = "fone"', GOOD.read_text("utf-8"))
    with pytest.raises(StoryError) as caught:
        parse_story(content.encode(), codebook, "a.toml")
    assert [fault.place for fault in caught.value.faults] == ["a.toml: encounter 1", "a.toml: encounter 2"]


@pytest.mark.parametrize(
    ("old", "new", "path", "text"),
    [
        (
            'touchpoint = "phone"',
            'touchpoint = "fone"',
            ("encounters", 1, "touchpoint"),
            "encounter 2: touchpoint 'fone'",
        ),
        ('kept = "broken"', 'kept = "no"', ("promises", 0, "kept"), "promise 1: kept 'no' is unknown. "),
        ('country = "GB"', 'land = "GB"', ("company",), "company: key 'land'"),
        ('emotions = ["satisfaction"]', 'emotions = ["anger", "anger"]', ("encounters", 0), "encounter 1: an emotion"),
        ("ces = 2", "ces = 2\nread_feeling = 'none'", ("read_feeling",), "read_feeling 'none': "),
    ],
)
def test_fault_carries_the_path_of_its_value(
    codebook: Codebook, old: str, new: str, path: tuple[str | int, ...], text: str
) -> None:
    content = GOOD.read_text("utf-8")
    assert old in content
    with pytest.raises(StoryError) as caught:
        parse_story(content.replace(old, new, 1).encode(), codebook, GOOD.name)
    (fault,) = caught.value.faults
    assert fault.path == path
    assert str(fault).startswith(f"good-story.toml: {text}")
