"""The last part of the studio's form: the stories and companies of the chart."""

from collections.abc import Mapping, Sequence

import streamlit as st

from cxdata.charts import find_chart
from cxdata.export.picture.highlight import list_companies
from cxdata.export.view import View
from cxdata.publish.charts import PublishedChart
from cxdata.publish.kinds import KIND
from cxdata.questions.ask import Value, find_question
from cxdata.questions.parameters import ALL_KINDS
from pages.studio.address import key_of
from pages.ui.cache import rows
from pages.ui.filters.address import FILTERS
from pages.ui.filters.form import label_kind
from pages.ui.pairs import list_pairs

MOST_STORIES = 500  # stories in one list
MOST_ROWS = 50


def show_required(view: View) -> None:
    """Show the choices that the chart needs: a story, or a job and two companies."""
    needs = find_question(find_chart(view.chart).CHART.question).needs
    if "story" in needs:
        kind = rows("story", story=str(view.choices["story"]))[0]["story_kind"]
        found = rows("story_scores", story_kind=kind, most=MOST_STORIES)
        stories = {row["story"]: f"{row['company']}: {row['title']}" for row in found}
        _one("story", "Story", stories)
    if "left" in needs:
        _kind()
        _pair("job" in needs, view.choices[KIND])


def show_choices(view: View, published: PublishedChart) -> None:
    """Show the filters of the chart and its highlight."""
    parameters = find_question(find_chart(view.chart).CHART.question).parameters
    companies = list_companies(published)
    if len(companies) > 1:
        _one("highlight", "Highlight one company", {name: name for name in companies}, placeholder="None")
    if "most" in parameters:
        _one("most", "Rows at most", {str(most): str(most) for most in range(1, MOST_ROWS + 1)}, placeholder="All")
    if "companies" in parameters:
        _kind()
        _filters(view)


def _kind() -> None:
    """Show the choice between the kinds of story here; nothing if there is one."""
    kinds = {row["kind"]: row for row in rows("story_kinds")}
    if len(kinds) > 1:
        _one(KIND, "Kind of story", {kind: label_kind(kinds, kind) for kind in (*kinds, ALL_KINDS)})


def _pair(is_of_one_job: bool, kind: Value) -> None:
    offered = list_pairs(rows("job_companies", story_kind=kind))
    if not offered:
        return
    if is_of_one_job:
        _one("job", "Job", {job: offer.label for job, offer in offered.items()})
        companies = {name: name for name in offered[st.session_state[key_of("job")]].companies}
    else:
        companies = {name: name for offer in offered.values() for name in offer.companies}
    left, right = st.columns(2)
    with left:
        _one("left", "On the left", companies)
    with right:
        _one("right", "On the right", companies)


def _filters(view: View) -> None:
    chosen = sum(bool(view.choices.get(name)) for name in (*(of for of, *_ in FILTERS.values()), "since", "until"))
    with st.expander(
        "Stories to show: all" if not chosen else f"Stories to show: {chosen} of 7 filters set",
        icon=":material/filter_alt:",
        key="studio-stories",
    ):
        known = rows("choices", story_kind=view.choices[KIND])
        for name, (parameter, label, _) in FILTERS.items():
            labels = {row["value"]: row["label"] for row in known if row["filter"] == name}
            options = _with_current(labels, st.session_state[key_of(parameter)])
            st.multiselect(
                label, list(options), format_func=options.__getitem__, key=key_of(parameter), placeholder="All"
            )
        years = [row["value"] for row in known if row["filter"] == "year"]
        since, until = st.columns(2)
        with since:
            _one("since", "From", {f"{year}-01-01": year for year in years}, placeholder="Any year")
        with until:
            _one("until", "To", {f"{year}-12-31": year for year in years}, placeholder="Any year")


def _one(name: str, label: str, labels: Mapping[str, str], placeholder: str | None = None) -> None:
    """Show a choice of one value; with a placeholder, of none as well."""
    current = st.session_state[key_of(name)]
    options = _with_current(labels, [current] if current else [])
    index = 0 if placeholder is None else None
    st.selectbox(label, list(options), index, options.__getitem__, key_of(name), placeholder=placeholder)


def _with_current(labels: Mapping[str, str], current: Sequence[str]) -> dict[str, str]:
    """Return the options, and values of a link that no list offers: a date within a year, a code without stories."""
    return dict(labels) | {value: value for value in current if value not in labels}
