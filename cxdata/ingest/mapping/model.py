"""Mappings of the columns of other people's tables to ours: a TOML file each, checked like every record.

Columns are found by their letters and digits alone: 'Date received', 'date_received' and 'Date_received' are the same.
Of several names for one column the first that the table has counts.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from cxdata.errors import Fault, FieldPath, StoryError
from cxdata.ingest.flat_table.columns import EFFORT_COLUMNS, ENCOUNTER_COLUMNS, STORY_COLUMNS
from cxdata.ingest.reading import ReadOptions
from cxdata.ingest.values.days import DAY_READINGS, LEAVE_EMPTY
from cxdata.stories.contradictions import RecordError
from cxdata.stories.faults import translate_faults
from cxdata.stories.parser import parse_toml
from cxdata.text.suggestions import format_choices

DATES = {
    "year first": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"),
    "month first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"),
    "day first": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
}
FORMATS = tuple(form for forms in DATES.values() for form in forms)
DATE_CHOICES = (*DAY_READINGS, LEAVE_EMPTY)


NO_ANSWER = (
    "n/a", "na", "n.a.", "#n/a", "nan", "null", "nil", "-", "--", ".", "?", "unknown", "unanswered", "no answer",
    "no response", "not answered", "not applicable", "not asked", "not available", "not provided", "not stated",
    "blank",
)  # fmt: skip
"""Words, in lower case, by which forms leave a question open."""


def _as_list(names: Any) -> Any:
    return [names] if isinstance(names, str) else names


Names = Annotated[tuple[str, ...], Field(min_length=1, strict=False), BeforeValidator(_as_list)]


class MappingPart(BaseModel):
    """The base of all parts of a mapping: frozen and closed, so that an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cell(MappingPart):
    """The content of one of our columns: the same value in every row, a column of theirs, or a text made of columns.

    `values` translates their words into our codes, in any case, and `others` is the code of all other words. `dates`
    are the formats of a date, or how to read those in doubt: 'day first'. `blank` lists words of theirs that count as
    empty, beside those that always do. A piece of `text` whose {column} is empty is dropped. In `value` and `text`
    {file} stands for the name of the file. `unit` is that of minutes without one; `scale` has the ends of the scale of
    a customer effort score, and `easy` says which of them is easy.
    """

    value: str | None = None
    column: Names | None = None
    text: Names | None = None
    values: dict[str, str] | None = None
    others: str | None = None
    missing: str | None = None
    blank: Names | None = None
    dates: Names | None = None
    unit: Literal["minutes", "hours", "days", "weeks", "seconds"] | None = None
    scale: Annotated[tuple[float, float], Field(strict=False)] | None = None
    easy: Literal["high", "low"] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "Cell":
        if sum(each is not None for each in (self.value, self.column, self.text)) != 1:
            raise ValueError("give exactly one of value, column and text")
        for form in self.dates or ():
            if form not in (*FORMATS, *DATE_CHOICES):
                raise ValueError(f"dates {format_choices(form, (*DATE_CHOICES, *FORMATS), 'a mapping')}")
        if self.scale and (self.scale[0] >= self.scale[1] or self.easy is None):
            raise ValueError('a scale needs its lowest and its highest number, and easy = "high" or "low"')
        return self

    @property
    def kind(self) -> str:
        """The one of value, text and column that is given."""
        return next(name for name in ("value", "text", "column") if getattr(self, name) is not None)


class Words(MappingPart):
    """Rows of which a column has one of these words."""

    column: Names
    words: Annotated[tuple[str, ...], Field(alias="is", min_length=1, strict=False)]


class When(Words):
    """A condition on a row: a column has one of these words.

    `answers` are the words that say it does not hold, such as No. Without them any word counts as an answer, but those
    of NO_ANSWER. A row without an answer leaves open whether the condition holds.
    """

    answers: Names | None = None


class Effort(MappingPart):
    """An effort event that a row gives."""

    when: When | None = None
    fields: dict[str, Cell]


class Encounter(MappingPart):
    """An encounter that a row gives, with its effort events."""

    when: When | None = None
    fields: dict[str, Cell]
    effort: Annotated[tuple[Effort, ...], Field(strict=False)] = ()


class Reading(MappingPart):
    """How the file of a table is read, where it does not say so itself: as the options of the command line."""

    encoding: str | None = None
    separator: str | None = None
    header: Annotated[int, Field(ge=0)] | None = None
    sheet: str | None = None


class TableMapping(MappingPart):
    """How each row of a table becomes a story; `id` names the column that identifies rows, else their content does.

    With `every_row` each row is a story of its own, also where ids repeat. A row has to fulfil all
    of `only`. With `redact`, e-mail addresses, phone numbers and card numbers in texts are replaced.
    """

    title: str
    about: str = ""
    redact: bool = False
    read: Reading = Reading()
    every_row: bool = False
    only: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    id: Names | None = None
    prefix: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
    story: dict[str, Cell]
    encounter: Annotated[tuple[Encounter, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _knows_our_columns(self) -> "TableMapping":
        faults = list(_list_strangers(("story",), self.story, STORY_COLUMNS))
        for step, encounter in enumerate(self.encounter):
            faults += _list_strangers(("encounter", step), encounter.fields, ENCOUNTER_COLUMNS)
            for event, effort in enumerate(encounter.effort):
                faults += _list_strangers(("encounter", step, "effort", event), effort.fields, EFFORT_COLUMNS)
        if faults:
            raise RecordError(faults)
        return self

    @property
    def reading(self) -> ReadOptions:
        """How the files of this mapping are read."""
        return ReadOptions(**self.read.model_dump())

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return the columns of theirs that are read, by our field, with the names that each may have."""
        found: dict[str, tuple[str, ...]] = {"id": self.id} if self.id else {}
        cells = dict(self.story)
        for encounter in self.encounter:
            cells |= {f"encounter {name}": cell for name, cell in encounter.fields.items()}
        for name, cell in cells.items():
            if cell.column:
                found[name] = cell.column
        return found


def parse_mapping(content: bytes, place: str) -> TableMapping:
    """Return the mapping in a file's bytes. Raises StoryError with every fault."""
    try:
        return TableMapping.model_validate(parse_toml(content, place))
    except ValidationError as error:
        raise StoryError(translate_faults(TableMapping, place, error)) from None


def _list_strangers(path: FieldPath, cells: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    for name in cells:
        if name not in known:
            yield Fault("", f"column {format_choices(name, known, 'the flat table')}", path)


# fmt: on
