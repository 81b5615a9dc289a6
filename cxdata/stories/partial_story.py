"""What is there of a story that is still being written: its faults, and the story it would be with the gaps filled."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import DATE_BASIS_FAULT, Encounter, Story

PLACE = "story"
PLACEHOLDER = "…"  # stands where words are still missing
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


def parse_partial(content: Mapping[str, Any], codebook: Codebook) -> tuple[Story | None, list[Fault]]:
    """The story that this content is, or None and every fault of it. Dates may be text, as JSON has them."""
    told = {"encounters": []} | _told(content)
    try:
        return Story.model_validate(told, context={"codebook": codebook}), []
    except ValidationError as error:
        faults = translate_faults(Story, PLACE, error)
    if told["encounters"]:  # a list whose every item has faults counts as empty there
        faults = [fault for fault in faults if not fault.problem.startswith("encounters: there is none")]
    # the record looks at what belongs together only once each field is right; a writer wants to know it all at once
    if ("happened_on" in told) != ("happened_basis" in told) and all(
        fault.problem != DATE_BASIS_FAULT for fault in faults
    ):
        faults.append(Fault(PLACE, DATE_BASIS_FAULT))
    return None, faults


def complete_story(content: Mapping[str, Any], codebook: Codebook) -> Story | None:
    """The story with its gaps filled and what is wrong left out, to look at; None without a single encounter.

    An encounter counts as soon as it has a touchpoint, an effort event as soon as it has a driver: none of the words
    that fill gaps changes a score.
    """
    told = _told(content)
    context = {"codebook": codebook}
    encounters = [read for each in told.get("encounters", []) if (read := _encounter(each, context))]
    if not encounters:
        return None
    fixed: dict[str, Any] = {"encounters": encounters, "status": "draft"}
    gaps: dict[str, Any] = FILLERS | {"job": next(iter(codebook["jobs"])), "outcome": next(iter(codebook["outcomes"]))}
    gaps |= {"coded_on": date.today()}
    parts = {"company": COMPANY | told.get("company", {}), "source": SOURCE | told.get("source", {})}
    without = {"reviewer", "reviewed_on", *(["happened_on", "happened_basis"] if _is_half_dated(told) else [])}
    whole = {key: value for key, value in (gaps | told | parts | fixed).items() if key not in without}
    return _read_leniently(whole, gaps | {"company": COMPANY, "source": SOURCE} | fixed, context)


def slugify(*words: str | None) -> str:
    """The words as an id: 'AO.com', 'A fight!' is ao-com-a-fight."""
    text = unicodedata.normalize("NFKD", " ".join(word or "" for word in words)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:80].strip("-")


def _read_leniently(told: dict[str, Any], gaps: Mapping[str, Any], context: dict[str, Any]) -> Story | None:
    """A field that is wrong is left out, or stands as if nobody had written it."""
    for _ in range(2):  # the fields; then what belongs together
        try:
            return Story.model_validate(told, context=context)
        except ValidationError as error:
            wrong = {str(fault["loc"][0]) for fault in error.errors(include_url=False) if fault["loc"]}
            told = {key: value for key, value in told.items() if key not in wrong}
            told |= {key: gaps[key] for key in wrong & set(gaps)}
            told = {key: value for key, value in told.items() if not (_is_half_dated(told) and "happened" in key)}
    return None


def _encounter(told: Any, context: dict[str, Any]) -> Encounter | None:
    gaps = {"short": PLACEHOLDER, "summary": PLACEHOLDER, "started_by": "customer", "locator": PLACEHOLDER}
    effort = [
        each for each in ({"evidence": PLACEHOLDER} | event for event in told.get("effort", [])) if "driver" in each
    ]
    whole: dict[str, Any] = gaps | told | {"effort": effort}
    for _ in range(2):
        try:
            return Encounter.model_validate(whole, context=context)
        except ValidationError as error:
            places: list[tuple[int | str, ...]] = [fault["loc"] for fault in error.errors(include_url=False)]
        bad = {place[1] for place in places if place[0] == "effort" and len(place) > 1}
        wrong = {str(place[0]) for place in places} - {"effort"}
        whole = {key: value for key, value in whole.items() if key not in wrong} | {
            key: gaps[key] for key in wrong & set(gaps)
        }
        whole["effort"] = [event for number, event in enumerate(effort) if number not in bad]
    return None


def _is_half_dated(told: Mapping[str, Any]) -> bool:
    return ("happened_on" in told) != ("happened_basis" in told)


def _told(content: Any) -> Any:
    """The content without what is empty, its days as dates."""
    if isinstance(content, BaseModel):
        content = content.model_dump()
    if isinstance(content, Mapping):
        said = {key: _told(value) for key, value in content.items()}
        return {key: _day(value) if key in DAYS else value for key, value in said.items() if value not in EMPTY}
    if isinstance(content, list | tuple):
        return [_told(each) for each in content]
    return content.strip() if isinstance(content, str) else content


DAYS = ("coded_on", "reviewed_on")


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
