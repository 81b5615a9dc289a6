"""The record of a story from the form's content."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.errors import Fault
from cxdata.store.records.story_reader import list_story_ids, read_companies, read_sources
from cxdata.stories import Story
from cxdata.stories.partial_story import FILE, PartialStory, check_partial
from cxdata.stories.records import Company, Source
from cxdata.text.slugs import slugify
from pages.add.story_form.content import NEW, OWN, Content
from pages.ui.cache import cached, get_connection


@dataclass(frozen=True)
class ExistingNames:
    """What the database has already: companies by name, sources by id, the ids of stories."""

    companies: Mapping[str, Company]
    sources: Mapping[str, Source]
    stories: frozenset[str]


def existing_names(story: Story | None) -> ExistingNames:
    """Return the names in the database, with the edited story's own company and source as the story has them."""
    names: ExistingNames = cached(_read_names)
    if story is None:
        return names
    companies = {**names.companies, story.company.name: story.company}
    return ExistingNames(companies, {**names.sources, story.source.id: story.source}, names.stories - {story.story})


def check(content: Content, names: ExistingNames) -> PartialStory:
    """Check the content so far; an id that another story has is a fault too."""
    record = to_record(content, names)
    checked = check_partial(record, load_codebook())
    if record["story"] not in names.stories:
        return checked
    problem = f"{record['story']!r} is in the database. Choose another name"
    taken = Fault(FILE, problem, ("story",), is_predicate=True)
    return replace(checked, story=None, faults=(*checked.faults, taken))


def to_record(content: Mapping[str, Any], names: ExistingNames) -> Content:
    """Return the content as a story's record, faults included; ids are proposed where the writer enters none."""
    record: Content = _without_own(content)
    record["company"] = _chosen(content.get("company_choice"), names.companies, _with_aliases(content["company"]))
    record["source"] = _chosen(content.get("source_choice"), names.sources, record["source"])
    if content.get("source_choice") == NEW and any(record["source"].values()):
        record["source"]["id"] = propose_source_id(record["source"], names)
    if record.get("read_effort") != "part":
        record["read_drivers"] = []  # the form keeps them for the writer who chooses them again
    record["story"] = content.get("story") or propose_story_id(content)
    return record


def propose_story_id(content: Mapping[str, Any]) -> str:
    """Return an id made of company and title."""
    choice = content.get("company_choice")
    return slugify(content["company"].get("name") if choice == NEW else choice, content.get("title"))


def propose_source_id(source: Mapping[str, Any], names: ExistingNames) -> str:
    """Return an id made of author and title that no other source has."""
    stem = slugify(source.get("author"), source.get("title"))[:70].strip("-") or "source"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(names.sources) + 3))
    return next(name for name in numbered if name not in names.sources)


def _read_names() -> ExistingNames:
    connection = get_connection()
    companies = {company.name: company for company in read_companies(connection)}
    sources = {source.id: source for source in read_sources(connection)}
    return ExistingNames(companies, sources, frozenset(list_story_ids(connection)))


def _chosen(choice: str | None, known: Mapping[str, Company] | Mapping[str, Source], own: Content) -> Content:
    if choice == NEW:
        return dict(own)
    return known[choice].model_dump() if choice is not None and choice in known else {}


def _with_aliases(company: Content) -> Content:
    spellings = str(company.get("spellings") or "")
    own: Content = _without_own(company)
    return own | {"aliases": [name.strip() for name in spellings.split(",") if name.strip()]}


def _without_own(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_own(each) for key, each in value.items() if key not in OWN}
    return [_without_own(each) for each in value] if isinstance(value, list) else value
