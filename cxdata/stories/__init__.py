"""Story files: their records, parser, validation and serialiser."""

from cxdata.stories.library import CodedStory, Library, read_library, read_story_files
from cxdata.stories.parser import parse_lessons, parse_story
from cxdata.stories.records import Encounter, Lessons, Story, date_range
from cxdata.stories.second_coding import SecondCoding

__all__ = [
    "CodedStory",
    "Encounter",
    "Lessons",
    "Library",
    "SecondCoding",
    "Story",
    "date_range",
    "parse_lessons",
    "parse_story",
    "read_library",
    "read_story_files",
]
