"""The table of stories read for some effort types only: how many of those read for a type have it."""

from html import escape

from cxdata.publish.summaries import PREVALENCE, describe_prevalence
from cxdata.questions.ask import Value
from cxdata.questions.rows import TypePrevalenceRow
from cxdata.text.formatting import format_count, format_number, format_percent
from pages.ui.cache import cached, rows
from pages.ui.chart_card import stories_link
from pages.ui.markup import show_html
from pages.ui.page_header import EXPLANATION


def show_type_prevalence(filters: dict[str, Value]) -> None:
    """Show one row an effort type that such stories were read for; nothing if there are none."""
    if table := cached(_table, **filters):
        show_html(table)


def _table(**filters: Value) -> str:
    asked = [row for row in rows("type_prevalence", **filters) if row["form_read_count"]]
    if not asked:
        return ""
    heads = ["effort type", "found in forms", "found in stories read whole", "not answered", "stories that have it"]
    if not asked[0]["whole_read_count"]:
        heads.remove("found in stories read whole")
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(_row(row, filters) for row in asked)
    return (
        '<section><h2 class="cx-headline">What forms say of effort</h2>'
        f'<p class="cx-subtitle">{escape(describe_prevalence(asked))}</p>'
        '<div class="cx-scroll" tabindex="0" role="region" aria-label="How often each type is found"><table><thead>'
        f"<tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<p class="cx-note">{PREVALENCE}'
        f' <a href="{EXPLANATION}" target="_self">What stories are read for</a></p></section>'
    )


def _row(row: TypePrevalenceRow, filters: dict[str, Value]) -> str:
    cells = [_share(row["form_story_count"], row["form_read_count"])]
    if row["whole_read_count"]:
        cells.append(_share(row["whole_story_count"], row["whole_read_count"]))
    cells.append(f"{format_number(row['unread_count'])} of {format_count(row['chosen_count'], 'story')}")
    link = escape(stories_link(filters | {"driver": row["driver"]}))
    words = format_count(row["story_count"], "story")
    cells.append(f'<a href="{link}" target="_self">{words}</a>' if row["story_count"] else words)
    return (
        f'<tr><th scope="row">{escape(row["driver_label"])}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _share(found: int, read: int) -> str:
    return f"{format_percent(found / read)}: {format_number(found)} of {format_number(read)}"
