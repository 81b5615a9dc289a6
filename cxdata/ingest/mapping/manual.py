"""Mapping by hand: a mapping from a person's choice of columns, for a table that matches no mapping."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from cxdata.ingest.mapping.model import DATES
from cxdata.ingest.values.numbers import Easy
from cxdata.text.slugs import slugify

LONGEST_PREFIX = 20
ESCAPED = "{}|"  # marks with a meaning in a text of a mapping


@dataclass(frozen=True)
class ColumnChoice:
    """A person's choice for one of our columns: the column of theirs that holds it, else the value of every row.

    For a column of codes `values` translates their words into ours; a word without a code is a fault, with the choices.
    `missing` is the value of an empty cell; with None an empty cell of a required column is a fault.
    """

    column: str | None = None
    value: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None
    blank: tuple[str, ...] = ()
    """Words of theirs that count as empty."""
    scale: tuple[float, float] | None = None
    """The ends of the scale of a customer effort score, where it is not ours."""
    easy: Easy | None = None
    unit: str | None = None
    """The unit of minutes that have none."""

    def cell(self) -> dict[str, Any]:
        """Return the choice as a cell of a mapping."""
        if self.column is None:
            return {"value": self.value}
        cell: dict[str, Any] = {"column": [self.column]}
        cell |= {"values": dict(self.values)} if self.values else {}
        cell |= {"blank": list(self.blank)} if self.blank else {}
        cell |= {"scale": list(self.scale), "easy": self.easy} if self.scale else {}
        cell |= {"unit": self.unit} if self.unit else {}
        return cell | ({"missing": self.missing} if self.missing else {})


@dataclass(frozen=True)
class Origin:
    """The origin of a table's rows: their collector, as pages name the source, and their kind."""

    collected_by: str
    are_complaints: bool
    """Whether rows were filed because something went wrong, so that content customers are missing."""

    @property
    def kind(self) -> str:
        """The kind of source, as pages name it."""
        return "complaints" if self.are_complaints else "customer stories"

    @property
    def author(self) -> str:
        """The author as pages name it; a complaint is filed with its collector."""
        return self.collected_by if self.are_complaints else f"customers, collected by {self.collected_by}"

    @property
    def noun(self) -> str:
        """The noun for a row."""
        return "complaint" if self.are_complaints else "story"

    @property
    def title(self) -> str:
        """The title of a row without one."""
        return "A complaint" if self.are_complaints else "A story"


def id_prefix(name: str) -> str:
    """Return the prefix of ids, made from the name of a file or of a batch."""
    return slugify(name)[:LONGEST_PREFIX].strip("-") or "by-hand"


def build_mapping(choices: Mapping[str, ColumnChoice], sector: str, name: str, prefix: str, origin: Origin) -> str:
    """Return the text of a mapping. `choices` has company, touchpoint, outcome and job, and may have other columns.

    A category of effort types gives an event where it names one; minutes need such a category.
    """
    company = _in_text(choices["company"], "a company")
    number = _in_text(choices.get("story"), "")
    titled = f"{origin.title} {'about' if origin.are_complaints else 'of'} {company}{f' ({number})' if number else ''}"
    story: dict[str, Any] = {
        "sector": {"value": sector},
        "verdict": {"value": "none"},
        "summary": {"text": [f"What a customer reports about {company}{' in a complaint' * origin.are_complaints}."]},
        "title": {"text": [titled]},
        "source_author": {"value": origin.author},
        "source_kind": {"value": origin.kind},
    }
    story |= {
        column: choices[column].cell()
        for column in ("company", "account", "outcome", "job", "country", "ces")
        if column in choices
    }
    if "title" in choices:
        story["title"] = choices["title"].cell() | {"missing": origin.title}
    if "happened_on" in choices:
        story["happened_on"] = choices["happened_on"].cell() | {
            "dates": [form for each in DATES.values() for form in each]
        }
        story["happened_basis"] = {"value": "told"}
    fields = {
        "touchpoint": choices["touchpoint"].cell(),
        "short": {"value": f"As the {origin.noun} describes it"},
        "encounter_summary": {"value": f"What the customer reports in the {origin.noun}."},
        "started_by": {"value": "customer"},
    }
    if "feeling" in choices:
        fields["feeling"] = choices["feeling"].cell()
    encounter: dict[str, Any] = {"fields": fields}
    if "driver" in choices:
        named = {"text": [f"Recorded as: {{{choices['driver'].column}}}."]}
        if any(mark in (choices["driver"].column or "") for mark in ESCAPED):
            named = {"text": [f"As recorded in the {origin.noun}."]}
        effort = {"driver": choices["driver"].cell(), "evidence": named}
        effort |= {"minutes": choices["minutes"].cell()} if "minutes" in choices else {}
        encounter["effort"] = [{"fields": effort}]
    if origin.are_complaints:
        # as in the shipped mapping of a register: a complaint is one contact that should not have been needed
        fields["demand"] = {"value": "failure"}
        event = {"driver": "avoidable_contact", "evidence": "The customer had to complain."}
        contact = {"fields": {column: {"value": value} for column, value in event.items()}}
        encounter["effort"] = [contact, *encounter.get("effort", [])]
    mapping: dict[str, Any] = {"title": f"Mapped by hand for {name}"[:200], "prefix": id_prefix(prefix)}
    if "story" in choices:
        mapping["id"] = [choices["story"].column]
    return tomli_w.dumps(mapping | {"story": story, "encounter": [encounter]})


def _in_text(choice: ColumnChoice | None, otherwise: str) -> str:
    """Return a choice as part of a text; `otherwise` without one, or for a header that the text would misread."""
    words = (choice.column or choice.value) if choice else None
    if choice is None or not words or any(mark in words for mark in ESCAPED):
        return otherwise
    return f"{{{choice.column}}}" if choice.column else words
