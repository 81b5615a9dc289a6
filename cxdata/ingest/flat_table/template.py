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
    "story": "the id of the story: lower-case words joined by hyphens. All rows of the story repeat it.",
    "kind": "If empty, source_kind decides.",
    "account": "the customer’s own words, if you may publish them",
    "happened_on": "YYYY, YYYY-MM or YYYY-MM-DD. Leave it empty if the story does not say.",
    "read_feeling": "whole: somebody read the story for feelings. none: nobody did. If empty, it is whole where the"
    " table has a column `feeling`.",
    "read_effort": "part: a form asked for some effort types only. If empty, it is whole where the table has a column"
    " `driver`.",
    "read_drivers": "the effort types that the form asked for, if read_effort is part: codes joined by semicolons",
    "read_promises": "whole: somebody looked for promises. If empty, it is none.",
    "read_signs": "whole: somebody looked for the six signs of care. If empty, it is none.",
    "status": "draft: no second person has read the story.",
    "source": "a short id of the publication. If empty, it is the file.",
    "source_kind": "for example blog post, review, interview, complaints or survey",
    "step": "1, 2, 3 … in the order of the story",
    "feeling": "-5 to 5. Leave it empty if the story does not say.",
    "emotions": "codes joined by semicolons",
    "minutes": "Leave it empty if the story does not say.",
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
            described = f". {DESCRIPTIONS[column]}" if column in DESCRIPTIONS else ""
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
