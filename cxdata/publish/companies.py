"""What the stories say of one company, and of two: the verdict, its figures, and the limits of a comparison."""

from collections.abc import Sequence
from typing import NamedTuple

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree
from cxdata.claims.unrated import Standing, claim_standing
from cxdata.publish.kinds import format_kind
from cxdata.publish.origin import describe_origin
from cxdata.questions.rows import CompanyScoresRow, JobCompaniesRow, LibraryRow
from cxdata.statistics.intervals import mean_margin
from cxdata.text.formatting import format_number, format_period, format_signed, join_parts

UNREAD = "What nobody has read a story for is unknown, not zero."


class Figure(NamedTuple):
    """A figure as readers see it, what it is, and its margin; '' where there is none."""

    figure: str
    words: str
    more: str = ""


def company_claim(scores: CompanyScoresRow) -> Claim:
    """Claim from a row of company_scores how its stories rate a company, or why they do not."""
    return claim_standing(
        Standing(
            scores["company"],
            scores["story_count"],
            scores["feeling_read"],
            scores["experience_count"],
            scores["experience"],
            scores["hall"],
        )
    )


def company_lead(scores: CompanyScoresRow, library: LibraryRow, kind: str) -> str:
    """Say how many stories of which kind and period the verdict on a company rests on, and what they cannot show."""
    period = format_period(library["first_year"], library["last_year"])
    told = join_parts([format_kind(scores["story_count"], kind), period])
    return f"{told}. Experience runs from −5 to +5. {describe_origin(library)}"


def company_figures(scores: CompanyScoresRow, library: LibraryRow) -> list[Figure]:
    """List the mean experience and effort of a company, and how many of its stories were read for each measure."""
    total = library["story_count"]
    margin = (
        None
        if scores["experience_variance"] is None
        else mean_margin(scores["experience_variance"], scores["experience_count"])
    )
    return [
        Figure(
            format_signed(scores["experience"], "unknown"),
            "mean experience" if scores["experience_count"] > 1 else "experience",
            f"95% margin ±{format_number(margin)}" if margin else "",
        ),
        Figure(
            format_number(scores["mean_points"], "unknown"),
            "effort points a story" if scores["effort_count"] > 1 else "effort points",
        ),
        *(
            Figure(
                f"{format_number(known)} of {format_number(total)}",
                f"{agree(total, 'story', 'stories')} read for {measure}",
            )
            for measure, known in (
                ("feelings", scores["feeling_read"]),
                ("effort", scores["effort_count"]),
                ("promises", library["promises_read"]),
            )
        ),
    ]


def pair_limits(job: Sequence[JobCompaniesRow], left: str, right: str, kind: str) -> str:
    """Say what a comparison of two companies in one job can and cannot show; `job` has the rows of that job."""
    stories = {row["company"]: row["story_count"] for row in job}
    return (
        f"{format_kind(stories[left], kind)} of {left}, {format_number(stories[right])} of {right}: this shows what"
        " happened to these customers and how the two journeys differ. It cannot show how either company usually"
        " handles this job. With six jobs or more, a test can show whether the difference could be chance."
    )
