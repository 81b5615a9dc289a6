"""The figures of a chart as a table for readers: which columns it shows, their headings, and cells in words.

Files keep every column and its code. A table on a page leaves out columns that only place or order marks, and codes
whose label is beside them.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.publish.missing_values import describe_missing
from cxdata.text.formatting import format_number, format_percent, join_list

HEADINGS = {
    "alike": "companies it may equal",
    "alpha": "agreement (alpha)",
    "assumed_points": "points from usual minutes",
    "avoidable_contacts": "avoidable contacts",
    "avoidable_share": "avoidable share",
    "basis": "counted by",
    "best_experience": "best experience",
    "both_found": "found by both coders",
    "broken_count": "promises broken",
    "centre": "mean over all periods",
    "claim": "promise",
    "code_label": "code",
    "coders": "coders",
    "companies": "companies",
    "company": "company",
    "company_assumed": "company: points from usual minutes",
    "company_contacts": "company: contacts",
    "company_do": "company: points to do",
    "company_experience": "company: experience",
    "company_feel": "company: points to feel",
    "company_hall": "company: hall",
    "company_high": "company: cost to (£)",
    "company_low": "company: cost from (£)",
    "company_points": "company: points per story",
    "company_rank": "company: rank",
    "company_read": "company: stories read for feeling",
    "company_score": "company: effort score",
    "company_stories": "company: stories",
    "contacts": "contacts",
    "contacts_per_resolved": "contacts per resolved story",
    "counted": "number",
    "cumulative_share": "running share",
    "demand": "contact",
    "difference": "difference",
    "do_points": "points to do",
    "draws": "sets of weights tried",
    "driver": "effort type",
    "driver_label": "effort type",
    "effort_count": "stories read for effort",
    "effort_points": "effort points",
    "emotions": "emotions named",
    "encounter_count": "steps",
    "ending": "feeling at the end",
    "event_count": "efforts found",
    "events": "efforts found",
    "experience": "experience",
    "failure_demand": "an avoidable contact",
    "feel_points": "points to feel",
    "feeling": "feeling",
    "feeling_count": "feelings stated",
    "feeling_label": "feeling in words",
    "finding": "do coders agree?",
    "found_count": "times found",
    "gap": "promises broken less kept",
    "hall": "hall",
    "hall_reason": "why not rated",
    "hardest_share": "hardest in this share of tries",
    "high": "high end",
    "high_95": "95% range: high end",
    "high_998": "99.8% range: high end",
    "highest_feeling": "best feeling",
    "hours": "hours",
    "hours_per_story": "hours per story",
    "is_low": "agreement is low",
    "item_count": "effort types or touchpoints in the row",
    "item_label": "cost",
    "item_total": "largest of them: points",
    "job_label": "job",
    "kept": "outcome of the promise",
    "kept_count": "promises kept",
    "kind": "to do or to feel",
    "largest_part": "most in one story",
    "largest_total": "most points in a row",
    "late_count": "promises refused first, then kept",
    "least_points": "least points in one story",
    "left_company": "left: company",
    "left_events": "left: efforts found",
    "left_experience": "left: experience",
    "left_hall": "left: hall",
    "left_out_total": "points without the story that holds most",
    "left_points": "left: points per story",
    "left_stories": "left: stories",
    "left_total": "left: points in all",
    "limit_reason": "why no range",
    "locator": "place in the story",
    "low": "low end",
    "low_95": "95% range: low end",
    "low_998": "99.8% range: low end",
    "lower_limit": "usual range: low end",
    "lower_points": "range of points: from",
    "lowest_feeling": "worst feeling",
    "mean_difference": "mean difference over the jobs",
    "mean_feeling": "mean feeling",
    "mean_points": "points per story",
    "measure": "measure",
    "median_rank": "usual rank",
    "mentioning_count": "stories that mention a sign",
    "most_points": "most points in one story",
    "not_shown_count": "stories: not shown",
    "not_told_count": "stories: unknown",
    "note": "note",
    "one_found": "found by one coder",
    "outcome": "how the story ended",
    "p_value": "chance of such a difference (p)",
    "pair_count": "jobs compared",
    "paired_stories": "stories of these jobs",
    "peak": "strongest feeling",
    "period": "period",
    "period_label": "period",
    "place": "place in the order",
    "points": "points",
    "points_per_story": "points per story",
    "prevalence": "share of stories",
    "promise_count": "promises",
    "publisher": "publisher",
    "rank_high": "rank: to",
    "rank_low": "rank: from",
    "ranked_companies": "companies ranked",
    "read_count": "stories read for effort",
    "resolved_stories": "resolved stories",
    "respondents": "people asked",
    "right_company": "right: company",
    "right_events": "right: efforts found",
    "right_experience": "right: experience",
    "right_hall": "right: hall",
    "right_points": "right: points per story",
    "right_stories": "right: stories",
    "right_total": "right: points in all",
    "same_share": "same rank in this share of tries",
    "saved_high": "saved: up to (£)",
    "saved_low": "saved: from (£)",
    "scale": "scale",
    "scaled_high": "per 10,000 orders: up to (£)",
    "scaled_low": "per 10,000 orders: from (£)",
    "sector": "sector",
    "sector_companies": "sector: companies",
    "sector_experience": "sector: experience",
    "sector_points": "sector: points per story",
    "severity": "points where it happens",
    "share": "share",
    "share_of_scale": "share of the scale",
    "short": "step in short",
    "shown_count": "stories: shown",
    "shown_of_all": "share of all stories: shown",
    "shown_share": "share of mentions: shown",
    "shrunk_points": "points, drawn towards the sector’s mean",
    "shrunken_experience": "experience, drawn towards the mean",
    "sign_label": "sign of care",
    "signal": "beyond chance",
    "source": "source",
    "spread": "weights changed by (%)",
    "stage_label": "stage",
    "started_by": "who acted",
    "step": "step",
    "story_count": "number of stories",
    "summary": "what happened",
    "times": "times",
    "title": "story",
    "told_count": "stories that mention it",
    "told_of_all": "share of all stories: mentioned",
    "total": "points over all stories",
    "total_difference": "difference in all",
    "touchpoint": "touchpoint",
    "touchpoint_label": "touchpoint",
    "unclear_count": "promises unclear",
    "unit_count": "units compared",
    "unit_high": "cost of one: up to (£)",
    "unit_low": "cost of one: from (£)",
    "unread_count": "stories not read for effort",
    "upper_limit": "usual range: high end",
    "upper_points": "range of points: up to",
    "url": "address",
    "value": "value",
    "worst_experience": "worst experience",
    "year": "year of the price",
}
"""The heading of each column that a chart's question may have."""

