"""The comparison of two companies on one job: the choice, the difference in a sentence, the journeys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from cxdata.publish.companies import pair_limits
from cxdata.publish.coverage import format_known_effort
from cxdata.publish.kinds import KIND
from cxdata.questions.ask import Value
from cxdata.questions.rows import JobStoriesRow
from cxdata.text.formatting import format_count, format_effort, format_points, format_signed
from pages.ui.cache import cached, rows
from pages.ui.chart_card import show_chart
from pages.ui.links import company_anchor, current_names, default_unless_chosen, stories_link
from pages.ui.markup import show_html
from pages.ui.pairs import JobPairs, Pair, list_pairs, resolve_pair
from pages.ui.story.promise_list import format_promises

PAIR = ("same_job", "left", "right")  # keys of the widgets and of the URL
MOST_STORIES = 200
ROOM = 4  # steps of a journey, about as high as the chart of the difference
Choices = dict[str, Value]


@dataclass(frozen=True)
class _Shown:
    """The state of the last run: its address, its pair, and what was not possible of the address."""

    address: dict[str, str]
    pair: Pair
    sentences: tuple[str, ...]


def show_pair_choice(kind: Choices) -> Pair | None:
    """Let the reader choose a job, then two companies, for a kind of story.

    The URL names all three once the reader has chosen one. Returns None if no job has stories of two companies.
    """
    offered = cached(_offered, **kind)
    if not offered:
        return None
    pair = _follow_choice(kind)
    st.session_state.update(zip(PAIR, (pair.job, pair.left, pair.right), strict=True))
    st.selectbox("The job", list(offered), format_func=lambda job: offered[job].label, key="same_job")
    companies = offered[pair.job].companies
    one, swap, other = st.columns([5, 2, 5], vertical_alignment="bottom")
    one.selectbox("On the left", companies, key="left", on_change=_swap_if_equal, args=(pair.left,))
    other.selectbox("On the right", [company for company in companies if company != pair.left], key="right")
    swap.button("Swap", icon=":material/swap_horiz:", on_click=_swap, args=(pair.left, pair.right), width="stretch")
    if sentences := st.session_state["pair"].sentences:
        st.info(" ".join(sentences))
    return pair


def _offered(**kind: Value) -> dict[str, JobPairs]:
    return list_pairs(rows("job_companies", **kind))


def _follow_choice(kind: Choices) -> Pair:
    """Return the pair of the address if that has changed, else the pair of the widgets, which the address follows.

    The widgets are not bound to the URL: of three choices it would keep only those that differ from a default, and
    the others would change with the stories.
    """
    address = {key: st.query_params[key] for key in PAIR if key in st.query_params}
    last: _Shown | None = st.session_state.get("pair")
    job_companies = rows("job_companies", **kind)
    if last and last.address == address and PAIR[0] in st.session_state:
        pair, _ = resolve_pair(job_companies, *(st.session_state[key] for key in PAIR))
        sentences = last.sentences if pair == last.pair else ()
        if pair != last.pair:
            address = dict(zip(PAIR, (pair.job, pair.left, pair.right), strict=True))
            st.query_params.update(address)
    else:
        known = {row["company"] for row in job_companies}
        left, right = (_present(key, known) for key in ("left", "right"))
        pair, impossible = resolve_pair(job_companies, address.get("same_job"), left, right)
        sentences = tuple(impossible)
    st.session_state["pair"] = _Shown(address, pair, sentences)
    return pair


def _present(key: str, known: set[str]) -> str | None:
    """Return the present name of the company under a key of the URL."""
    requested = st.query_params.get(key)
    return current_names(key, known).get(requested, requested) if requested else requested


def _swap_if_equal(before: str) -> None:
    # the reader chose on the left the company of the right: swap the two
    if st.session_state.left == st.session_state.right:
        st.session_state.right = before


def _swap(left: str, right: str) -> None:
    st.session_state.left, st.session_state.right = right, left


def describe_difference(pair: Pair, choices: Choices) -> str:
    """Describe the difference in points and in time."""
    found = rows("head_to_head", job=pair.job, left=pair.left, right=pair.right, **choices)
    if not found:
        return f"{pair.label}: total effort is not known at {pair.left} or {pair.right}"
    row, difference = found[0], found[0]["total_difference"]
    if difference == 0:
        return f"{pair.label}: {format_effort(row['left_total'])} at {pair.left} and at {pair.right}"
    if difference is None:
        return f"{pair.label}: total effort is not known at both companies"
    more, less = (pair.left, pair.right) if difference > 0 else (pair.right, pair.left)
    return f"{pair.label}: {format_points(abs(difference))} more at {more} than at {less}"


def show_journeys(pair: Pair, kind: Choices, weights: Choices) -> None:
    """Show the two journeys on one scale, side by side, and the difference; on a phone one below the other.

    The difference stands below the shorter journey where that leaves room for it.
    """
    sides = {"left": pair.left, "right": pair.right}
    asked = kind | weights
    stories = {side: rows("job_stories", job=pair.job, company=company, **asked) for side, company in sides.items()}
    chosen = {side: stories[side][0] for side in sides}
    if any(len(of_side) > 1 for of_side in stories.values()):
        for (side, company), place in zip(sides.items(), st.columns(2, gap="large"), strict=True):
            with place:
                chosen[side] = _choose_story(stories[side], f"{side}_story", company)
    show_html(f'<div class="cx-sides">{"".join(_side(sides[side], chosen[side], kind) for side in sides)}</div>')
    difference = {"job": pair.job, **sides} | asked
    shorter = _shorter_side(chosen)
    for side, place in zip(sides, st.columns(2, gap="large"), strict=True):
        with place:
            show_chart("journey", {"story": chosen[side]["story"], "job": pair.job} | weights, key=f"journey-{side}")
            if side == shorter:
                show_chart("head_to_head", difference)
    if shorter is None:
        show_chart("head_to_head", difference)


def _shorter_side(stories: Mapping[str, JobStoriesRow]) -> str | None:
    """Return the side whose journey has `ROOM` steps fewer; None if neither has."""
    steps = {side: story["job_encounters"] for side, story in stories.items()}
    least = min(steps, key=steps.__getitem__)
    return least if max(steps.values()) - steps[least] >= ROOM else None


def _choose_story(stories: Sequence[JobStoriesRow], key: str, company: str) -> JobStoriesRow:
    by_id = {row["story"]: row for row in stories[:MOST_STORIES]}
    if len(by_id) == 1:
        return stories[0]
    if st.session_state.get(key) not in (None, *by_id):
        st.session_state[key] = next(iter(by_id))
    words = f"One of {format_count(len(stories), 'story')} at {company}"
    chosen = st.selectbox(
        words,
        list(by_id),
        index=default_unless_chosen(key, by_id, 0),
        required=True,
        key=key,
        bind="query-params",
    )
    return by_id[chosen] if chosen in by_id else stories[0]


def _side(company: str, story: JobStoriesRow, kind: Choices) -> str:
    hall = story["hall"]
    edge = f" cx-{hall}" if hall in ("fame", "shame") else ""
    link = escape(stories_link(kind | {"story": story["story"]}))
    effort = format_known_effort(story["job_points"], story["known_types"], story["found_points"])
    return (
        f'<section class="cx-card{edge}"><h2>{company_anchor(company, kind)}</h2>'
        f'<p class="cx-figure">{effort}</p>'
        f"<p>In {format_count(story['job_encounters'], 'step')}{_of_whole(story)}. Experience"
        f" {format_signed(story['experience'])}.</p>"
        f'<p><a href="{link}" target="_self">{escape(story["title"])}</a></p></section>'
    )


def _of_whole(story: JobStoriesRow) -> str:
    """Say how much effort the whole story took, where other jobs took some of it."""
    if story["story_points"] is None or story["story_points"] == story["job_points"]:
        return ""
    return f". The whole story took {format_points(story['story_points'])}"


def show_promises(pair: Pair, kind: Choices) -> None:
    """Show the promises of each company in the stories of this job."""
    st.html(
        '<h2 class="cx-headline">What was promised, and what came of it</h2>'
        '<p class="cx-subtitle">All promises in the stories of this job. Some are about other jobs.</p>'
    )
    for company, place in zip((pair.left, pair.right), st.columns(2, gap="large"), strict=True):
        with place:
            promises = rows("promises", **kind, companies=(company,), jobs=(pair.job,))
            st.html(f"<h3>{escape(company)}</h3>{format_promises(promises)}")


def show_limits(pair: Pair, kind: Choices) -> None:
    """Show what a comparison of so few stories can and cannot say."""
    job = [row for row in rows("job_companies", **kind) if row["job"] == pair.job]
    words = pair_limits(job, pair.left, pair.right, str(kind.get(KIND)))
    st.html(f'<p class="cx-note">{escape(words)}</p>')


def show_other_jobs(kind: Choices) -> None:
    """Show the jobs with stories of one company only, as ideas for what to import."""
    alone = [row for row in rows("job_companies", **kind) if row["companies"] == 1]
    if not alone:
        return
    with st.expander("Jobs with stories at one company only", icon=":material/person_add:"):
        items = "".join(
            f"<li>{escape(row['job_label'])}: "
            f'<a href="{escape(stories_link(kind | {key: row[key] for key in ("job", "company")}))}" target="_self">'
            f"{escape(row['company'])}</a></li>"
            for row in alone
        )
        st.html(f"<p>A story of the same job at another company would make a pair.</p><ul>{items}</ul>")
