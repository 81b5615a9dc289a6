"""The content of a story form as plain dicts and lists, so that a draft can keep it as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from cxdata.editing.stories import UNREAD
from cxdata.stories import Story

NEW = "+ new"  # no name or id of a source has a plus and a space
OWN = ("key", "spellings", "company_choice", "source_choice")  # fields of the form alone, not of the story
SEVERAL = ("encounters", "promises", "signs")
READING = ("read_feeling", "read_effort", "read_promises", "read_signs")
NUMBERS = ("feeling", "times", "minutes", "ces")

Content = dict[str, Any]


def new_content(editor: str) -> Content:
    """Return the content of an empty form."""
    return {
        "status": "draft",
        "coder": editor,
        "coded_on": date.today().isoformat(),
        "company": {},
        "source": {},
        "encounters": [],
        "promises": [],
        "signs": [],
        "read_drivers": [],
        **dict.fromkeys(READING, "whole"),
    }


def from_story(story: Story) -> Content:
    """Return the content of an existing story to be edited: a draft, because nobody has reviewed the edit."""
    content = story.model_copy(update=UNREAD).model_dump(mode="json")
    for item in (*content["encounters"], *content["promises"]):
        item["key"] = new_key()
        for event in item.get("effort", []):
            event["key"] = new_key()
    # chosen from the known ones, so that a new company or source begins empty
    chosen = {"company_choice": story.company.name, "source_choice": story.source.id}
    return content | {"company": {}, "source": {}} | chosen


def new_key() -> str:
    """Return a key for an item, so that it keeps its widgets when it moves."""
    return uuid4().hex[:8]


def move(items: list[Content], key: str, by: int) -> None:
    """Move the item with this key by some places, unless it would leave the list."""
    index = _index(items, key)
    if 0 <= index + by < len(items):
        items.insert(index + by, items.pop(index))


def remove(items: list[Content], key: str) -> None:
    """Remove the item with this key."""
    del items[_index(items, key)]


def is_well_formed(content: Mapping[str, Any]) -> bool:
    """Return whether the form can show this content of a draft; somebody may have changed the file."""
    return all(_fits(name, value) for name, value in content.items())


def _fits(name: str, value: Any) -> bool:
    if name in (*SEVERAL, "effort"):
        return isinstance(value, list) and all(
            isinstance(item, dict)
            and is_well_formed(item)
            and isinstance(item.get("key", "" if name == "signs" else None), str)
            for item in value
        )
    if name in ("company", "source"):
        return isinstance(value, dict) and is_well_formed(value)
    if name in ("emotions", "aliases", "read_drivers"):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if name in READING:
        return value in ("whole", "none") or (name == "read_effort" and value == "part")
    if name == "shown":
        return value is None or isinstance(value, bool)
    return value is None or (isinstance(value, int | float if name in NUMBERS else str) and not isinstance(value, bool))


def _index(items: Sequence[Content], key: str) -> int:
    return next(index for index, item in enumerate(items) if item["key"] == key)
