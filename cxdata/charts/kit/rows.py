"""Selections of rows that charts share: groups by a column, and companies drawn as a range."""

from collections.abc import Iterable
from typing import TypeVar

from cxdata.charts.kit.declaration import Row

R = TypeVar("R", bound=Row)


def group_rows(rows: Iterable[R], column: str) -> dict[str, list[R]]:
    """Group rows by the value of a column, in the order of its first appearance."""
    groups: dict[str, list[R]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def first_rows(rows: Iterable[R], column: str) -> list[R]:
    """Choose the first row of each group, which has the figures of the whole group."""
    return [group[0] for group in group_rows(rows, column).values()]


def range_rows(rows: Iterable[R]) -> list[R]:
    """Choose the companies that have too many stories for a dot each: their rows name no story."""
    return [row for row in rows if row["story"] is None]
