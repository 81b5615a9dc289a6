"""The row of a table that names its columns: found, chosen by a person, or missing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.readers.base import normalise_header, refuse

LOOKED_AT = 60  # rows in which the header is looked for
FILLED = 0.7  # share of the columns that a header names
DAY = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([T ,].*)?")
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?%?")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
LONGEST_NAME = 120  # letters; a longer cell is a customer's words, or a question

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class FoundHeader:
    """The names of the columns, and the rows around them; `place` is -1 where no row names them."""

    headers: tuple[str, ...]
    place: int
    """The place of the header among the rows, from 0."""
    skipped: int = 0
    """Number of rows after the header that describe the columns."""
    doubts: tuple[str, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """The number of the first row after the header, counted from 1."""
        return self.place + self.skipped + 2


def find_header(name: str, rows: Rows, asked: int | None = None) -> FoundHeader:
    """Return the header of a table, given its first rows. Raises StoryError if there is none to find.

    `asked` is the number of the row that a person chose, and 0 where the table has no header.
    """
    if not any(cell.strip() for row in rows for cell in row):
        raise refuse(name, "has no header. The first row must name the columns")
    if asked == 0:
        return FoundHeader(_letters(rows), -1)
    if asked is not None and not (0 < asked <= len(rows) and any(rows[asked - 1])):
        raise refuse(name, f"has no names of columns in row {asked}. Choose another row as the header (--header)")
    place = asked - 1 if asked else _find_place(rows)
    if asked is None and _is_data(rows, place):
        example = "; ".join(cell[:30] for cell in rows[place][:3])
        return FoundHeader(
            _letters(rows[place:]), place - 1, 0,
            (
                f"row {place + 1} looks like a story and not like names of columns ({example}), so these are named "
                f"a, b, c. If row {place + 1} does name them, choose it as the header (--header {place + 1})",
            ),
        )  # fmt: skip
    doubts = (
        [f"row {place + 1} names the columns. The rows above it are no stories. Another row is possible (--header)"]
        if asked is None and any(any(row) for row in rows[:place])
        else []
    )
    found = _describe_columns(rows, place)
    return FoundHeader(found.headers, place, found.skipped, (*doubts, *found.doubts), found.labels)


def _find_place(rows: Rows) -> int:
    """Return the place of the first row that fills most columns; rows above it are a title or a remark."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:LOOKED_AT]]
    widths = Counter(len(_trimmed(row)) for row in rows[:LOOKED_AT] if len(_trimmed(row)) > 1)
    width = max(widths, key=lambda each: (widths[each], each), default=1)
    first = next(place for place, count in enumerate(filled) if count)
    wide = [place for place, count in enumerate(filled) if count >= max(FILLED * width, 1)]
    if not wide or wide[0] == first:
        return first
    # a header of few names stands on rows of more cells; a title stands alone, or beside one value
    return wide[0] if filled[first] <= min(2, width - 1) else first


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    last = max((place for place, cell in enumerate(row) if cell.strip()), default=-1)
    return row[: last + 1]


def _is_data(rows: Rows, place: int) -> bool:
    """Return whether the cells of a row are values of the kind that stand below them, and none is a known name."""
    header = rows[place]
    below = [row for row in rows[place + 1 : place + 6] if any(cell.strip() for cell in row)]
    known = {normalise_header(column) for column in FLAT_COLUMNS}
    if any(normalise_header(cell) in known for cell in header if cell.strip()):
        return False
    return any(
        kind.fullmatch(cell.strip()) and all(kind.fullmatch(row[column].strip()) for row in below if column < len(row))
        for column, cell in enumerate(header)
        for kind in (DAY, MAIL)
    ) or (bool(below) and _are_numbers(header) and not _name_years(header) and all(_are_numbers(row) for row in below))


def _name_years(row: Sequence[str]) -> bool:
    numbers = [cell.strip() for cell in row if NUMBER.fullmatch(cell.strip())]
    return bool(numbers) and all(re.fullmatch(r"(19|20)\d\d", number) for number in numbers)


def _are_numbers(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) > 1 and 2 * sum(bool(NUMBER.fullmatch(cell)) for cell in filled) > len(filled)


def _letters(rows: Rows) -> tuple[str, ...]:
    """Return names for columns without: a to z, then aa, ab and so on, as a spreadsheet has them."""
    width = max(len(row) for row in rows)
    return tuple(letter_name(place) for place in range(width))


def letter_name(place: int) -> str:
    """Return the letters of a column at a place, from 0: a, b, ... z, aa."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = ascii_lowercase[rest] + text
    return text


def _describe_columns(rows: Rows, place: int) -> FoundHeader:
    """Return the header at a place, with what further rows of some survey tools say about the columns."""
    headers, below = tuple(rows[place]), rows[place + 1 : place + 3]
    if len(below) == 2 and any('"ImportId"' in cell for cell in below[1]):  # Qualtrics
        doubt = f"rows {place + 2} and {place + 3} are Qualtrics’ questions and ids of columns, and are no stories"
        return FoundHeader(headers, place, 2, (doubt,), _labels(headers, below[0]))
    if below and any('"ImportId"' in cell for cell in below[0]):
        return FoundHeader(headers, place, 1, (f"row {place + 2} has Qualtrics’ ids of columns, and is no story",))
    if below and _is_answer_row(headers, below[0]):  # SurveyMonkey
        joined, question = [], ""
        for number, (header, answer) in enumerate(_pairs(headers, below[0])):
            question = header.strip() or question
            is_open = answer.strip().casefold() in OPEN_ANSWERS
            name = question if not answer.strip() or (is_open and header.strip()) else f"{question}: {answer.strip()}"
            joined.append(name or letter_name(number))
        doubt = f"row {place + 2} has the answers that the form offers, and is no story"
        return FoundHeader(_unique(joined), place, 1, (doubt,))
    return FoundHeader(headers, place)


OPEN_ANSWERS = ("open-ended response", "response")


def _is_answer_row(headers: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a row names answers below its questions, as SurveyMonkey does: it begins empty, as no row can."""
    is_survey = normalise_header(headers[0]) in ("respondentid", "respondent")
    return is_survey and not row[0].strip() and any(cell.strip().casefold() in OPEN_ANSWERS for cell in row)


def _pairs(headers: Sequence[str], row: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((header, row[number] if number < len(row) else "") for number, header in enumerate(headers))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name.casefold()] += 1
        found.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return tuple(found)


def _labels(headers: Sequence[str], questions: Sequence[str]) -> dict[int, str]:
    return {
        place: text.strip() for place, (header, text) in enumerate(_pairs(headers, questions)) if text.strip() != header
    }
