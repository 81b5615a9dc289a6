"""Editorial review of a view before publication. It warns and never blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from cxdata.charts.kit.theme import TEXT, THEMES
from cxdata.export.picture.contrast import colour_difference, contrast_ratio
from cxdata.export.picture.layout import HEADLINE_LINES, MARGIN, compute_layout
from cxdata.export.picture.text_metrics import is_right_to_left, missing_glyphs, wrap_text
from cxdata.export.view import View
from cxdata.publish.charts import PublishedChart
from cxdata.publish.kinds import describe_mixed
from cxdata.text.formatting import format_count, format_number, format_percent, format_pounds, join_list

Level = Literal["stop", "warn", "note"]

FEW = 5  # stories a company; fewer allow no interval
LEGIBLE = 12  # px on the reader's screen
READABLE = 4.5  # contrast of small text, WCAG 2.2 AA
APART = 20.0  # CIE76 difference that still separates two colours in a small mark
RANKING = (
    "worst",
    "best",
    "most",
    "least",
    "hardest",
    "easiest",
    "highest",
    "lowest",
    "top",
    "bottom",
    "first",
    "leads",
)
SWEEPING = (
    "always",
    "never",
    "every",
    "everyone",
    "nobody",
    "all customers",
    "proves",
    "proof",
    "causes",
    "because of",
)
ACCUSING = (
    "scam",
    "fraud",
    "illegal",
    "breaks the law",
    "breaking the law",
    "lies",
    "lied",
    "cheats",
    "steals",
    "criminal",
)
OF_STORIES = ("story", "stories", "one customer’s dealings")
QUOTED = ("account", "story", "told", "tells", "says", "according to", "customer")


@dataclass(frozen=True)
class Remark:
    """One remark: an editor would not print a `stop`, checks a `warn` again, and puts a `note` into the caption."""

    level: Level
    text: str


def review_view(published: PublishedChart, view: View) -> list[Remark]:
    """List all remarks of a careful editor, most serious first."""
    order = {"stop": 0, "warn": 1, "note": 2}
    remarks = [*_of_evidence(published, view), *_of_words(published, view), *_of_theme(published, view)]
    return sorted(remarks, key=lambda remark: order[remark.level])


def _of_evidence(published: PublishedChart, view: View) -> Iterator[Remark]:
    headline = _headline(published, view).lower()
    stories = _stories_by_company(published)
    single = [company for company, number in stories.items() if number == 1]
    named = [company for company in single if company.lower() in headline]
    is_own = view.picture.headline is not None
    if not is_own:
        yield from _of_claim(published, stories)
    ranks = _find_ranking(published, headline, is_own, stories)
    if ranks and named:
        yield Remark(
            "stop",
            f"The headline says {ranks[0]!r} about {join_list(named)}, with one story{' each' if named[1:] else ''} in "
            "this chart. One story cannot rank a company. Say what that customer reports.",
        )
    elif ranks and single and is_own:
        yield Remark(
            "warn",
            f"The headline says {ranks[0]!r}, and {_companies(single, stories)}. One story cannot rank a company. "
            "Compare the stories instead.",
        )
    elif ranks and not published.claim.ranks:
        yield Remark(
            "warn", f"The headline says {ranks[0]!r}, but these stories do not show which company comes first."
        )
    few = [company for company, number in stories.items() if 1 < number < FEW]
    if few:
        have = f"have fewer than {FEW} stories each" if few[1:] else f"has fewer than {FEW} stories"
        yield Remark("warn", f"{join_list(few)} {have}. That is too few for a margin of error.")
    overlap = _overlapping(published)
    if ranks and overlap:
        yield Remark("warn", f"The ranges of {join_list(overlap)} overlap. Do not say which of them comes first.")
    if published.story_count < FEW:
        yield Remark("warn", f"The whole chart rests on {format_count(published.story_count, 'story')}.")
    # in a count of these stories a proposed headline says 'every' of them
    counts = not is_own and published.claim.kind in ("counted", "none", "unknown")
    sweeping = [] if counts else [word for word in SWEEPING if _contains_word(headline, word)]
    if sweeping:
        yield Remark("warn", f"The headline says {sweeping[0]!r}. Chosen stories show what happens, not how often.")
    if len(published.kinds) > 1:
        yield Remark("warn", describe_mixed(published.kinds))
    if published.origin:
        yield Remark(
            "note",
            f"{published.origin} Tell readers how the stories were chosen. Margins of error do not cover that.",
        )
    if published.author_count == 1:
        yield Remark("note", "All stories were published by one author. Name the author, as the source line does.")


def _of_claim(published: PublishedChart, stories: Mapping[str, int]) -> Iterator[Remark]:
    """Hold a proposed headline to the stories that bear it."""
    claim = published.claim
    few = [name for name in claim.subjects if claim.ranks and stories.get(name, FEW) < FEW]
    if few:
        yield Remark(
            "stop",
            f"The headline ranks {join_list(few)}, with fewer than {FEW} stories here. So few cannot rank a company.",
        )
    if published.rows and claim.stories > published.story_count:
        yield Remark("stop", "The headline rests on more stories than the chart draws.")


def _find_ranking(published: PublishedChart, headline: str, is_own: bool, stories: Mapping[str, int]) -> list[str]:
    """List the words of a headline, in lower case, that rank; those of a claim that was tested or counted are none."""
    # of stories a superlative is a count; 'per story' is a unit
    if any(_contains_word(headline.replace("per story", ""), word) for word in OF_STORIES):
        return []
    words = [word for word in RANKING if _contains_word(headline, word)]
    if is_own:
        return words
    named = [company for company in stories if company.lower() in headline]
    is_single = any(stories[company] == 1 for company in named)
    is_borne = published.claim.kind in ("superlative", "counted", "one story")
    return words if named and (is_single or not is_borne) else []


def _of_words(published: PublishedChart, view: View) -> Iterator[Remark]:
    headline = _headline(published, view)
    lower = headline.lower()
    if not headline.strip():
        yield Remark("stop", "There is no headline. Write one: many readers see nothing else of a chart.")
        return
    accusing = [word for word in ACCUSING if _contains_word(lower, word)]
    if accusing and not any(word in lower for word in QUOTED):
        yield Remark(
            "stop",
            f"{accusing[0]!r} accuses a company in your own voice. Say who says so: “according to one customer”.",
        )
    strangers = [number for number in _numbers(headline) if not _is_known(number, published)]
    if strangers:
        are = "are" if strangers[1:] else "is"
        yield Remark("warn", f"{join_list(strangers)} in the headline {are} not among the chart’s figures. Check this.")
    lines = len(wrap_text(headline, "Serif-Semibold", 20, view.picture.preset.shown - 2 * MARGIN))
    if lines > HEADLINE_LINES:
        yield Remark("warn", f"The headline takes {lines} lines at this size. Shorten it to {HEADLINE_LINES}.")
    for name, words in _texts(published, view):
        missing = missing_glyphs(words, "Sans-Regular" if name != "headline" else "Serif-Semibold")
        if missing:
            shown = join_list([repr(mark) for mark in missing], 6)
            yield Remark(
                "stop", f"Our fonts do not have these characters of the {name}: {shown}. Readers would see boxes."
            )
        if is_right_to_left(words):
            yield Remark("warn", f"The {name} runs from right to left. The picture shows such text in the wrong order.")


def _of_theme(published: PublishedChart, view: View) -> Iterator[Remark]:
    theme = THEMES[view.picture.theme]
    grounds = {"its background": theme.background}
    if view.picture.is_transparent:
        grounds = {"a white page": "#ffffff", "a black page": "#000000"}
    for ground, colour in grounds.items():
        if min(contrast_ratio(theme.ink, colour), contrast_ratio(theme.quiet, colour)) < READABLE:
            yield Remark(
                "warn",
                f"The text is hard to read on {ground}. Choose the other look, or turn off the transparent ground.",
            )
        close = min(colour_difference(theme.fame, colour, eye) for eye in ("normal", "protan", "deutan"))
        if close < APART:
            yield Remark("warn", f"The marks are hard to see on {ground}.")
    for eye in ("protan", "deutan", "tritan"):
        if colour_difference(theme.fame, theme.shame, eye) < APART:
            yield Remark(
                "warn", f"Readers with {eye} colour blindness cannot see which mark is fame and which is shame."
            )
    layout = compute_layout(published, view.picture)
    size = TEXT * layout.zoom * view.picture.preset.shown / view.picture.preset.width
    if size < LEGIBLE:
        yield Remark(
            "warn",
            f"Labels are only {size:.0f} px high where the picture is {view.picture.preset.shown} px wide. Choose a "
            "taller size or fewer rows.",
        )
    if layout.left_out:
        yield Remark(
            "warn",
            f"The picture has no room for {format_count(layout.left_out, 'row')}. It says that it leaves them out.",
        )


def _headline(published: PublishedChart, view: View) -> str:
    return published.headline if view.picture.headline is None else view.picture.headline


def _texts(published: PublishedChart, view: View) -> Iterator[tuple[str, str]]:
    yield "headline", _headline(published, view)
    for name in ("subtitle", "byline", "notes"):
        words = getattr(view.picture, name)
        if words:
            yield name, words


def _stories_by_company(published: PublishedChart) -> dict[str, int]:
    stories: dict[str, int] = {}
    for row in published.rows:
        # with too many stories to draw, a row counts those of several companies and names none
        if row.get("company") is not None:
            stories[row["company"]] = max(
                stories.get(row["company"], 0), row.get("company_stories", row["story_count"])
            )
    return stories


def _companies(single: Sequence[str], stories: dict[str, int]) -> str:
    return (
        "all companies have one story each"
        if len(single) == len(stories) > 1
        else f"{join_list(single)} {'have one story each' if single[1:] else 'has one story'}"
    )


def _overlapping(published: PublishedChart) -> list[str]:
    """List neighbouring companies, in the chart's order, whose ranges of points overlap."""
    spread: dict[str, list[float]] = {}
    for row in published.rows:
        if "effort_points" in row and row.get("company") is not None:
            # a company with too many stories for a dot each has one row, with the ends of their range
            ends = ("effort_points",) if row["effort_points"] is not None else ("least_points", "most_points")
            points = [row[end] for end in ends if row.get(end) is not None]  # none where nobody read for effort
            if points:
                spread.setdefault(row["company"], []).extend(points)
    ordered = list(spread.items())
    found: list[str] = []
    for (before, left), (after, right) in pairwise(ordered):
        if len(left) + len(right) > 2 and min(left) <= max(right) and min(right) <= max(left):
            found += [before, after]
    return list(dict.fromkeys(found))


def _contains_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _numbers(text: str) -> list[str]:
    return re.findall(r"(?<![\w.])\d+(?:[.,]\d+)?", text)


def _is_known(number: str, published: PublishedChart) -> bool:
    figures = (*published.claim.figures, published.claim.stories)
    known = [
        published.subtitle,
        published.alt_text,
        *(format_number(figure) for figure in figures),
        *(format_pounds(figure, figure) for figure in figures),
        *(format_percent(figure) for figure in figures if 0 <= figure <= 1),
        *(str(value) for row in published.rows for value in row.values()),
    ]
    return any(number in _numbers(text) or number.replace(",", ".") in _numbers(text) for text in known) or any(
        number in company for company in _stories_by_company(published)
    )