UNSHOWN = frozenset(
    [
        # where a mark is drawn
        *("box", "box_experience", "box_points", "box_width", "notes", "side", "slot", "step_from", "step_to"),
        # the order of rows, which the table has
        *("company_order", "driver_order", "position", "score_order", "starts_on", "touchpoint_order"),
        # the same in every row; the subtitle says it
        *("company_count", "compared_count", "few_count", "field_count", "sector_count"),
        *("alarm_count", "period_length", "point_count", "undated_count"),
        # parts of a computation
        *("arrangements", "between_variance", "company_variance", "left_variance", "right_variance", "variance"),
        "within_variance",
        # codes and ids of what other columns name in words
        *("code", "item", "job", "promise", "read_feeling", "sign", "stage", "story"),
    ]
)
"""Columns that a table for readers leaves out. Files have them."""

SHARES = frozenset(
    [
        *(
            "avoidable_share",
            "cumulative_share",
            "hardest_share",
            "prevalence",
            "same_share",
            "share",
            "share_of_scale",
        ),
        *("shown_of_all", "shown_share", "told_of_all"),
    ]
)

COUNTED = frozenset(
    [
        *("avoidable_contacts", "companies", "company_contacts", "company_stories", "contacts", "counted", "draws"),
        *("events", "left_events", "left_stories", "paired_stories", "resolved_stories", "respondents"),
        *("right_events", "right_stories", "times"),
    ]
)
FELT = frozenset(["ending", "highest_feeling", "lowest_feeling", "mean_feeling", "peak"])

