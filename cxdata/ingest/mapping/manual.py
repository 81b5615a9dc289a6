"""A mapping made of what a person says of a table's columns, for a table that no mapping knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from cxdata.ingest.mapping.model import DATES
from cxdata.stories.partial_story import slugify

LONGEST_PREFIX = 20
ESCAPED = "{}|"  # what a header in a piece of text would be misread by


@dataclass(frozen=True)
class ColumnChoice:
    """What is said of our column: which of their columns holds it, else the value of every row.

    Of a column of codes `values` turns their words into ours; a word that has none is a fault, with the choices.
    `missing` is what an empty cell means; None leaves it a fault where our column must be told.
    """

    column: str | None = None
    value: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None

    def cell(self) -> dict[str, Any]:
        """As a mapping says it."""
        if self.column is None:
            return {"value": self.value}
        told: dict[str, Any] = {"column": [self.column]}
        told |= {"values": dict(self.values)} if self.values else {}
        return told | ({"missing": self.missing} if self.missing else {})


@dataclass(frozen=True)
class Origin:
    """Where the rows of a table come from: who collected them, as pages name their source, and what they are."""

    collected_by: str
    are_complaints: bool
    """Filed because something had gone wrong: nobody filed one who was content."""

    @property
    def kind(self) -> str:
        """The kind of source."""
        return "complaints" if self.are_complaints else "customer accounts"

    @property
    def author(self) -> str:
        """Who tells them, as pages name it; a complaint is filed with whoever collects it."""
        return self.collected_by if self.are_complaints else f"customers via {self.collected_by}"

    @property
    def noun(self) -> str:
        """What a row is."""
        return "complaint" if self.are_complaints else "account"

    @property
    def title(self) -> str:
        """What a row is called that has no title."""
        return "A complaint" if self.are_complaints else "An account"


def id_prefix(name: str) -> str:
    """What ids begin with, from the name of a file or whatever else a person calls it."""
    return slugify(name)[:LONGEST_PREFIX].strip("-") or "by-hand"


def build_mapping(said: Mapping[str, ColumnChoice], sector: str, name: str, prefix: str, origin: Origin) -> str:
    """The text of the mapping; `said` has company, touchpoint, outcome and job, and what else the table tells."""
    company = _in_text(said["company"], "a company")
    number = _in_text(said.get("story"), "")
    titled = f"{origin.title} {'about' if origin.are_complaints else 'of'} {company}{f' ({number})' if number else ''}"
    story: dict[str, Any] = {
        "sector": {"value": sector},
        "verdict": {"value": "none"},
        "summary": {"text": [f"What a customer tells of {company}{' in a complaint' * origin.are_complaints}."]},
        "title": {"text": [titled]},
        "source_author": {"value": origin.author},
        "source_kind": {"value": origin.kind},
    }
    story |= {column: said[column].cell() for column in ("company", "account", "outcome", "job") if column in said}
    if "title" in said:
        story["title"] = said["title"].cell() | {"missing": origin.title}
    if "happened_on" in said:
        story["happened_on"] = said["happened_on"].cell() | {
            "dates": [form for each in DATES.values() for form in each]
        }
        story["happened_basis"] = {"value": "told"}
    fields = {
        "touchpoint": said["touchpoint"].cell(),
        "short": {"value": f"As the {origin.noun} tells it"},
        "encounter_summary": {"value": f"What the customer reports in the {origin.noun}."},
        "started_by": {"value": "customer"},
    }
    encounter: dict[str, Any] = {"fields": fields}
    if origin.are_complaints:
        # as in the shipped mapping of a register: a complaint is one contact that should not have been needed
        fields["demand"] = {"value": "failure"}
        told = {"driver": "avoidable_contact", "evidence": "The customer had to complain."}
        encounter["effort"] = [{"fields": {column: {"value": value} for column, value in told.items()}}]
    mapping: dict[str, Any] = {"title": f"Mapped by hand for {name}"[:200], "prefix": id_prefix(prefix)}
    if "story" in said:
        mapping["id"] = [said["story"].column]
    return tomli_w.dumps(mapping | {"story": story, "encounter": [encounter]})


def _in_text(told: ColumnChoice | None, otherwise: str) -> str:
    """What stands for a column within a text; a header that would be misread there stands for nothing."""
    words = (told.column or told.value) if told else None
    if told is None or not words or any(mark in words for mark in ESCAPED):
        return otherwise
    return f"{{{told.column}}}" if told.column else words
