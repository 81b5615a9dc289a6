"""The lessons of the sources, with the stories that follow or break each."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from cxdata.questions.rows import LessonsRow
from cxdata.text.formatting import format_count, join_parts
from pages.ui.cache import cached, rows
from pages.ui.escaping import external_link
from pages.ui.links import stories_link
from pages.ui.markup import show_html

MOST = 8  # stories named under a lesson
SIGNS = "Six signs of a caring company"
SHOWS = {"followed": "fame", "broken": "shame"}


def show_lesson(lesson: str) -> None:
    """Show the lesson that a link names; nothing if it is unknown."""
    if html := cached(_one_lesson, lesson):
        show_html(html)


def _one_lesson(lesson: str) -> str:
    found = next((row for row in rows("lessons") if row["lesson"] == lesson), None)
    return _lesson(found, "No story here has tried it yet.", level=2) if found else ""


def show_lessons(company: str | None) -> None:
    """Show the lessons of the six signs, then the others by source, folded unless a company is chosen."""
    show_html(cached(_lessons, company))


def _lessons(company: str | None) -> str:
    found = rows("lessons", company=company)
    if not found:
        whose = f"the story of {escape(company)}" if company else "these stories"
        return f'<p class="cx-note">No lesson comes from {whose} yet.</p>'
    silent = f"No story of {company} supports or contradicts it." if company else "No story here has tried it yet."
    groups = [(heading, list(group)) for heading, group in groupby(found, key=_heading)]
    sections = "".join(
        _section(*group, silent, is_open=bool(company) or place == 0) for place, group in enumerate(groups)
    )
    narrowed = f" with a story or a short example of {escape(company)}" if company else ""
    untried = 0 if company else sum(not row["story_count"] for row in found)
    rest = f". No story here has tried {untried} of them" if untried else ""
    return (
        f'<p class="cx-note">{format_count(len(found), "lesson")}{narrowed}{rest}.</p>'
        '<p class="cx-note">Each lesson begins with what its author says, in our words. A paragraph headed “Our'
        " reading” is ours. So is the choice of stories below a lesson. Short examples are not stories: they have no"
        f" score.</p>{sections}"
    )


def _heading(row: LessonsRow) -> str:
    return SIGNS if row["sign"] else str(row["source_title"])


def _section(heading: str, lessons: Sequence[LessonsRow], silent: str, *, is_open: bool) -> str:
    first = lessons[0]
    drawn = f" in “{external_link(first['url'], first['source_title'])}”" if first["sign"] else ""
    where = first["publication"] or ("the piece" if first["url"] else "")
    credit = join_parts(
        [f"By {escape(first['author'])}{drawn}", escape(where) if drawn else external_link(first["url"], where)]
    )
    items = "".join(_lesson(row, silent) for row in lessons)
    return (
        f'<details class="cx-section"{" open" if is_open else ""}><summary>'
        f'<h2 class="cx-headline">{escape(heading)}</h2> '
        f"<small>{format_count(len(lessons), 'lesson')}</small></summary>"
        f'<p class="cx-source">{credit}</p><div class="cx-lessons">{items}</div></details>'
    )


def _lesson(row: LessonsRow, silent: str, level: int = 3) -> str:
    sign = f'<p class="cx-kicker">{escape(row["sign_label"])}</p>' if row["sign_label"] else ""
    return (
        f'<article class="cx-lesson">{sign}<h{level}>{escape(row["title"])}</h{level}><p>{escape(row["advice"])}</p>'
        f"{_points(row)}{_ours(row)}{_stories(row, silent)}"
        f'<p class="cx-source">{escape(row["author"])}, {escape(row["locator"])}{_cited(row)}</p></article>'
    )


def _points(row: LessonsRow) -> str:
    if not row["points"]:
        return ""
    return f'<ul class="cx-points">{"".join(_point(point, row["locator"]) for point in row["points"])}</ul>'


def _point(point: dict[str, Any], locator: str) -> str:
    """One thing the source says; an example begins with its company."""
    tone = f" cx-{SHOWS[point['shows']]}-text" if point["shows"] else ""
    shows = f", {point['shows']}" if point["shows"] else ""
    company = f'<b class="cx-example{tone}">{escape(point["company"])}{shows}</b>: ' if point["company"] else ""
    where = f' <span class="cx-source">({escape(point["locator"])})</span>' if point["locator"] != locator else ""
    return f"<li>{company}{escape(point['says'])}{where}</li>"


def _ours(row: LessonsRow) -> str:
    if not row["ours"]:
        return ""
    return f'<p class="cx-ours"><b>Our reading</b> {escape(row["ours"])}</p>'


def _cited(row: LessonsRow) -> str:
    return f". The author points to: {escape(row['cites'])}" if row["cites"] else ""


def _stories(row: LessonsRow, silent: str) -> str:
    if not row["stories"]:
        return f'<p class="cx-silent">{escape(silent)}</p>'
    items = "".join(_story(story) for story in row["stories"][:MOST])
    more = len(row["stories"]) - MOST
    rest = (
        f"<li><span></span><span>and {format_count(more, 'more story', 'more stories')}</span></li>" if more > 0 else ""
    )
    return f'<ul class="cx-shows">{items}{rest}</ul>'


def _story(story: dict[str, Any]) -> str:
    link = escape(stories_link({"story": story["story"]}))
    return (
        f'<li><span class="cx-{SHOWS[story["shows"]]}-text">{story["shows"].capitalize()}</span>'
        f'<span><a href="{link}" target="_self" title="{escape(story["title"])}">{escape(story["company"])}</a>: '
        f"{escape(story['because'])}</span></li>"
    )
