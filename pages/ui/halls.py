"""The two halls side by side: rated companies, then single stories, and why other companies are not rated."""

from collections.abc import Sequence
from html import escape

from cxdata.claims.unrated import Unrated, explain_unrated
from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow, HallStoriesRow
from cxdata.text.formatting import format_count, format_effort, format_signed, join_parts
from pages.ui.cache import cached, rows
from pages.ui.links import company_anchor, company_link, stories_link
from pages.ui.markup import show_html

EMOTIONS = {"fame": "gratitude", "shame": "contempt"}  # said of a story alone in which somebody found it named
ALONE, ONE_ALONE = "Stories of companies not rated", "A story of a company not rated"
NAMED = 3  # companies of neither hall that are named


def show_halls(filters: dict[str, Value], most: int, *, in_short: bool = False) -> None:
    """Show the hall of fame on the left and the hall of shame on the right; on a phone one below the other.

    Each shows up to `most` companies and up to `most` single stories, and links to the others. In short, single stories
    are left out where both halls have a rated company.
    """
    show_html(cached(_halls, most, in_short, **filters))


def _halls(most: int, in_short: bool, **filters: Value) -> str:
    companies = rows("company_scores", **filters)
    are_rated = {"fame", "shame"} <= {row["hall"] for row in companies}
    stories = [] if in_short and are_rated else rows("hall_stories", **filters, most=most)
    halls = "".join(_hall(hall, companies, stories, filters, most) for hall in ("fame", "shame"))
    is_empty = not stories and not any(row["hall"] in ("fame", "shame") for row in companies)
    boxes = "" if is_empty else f'<div class="cx-halls">{halls}</div>'
    return boxes + _notes(companies)


def _notes(companies: Sequence[CompanyScoresRow]) -> str:
    between = [row for row in companies if row["hall"] == "mixed"]
    unrated = [
        Unrated(row["story_count"], row["feeling_read"], row["hall_reason"]) for row in companies if row["hall_reason"]
    ]
    notes = [note for note in (_between(between), explain_unrated(unrated)) if note]
    return f'<p class="cx-source">{" ".join(notes)}</p>' if notes else ""


def _between(companies: Sequence[CompanyScoresRow]) -> str:
    if not companies:
        return ""
    verb = "is" if len(companies) == 1 else "are"
    named = ", ".join(escape(f"{row['company']} {_mean(row)}") for row in companies[:NAMED])
    more = f" and {len(companies) - NAMED:,} more" if len(companies) > NAMED else ""
    return f"{format_count(len(companies), 'company')} {verb} in neither hall: {named}{more}."


def _hall(
    hall: str,
    companies: Sequence[CompanyScoresRow],
    stories: Sequence[HallStoriesRow],
    filters: dict[str, Value],
    most: int,
) -> str:
    best_first = -1 if hall == "fame" else 1
    rated = sorted(
        (row for row in companies if row["hall"] == hall), key=lambda row: best_first * (row["experience"] or 0)
    )
    singles = [row for row in stories if row["hall"] == hall]
    found = singles[0]["hall_count"] if singles else 0
    listed = "".join(_company(hall, row, filters) for row in rated[:most])
    told = "".join(_story(hall, row, filters) for row in singles)
    scope = stories_link(filters | {"hall": hall})
    parts = [
        f"<ul>{listed}</ul>{_more(len(rated) - most, 'more company', 'more companies', scope)}" if rated else "",
        f"<h3>{ALONE if found > 1 else ONE_ALONE}</h3><ul>{told}</ul>" if singles else "",
        _more(found - len(singles), "more story", "more stories", scope),
        "" if rated or singles else "<p>No company and no story here.</p>",
    ]
    head = f"<header><h2>Hall of {hall}</h2><small>experience, −5 to +5</small></header>"
    return f'<section class="cx-hall cx-{hall}">{head}{"".join(parts)}</section>'


def _more(number: int, one: str, several: str, link: str) -> str:
    if number <= 0:
        return ""
    return f'<p><a href="{escape(link)}" target="_self">and {format_count(number, one, several)}</a></p>'


def _company(hall: str, row: CompanyScoresRow, filters: dict[str, Value]) -> str:
    details = f"{format_count(row['experience_count'], 'story')} · {_effort(row)}"
    return _line(hall, company_link(row["company"], filters), row["company"], row["experience"], details)


def _effort(row: CompanyScoresRow) -> str:
    said = format_effort(row["mean_points"])
    return f"{said} a story" if row["mean_points"] else said


def _story(hall: str, row: HallStoriesRow, filters: dict[str, Value]) -> str:
    details = [
        company_anchor(row["company"], filters),
        format_effort(row["effort_points"]),
        f"{EMOTIONS[hall]} named" if EMOTIONS[hall] in row["emotions"] else "",
    ]
    link = stories_link(filters | {"story": row["story"]})
    return _line(hall, link, row["title"], row["experience"], join_parts(details))


def _line(hall: str, link: str, name: str, experience: float | None, details: str) -> str:
    return (
        f'<li><a href="{escape(link)}" target="_self">{escape(name)}</a>'
        f'<span class="cx-hall-figure cx-{hall}-text">{format_signed(experience)}</span>'
        f"<small>{details}</small></li>"
    )


def _mean(row: CompanyScoresRow) -> str:
    return f"{format_signed(row['experience'])} over {format_count(row['experience_count'], 'story')}"
