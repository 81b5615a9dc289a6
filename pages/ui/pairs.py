"""The pair of companies that a link names, or the nearest possible pair with sentences that explain the change."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.questions.rows import JobCompaniesRow
from cxdata.text.formatting import truncate
from pages.ui.escaping import escape_markdown


@dataclass(frozen=True)
class Pair:
    """A job, and two companies with a story of it."""

    job: str
    label: str
    left: str
    right: str


@dataclass(frozen=True)
class JobPairs:
    """A job with stories of at least two companies, in the question's order: most effort first."""

    label: str
    companies: list[str]


def list_pairs(job_companies: Sequence[JobCompaniesRow]) -> dict[str, JobPairs]:
    """List the jobs that can be compared, in the order of the question."""
    found: dict[str, JobPairs] = {}
    for row in job_companies:
        if row["companies"] >= 2:
            found.setdefault(row["job"], JobPairs(row["job_label"], [])).companies.append(row["company"])
    return found


def resolve_pair(
    job_companies: Sequence[JobCompaniesRow], job: str | None, left: str | None, right: str | None
) -> tuple[Pair, list[str]]:
    """Return the pair to show, and a sentence for every part of the request that is not possible.

    At least one job must be comparable.
    """
    offered = list_pairs(job_companies)
    names = {row["company"].casefold(): row["company"] for row in job_companies}
    known_left, known_right = (names.get((name or "").casefold()) for name in (left, right))
    sentences = [
        f"There is no company called “{escape_markdown(truncate(name))}” here."
        for name, found in ((left, known_left), (right, known_right))
        if name and not found
    ]
    chosen, job_sentences = _job(job_companies, offered, job, [name for name in (known_left, known_right) if name])
    sentences += job_sentences
    offer = offered[chosen]
    for name in (known_left, known_right):
        if name and name not in offer.companies:
            sentences.append(f"{escape_markdown(name)} has no story of “{escape_markdown(offer.label)}”.")
    if known_left and known_left == known_right:
        sentences.append(f"{escape_markdown(known_left)} cannot be compared with itself.")
        known_right = None
    one, other = (name if name in offer.companies else None for name in (known_left, known_right))
    one = one or next(name for name in offer.companies if name != other)
    other = other or [name for name in offer.companies if name != one][-1]
    if sentences:
        sentences = list(dict.fromkeys(sentences))
        sentences.append(
            f"Shown instead: “{escape_markdown(offer.label)}” at {escape_markdown(one)} and {escape_markdown(other)}."
        )
    return Pair(chosen, offer.label, one, other), sentences


def _job(
    job_companies: Sequence[JobCompaniesRow], offered: dict[str, JobPairs], job: str | None, companies: list[str]
) -> tuple[str, list[str]]:
    """Return the requested job by code or label; else the first that the companies share, else the first."""
    shared = [code for code, offer in offered.items() if all(name in offer.companies for name in companies)]
    fallback = shared[0] if shared else next(iter(offered))
    if not job:
        if shared:
            return fallback, []
        if len(set(companies)) == 2:
            return fallback, [
                f"No job has stories at both {escape_markdown(companies[0])} and {escape_markdown(companies[1])}."
            ]
        return fallback, [f"No job of {escape_markdown(companies[0])} has a story at another company."]
    known = {row["job_label"]: row["job"] for row in job_companies}
    code = known.get(job, job)
    if code in offered:
        return code, []
    alone = [row for row in job_companies if row["job"] == code]
    if alone:
        label, company = alone[0]["job_label"], alone[0]["company"]
        return fallback, [
            f"Only {escape_markdown(company)} has a story of “{escape_markdown(label)}”, so there is nothing to"
            " compare."
        ]
    return fallback, [f"No story here is about a job called “{escape_markdown(truncate(job))}”."]
