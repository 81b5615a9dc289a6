"""The stories of a company, and its replies to them."""

from html import escape

from cxdata.publish.coverage import format_experience
from cxdata.questions.ask import Value
from cxdata.questions.rows import StoriesBehindRow
from cxdata.text.formatting import format_count, format_effort, join_parts
from pages.ui.cache import cached, rows
from pages.ui.links import stories_link
from pages.ui.markup import show_html

MOST = 10  # stories on the page, before the link to all of them


def show_company_stories(choices: dict[str, Value]) -> None:
    """Show what happened in the first stories of a company, and a link to all of them."""
    show_html(cached(_stories, **choices))


def _stories(**asked: Value) -> str:
    found = rows("stories_behind", **asked, most=MOST)
    total = found[0]["match_count"] if found else 0
    more = (
        f'<p><a href="{escape(stories_link(asked))}" target="_self">All {format_count(total, "story")}</a></p>'
        if total > len(found)
        else ""
    )
    items = "".join(_story(row, asked) for row in found)
    return f'<h2 class="cx-headline">Stories</h2><ul class="cx-stories">{items}</ul>{more}'


def _story(row: StoriesBehindRow, asked: dict[str, Value]) -> str:
    hall = f' class="cx-{row["hall"]}-text"' if row["hall"] in ("fame", "shame") else ""
    replies = len(rows("story_replies", story=row["story"]))
    details = [
        str(row["happened_on"] or "undated"),
        format_effort(row["effort_points"]),
        f"{format_count(replies, 'reply', 'replies')} by the company" if replies else "",
    ]
    return (
        f'<li class="cx-story"><h3><a href="{escape(stories_link(asked | {"story": row["story"]}))}" target="_self">'
        f"{escape(row['title'])}</a></h3>"
        f"<p>{escape(row['summary'])}</p>"
        f'<p class="cx-source"><span{hall}>{format_experience(row)}</span>'
        f" · {escape(join_parts(details))}</p></li>"
    )
