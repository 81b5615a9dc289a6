"""Findings in sentences, computed from rows, for the top of the Overview."""

from collections.abc import Sequence

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import points, these_stories
from cxdata.claims.leaders import claim_leader
from cxdata.publish.origin import describe_origin
from cxdata.questions.rows import CompanyScoresRow, FixFirstRow, LibraryRow
from cxdata.statistics.summaries import Summary
from cxdata.text.formatting import format_count, format_percent, format_pounds

LARGEST = 30  # companies with most stories: of more than these, only they are compared


def overview_claim(companies: Sequence[CompanyScoresRow]) -> Claim:
    """Claim from rows of company_scores what the Overview opens with: which company takes the most effort.

    Of more than `LARGEST` companies only those with most stories are compared, and the claim says so.
    """
    read = [row for row in companies if row["mean_points"] is not None]
    compared = sorted(read, key=lambda row: (-row["effort_count"], row["company"]))[:LARGEST]
    claim = claim_leader({row["company"]: _summary(row) for row in compared})
    return claim.limited_to(f"Among the {LARGEST} companies with most stories" if len(read) > LARGEST else "")


def _summary(row: CompanyScoresRow) -> Summary:
    figures = (row["mean_points"], row["least_points"], row["most_points"])
    mean, least, most = (float(figure or 0) for figure in figures)
    return Summary(row["effort_count"], mean, row["points_variance"] or 0.0, least, most)


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
    """Write rows of fix_first as a paragraph for a mail: what, where, what it would save, and on what ground.

    `library` is of the stories that were read for effort.
    """
    worth = sum(row["points"] for row in found)
    stories = format_count(library["story_count"], "customer story")
    rests = (
        f"This rests on {stories} of {format_count(library['company_count'], 'company')}. {describe_origin(library)}"
    )
    if not worth:
        return f"No effort found in {these_stories(library['story_count'])}. {rests}"
    share = sum(row["share"] or 0 for row in found)
    more = (
        f" These and the {format_count(len(found) - most, 'next item')} of the list hold {format_percent(share)} of all"
        " effort points."
        if len(found) > most
        else ""
    )
    return f"To fix first: {'; '.join(map(_fault, found[:most]))}.{more} {rests}"


def _fault(row: FixFirstRow) -> str:
    saved = (
        f", and {format_pounds(row['saved_low'], row['saved_high'])} to the company at the costs assumed"
        if row["saved_low"] and row["saved_high"]
        else ""
    )
    where = f"{row['driver_label'].lower()} at {row['company']} ({row['touchpoint_label'].lower()})"
    return f"{where}, {points(row['points_per_story'])} a story{saved}"
