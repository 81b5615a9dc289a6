"""Story files: the records they hold, and how they are read and checked."""

from cxdata.stories.read import Library, read_files, read_lessons, read_library, read_story
from cxdata.stories.records import Encounter, Lessons, Story, date_range

__all__ = [
    "Encounter",
    "Lessons",
    "Library",
    "Story",
    "date_range",
    "read_files",
    "read_lessons",
    "read_library",
    "read_story",
]
