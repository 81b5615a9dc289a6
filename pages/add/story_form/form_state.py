"""What the form of a story holds while it is being written: plain dicts and lists, so that a draft can keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from cxdata.editing.stories import UNREAD
from cxdata.stories import Story
from cxdata.stories.partial_story import slugify
from cxdata.stories.records import Company, Source

NEW = "+ new"  # no name or id of a source has a plus and a space
OWN = ("key", "spellings", "company_choice", "source_choice")  # what is the form's and not the story's
SEVERAL = ("encounters", "promises", "signs")
NUMBERS = ("feeling", "times", "minutes", "ces")

Content = dict[str, Any]


@dataclass(frozen=True)
class ExistingNames:
    """What the database has already: companies by name, sources by id, the ids of stories."""

    companies: Mapping[str, Company]
    sources: Mapping[str, Source]
    stories: frozenset[str]


def new_content(editor: str) -> Content:
    """The content of a story of which nothing is written yet."""
    return {
        "status": "draft",
        "coder": editor,
        "coded_on": date.today().isoformat(),
        "company": {},
        "source": {},
        "encounters": [],
        "promises": [],
        "signs": [],
    }


def from_story(story: Story) -> Content:
    """The content of a story that is there, to be edited: a draft, for nobody has read what will stand there."""
    content = story.model_copy(update=UNREAD).model_dump(mode="json")
    for item in (*content["encounters"], *content["promises"]):
        item["key"] = new_key()
        for event in item.get("effort", []):
            event["key"] = new_key()
    # chosen as they are known, so that a new company or source begins empty
    chosen = {"company_choice": story.company.name, "source_choice": story.source.id}
    return content | {"company": {}, "source": {}} | chosen


def with_own_names(known: ExistingNames, story: Story | None) -> ExistingNames:
    """With the story's own company and source as the story has them."""
    if story is None:
        return known
    companies = {**known.companies, story.company.name: story.company}
    return ExistingNames(companies, {**known.sources, story.source.id: story.source}, known.stories - {story.story})


def to_record(content: Mapping[str, Any], known: ExistingNames) -> Content:
    """The content as a story's record, faults and all: ids offered where none is written, known things as known."""
    record: Content = _without_own(content)
    record["company"] = _chosen(content.get("company_choice"), known.companies, record["company"])
    record["source"] = _chosen(content.get("source_choice"), known.sources, record["source"])
    if content.get("source_choice") == NEW and any(record["source"].values()):
        record["source"]["id"] = offered_source_id(record["source"], known)
    record["story"] = content.get("story") or offered_id(record)
    return record


def offered_id(record: Mapping[str, Any]) -> str:
    """An id from company and title."""
    return slugify(record["company"].get("name"), record.get("title"))


def offered_source_id(source: Mapping[str, Any], known: ExistingNames) -> str:
    """An id from author and title, unlike those of other sources."""
    stem = slugify(source.get("author"), source.get("title"))[:70].strip("-") or "source"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(known.sources) + 3))
    return next(name for name in numbered if name not in known.sources)


def is_well_formed(content: Mapping[str, Any]) -> bool:
    """Whether what a draft holds can stand in the form: somebody may have changed the file."""
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
    if name in ("emotions", "aliases"):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if name == "shown":
        return value is None or isinstance(value, bool)
    return value is None or (isinstance(value, int | float if name in NUMBERS else str) and not isinstance(value, bool))


def new_key() -> str:
    """A name for an item, so that its widgets stay its own wherever it moves."""
    return uuid4().hex[:8]


def move(items: list[Content], key: str, by: int) -> None:
    """Move the item of this key by one place, as far as there is one."""
    at = _place(items, key)
    if 0 <= at + by < len(items):
        items.insert(at + by, items.pop(at))


def remove(items: list[Content], key: str) -> None:
    """Take the item of this key out."""
    del items[_place(items, key)]


def _place(items: Sequence[Content], key: str) -> int:
    return next(place for place, item in enumerate(items) if item["key"] == key)


def _chosen(choice: str | None, known: Mapping[str, Company] | Mapping[str, Source], own: Content) -> Content:
    if choice == NEW:
        return dict(own)
    return known[choice].model_dump() if choice is not None and choice in known else {}


def _without_own(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_own(each) for key, each in value.items() if key not in OWN}
    return [_without_own(each) for each in value] if isinstance(value, list) else value
