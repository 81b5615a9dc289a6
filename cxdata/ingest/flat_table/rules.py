"""The rules of the flat columns, as SQL over a cell: whether it is valid, and what it is converted to.

The rules are those of story files (cxdata/stories/records.py), for a million rows at a time; a test compares the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.readers.base import Kind
from cxdata.stories.records import COUNTRY, SLUG, URL
from cxdata.text.invisible import INVISIBLE

CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # characters that cannot be shown
# characters beyond ASCII that are cleaned or cannot be shown
DIRT = r"[\x80-\xa0\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}" + f"{INVISIBLE}]"
BLANK = r"\s\x0b\x{85}\pZ"
DAY = r"\d{4}-\d{2}-\d{2}"
PARTIAL = r"(\d{4})(-\d{2})?(-\d{2})?"
FIRST = "'-01-01'"  # completes a year or month to a day, cut to ten letters
FIRST_DAY, LAST_DAY = "date '0001-01-01'", "date '9999-12-31'"  # days with a year of four digits
SHORTER = {"title": 80, "short": 40, "sector": 60, "company": 80, "story": 80, "source": 80}
LONG = {"summary": 4000, "encounter_summary": 4000, "evidence": 4000, "notes": 20_000, "account": 200_000}
AMBIGUOUS = "ambiguous: "  # marks a date that could be read two ways


@dataclass(frozen=True)
class ColumnRule:
    """The rule of a column; `is_valid` and `convert` take the SQL of a cell that is text and not blank."""

    is_valid: Callable[[str], str]
    convert: Callable[[str], str]
    problem: str
    choices: tuple[str, ...] = ()
    type: str = "varchar"
    clean: Callable[[str], str] | None = None
    """A quicker check than `is_valid` of an uncleaned cell: true only if it is valid and clean already."""
    between: tuple[float, float] | None = None

    def accepts(self, kind: Kind | None) -> bool:
        """Return whether cells of this kind need no conversion from text."""
        return kind == "day" if self.type == "date" else kind == "number" and self.between is not None

    def is_clean(self, cell: str, kind: Kind | None) -> str:
        """Return SQL that is true only if an uncleaned cell, text or of this kind, is valid; NULL if it is empty."""
        if kind is None:
            return (self.clean or self.is_valid)(cell)
        if not self.accepts(kind):
            return f"{cell} is null"
        if self.between is None:
            return f"({cell} between {FIRST_DAY} and {LAST_DAY})"
        low, high = self.between
        whole = f" and {cell} = floor({cell})" if self.type == "integer" else ""
        return f"({cell} between {low} and {high}{whole})"


def longest_of(column: str) -> int:
    """Return the number of characters that a column of text holds."""
    return SHORTER.get(column) or LONG.get(column) or 200


def _text(column: str) -> ColumnRule:
    longest = longest_of(column)
    many_lines = column in LONG

    def is_valid(cell: str) -> str:
        one_line = "" if many_lines else f" and not contains({cell}, chr(10))"
        return f"(length({cell}) <= {longest} and not regexp_matches({cell}, '{CONTROL}'){one_line})"

    def clean(cell: str) -> str:
        # a search for each of these marks is quicker than one for all of them, by a pattern or by trimming
        marks = " or ".join(f"contains({cell}, chr({mark}))" for mark in (38, 127, *range(32)))
        ends = f"{cell} = '' or starts_with({cell}, chr(39)) or starts_with({cell}, ' ') or ends_with({cell}, ' ')"
        other = f"case when strlen({cell}) = length({cell}) then false else regexp_matches({cell}, '{DIRT}') end"
        return f"(length({cell}) <= {longest} and not ({ends} or {marks} or {other}))"

    lines = "" if many_lines else ", on one line"
    problem = f"is too long (at most {longest:,} characters{lines} are possible) or cannot be shown"
    return ColumnRule(is_valid, lambda cell: cell, problem, clean=clean)


def _matching(pattern: str, problem: str, longest: int = 2000) -> ColumnRule:
    quoted = pattern.replace("'", "''")

    def is_valid(cell: str) -> str:
        return f"(regexp_full_match({cell}, '{quoted}') and length({cell}) <= {longest})"

    def clean(cell: str) -> str:
        return f"({is_valid(cell)} and not (contains({cell}, '&') and contains({cell}, ';')))"

    return ColumnRule(is_valid, lambda cell: cell, problem, clean=clean)


def _code(codes: tuple[str, ...], owner: str) -> ColumnRule:
    listed = ", ".join(f"'{code}'" for code in codes)
    return ColumnRule(
        lambda cell: f"{cell} in ({listed})", lambda cell: cell, f"is unknown. {owner} has: {', '.join(codes)}", codes
    )


def _codes(codes: tuple[str, ...]) -> ColumnRule:
    listed = ", ".join(f"'{code}'" for code in codes)

    def convert(cell: str) -> str:
        return f"list_transform(string_split({cell}, ';'), lambda code: trim(code))"

    def is_valid(cell: str) -> str:
        split = convert(cell)
        return f"(list_has_all([{listed}], {split}) and len(list_distinct({split})) = len({split}))"

    return ColumnRule(
        is_valid,
        convert,
        f"is not a list of known codes, each once and joined by semicolons. The codes are: {', '.join(codes)}",
        codes,
        "varchar[]",
    )


def _whole(low: int, high: int) -> ColumnRule:
    return ColumnRule(
        lambda cell: (
            f"(regexp_full_match({cell}, '[+-]?\\d{{1,9}}(\\.0+)?') "
            f"and coalesce(try_cast({cell} as double) between {low} and {high}, false))"
        ),
        lambda cell: f"try_cast({cell} as double)::integer",
        f"is not a whole number from {low} to {high}",
        type="integer",
        between=(low, high),
    )


def _number(low: float, high: float) -> ColumnRule:
    return ColumnRule(
        # DuckDB would read 1_000 as well
        lambda cell: (
            f"(not contains({cell}, '_') and coalesce(try_cast({cell} as double) between {low} and {high}, false))"
        ),
        lambda cell: f"try_cast({cell} as double)",
        f"is not a number from {low:g} to {high:,g}",
        type="double",
        between=(low, high),
    )


def _is_day(cell: str) -> str:
    # there was no year 0, though DuckDB counts one
    return f"coalesce(try_cast(left({cell}, 10) as date) >= date '0001-01-01', false)"


def _day() -> ColumnRule:
    return ColumnRule(
        lambda cell: f"(regexp_full_match({cell}, '{DAY}( 00:00:00)?') and {_is_day(cell)})",
        lambda cell: f"try_cast(left({cell}, 10) as date)",
        "is not a date. Write YYYY-MM-DD",
        type="date",
    )


def _partial_day() -> ColumnRule:
    return ColumnRule(
        lambda cell: f"(regexp_full_match({cell}, '{PARTIAL}') and {_is_day(f'{cell} || {FIRST}')})",
        lambda cell: cell,
        "is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD",
    )


CODES = {
    "kind": "kinds",
    "job": "jobs",
    "encounter_job": "jobs",
    "outcome": "outcomes",
    "loyalty": "loyalty",
    "touchpoint": "touchpoints",
    "stage": "stages",
    "driver": "drivers",
}
"""The table of the codebook for each flat column of one code."""

OTHER_SCALE = (
    "If the form asked on another scale, say its ends and which of them is easy: --ces-scale 0-10 --ces-easy high"
)

BOUNDS = {"ces": (1, 7), "step": (1, 1000), "feeling": (-5, 5), "times": (1, 1000), "minutes": (0, 525_600)}
"""The least and most of each flat column of numbers; all but minutes are whole."""


@cache
def _fixed_rules() -> Mapping[str, ColumnRule]:
    slug = _matching(SLUG, "is not lower-case words joined by hyphens, such as ao-laptop", 80)
    return {
        "story": slug,
        "source": slug,
        "happened_on": _partial_day(),
        "happened_basis": _code(("told", "inferred"), "The column"),
        "verdict": _code(("fame", "shame", "none"), "The column"),
        "read_feeling": _code(("whole", "none"), "The column"),
        "read_effort": _code(("whole", "part", "none"), "The column"),
        "read_promises": _code(("whole", "none"), "The column"),
        "read_signs": _code(("whole", "none"), "The column"),
        "status": _code(("draft", "reviewed", "published"), "The column"),
        "coded_on": _day(),
        "reviewed_on": _day(),
        "country": _matching(COUNTRY, "is not a country's two letters, such as GB"),
        "source_published": _partial_day(),
        # \s means more in pydantic's expressions than in DuckDB's
        "source_url": _matching(
            URL.replace(r"\s", BLANK), "is not a web address. It must begin with http:// or https://", 500
        ),
        "started_by": _code(("customer", "company"), "The column"),
        "demand": _code(("value", "failure"), "The column"),
    } | {column: _bounded(column) for column in BOUNDS}


def _bounded(column: str) -> ColumnRule:
    low, high = BOUNDS[column]
    if column == "minutes":
        return _number(low, high)
    rule = _whole(low, high)
    return replace(rule, problem=f"{rule.problem}. {OTHER_SCALE}") if column == "ces" else rule


def column_rules(codebook: Codebook) -> dict[str, ColumnRule]:
    """Return the rule of every flat column."""
    coded = {column: _code(tuple(codebook[table]), "The codebook") for column, table in CODES.items()}
    several = {
        "read_drivers": _codes(tuple(codebook["drivers"])),
        "emotions": _codes(tuple(codebook["emotions"])),
    }
    known = dict(_fixed_rules()) | coded | several
    return {column: known.get(column) or _text(column) for column in FLAT_COLUMNS}
