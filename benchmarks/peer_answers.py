"""Answers of different libraries, normalised and compared."""

import math
from collections.abc import Sequence
from typing import Any

from peer_questions import Compared
from peer_statistics import Row

NEAR = 1e-6  # of the value
NOTHING = 1e-9  # a smaller difference is none


def rows_of(answer: Any) -> list[Row]:
    """Return a list of rows, also of a Polars or pandas frame."""
    if isinstance(answer, list):
        return answer
    found: list[Row] = answer.to_dicts() if hasattr(answer, "to_dicts") else answer.to_dict("records")
    return found


def compare(question: str, peer: str, compared: Compared, ours: Sequence[Row], theirs: Sequence[Row]) -> None:
    """End the run if the peer has other rows or figures than ours."""
    found = {_key(compared, row): row for row in theirs}
    if not ours or len(theirs) != len(ours) or len(found) != len(ours):
        raise SystemExit(f"{question}: {peer} answers with {len(theirs)} rows, ours with {len(ours)}")
    for row in ours:
        key = _key(compared, row)
        if key not in found:
            raise SystemExit(f"{question}: {peer} has no {key}")
        for figure in compared.figures:
            own, other = row[figure], found[key].get(figure)
            if not is_same(own, other):
                raise SystemExit(f"{question}: {peer} differs at {key} in {figure}: ours {own!r}, theirs {other!r}")


def is_same(own: Any, other: Any) -> bool:
    """Return whether two values are equal: NaN is None, numbers may differ by a millionth."""
    if _is_none(own) or _is_none(other):
        return _is_none(own) and _is_none(other)
    if isinstance(own, (str, list)) or isinstance(other, (str, list)):
        return bool(own == other)
    return math.isclose(own, other, rel_tol=NEAR, abs_tol=NOTHING)


def _key(compared: Compared, row: Row) -> tuple[Any, ...]:
    return tuple(None if _is_none(row.get(name)) else row[name] for name in compared.key)


def _is_none(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
