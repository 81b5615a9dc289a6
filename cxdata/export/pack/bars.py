"""The bars of a chart as figures, for a chart that a reader of the slides can edit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cxdata.charts.kit.rows import first_rows
from cxdata.publish.charts import PublishedChart
from cxdata.text.formatting import format_count, format_number, format_signed, join_parts, round_half_up

MARKS = ("line: ", "lines: ", "in brackets: ")  # parts of a subtitle about marks that bars do not have


@dataclass(frozen=True)
class Bars:
    """Rows of bars: a name and a value for each series, rounded as readers see them."""

    measure: str
    series: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    """For each row, a value of each series."""
    subtitle: str
    has_rest: bool = False
    """Whether the last row stands for all rows that are left out."""
    has_both_ends: bool = False
    """Whether the last rows matter as much as the first."""
    is_signed: bool = False

    def first(self, number: int) -> "Bars":
        """Return so many rows: the first, or those at both ends."""
        last = number // 2 if self.has_both_ends and number < len(self.names) else 0
        kept = [*range(number - last), *range(len(self.names) - last, len(self.names))]
        return replace(
            self, names=tuple(self.names[each] for each in kept), values=tuple(self.values[each] for each in kept)
        )

    @property
    def alt_text(self) -> str:
        """Say every figure."""
        write = format_signed if self.is_signed else format_number
        rows = [
            f"{name}: "
            + ", ".join(
                f"{write(value)}{f' at {series}' if len(self.series) > 1 else ''}"
                for series, value in zip(self.series, values, strict=True)
            )
            for name, values in zip(self.names, self.values, strict=True)
        ]
        return f"Bars of {self.measure}. {'. '.join(rows)}."


def find_bars(published: PublishedChart) -> Bars | None:
    """Return the bars of a chart; None of one whose marks are no bars from zero, or whose figures are unknown."""
    make = _MADE.get(published.name)
    bars = make(published.rows) if make and published.rows else None
    if bars is None:
        return None
    parts = [part for part in published.subtitle.split(" · ") if not part.startswith(MARKS)]
    return replace(bars, subtitle=join_parts([*parts[:1], bars.subtitle, *parts[1:]]))


def _fixes(rows: Sequence[Mapping[str, Any]]) -> Bars:
    names = tuple(
        str(row["touchpoint_label"] or row["driver_label"] or f"And {format_number(row['item_count'])} more")
        for row in rows
    )
    values = tuple((round_half_up(row["total"]),) for row in rows)
    return Bars("effort points", ("effort points",), names, values, "", has_rest=rows[-1]["driver"] is None)


def _pair(rows: Sequence[Mapping[str, Any]]) -> Bars | None:
    if any(row["driver"] is None or row["left_points"] is None or row["right_points"] is None for row in rows):
        return None
    return Bars(
        "effort points",
        (str(rows[0]["left_company"]), str(rows[0]["right_company"])),
        tuple(str(row["driver_label"]) for row in rows),
        tuple((round_half_up(row["left_points"]), round_half_up(row["right_points"])) for row in rows),
        "",
    )


def _jobs(rows: Sequence[Mapping[str, Any]]) -> Bars | None:
    if any(row["left_points"] is None or row["right_points"] is None for row in rows):
        return None
    return Bars(
        "effort points per story",
        (str(rows[0]["left_company"]), str(rows[0]["right_company"])),
        tuple(str(row["job_label"]) for row in rows),
        tuple((round_half_up(row["left_points"]), round_half_up(row["right_points"])) for row in rows),
        "",
    )


def _companies(rows: Sequence[Mapping[str, Any]]) -> Bars:
    companies = first_rows(rows, "company")
    several = any(row["story_count"] > 1 for row in companies)
    return Bars(
        "experience",
        ("experience",),
        tuple(f"{row['company']} ({format_count(row['story_count'], 'story')})" for row in companies),
        tuple((round_half_up(row["company_experience"]),) for row in companies),
        "bars: mean of the company" if several else "",
        has_both_ends=True,
        is_signed=True,
    )


def _halls(rows: Sequence[Mapping[str, Any]]) -> Bars | None:
    felt = [row for row in rows if row["difference"] is not None]
    touchpoints = first_rows(felt, "touchpoint")
    if not touchpoints:
        return None
    means = {(row["touchpoint"], row["hall"]): round_half_up(row["mean_feeling"]) for row in felt}
    return Bars(
        "mean feeling",
        ("hall of fame", "hall of shame"),
        tuple(str(row["touchpoint_label"]) for row in touchpoints),
        tuple((means[row["touchpoint"], "fame"], means[row["touchpoint"], "shame"]) for row in touchpoints),
        "the touchpoints of both halls",
        is_signed=True,
    )


_MADE: Mapping[str, Callable[[Sequence[Any]], Bars | None]] = {
    "fame_and_shame": _companies,
    "head_to_head": _pair,
    "matched_pairs": _jobs,
    "touchpoint_halls": _halls,
    "what_to_fix": _fixes,
}