HALLS = {"fame": "hall of fame", "shame": "hall of shame", "mixed": "in neither hall"}
REASONS = {
    "too few": "too few stories",
    "few stories": "too few stories",
    "few periods": "too few periods",
    "same": "no difference",
    "rare": "too rare",
    "chosen by hall": "chosen by hall",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("hall", "company_hall", "left_hall", "right_hall"), HALLS),
    **dict.fromkeys(("hall_reason", "limit_reason"), REASONS),
    "kind": {"do": "to do", "feel": "to feel"},
    "demand": {"failure": "avoidable", "value": "needed"},
    "measure": {"driver": "effort type", "all drivers": "all effort types"},
    "signal": {
        "outside": "outside the usual range",
        "two_of_three": "two of three near a limit",
        "seven_one_side": "seven on one side of the mean",
    },
    "finding": {"rare": "too few found", "low": "coders do not agree", "agreed": "coders agree"},
}
"""What a code of a column says in words, where the codebook has no label for it."""

TABLES = {"driver": "drivers", "outcome": "outcomes", "touchpoint": "touchpoints"}
"""The table of the codebook whose labels name the codes of a column."""


def list_headings(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns that a table for readers shows, in order, each with its heading.

    A column that a package from outside adds keeps its name, with spaces.
    """
    named = {column for column in (*TABLES, "period") if f"{column}_label" in columns}
    named |= {"driver"} if "code_label" in columns else set()
    return {
        column: HEADINGS.get(column, column.replace("_", " "))
        for column in columns
        if column not in UNSHOWN and column not in named
    }


def unit_of(column: str) -> str:
    """Return the unit of a column's numbers, '' of one that has words or no unit."""
    heading = HEADINGS.get(column, column)
    if column in SHARES:
        return "share, 0 to 1"
    if "(£)" in heading:
        return "GBP"
    if column.endswith("_count") or column in COUNTED:
        return "number"
    if column in ("hours", "hours_per_story"):
        return "hours"
    if column in FELT or column.endswith(("experience", "feeling")):
        return "−5 to +5"
    return "effort points" if "points" in heading or column in ("total", "severity") else ""


def format_figure(column: str, value: Any) -> str:
    """Return the words of a cell: a label for a code, a percentage for a share, and what a missing value means."""
    if value is None:
        return describe_missing(column)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column in SHARES:
        return format_percent(value)
    if isinstance(value, float):
        return format_number(value)
    if isinstance(value, list | tuple):
        return join_list([format_figure(column, each) for each in value])
    return WORDS.get(column, {}).get(value) or _label(column, value) or str(value)


def describe_figures(caution: str, columns: Sequence[str]) -> str:
    """Return the caution of a question for readers of its table: headings for names of columns.

    A sentence about a column that the table leaves out is left out too.
    """
    headings = list_headings(columns)
    unshown = [name for name in columns if name not in headings]
    kept = (sentence for sentence in re.split(r"(?<=[.]) ", caution) if not _is_about(sentence, unshown))
    words = " ".join(_name_columns(sentence, headings) for sentence in kept)
    for code, label in (pair for column in columns for pair in WORDS.get(column, {}).items()):
        words = words.replace(f"'{code}'", f"“{label}”")
    return words


def _is_about(sentence: str, names: Sequence[str]) -> bool:
    """Return whether a sentence begins with one of these columns, or has one that is no word of English."""
    return any(re.search(rf"\b{name}\b" if "_" in name else rf"^{name}\b", sentence) for name in names)


def _name_columns(sentence: str, headings: Mapping[str, str]) -> str:
    """Write headings for names of columns. A name that is a word too is one at the start and in a formula."""
    for name, heading in headings.items():
        if name != heading:
            place = rf"\b{name}\b" if "_" in name else rf"(?:^|(?<= [=x] )|(?<=” and )){name}\b"
            sentence = re.sub(place, f"“{heading}”", sentence)
    return sentence[:1].upper() + sentence[1:]


@cache
def _labels(table: str) -> Mapping[str, str]:
    return {code: row.label for code, row in load_codebook().tables[table].items()}


def _label(column: str, value: Any) -> str:
    return _labels(TABLES[column]).get(value, "") if column in TABLES else ""
