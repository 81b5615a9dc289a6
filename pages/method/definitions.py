"""The definitions of the scores: meaning, formula, worked example, and the SQL that computes them."""

from collections import Counter

from cxdata.codebook.codes import Driver, load_codebook
from cxdata.text.formatting import MINUTES_PER_POINT, format_number, format_points, join_list
from pages.method.definition import Definition, format_definition
from pages.method.effort_definitions import format_effort_definitions
from pages.method.sections import section_header
from pages.ui.cache import cached
from pages.ui.markup import show_html

# tests/integration/pages/test_method.py compares the numbers of these formulas with the SQL
FORMULAS = {
    "effort_points": "points = sum over a story of (hassle points × times + minutes ÷\u00a05), "
    "at most the ceiling of each type",
    "effort_score": "effort score = 100 × points ÷ (points + 10)",
    "experience": "experience = (peak feeling + end feeling) ÷ 2",
    "hall": "fame if experience ≥ +2, shame if experience ≤ −2, else mixed",
    "company_hall": "fame if mean and adjusted mean are both ≥ +2, shame if both are ≤ −2, else neither",
    "company": "figure of a company = mean of its stories, with their number n and the range from least to most",
    "pair": "difference per effort type = points at one company − points at the other, for the same job",
    "promises": "kept, exceeded, kept late, broken, unclear: the number of promises of each kind, per company",
    "signs": "share shown = stories that show a sign ÷ stories that mention it",
}


EXAMPLE = "disputing"
MINUTES = 30


def show_definitions() -> None:
    """Show the unit of effort and the scores."""
    show_html(cached(_definitions))


def _definitions() -> str:
    return f'<div class="cx-method">{_unit()}{section_header("scores")}{_scores()}{format_effort_definitions()}</div>'


def _unit() -> str:
    return (
        f"{section_header('unit')}<p><b>1 effort point is worth {_minutes()} minutes that a customer would rather not"
        " have spent.</b> Each effort type has hassle points, which count every time it happens. Its minutes come on"
        f" top: every {_minutes()} minutes are 1 point.</p><p>If a story gives minutes, we count those. If it gives"
        " none, we count the usual minutes of the type, and show that part apart. A ceiling keeps one event from"
        " outweighing a whole story. Worry, being left guessing and being pressed count as the minutes that people"
        " would give to be spared them. We always show them apart.</p>"
        f"<details class='cx-figures'><summary>Where these numbers come from</summary><p>{_bases()}. We read the"
        " published figures in press reports, not in the studies themselves. The codebook below gives a reason for"
        " every number, and low and high minutes to try instead. Research names obstacles, such as having to call"
        " again. It does not rank them, so our numbers are our own judgement. A time shown beside points is those"
        f" points at {_minutes()} minutes each. It is our estimate, and nobody measured it.</p></details><p>Only"
        " stories that somebody read for effort have effort points. In all other stories effort is unknown, which is"
        " not zero. They count in no mean, rank or chart of effort, and each chart says how many they are.</p>"
    )


def _bases() -> str:
    """Count what the usual minutes of the effort types rest on."""
    counted: Counter[str] = Counter(
        driver.basis for driver in load_codebook()["drivers"].values() if isinstance(driver, Driver)
    )
    words = {
        "figure": "rest on a published figure",
        "part figure": "rest on one in part",
        "assumption": "are our assumption",
        "not timed": "have no minutes",
    }
    parts = join_list([f"{counted[basis]} {rest}" for basis, rest in words.items()])
    return f"Few minutes rest on published figures. Of {counted.total()} effort types, {parts}"


def _minutes() -> str:
    return {5: "five"}.get(MINUTES_PER_POINT, str(MINUTES_PER_POINT))


def _scores() -> str:
    return "".join(map(format_definition, _list_scores())) + (
        "<h3>Filters</h3><p>Two values in one filter show the stories of either. Two filters show those that match"
        " both. A filter chooses whole stories, so no score changes. If you choose a period, stories without a date are"
        " left out, and the page says how many.</p>"
    )


