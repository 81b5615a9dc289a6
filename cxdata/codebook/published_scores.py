"""Published facts about companies, for comparison with our figures: read from sql/facts/*.csv and checked."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cxdata.codebook.csv_rows import OPEN, Word, read_rows
from cxdata.errors import CodebookError
from cxdata.resources import SQL


def _is_period(text: str) -> str:
    year, _, month = text.partition("-")
    if len(year) != 4 or not year.isdecimal() or (month and month not in {f"{each:02}" for each in range(1, 13)}):
        raise ValueError("is not a year or a month. Write YYYY or YYYY-MM")
    return text


class PublishedScore(BaseModel):
    """A company's score in a published survey; higher is better. `respondents` is None where the survey gives none."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    company: Word
    measure: Word
    publisher: Word
    period: Annotated[Word, AfterValidator(_is_period)]
    scale: Annotated[str, Field(pattern=r"^\d+-\d+$")]
    value: float
    respondents: Annotated[Annotated[int, Field(ge=1)] | None, OPEN]
    note: Word
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]
    checked_by: Word
    checked_on: date


def read_published_scores(path: Path = SQL / "facts" / "published_scores.csv") -> tuple[PublishedScore, ...]:
    """Return all published scores. Raises CodebookError with every fault in them."""
    faults: list[str] = []
    scores = []
    for place, score in read_rows(path, PublishedScore, faults):
        low, _, high = score.scale.partition("-")
        if not float(low) <= score.value <= float(high):
            faults.append(f"{place}: value {score.value:g} is outside its scale {score.scale}")
        scores.append(score)
    if faults:
        raise CodebookError("\n".join(faults))
    return tuple(scores)


@cache
def load_published_scores() -> tuple[PublishedScore, ...]:
    """Return the published scores that ship, read once."""
    return read_published_scores()
