"""The results of a search, in groups of links."""

from collections.abc import Sequence
from html import escape

from rapidfuzz import fuzz, process

from cxdata.publish.kinds import KIND
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import StoriesBehindRow
from cxdata.text.formatting import format_count, join_list, truncate
from cxdata.text.matching import rank_matches
from pages.search.catalogue import Entry, load_catalogue
from pages.ui.cache import rows
from pages.ui.links import stories_link
from pages.ui.markup import show_html
from pages.ui.sidebar.search_field import search_link

MOST = 6  # results of a group; companies and stories have a link to the others
SHORTEST = 2  # letters; one letter is in every story
NEAR, ALIKE = 3, 75  # names that are offered where nothing is found, and how much of 100 they are alike


def show_results(words: str) -> None:
    """Show what the words find, the best of each group first; or names that are spelled alike."""
    show_html(format_results(words))


def format_results(words: str) -> str:
    """Return the results as HTML."""
    groups = {
        name: rank_matches(words, ((entry, entry.title, f"{entry.details} {entry.hidden}") for entry in entries))
        for name, entries in load_catalogue().items()
    }
    stories = _find_stories(words)
    total = stories[0]["match_count"] if stories else 0
    number = sum(map(len, groups.values())) + total
    parts = [_group(name, found) for name, found in groups.items() if found]
    parts.append(_stories(words, stories, total))
    said = f"{format_count(number, 'result')} for “{escape(words)}”" if number else _describe_nothing(words)
    return f'<p class="cx-found" role="status">{said}</p>{"".join(parts)}'


def _find_stories(words: str) -> Sequence[StoriesBehindRow]:
    if len(words) < SHORTEST:
        return ()
    return rows("stories_behind", search=words, most=MOST, **{KIND: ALL_KINDS})


def _group(name: str, found: Sequence[Entry]) -> str:
    items = "".join(
        f'<li><a href="{escape(entry.link)}" target="_self">{escape(entry.title)}</a>'
        f"<small>{escape(truncate(entry.details, 160))}</small></li>"
        for entry in found[:MOST]
    )
    left = len(found) - MOST
    more = (
        f'<p class="cx-source">{format_count(left, "more", "more")}: add a word to narrow the search.</p>'
        if left > 0
        else ""
    )
    return f'<section class="cx-results"><h2>{name}</h2><ul>{items}</ul>{more}</section>'


def _stories(words: str, found: Sequence[StoriesBehindRow], total: int) -> str:
    if not found:
        return ""
    items = "".join(
        f'<li><a href="{escape(stories_link({"story": row["story"]}))}" target="_self">{escape(row["title"])}</a>'
        f"<small>{escape(row['company'])} · {escape(truncate(row['summary'], 160))}</small></li>"
        for row in found
    )
    link = escape(stories_link({KIND: ALL_KINDS, "search": words}))
    more = (
        f'<p><a href="{link}" target="_self">All {format_count(total, "story")}</a></p>' if total > len(found) else ""
    )
    return f'<section class="cx-results"><h2>Stories</h2><ul>{items}</ul>{more}</section>'


def _describe_nothing(words: str) -> str:
    names = [entry.title for name, entries in load_catalogue().items() if name != "Terms" for entry in entries]
    near = process.extract(
        words.casefold(), names, scorer=fuzz.WRatio, processor=str.casefold, limit=NEAR, score_cutoff=ALIKE
    )
    links = [f'<a href="{escape(search_link(name))}" target="_self">{escape(name)}</a>' for name, *_ in near]
    hint = f" Did you mean {join_list(links, word='or')}?" if links else " Try fewer or other words."
    return f"Nothing found for “{escape(words)}”.{hint}"
