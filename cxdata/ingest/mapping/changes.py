"""What an import changes in a mapping without editing its file: the company, a filter, a scale, a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxdata.errors import Fault, StoryError
from cxdata.ingest.mapping.model import Cell, TableMapping, Words
from cxdata.ingest.values.numbers import Easy


@dataclass(frozen=True)
class MappingChanges:
    """Choices of an importer that a mapping leaves open; None keeps what the mapping says."""

    company: str | None = None
    """The company of every row; {file} stands for the name of the file."""
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Columns of theirs, each with the words of the rows that are imported."""
    every_row: bool = False
    """Whether every row is a story of its own, whatever its id."""
    ces_scale: tuple[float, float] | None = None
    ces_easy: Easy | None = None
    minutes_unit: str | None = None


UNCHANGED = MappingChanges()
"""The mapping as it is."""


def changes_from_plain(plain: Mapping[str, Any]) -> MappingChanges:
    """Return the changes that JSON carried."""
    scale = plain["ces_scale"]
    only = tuple((column, tuple(words)) for column, words in plain["only"])
    return MappingChanges(**dict(plain) | {"only": only, "ces_scale": tuple(scale) if scale else None})


def change_mapping(mapping: TableMapping, changes: MappingChanges) -> TableMapping:
    """Return the mapping with the changes. Raises StoryError where it does not map what is changed."""
    story = dict(mapping.story)
    encounters = mapping.encounter
    if changes.company:
        story["company"] = Cell(value=changes.company)
    if changes.ces_scale or changes.ces_easy:
        if "ces" not in story:
            raise StoryError([Fault("mapping", "maps no customer effort score, so it has no scale to change")])
        scale = changes.ces_scale or story["ces"].scale
        story["ces"] = story["ces"].model_copy(update={"scale": scale, "easy": changes.ces_easy or story["ces"].easy})
    if changes.minutes_unit:
        encounters = tuple(
            encounter.model_copy(
                update={
                    "effort": tuple(
                        effort.model_copy(update={"fields": _with_unit(effort.fields, changes.minutes_unit)})
                        for effort in encounter.effort
                    )
                }
            )
            for encounter in encounters
        )
    only = (*mapping.only, *(Words.model_validate({"column": [column], "is": words}) for column, words in changes.only))
    return mapping.model_copy(
        update={
            "story": story,
            "encounter": encounters,
            "only": only,
            "every_row": mapping.every_row or changes.every_row,
        }
    )


def _with_unit(fields: Mapping[str, Cell], unit: str) -> dict[str, Cell]:
    return {
        name: cell.model_copy(update={"unit": unit}) if name == "minutes" else cell for name, cell in fields.items()
    }
