"""Findings in sentences, computed from rows: what the Overview opens with."""

from collections.abc import Sequence

from cxdata.publish.origin import describe_origin
from cxdata.questions.rows import CompanyScoresRow, FixFirstRow, LibraryRow
from cxdata.text.formatting import format_count, format_percent, format_pounds, format_work_time, join_list

LARGEST = 30  # companies with most stories: of more than these, one is named for its work only if it is among them


def overview_headline(companies: Sequence[CompanyScoresRow], library: LibraryRow | None = None) -> str:
    """Rows of company_scores as one sentence: how many in each hall, and the most work told of. No rank is claimed.

    `library` is the row of that question, for what the stories are called.
    """
    fame = [row for row in companies if row["hall"] == "fame"]
    shame = [row for row in companies if row["hall"] == "shame"]
    parts = []
    if fame:
        parts.append(f"{_join_companies(fame)} {'earns' if len(fame) == 1 else 'earn'} gratitude")
    if shame:
        parts.append(f"{_join_companies(shame, after=bool(fame))} {'earns' if len(shame) == 1 else 'earn'} contempt")
    silent = bool(companies) and all(row["hall"] is None for row in companies)
    nobody = "No account here tells a feeling" if silent else "No company here is remembered strongly either way"
    said = ", ".join(parts) or nobody
    # of a thousand companies the one with most work is one with a single story, by chance
    largest = sorted(companies, key=lambda row: -row["story_count"])[:LARGEST]
    hardest = max(largest, key=lambda row: row["mean_points"], default=None)
    if hardest is None or hardest["mean_points"] == 0:
        return said
    if len(largest) > 2 and len({format_work_time(row["mean_points"]) for row in largest}) == 1:
        return said  # as of complaints that a mapping has coded: nobody stands out
    told = ("The " if hardest["story_count"] == 1 else "An average ") + _noun(library)
    return f"{said}. {told}{hardest['company']} tells of {format_work_time(hardest['mean_points'])} of needless work"


def _noun(library: LibraryRow | None) -> str:
    # among both, the company that is named may be told of by either
    filed = library["complaint_count"] if library else 0
    if filed and library:
        return "complaint about " if filed == library["story_count"] else "story of "
    return "account of "


def overview_lead(library: LibraryRow) -> str:
    """One row of the question `library` as what the page rests on, and what it does not claim."""
    told = [
        f"told by {library['authors']}" if library["authors"] else "",
        f"filed with {library['registers']}" if library["registers"] else "",
    ]
    return (
        f"{format_count(library['story_count'], 'customer story')} of"
        f" {format_count(library['company_count'], 'company')}, moment by"
        f" moment{', ' if any(told) else ''}{' or '.join(each for each in told if each)}. {describe_origin(library)}"
    )


def summarise_fixes(found: Sequence[FixFirstRow], library: LibraryRow, most: int = 3) -> str:
    """Rows of fix_first as a paragraph to paste into a mail: what, where, what it would save, and on what ground."""
    worth = sum(row["points"] for row in found)
    share = sum(row["share"] or 0 for row in found)
    first = [_fault(row) for row in found[:most]]
    stories = (
        f"{format_count(library['story_count'], 'customer story')} of"
        f" {format_count(library['company_count'], 'company')}"
    )
    rests = (
        f"This rests on {stories}. {describe_origin(library)}"
        if library["synthetic_count"] or library["complaint_count"]
        else f"This rests on {stories}, picked by hand: it shows what can happen and not how often."
    )
    if not worth:
        return f"These accounts tell of no work that the job did not need. {rests}"
    more = (
        f" These and the {format_count(len(found) - most, 'next item')} of the list hold {format_percent(share)} of all"
        " the needless work told of."
        if len(found) > most
        else ""
    )
    return f"To fix first: {'; '.join(first)}.{more} {rests}"


def _fault(row: FixFirstRow) -> str:
    saved = (
        f" and {format_pounds(row['saved_low'], row['saved_high'])} to the company, at the costs assumed"
        if row["saved_low"] and row["saved_high"]
        else ""
    )
    where = f"{row['driver_label'].lower()} at {row['company']} ({row['touchpoint_label'].lower()})"
    return f"{where}, worth {format_work_time(row['points_per_story'])} a story to the customer{saved}"


def _join_companies(companies: Sequence[CompanyScoresRow], after: bool = False) -> str:
    if len(companies) <= 2:
        return join_list([row["company"] for row in companies], 2)
    return f"{len(companies)}" if after else format_count(len(companies), "company")
