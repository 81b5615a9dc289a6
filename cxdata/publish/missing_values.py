"""What a missing value of a question's column means, in words. It is never 0."""

from collections.abc import Iterable

NOT_STATED = "not stated"
NOT_COMPUTED = "not computed"
NOT_RATED = "not rated"
UNKNOWN = "unknown"
NONE_MEANT = "–"

# too few stories for an interval or a test, or no price for a cost
COMPUTED = frozenset(
    [
        "alarm_count",
        "alike",
        "alpha",
        "arrangements",
        "between_variance",
        "centre",
        "company_high",
        "company_low",
        "company_variance",
        "contacts_per_resolved",
        "difference",
        "gap",
        "high",
        "high_95",
        "high_998",
        "is_low",
        "left_out_total",
        "left_variance",
        "low",
        "low_95",
        "low_998",
        "lower_limit",
        "lower_points",
        "p_value",
        "rank_high",
        "rank_low",
        "ranked_companies",
        "right_variance",
        "saved_high",
        "saved_low",
        "scaled_high",
        "scaled_low",
        "sector_companies",
        "sector_experience",
        "sector_points",
        "shrunk_points",
        "shrunken_experience",
        "unit_high",
        "unit_low",
        "upper_limit",
        "upper_points",
        "value",
        "variance",
        "within_variance",
    ]
)
RATED = frozenset(["company_hall", "hall", "hall_reason", "left_hall", "right_hall"])
# of stories that nobody read whole for effort
READ = frozenset(["do_points", "effort_points", "effort_score", "event_count", "feel_points"])
# of rows that are a total, and of one story where others are boxes
NOT_MEANT = frozenset(
    [
        "box",
        "box_experience",
        "box_points",
        "box_width",
        "driver",
        "driver_label",
        "failure_demand",
        "hours_per_story",
        "kind",
        "limit_reason",
        "notes",
        "outcome",
        "place",
        "side",
        "signal",
        "touchpoint",
        "touchpoint_label",
    ]
)


def describe_missing(column: str) -> str:
    """Say what a missing value of this column means: 'not computed' of an interval, 'not stated' of a feeling."""
    for columns, words in ((COMPUTED, NOT_COMPUTED), (RATED, NOT_RATED), (READ, UNKNOWN), (NOT_MEANT, NONE_MEANT)):
        if column in columns:
            return words
    return NOT_STATED


def describe_empty_cells(columns: Iterable[str]) -> str:
    """Say of each column what its empty cell means: 'low, high: not computed; feeling: not stated'."""
    meanings: dict[str, list[str]] = {}
    for column in columns:
        meanings.setdefault(describe_missing(column), []).append(column)
    return "; ".join(
        f"{', '.join(names)}: {'does not apply' if words == NONE_MEANT else words}" for words, names in meanings.items()
    )
