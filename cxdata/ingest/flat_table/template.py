"""The template of our own table: its columns, the values of each, and one shipped story as an example."""

from collections.abc import Iterator
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import column_rules, longest_of
from cxdata.resources import STORIES
from cxdata.stories import Story, parse_story
from cxdata.text.spreadsheet import escape_formula

EXAMPLE = "statin-day-marked-pack"

DESCRIPTIONS = {
    "story": "its id: lower-case words joined by hyphens; the same on all of its rows",
    "kind": "if empty, it follows from source_kind",
    "account": "the account in the customer's own words, if you may show them",
    "happened_on": "YYYY, YYYY-MM or YYYY-MM-DD; empty if not told",
    "read_feeling": "whole if somebody read the story for feelings, none if nobody did; whole if empty and the table"
    " has a column feeling",
    "read_effort": "whole, none, or part if a form asked for some effort types only; whole if empty and the table"
    " has a column driver",
    "read_drivers": "the effort types that were asked for, where read_effort is part: codes joined by ;",
    "read_promises": "whole if somebody looked for promises; none if empty",
    "read_signs": "whole if somebody looked for the six signs; none if empty",
    "status": "draft unless a second person has read it",
    "source": "a short id of where it was told; the file it came in if empty",
    "source_kind": "such as blog post, review, interview, complaints, survey",
    "step": "1, 2, 3 … in the order of the account",
    "feeling": "-5 to 5; empty when the account is silent",
    "emotions": "codes joined by ;",
    "minutes": "only if told",
}


def write_template() -> list[list[Any]]:
    """Return header and rows of the template."""
    path = STORIES / f"{EXAMPLE}.toml"
    story = parse_story(path.read_bytes(), load_codebook(), path.name)
    return [list(FLAT_COLUMNS), *([escape_formula(cell) for cell in row] for row in flat_rows(story))]


def describe_columns() -> Iterator[tuple[str, str]]:
    """Yield every column of the table, and the values it may hold."""
    for column, field in column_rules(load_codebook()).items():
        if field.choices:
            described = f"; {DESCRIPTIONS[column]}" if column in DESCRIPTIONS else ""
            yield column, f"one of: {', '.join(field.choices)}{described}"
        else:
            allowed = field.problem.removeprefix("is not ").removeprefix("is ")
            yield (
                column,
                DESCRIPTIONS.get(column)
                or (f"text, at most {longest_of(column):,} characters" if "too long" in allowed else allowed),
            )


def flat_rows(story: Story) -> Iterator[list[Any]]:
    """Yield a story as rows of the flat table; the first row of story and encounter has the fields of each."""
    source = {f"source_{name}": value for name, value in story.source.model_dump(exclude={"id"}).items()}
    fields = story.model_dump(exclude={"company", "source", "encounters", "promises", "signs"}) | source
    fields |= {"company": story.company.name, "sector": story.company.sector, "country": story.company.country}
    fields |= {"source": story.source.id, "read_drivers": ";".join(story.read_drivers) or None}
    for step, encounter in enumerate(story.encounters, start=1):
        moment = encounter.model_dump(exclude={"effort", "job", "summary", "emotions"}) | {
            "encounter_job": encounter.job,
            "encounter_summary": encounter.summary,
            "emotions": ";".join(encounter.emotions) or None,
        }
        for number, effort in enumerate(encounter.effort or (None,)):
            events = effort.model_dump(exclude={"locator"}) | {"effort_locator": effort.locator} if effort else {}
            row = {"story": story.story, "step": step} | events
            row |= moment if number == 0 else {}
            row |= fields if number == 0 and step == 1 else {}
            yield [row.get(column) for column in FLAT_COLUMNS]
