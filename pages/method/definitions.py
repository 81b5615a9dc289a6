"""The definitions of the scores: formula, reason, worked example, and the SQL that computes them."""

from html import escape

import streamlit as st

from cxdata.codebook.codes import Driver, load_codebook
from cxdata.questions.definitions import definitions
from cxdata.text.formatting import MINUTES_PER_POINT, format_number, format_points, format_work_time, join_list
from pages.method.effort_definitions import format_effort_definitions
from pages.ui.cache import cached

SECTIONS = {
    "unit": "The unit of effort",
    "scores": "The scores",
    "coding": "How a story is coded",
    "limits": "What is claimed, and what is not",
    "codebook": "The codebook",
    "sources": "Sources",
    "data": "Take the data",
    "cite": "How to cite",
}
# tests/integration/pages/test_method.py compares the numbers of these formulas with the SQL
FORMULAS = {
    "effort_points": "points = sum, over its effort events, of (points(driver) × times "
    "+ points per hour(driver) × minutes ÷\u00a060)",
    "effort_score": "effort score = 100 × points ÷ (points + 10)",
    "experience": "experience = (peak feeling + end feeling) ÷ 2",
    "hall": "fame if experience ≥ +2; shame if experience ≤ −2; else mixed",
    "company": "a company’s figure = mean over its stories, with their number n and the range from least to most",
    "pair": "difference per driver = points at one company − points at the other, for the same job",
    "promises": "kept, exceeded, kept late, broken, unclear: the number of promises of each kind, per company",
    "signs": "share shown = stories that show a sign ÷ stories that tell of it",
}
EXAMPLE = "disputing"
MINUTES = 30


def section_header(name: str) -> str:
    """Return the heading of a section with the anchor of its links."""
    return f'<h2 class="cx-headline" id="{name}">{SECTIONS[name]}</h2>'


def show_definitions() -> None:
    """Show the table of contents, the unit of effort and the scores."""
    st.html(cached(_definitions))


def _definitions() -> str:
    links = " ".join(f'<a href="#{name}">{words}</a>' for name, words in SECTIONS.items())
    return (
        f'<nav class="cx-way" aria-label="On this page">{links}</nav>'
        f'<div class="cx-method">{_unit()}{section_header("scores")}{_scores()}{format_effort_definitions()}</div>'
    )


def _unit() -> str:
    return (
        f"{section_header('unit')}<p><b>1 point is about {_minutes()} minutes of work that a customer would rather not"
        " have done, or what they would trade for it.</b> Every kind of unwanted work, a driver of effort, carries"
        " points each time it happens and, where the work goes by the clock, points for each hour the account tells."
        " What is felt (worry, being left guessing, being pressed) counts as the work that people would trade to be"
        " spared it, and is always shown apart from what has to be done.</p><p>The points are judgements, written down"
        " one by one with a reason in the codebook below. Where the literature orders drivers (contacting again,"
        " changing channel, being passed on, saying it again, generic answers, policy hurdles) our order follows our"
        f" reading of it. Time as shown beside points is the points at {_minutes()} minutes each: a way to picture"
        " them, never a clock.</p>"
    )


def _minutes() -> str:
    return {5: "five"}.get(MINUTES_PER_POINT, str(MINUTES_PER_POINT))


def _scores() -> str:
    return "".join(
        [
            _score("Effort points", "effort_points", "weighed_effort", _example()),
            _explanation("story_effort", "Caution"),
            _score("Effort score", "effort_score", "effort_score", _score_example()),
            _score(
                "Experience",
                "experience",
                "story_experience",
                "The peak is the largest feeling either way, the later one on a tie; the end is the last feeling "
                "told. Steps "
                "whose feeling the account leaves open are passed over, and where none is told there is no experience.",
            ),
            _score(
                "Hall",
                "hall",
                "hall",
                "The author’s own verdict is kept beside the hall and never overwritten; Fame and shame says where "
                "the two "
                "agree. A story that tells no feeling is in no hall.",
            ),
            _score(
                "Company figures",
                "company",
                "scored_story",
                "One story is drawn as a dot and labelled as one story: it is no rank. The effort score of a company "
                "is taken "
                "of its mean points, never averaged from stories.",
            ),
            _score(
                "Same job, two companies",
                "pair",
                "service_encounter",
                "Only the encounters that serve the job are compared. A pair is one job that both companies are "
                "told of; "
                "a test of the difference needs six of them.",
            ),
            _score(
                "Promises",
                "promises",
                None,
                "A promise says something the customer can check. A slogan is not a promise. A promise first refused "
                "and then met after the customer pushed is kept late, at every company alike. Each outcome is one "
                "story’s. Where a customer appeals to a law or norm, that is the customer’s reading of it.",
            ),
            _score(
                "The six signs",
                "signs",
                None,
                "A sign is shown, not shown, or not told. Not told counts on neither side.",
            ),
            "<h3>Filters</h3>" + _explanation("chosen_story", "Reason"),
        ]
    )


def _score(title: str, formula: str, defined_in: str | None, words: str) -> str:
    found = definitions().get(defined_in or "")
    reason = (found.said.get("Reason") or found.said.get("") or "") if found else ""
    reason = f"<p>{escape(_capitalise(reason.removeprefix(f'{title}: ')))}</p>" if reason else ""
    sql = (
        f"<details class='cx-figures'><summary>As computed: {escape(found.file)}</summary>"
        f'<pre tabindex="0" role="region" aria-label="SQL of '
        f'{escape(title)}"><code>{escape(found.sql)}</code></pre></details>'
        if found
        else ""
    )
    return f'<h3>{title}</h3><p class="cx-formula">{FORMULAS[formula]}</p>{reason}<p>{escape(words)}</p>{sql}'


def _explanation(name: str, part: str) -> str:
    return f"<p>{escape(_capitalise(definitions()[name].said[part]))}</p>"


def _capitalise(words: str) -> str:
    return words[:1].upper() + words[1:]


def _example() -> str:
    driver = load_codebook()["drivers"][EXAMPLE]
    assert isinstance(driver, Driver)
    total = driver.points + driver.points_per_hour * MINUTES / 60
    return (
        f"For example {driver.label.lower()} once, for {MINUTES} minutes: {format_number(driver.points)} × 1 +"
        f" {format_number(driver.points_per_hour)} × {MINUTES} ÷ 60 = {format_points(total)}, {format_work_time(total)}"
        " of unwanted work. It is coded effort: nobody answered a survey, so it is never called a customer effort"
        " score (CES)."
    )


def _score_example() -> str:
    examples = [f"{format_number(each)} points give {100 * each / (each + 10):.0f}" for each in (0, 5, 10, 30)]
    return f"For example {join_list(examples)}."
