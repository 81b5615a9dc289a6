"""Findings in sentences, computed from rows, for the top of the Overview."""

from collections.abc import Sequence

from cxdata.publish.origin import describe_origin
from cxdata.questions.rows import CompanyScoresRow, FixFirstRow, LibraryRow
from cxdata.text.formatting import format_count, format_percent, format_pounds, format_work_time, join_list

LARGEST = 30  # companies with most stories; the sentence names none beyond them for its effort


def overview_headline(companies: Sequence[CompanyScoresRow], library: LibraryRow | None = None) -> str:
    """Summarise rows of company_scores: the companies of each hall, and the most effort. Claims no rank.

    `library` is the row of that question; it decides the noun for the stories.
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
    # among a thousand companies, one with a single story has most effort by chance
    largest = sorted(companies, key=lambda row: -row["story_count"])[:LARGEST]
    measured = [(row["mean_points"], row) for row in largest if row["mean_points"] is not None]
    points, hardest = max(measured, key=lambda each: each[0], default=(0.0, None))
    if hardest is None or points == 0:
        return said
    if len(largest) > 2 and len({format_work_time(each) for each, _ in measured}) == 1:
        return said  # as with complaints that a mapping codes: no company differs
    subject = ("The " if hardest["story_count"] == 1 else "An average ") + _noun(library)
    return f"{said}. {subject}{hardest['company']} tells of {format_work_time(points)} of needless work"


def _noun(library: LibraryRow | None) -> str:
    # with both kinds, either may be about the company
    filed = library["complaint_count"] if library else 0
    if filed and library:
        return "complaint about " if filed == library["story_count"] else "story of "
    return "account of "


def overview_lead(library: LibraryRow) -> str:
    """Summarise a row of the question `library`: the stories of the page, and what they cannot show."""
    owed = [
        f"told by {library['authors']}" if library["authors"] else "",
        f"filed with {library['registers']}" if library["registers"] else "",
    ]
    return (
        f"{format_count(library['story_count'], 'customer story')} of"
        f" {format_count(library['company_count'], 'company')}, moment by"
        f" moment{', ' if any(owed) else ''}{' or '.join(each for each in owed if each)}. {describe_origin(library)}"
    )


def summarise_fixes(found: Sequence[FixFirstRow], library: LibraryRow, most: int = 3) -> str:
    """Summarise rows of fix_first as a paragraph for a mail: what, where, savings and evidence."""
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
