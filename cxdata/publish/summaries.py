"""Findings in sentences, computed from rows, for the top of the Overview."""

from collections.abc import Sequence

from cxdata.charts.cost.what_to_fix import headline
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import points, these_stories
from cxdata.claims.leaders import claim_leader
from cxdata.publish.kinds import answers_alone, count_kinds, list_kinds
from cxdata.publish.origin import describe_origin, describe_registers
from cxdata.questions.rows import CompanyScoresRow, LibraryRow, TypePrevalenceRow, WhatToFixRow
from cxdata.statistics.summaries import Summary
from cxdata.text.formatting import format_count, format_number, format_percent, format_pounds

PREVALENCE = (
    "A form asks for some effort types only. A share counts the forms with an answer. A blank field or “N/A” is"
    " unknown. A file that leaves “No” blank gives too high a share. Do not compare forms with stories read whole."
    " Every complaint counts as one avoidable contact, so all have that type."
)
LARGEST = 30  # companies with most stories: of more than these, only they are compared


def overview_claim(companies: Sequence[CompanyScoresRow]) -> Claim:
    """Claim from rows of company_scores what the Overview opens with: which company takes the most effort.

    Of more than `LARGEST` companies only those with most stories are compared, and the claim says so.
    """
    read = [row for row in companies if row["mean_points"] is not None]
    compared = sorted(read, key=lambda row: (-row["effort_count"], row["company"]))[:LARGEST]
    claim = claim_leader({row["company"]: _summary(row) for row in compared})
    return claim.limited_to(f"Of the {LARGEST} companies with most stories" if len(read) > LARGEST else "")


def _summary(row: CompanyScoresRow) -> Summary:
    figures = (row["mean_points"], row["least_points"], row["most_points"])
    mean, least, most = (float(figure or 0) for figure in figures)
    return Summary(row["effort_count"], mean, row["points_variance"] or 0.0, least, most)


def overview_lead(library: LibraryRow) -> str:
    """Summarise a row of the question `library`: the stories of the page, and what they cannot show."""
    owed = [
        f"{'collected by' if answers_alone(library) else 'by'} {library['authors']}" if library["authors"] else "",
        describe_registers(library),
    ]
    return (
        f"{list_kinds(count_kinds(library))} of"
        f" {format_count(library['company_count'], 'company')}, step by"
        f" step{', ' if any(owed) else ''}{' or '.join(each for each in owed if each)}. {describe_origin(library)}"
    )


def overview_unread(library: LibraryRow) -> tuple[str, str]:
    """Count stories that nobody read for effort or feelings, and say why no company is rated: a title and a lead."""
    title = f"{list_kinds(count_kinds(library))} about {format_count(library['company_count'], 'company')}"
    return title, f"Nobody has read them for effort or feelings, so no company is rated. {describe_origin(library)}"


def describe_prevalence(asked: Sequence[TypePrevalenceRow]) -> str:
    """Write how often the forms say Yes to a type, as a line: 'Disputing: 21% of the 8,000 forms that answer'."""
    return " · ".join(f"{row['driver_label']}: {form_share(row)}" for row in asked)


def form_share(row: TypePrevalenceRow) -> str:
    """Write how often the forms say Yes to one type: '21% of the 8,000 forms that answer'."""
    share, answers = format_percent(row["form_story_count"] / row["form_read_count"]), row["form_read_count"]
    forms = "the one form that answers" if answers == 1 else f"the {format_number(answers)} forms that answer"
    return f"{share} of {forms}"


def summarise_fixes(found: Sequence[WhatToFixRow], library: LibraryRow, most: int = 3) -> str:
    """Write rows of what_to_fix as a paragraph for a mail: what comes first, what it holds, and on what ground.

    `library` is of the stories that were read for effort.
    """
    stories = list_kinds(count_kinds(library))
    rests = (
        f"This rests on {stories} of {format_count(library['company_count'], 'company')}. {describe_origin(library)}"
    )
    if not found:
        return f"No effort was found in {these_stories(library['story_count'])}. {rests}"
    finding = f"{headline(list(found)).headline}."
    # of several stories an item that one story holds alone has no place in an order
    named = [row for row in found if row["driver"] and (row["left_out_total"] or row["read_count"] == 1)][:most]
    if not sum(row["total"] for row in named):
        return f"{finding} {rests}"
    share = named[-1]["cumulative_share"] or 0
    together = f" Together: {format_percent(share)} of all effort points." if len(named) > 1 else ""
    return f"{finding} In order: {', '.join(map(_fix, named))}.{together} {rests}"


def _fix(row: WhatToFixRow) -> str:
    saved = (
        f", costing the company {format_pounds(row['saved_low'], row['saved_high'])} per story over all"
        f" {format_number(row['read_count'])}, at the prices assumed"
        if row["saved_low"] is not None and row["saved_high"] is not None
        else ""
    )
    read = row["read_count"]
    where = f" in {format_number(row['story_count'])} of {format_count(read, 'story')}" if read > 1 else ""
    return f"{str(row['driver_label']).lower()} ({points(row['total'])}{where}{saved})"
