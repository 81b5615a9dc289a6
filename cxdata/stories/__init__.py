"""Story files: the records they hold, and how they are read and checked."""

from cxdata.stories.library import Coded, Library, read_files, read_library
from cxdata.stories.parser import read_lessons, read_story
from cxdata.stories.records import Encounter, Lessons, SecondCoding, Story, date_range

__all__ = [
    "Coded",
    "Encounter",
    "Lessons",
    "Library",
    "SecondCoding",
    "Story",
    "date_range",
    "read_files",
    "read_lessons",
    "read_library",
    "read_story",
]
