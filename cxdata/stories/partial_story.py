"""A story that is still being written: its faults, and a preview with the gaps filled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault, StoryError
from cxdata.stories.contradictions import list_contradictions, widen_reading
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Encounter, Story
from cxdata.stories.serialiser import serialise_story

FILE = "story"  # in place of the file that does not exist yet
PLACEHOLDER = "…"  # fills fields whose words are missing
# the least that a story needs to be scored
FILLERS = {
    "story": "sketch",
    "title": PLACEHOLDER,
    "summary": PLACEHOLDER,
    "verdict": "none",
    "status": "draft",
    "coder": PLACEHOLDER,
}
COMPANY = {"name": "The company", "sector": PLACEHOLDER}
SOURCE = {"id": "sketch", "title": PLACEHOLDER, "author": "the author", "kind": PLACEHOLDER}
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class PartialStory:
    """The outcome of a check of content: the story and its file if it has no fault, its faults, a sketch to preview."""

    story: Story | None
    file: str
    faults: tuple[Fault, ...]
    sketch: Story | None
    """The story with gaps filled and invalid fields left out; None without an encounter.

    An encounter counts once it has a touchpoint, an effort event once it has a driver. Words that fill gaps change no
    score.
    """


def check_partial(content: Mapping[str, Any], codebook: Codebook) -> PartialStory:
    """Check content as it is written, and report every fault. Dates may be text, as JSON has them."""
    fields = {"encounters": []} | _drop_empty(content)
    context: dict[str, Any] = {"codebook": codebook}
    completed = (_complete_encounter(each, context) for each in fields["encounters"])
    seen = fields | {"encounters": [encounter for encounter in completed if encounter is not None]}
    reading = widen_reading(seen)
    story, file, faults = None, "", []
    try:
        story = Story.model_validate(fields, context=context)
        file = serialise_story(story)
    except StoryError as error:  # the file exceeds the size limit
        story, faults = None, list(error.faults)
    except ValidationError as error:
        faults = translate_faults(Story, FILE, error)
        # the record compares fields only once each is valid; a writer wants all faults at once
        between = [replace(fault, file=FILE) for fault in list_contradictions(fields)]
        faults += [fault for fault in between if fault not in faults]
    sketch = _sketch(seen, reading, codebook) if seen["encounters"] else None
    return PartialStory(story, file, tuple(faults), sketch)


def _sketch(fields: dict[str, Any], reading: dict[str, Any], codebook: Codebook) -> Story | None:
    """Return the story of these fields, whose encounters are complete, with this reading and its gaps filled."""
    gaps: dict[str, Any] = FILLERS | {"job": next(iter(codebook["jobs"])), "outcome": next(iter(codebook["outcomes"]))}
    gaps |= {"coded_on": date.today()}
    parts = {"company": COMPANY | fields.get("company", {}), "source": SOURCE | fields.get("source", {})}
    without = {"reviewer", "reviewed_on", *(["happened_on", "happened_basis"] if _is_half_dated(fields) else [])}
    fixed = reading | {"encounters": fields["encounters"], "status": "draft"}
    whole = {key: value for key, value in (gaps | fields | parts | fixed).items() if key not in without}
    return _read_leniently(whole, gaps | {"company": COMPANY, "source": SOURCE} | fixed, {"codebook": codebook})


def _read_leniently(fields: dict[str, Any], gaps: Mapping[str, Any], context: dict[str, Any]) -> Story | None:
    """Parse a story without its invalid fields, which take the value of a gap if they have one."""
    for _ in range(2):  # once for the fields, once for fields that go together
        try:
            return Story.model_validate(fields, context=context)
        except ValidationError as error:
            invalid = {str(fault["loc"][0]) for fault in error.errors(include_url=False) if fault["loc"]}
            fields = {key: value for key, value in fields.items() if key not in invalid}
            fields |= {key: gaps[key] for key in invalid & set(gaps)}
            fields = {key: value for key, value in fields.items() if not (_is_half_dated(fields) and "happened" in key)}
    return None


def _complete_encounter(fields: Any, context: dict[str, Any]) -> Encounter | None:
    gaps = {"short": PLACEHOLDER, "summary": PLACEHOLDER, "started_by": "customer", "locator": PLACEHOLDER}
    effort = [
        each for each in ({"evidence": PLACEHOLDER} | event for event in fields.get("effort", [])) if "driver" in each
    ]
    whole: dict[str, Any] = gaps | fields | {"effort": effort}
    for _ in range(2):
        try:
            return Encounter.model_validate(whole, context=context)
        except ValidationError as error:
            places: list[tuple[int | str, ...]] = [fault["loc"] for fault in error.errors(include_url=False)]
        bad = {place[1] for place in places if place[0] == "effort" and len(place) > 1}
        invalid = {str(place[0]) for place in places} - {"effort"}
        whole = {key: value for key, value in whole.items() if key not in invalid} | {
            key: gaps[key] for key in invalid & set(gaps)
        }
        whole["effort"] = [event for number, event in enumerate(effort) if number not in bad]
    return None


def _is_half_dated(fields: Mapping[str, Any]) -> bool:
    return ("happened_on" in fields) != ("happened_basis" in fields)


def _drop_empty(content: Any) -> Any:
    """Return the content without empty values, its days as dates."""
    if isinstance(content, BaseModel):
        content = content.model_dump()
    if isinstance(content, Mapping):
        filled = {key: _drop_empty(value) for key, value in content.items()}
        return {key: _parse_day(value) if key in DAYS else value for key, value in filled.items() if value not in EMPTY}
    if isinstance(content, list | tuple):
        return [_drop_empty(each) for each in content]
    return content.strip() if isinstance(content, str) else content


DAYS = ("coded_on", "reviewed_on")


def _parse_day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