def _list_scores() -> tuple[Definition, ...]:
    return (
        Definition(
            "Effort points",
            "How much a customer had to do or bear in one story.",
            FORMULAS["effort_points"],
            f"{_example()} Every figure of effort is a sum of these points, so it can be split into its parts."
            " We counted this effort from the stories. Nobody answered a survey, so we never call it a customer effort"
            " score (CES).",
            "weighed_effort",
        ),
        Definition(
            "Effort score",
            "Effort points on a scale from 0 to 100. Lower is better.",
            FORMULAS["effort_score"],
            _score_example(),
            "effort_score",
        ),
        Definition(
            "Experience",
            "How the story left the customer feeling, from −5 to +5.",
            FORMULAS["experience"],
            "The peak is the strongest feeling, good or bad. If two are equally strong, the later one counts. The end"
            " is the last feeling stated. People remember an experience by its strongest moment and its end (Kahneman"
            " et al. 1993). Steps without a stated feeling are left out. If no step states one, the story has no"
            " experience.",
            "story_experience",
        ),
        Definition(
            "Hall of a story",
            "Whether one story was a good or a bad experience.",
            FORMULAS["hall"],
            "The author’s own verdict is kept beside the hall and never changed. The page on fame and shame shows where"
            " the two agree. A story that states no feeling is in no hall.",
            "hall",
        ),
        Definition(
            "Hall of a company",
            "Whether a company’s stories were good or bad experiences. It needs five stories that state a feeling.",
            FORMULAS["company_hall"],
            "The adjusted mean is drawn towards the mean of all rated companies. The fewer stories a company has, and"
            " the more they differ, the further it is drawn. With fewer than four rated companies it is drawn towards"
            " 0. Companies with fewer than five stories are not rated: the halls show their stories one by one.",
            "placed_company",
        ),
        Definition(
            "Company figures",
            "The mean of a company’s stories, with the number of stories.",
            FORMULAS["company"],
            "One story is drawn as a dot and labelled as one story. It is not a rank. A company’s effort"
            " score comes from its mean points, not from the scores of its stories.",
            "scored_story",
        ),
        Definition(
            "Same job, two companies",
            "The effort that two companies caused for the same job, such as returning a laptop.",
            FORMULAS["pair"],
            "Only the steps of that job are compared. A pair is one job with stories at both companies. A test of the"
            " difference needs six pairs.",
            "service_encounter",
        ),
        Definition(
            "Promises",
            "What a company said it would do, and whether it did.",
            FORMULAS["promises"],
            "A promise is something that the customer can check, so a slogan is not one. “Kept late” means that the"
            " company first refused. The same rule holds for every company. Each outcome comes from one story. If a"
            " customer quotes a law, that is the customer’s reading of it.",
        ),
        Definition(
            "The six signs of care",
            "Six things that a caring company does.",
            FORMULAS["signs"],
            "A story shows a sign, shows that it was missing, or does not mention it. If a story does not mention a"
            " sign, we mark it unknown and leave it out of the share.",
        ),
    )


def _example() -> str:
    driver = load_codebook()["drivers"][EXAMPLE]
    assert isinstance(driver, Driver)
    stated = driver.hassle_points + MINUTES / MINUTES_PER_POINT
    usual = driver.hassle_points + driver.usual_minutes / MINUTES_PER_POINT
    hassle, minutes = format_number(driver.hassle_points), format_number(driver.usual_minutes)
    return (
        f"For example, “{driver.label}” once for {MINUTES} minutes counts {hassle} × 1 + {MINUTES} ÷"
        f" {MINUTES_PER_POINT} = {format_points(stated)}. If the story gives no minutes, the usual {minutes} minutes"
        f" count, which makes {format_points(usual)}."
    )


def _score_example() -> str:
    examples = [f"{format_number(each)} points give {100 * each / (each + 10):.0f}" for each in (0, 5, 10, 30)]
    return f"For example, {join_list(examples)}."
