"""The definitions of the scores: formula, reason, worked example, and the SQL that computes them."""

from collections import Counter
from html import escape

import streamlit as st

from cxdata.codebook.codes import Driver, load_codebook
from cxdata.questions.definitions import definitions
from cxdata.text.formatting import MINUTES_PER_POINT, format_number, format_points, join_list
from pages.method.effort_definitions import format_effort_definitions
from pages.ui.cache import cached

SECTIONS = {
    "words": "The words we use",
    "unit": "The unit of effort",
    "scores": "The scores",
    "coding": "How a story is coded",
    "reading": "What stories are read for",
    "limits": "What is claimed, and what is not",
    "codebook": "The codebook",
    "sources": "Sources",
    "data": "Take the data",
    "kept": "What is kept, and for how long",
    "cite": "How to cite",
}
# tests/integration/pages/test_method.py compares the numbers of these formulas with the SQL
FORMULAS = {
    "effort_points": "points = sum, over its effort events, of (hassle points(type) × times + minutes ÷\u00a05), "
    "at most the type’s ceiling",
    "effort_score": "effort score = 100 × points ÷ (points + 10)",
    "experience": "experience = (peak feeling + end feeling) ÷ 2",
    "hall": "fame if experience ≥ +2; shame if experience ≤ −2; else mixed",
    "company_hall": "fame if mean and shrunken mean are both ≥ +2; shame if both are ≤ −2; else neither",
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
        f"{section_header('unit')}<p><b>1 effort point is as much as {_minutes()} minutes that a customer would rather"
        " not have spent.</b> Each effort type has hassle points for every time it happens. Its minutes come on top, at"
        f" {_minutes()} minutes a point. Where a story gives minutes, those count. Where it gives none, the type’s"
        " usual minutes count, and we show that part apart. A ceiling keeps one event from outweighing a whole story."
        " Feelings (worry, being left guessing, being pressed) count as the work that people would trade to be spared"
        " them. We always show them apart.</p><p>Few of these numbers rest on published figures:"
        f" {_bases()}. We read the published figures in press reports, not in the studies themselves. The codebook"
        " below gives each number with its reason, and low and high minutes to try instead. The literature names"
        " obstacles such as contacting again and changing channel; it does not rank them, and our numbers are our own"
        " judgement. A time shown beside points is those points at"
        f" {_minutes()} minutes each. It is our estimate, and nobody measured it.</p><p>Only stories that somebody read"
        " for effort have effort points. A story that nobody read for effort has unknown effort, which is not zero: it"
        " is in no mean, no rank and no chart of effort, and the charts say how many there are.</p>"
    )


def _bases() -> str:
    """Count what the usual minutes of the effort types rest on."""
    counted: Counter[str] = Counter(
        driver.basis for driver in load_codebook()["drivers"].values() if isinstance(driver, Driver)
    )
    words = {
        "figure": "rest on a published figure",
        "part figure": "are bounded by one",
        "assumption": "are our assumption",
        "not timed": "have no minutes",
    }
    return join_list([f"{counted[basis]} {told}" for basis, told in words.items()])


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
                "Hall of a story",
                "hall",
                "hall",
                "The author’s own verdict is kept beside the hall and never overwritten. Fame and shame says where "
                "the two agree. A story without a stated feeling is in no hall.",
            ),
            _score(
                "Hall of a company",
                "company_hall",
                "placed_company",
                "A company is rated from five stories that say how the customer felt. The shrunken mean is drawn "
                "towards the mean of all rated companies, the more the fewer its stories and the wider they scatter. "
                "With fewer than four rated companies it is drawn towards 0. Below five stories, single stories stand "
                "in the halls.",
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
    told = driver.hassle_points + MINUTES / MINUTES_PER_POINT
    usual = driver.hassle_points + driver.usual_minutes / MINUTES_PER_POINT
    hassle, minutes = format_number(driver.hassle_points), format_number(driver.usual_minutes)
    return (
        f"For example, {driver.label.lower()} once for {MINUTES} minutes counts {hassle} × 1 + {MINUTES} ÷"
        f" {MINUTES_PER_POINT} = {format_points(told)}. Where the story gives no minutes, the usual {minutes} minutes"
        f" count: {format_points(usual)}. Readers counted this effort from the stories. Nobody answered a survey, so we"
        " never call it a customer effort score (CES)."
    )


def _score_example() -> str:
    examples = [f"{format_number(each)} points give {100 * each / (each + 10):.0f}" for each in (0, 5, 10, 30)]
    return f"For example {join_list(examples)}."
