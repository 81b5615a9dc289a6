"""The comparison of two companies on one job: the choice, the difference in a sentence, the journeys."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.questions.rows import JobStoriesRow
from cxdata.text.formatting import format_count, format_effort, format_points, format_signed
from pages.ui.cache import cached, rows
from pages.ui.chart_card import show_chart
from pages.ui.links import current_names, stories_link
from pages.ui.pairs import JobPairs, Pair, list_pairs, resolve_pair
from pages.ui.story.promise_list import format_promises

MOST_STORIES = 200
HALLS = {"fame": "hall of fame", "shame": "hall of shame", "mixed": "between the halls", None: "feeling not stated"}


def show_pair_choice() -> Pair | None:
    """Let the reader choose a job, then two companies; the URL keeps all three.

    Returns None if no job has stories of two companies.
    """
    offered = cached(_offered)
    if not offered:
        return None
    labels = {job: each.label for job, each in offered.items()}
    if "same_job" not in st.session_state:
        _apply_choice()
    job = st.selectbox("The job", list(offered), format_func=labels.__getitem__, key="same_job", bind="query-params")
    job = job if job in offered else next(iter(offered))
    companies = offered[job].companies
    if st.session_state.get("left") not in (None, *companies):
        st.session_state.left = companies[0]
    one, swap, other = st.columns([5, 2, 5], vertical_alignment="bottom")
    before = st.session_state.get("left", companies[0])
    left = one.selectbox(
        "On the left", companies, key="left", bind="query-params", on_change=_swap_if_equal, args=(before,)
    )
    others = [company for company in companies if company != left]
    if st.session_state.get("right") not in (None, *others):
        st.session_state.right = others[-1]
    right = other.selectbox("On the right", others, index=len(others) - 1, key="right", bind="query-params")
    swap.button("Swap", icon=":material/swap_horiz:", on_click=_swap, args=(left, right), width="stretch")
    pair = Pair(job, labels[job], left, right)
    _explain_pair(pair)
    return pair


def _offered() -> dict[str, JobPairs]:
    return list_pairs(rows("job_companies"))


def _apply_choice() -> None:
    """Write the nearest possible choice into the URL, and keep the sentences that explain the change."""
    requested = {key: st.query_params.get(key) for key in ("same_job", "left", "right")}
    if not any(requested.values()):
        return
    job_companies = rows("job_companies")
    left, right = (_present(key, {row["company"] for row in job_companies}) for key in ("left", "right"))
    pair, sentences = resolve_pair(job_companies, requested["same_job"], left, right)
    if sentences:
        st.session_state["pair_settled"] = (pair, sentences)
    wanted = {"same_job": pair.label, "left": pair.left, "right": pair.right}
    if wanted != requested:
        st.query_params.update(wanted)
        st.rerun()


def _present(key: str, known: set[str]) -> str | None:
    """Return the present name of the company under a key of the URL."""
    requested = st.query_params.get(key)
    return current_names(key, known).get(requested, requested) if requested else requested


def _explain_pair(pair: Pair) -> None:
    explained, sentences = st.session_state.get("pair_settled", (None, ()))
    if explained == pair:
        st.info(" ".join(sentences))
    else:
        st.session_state.pop("pair_settled", None)  # the reader has chosen another pair


def _swap_if_equal(before: str) -> None:
    # the reader chose on the left the company of the right: swap the two
    if st.session_state.left == st.session_state.right:
        st.session_state.right = before


def _swap(left: str, right: str) -> None:
    st.session_state.left, st.session_state.right = right, left


def describe_difference(pair: Pair, weights: dict[str, Value]) -> str:
    """Describe the difference in points and in time."""
    row = rows("head_to_head", job=pair.job, left=pair.left, right=pair.right, **weights)[0]
    difference = row["total_difference"]
    if difference == 0:
        return f"{pair.label}: {format_effort(row['left_total'])} at {pair.left} and at {pair.right}"
    if difference is None:
        return f"{pair.label}: effort is not known at both companies"
    more, less = (pair.left, pair.right) if difference > 0 else (pair.right, pair.left)
    return f"{pair.label}: {format_points(abs(difference))} more at {more} than at {less}"


def show_journeys(pair: Pair, weights: dict[str, Value]) -> None:
    """Show the two journeys on one scale, side by side; on a phone one below the other."""
    sides = {"left": pair.left, "right": pair.right}
    stories = {side: rows("job_stories", job=pair.job, company=company, **weights) for side, company in sides.items()}
    chosen = {side: stories[side][0] for side in sides}
    if any(len(of_side) > 1 for of_side in stories.values()):
        for (side, company), place in zip(sides.items(), st.columns(2, gap="large"), strict=True):
            with place:
                chosen[side] = _choose_story(stories[side], f"{side}_story", company)
    st.html(f'<div class="cx-sides">{"".join(_side(sides[side], chosen[side]) for side in sides)}</div>')
    for side, place in zip(sides, st.columns(2, gap="large"), strict=True):
        with place:
            show_chart("journey", {"story": chosen[side]["story"], "job": pair.job} | weights, key=f"journey-{side}")


def _choose_story(stories: Sequence[JobStoriesRow], key: str, company: str) -> JobStoriesRow:
    by_id = {row["story"]: row for row in stories[:MOST_STORIES]}
    if len(by_id) == 1:
        return stories[0]
    if st.session_state.get(key) not in (None, *by_id):
        st.session_state[key] = next(iter(by_id))
    words = f"One of {format_count(len(stories), 'story')} at {company}"
    chosen = st.selectbox(words, list(by_id), key=key, bind="query-params")
    return by_id.get(chosen, stories[0])


def _side(company: str, story: JobStoriesRow) -> str:
    hall = story["hall"]
    edge = f" cx-{hall}" if hall in ("fame", "shame") else ""
    link = escape(stories_link({"story": story["story"]}))
    return (
        f'<section class="cx-card{edge}"><h2>{escape(company)}</h2>'
        f'<p class="cx-figure">{format_effort(story["job_points"])}</p>'
        f"<p>In {format_count(story['job_encounters'], 'step')}. Experience"
        f" {format_signed(story['experience'])}, "
        f"{HALLS[hall]}.</p>"
        f'<p><a href="{link}" target="_self">{escape(story["title"])}</a></p></section>'
    )


def show_promises(pair: Pair) -> None:
    """Show the promises of each company in the stories of this job."""
    st.html(
        '<h2 class="cx-headline">What was promised, and what came of it</h2>'
        '<p class="cx-subtitle">All promises in the accounts that tell of this job, also those about other jobs</p>'
    )
    for company, place in zip((pair.left, pair.right), st.columns(2, gap="large"), strict=True):
        with place:
            st.html(
                f"<h3>{escape(company)}</h3>{format_promises(rows('promises', companies=(company,), jobs=(pair.job,)))}"
            )


def show_limits(pair: Pair) -> None:
    """Show what a comparison of so few stories can and cannot say."""
    row = rows("head_to_head", job=pair.job, left=pair.left, right=pair.right)[0]
    counts = f"{format_count(row['left_stories'], 'story')} of {pair.left}, {row['right_stories']} of {pair.right}"
    words = (
        f"{counts}: the comparison shows what happened to these customers and how the two journeys differ. The stories "
        "were picked by those who told them, so it cannot say how either company usually handles this job, and no test "
        "can change that. Over several jobs a test can say whether chance would have made a difference as wide, if the "
        "stories are enough: with five jobs of one story each, even a clean sweep could be chance."
    )
    st.html(f'<p class="cx-note">{escape(words)}</p>')


def show_other_jobs() -> None:
    """Show the jobs with stories of one company only, as ideas for what to import."""
    alone = [row for row in rows("job_companies") if row["companies"] == 1]
    if not alone:
        return
    with st.expander("Jobs told of one company only", icon=":material/person_add:"):
        items = "".join(
            f"<li>{escape(row['job_label'])}: "
            f'<a href="{escape(stories_link({key: row[key] for key in ("job", "company")}))}" target="_self">'
            f"{escape(row['company'])}</a></li>"
            for row in alone
        )
        st.html(f"<p>A story of the same job at another company would make a pair.</p><ul>{items}</ul>")
