"""Records of story files, checked: one class a noun of the design.

A field that an account leaves open is None. sql/schema.sql has the tables of these records.
"""

import calendar
import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from cxdata.codebook.kinds import kind_of_source
from cxdata.errors import Fault
from cxdata.stories.contradictions import RecordError, list_contradictions
from cxdata.stories.person_names import OWN_WORK, is_same_person
from cxdata.text.invisible import INVISIBLE, remove_invisible


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("has several lines. Write one line")
    return text


def _printable(text: str) -> str:
    text = remove_invisible(text).strip()
    if not text:
        raise ValueError("has no visible character")
    # words may run over lines; NUL and other control characters are never part of a sentence
    bad = sorted({unicodedata.name(mark, f"U+{ord(mark):04X}") for mark in text if _is_unprintable(mark)})
    if bad:
        raise ValueError(f"has characters that cannot be shown. Delete these: {', '.join(bad)}")
    return text


def _is_unprintable(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs"} and mark not in "\n\t"


def code_of(table: str) -> AfterValidator:
    """Return a validator of codes of a table of the codebook."""

    def check(code: str, info: ValidationInfo) -> str:
        context: Any = info.context
        checked: str = context["codebook"].check(table, code)
        return checked

    return AfterValidator(check)


def _partial_date(value: Any) -> Any:
    # TOML reads 2017-12-24 as a date and 2017 as a number; to a writer both are dates
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _is_partial_date(text: str) -> str:
    try:
        date_range(text)
    except ValueError:
        raise ValueError("is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return text


def date_range(text: str) -> tuple[date, date]:
    """Return the first and last day of a day, month or year: '2017-12' is 1 to 31 December 2017.

    Raises ValueError if the text is no such date.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, flags=re.ASCII)
    if not match:
        raise ValueError(text)
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.groups()[1:])
    # 00 is an invalid month or day, not an unknown one
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    last_month = 12 if month is None else month
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1] if day is None else day)


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}$"
URL = rf"^https?://[^\s<>\"'{INVISIBLE}]+$"

Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line), AfterValidator(_printable)]
Words = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_printable)]
Account = Annotated[str, Field(min_length=1, max_length=200_000), AfterValidator(_printable)]
Notes = Annotated[str, Field(max_length=20_000), AfterValidator(_printable)]
PartialDate = Annotated[str, BeforeValidator(_partial_date), AfterValidator(_is_partial_date)]
Feeling = Annotated[int, Field(ge=-5, le=5)]
Demand = Literal["value", "failure"]
Times = Annotated[int, Field(ge=1, le=1000)]
Minutes = Annotated[float, Field(ge=0, le=525_600, allow_inf_nan=False)]
Kept = Literal["kept", "exceeded", "kept late", "broken", "unclear"]


class Record(BaseModel):
    """The base of all records: frozen, strict, and closed, so that an unknown key is a fault and is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


class Company(Record):
    """A company, and the other spellings that lead to it."""

    name: Annotated[Line, Field(max_length=80)]
    sector: Annotated[Line, Field(max_length=60)]
    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    aliases: Annotated[tuple[Line, ...], Field(strict=False)] = ()


class Source(Record):
    """A published piece that contains an account; every use of it credits its author."""

    id: Slug
    title: Line
    author: Line
    publication: Line | None = None
    published: PartialDate | None = None
    url: Annotated[str, Field(pattern=URL, max_length=500)] | None = None
    kind: Line


class EffortEvent(Record):
    """Something the customer had to do, or go through, that the job did not need. `minutes` is None if unknown."""

    driver: Annotated[str, code_of("drivers")]
    times: Times = 1
    minutes: Minutes | None = None
    evidence: Words
    locator: Line | None = None


class Encounter(Record):
    """One moment at one touchpoint (Bitner's service encounter). `feeling` is -5 to +5, or None if unknown."""

    job: Annotated[str, code_of("jobs")] | None = None
    touchpoint: Annotated[str, code_of("touchpoints")]
    stage: Annotated[str, code_of("stages")] | None = None
    short: Annotated[Line, Field(max_length=40)]
    summary: Words
    feeling: Feeling | None = None
    emotions: Annotated[tuple[Annotated[str, code_of("emotions")], ...], Field(strict=False)] = ()
    started_by: Literal["customer", "company"]
    demand: Demand | None = None
    locator: Line
    effort: Annotated[tuple[EffortEvent, ...], Field(strict=False)] = ()


class Promise(Record):
    """A claim that the customer can check, and its outcome; `standard` is a law or norm appealed to.

    `kept late` is a promise first refused and then met after the customer pushed. A slogan is no promise.
    """

    claim: Line
    kept: Kept
    standard: Line | None = None
    evidence: Words
    locator: Line


class Sign(Record):
    """One of the six signs of a company that earns advocates: shown, not shown, or (None) unknown."""

    sign: Annotated[str, code_of("signs")]
    shown: bool | None = None
    evidence: Words | None = None


class Story(Record):
    """One customer's account of dealings with one company, with its encounters in order."""

    story: Slug
    title: Annotated[Line, Field(max_length=80)]
    kind: Annotated[str, code_of("kinds")] = ""
    job: Annotated[str, code_of("jobs")]
    summary: Words
    happened_on: PartialDate | None = None
    happened_basis: Literal["told", "inferred"] | None = None
    outcome: Annotated[str, code_of("outcomes")]
    loyalty: Annotated[str, code_of("loyalty")] | None = None
    verdict: Literal["fame", "shame", "none"]
    ces: Annotated[int, Field(ge=1, le=7)] | None = None
    read_feeling: Literal["whole", "none"] = "whole"
    read_effort: Literal["whole", "part", "none"] = "whole"
    read_drivers: Annotated[tuple[Annotated[str, code_of("drivers")], ...], Field(strict=False)] = ()
    read_promises: Literal["whole", "none"] = "whole"
    read_signs: Literal["whole", "none"] = "whole"
    status: Literal["draft", "reviewed", "published"]
    coder: Line
    coded_on: date
    reviewer: Line | None = None
    reviewed_on: date | None = None
    notes: Notes | None = None
    company: Company
    source: Source
    encounters: Annotated[tuple[Encounter, ...], Field(min_length=1, max_length=1000, strict=False)]
    promises: Annotated[tuple[Promise, ...], Field(strict=False)] = ()
    signs: Annotated[tuple[Sign, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _derive_kind(self, info: ValidationInfo) -> "Story":
        """Give a story that names no kind the kind that follows from its source."""
        if not self.kind:
            context: Any = info.context
            # a record is frozen for its users; a validator before would have to parse JSON by itself
            object.__setattr__(self, "kind", kind_of_source(context["codebook"], self.source.kind))
        return self

    @model_validator(mode="after")
    def _check_agreement(self) -> "Story":
        faults = list_contradictions(self)
        if self.status != "draft" and self.reviewer is None:
            problem = f"{self.status!r} needs a reviewer and reviewed_on. A story without a reviewer is a draft"
            faults.append(Fault("", problem, ("status",), is_predicate=True))
        if self.status != "draft" and is_same_person(self.reviewer, self.coder):
            faults.append(Fault("", f"{self.reviewer!r} {OWN_WORK}", ("reviewer",), is_predicate=True))
        twice = sorted({sign.sign for sign in self.signs if [other.sign for other in self.signs].count(sign.sign) > 1})
        faults += [Fault("", f"sign {sign!r} is given twice") for sign in twice]
        for place, encounter in enumerate(self.encounters):
            if len(set(encounter.emotions)) < len(encounter.emotions):
                faults.append(Fault("", "an emotion is named twice", ("encounters", place)))
        if faults:
            raise RecordError(faults)
        return self


class LessonStory(Record):
    """A story that bears a lesson out, by following it or by breaking it."""

    story: Slug
    shows: Literal["followed", "broken"]
    because: Words


class LessonPoint(Record):
    """A single thing that a source says in support of a lesson.

    `company` and `shows` mark an example that is too short for a story: it has no score and counts in no figure.
    """

    says: Words
    company: Annotated[Line, Field(max_length=80)] | None = None
    shows: Literal["followed", "broken"] | None = None
    locator: Line | None = None

    @model_validator(mode="after")
    def _belongs_to_a_company(self) -> "LessonPoint":
        if self.shows and not self.company:
            raise ValueError("shows needs a company. Name the company that followed or broke the lesson")
        return self


class Lesson(Record):
    """Advice drawn in a source. `advice` is the source's, in new words; `ours` is what the project adds to it.

    `cites` names the speaker, book or guide that the source itself points to.
    """

    lesson: Slug
    title: Annotated[Line, Field(max_length=80)]
    advice: Words
    cites: Line | None = None
    ours: Words | None = None
    locator: Line
    points: Annotated[tuple[LessonPoint, ...], Field(strict=False)] = ()
    stories: Annotated[tuple[LessonStory, ...], Field(strict=False)] = ()


class Lessons(Record):
    """A lessons file: one source and its lessons."""

    source: Source
    lessons: Annotated[tuple[Lesson, ...], Field(min_length=1, strict=False)]
