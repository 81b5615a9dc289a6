"""Definitions of the Effort page's statistics, with sources: weights, ranks, intervals, pairs, cost, agreement."""

from html import escape

from cxdata.statistics.agreement import LEAST_ACCEPTABLE, MIN_FOUND
from cxdata.statistics.agreement import MIN_UNITS as FEWEST_UNITS
from cxdata.statistics.intervals import LARGEST_RESAMPLED, MIN_SAMPLE, RESAMPLES, SMALL

# title: (formula, words); tests/integration/pages/test_method.py compares the numbers with code and SQL
EFFORT_DEFINITIONS = {
    "Other weights": (
        "points = weighting(driver) × your factor(driver), in place of the codebook’s points",
        (
            "Four weightings stand ready and every driver has a factor from 0 to 5. The weighting is in the address and"
            " is printed in every chart that follows it. Points are additive, so no story is read again."
        ),
    ),
    "Rank stability": (
        "1,000 draws: each driver’s points × (1 + spread × u), u even from −1 to +1, spread 25% and 50%",
        (
            "For each draw the companies are ranked anew, 1 the hardest. Shown are the share of draws in which a "
            "company is "
            "hardest, its median rank, and the ranks of 95 in 100 draws. The draws are taken from a hash of draw and "
            "driver: "
            "everybody gets the same. It shows what the weights decide, and nothing about other stories."
        ),
    ),
    "The interval of a mean": (
        f"from {MIN_SAMPLE} stories on: mean − t × standard error, t from {RESAMPLES:,} resamples of the stories",
        (
            "The studentised bootstrap (Efron and Tibshirani 1993, chapter 12): effort is skewed, and the plain"
            " percentile bootstrap covers the truth too seldom at twenty stories. On data drawn from a known truth"
            " these intervals cover it 93 to 97 times in 100 at twenty stories and more. With five to fifteen stories,"
            " of which a few took very much, they cover it 89 to 93 times. Over"
            f" {LARGEST_RESAMPLED:,} stories the gamma curve is used (Fay and Feuer 1997), and between {SMALL} and"
            f" {LARGEST_RESAMPLED:,} a mean of both. Fewer than {MIN_SAMPLE} stories, too many alike, or too few with"
            " effort have none."
        ),
    ),
    "The interval of a rank": (
        "rank from 1 + companies surely above to 1 + companies not surely below",
        (
            "Surely means that two intervals do not meet, and for this they are drawn wide enough to hold all means"
            " together in 95 of 100 cases (Šidák 1967; Klein, Wright and Wieczorek 2020). Where they meet, the order is"
            " open."
        ),
    ),
    "Drawn towards the sector": (
        "shrunk = mean + B × (sector mean − mean), B = (k − 3) ÷ (k − 1) × V ÷ (V + A)",
        (
            "For a sector of k companies, four or more, with an interval each: V is the variance of the company’s own"
            " mean, A that between companies (DerSimonian and Laird 1986). For equal V it is the estimator of James and"
            " Stein as Efron and Morris use it (Morris 1983). It stands beside the plain mean and never in its place."
        ),
    ),
    "Matched pairs": (
        "p = share of all ways to deal out the two names within jobs whose mean difference is as far from its average",
        (
            "A permutation test (Fisher 1935; Pitman 1937), two-sided: the names are dealt out among the stories of the"
            " same jobs, so that one story against twenty is no fault, and a story of two jobs moves as one. All ways"
            " are looked at up to 2^20, and 10,000 of more. Nothing is tested where no way could have p = 0.05 or less:"
            " five jobs of one story each that all point one way have p = 0.06."
        ),
    ),
    "Avoidable contacts": (
        "avoidable = attempts that nobody answered + contacts answered − contacts needed",
        (
            "Had the first call been answered, one call was still needed. So of a run of attempts that nobody answers"
            " and the answered contact that ends it, one was needed if any of them is coded as of value: the answered"
            " one. The attempts are the avoidable ones. A run ends with its answered contact and keeps to one job, as"
            " no other column says what a contact was about. Where every attempt came of a failure, none was needed."
        ),
    ),
    "What to fix": (
        "total = share of stories with it × points when it happens × stories read",
        (
            "The order is that of the total without the story that holds most of it, so that no single story lifts an"
            " effort type past what it already held. Equals share a place. One type is said to take the most only if"
            " it holds more without its largest story than each other type holds with all of its stories. Only stories"
            " read for effort count. The same rule orders the touchpoints within a type."
        ),
    ),
    "Cost of failure": (
        "from and to = avoidable contacts × cost by channel + extra parcels × postage + orders at risk × their value",
        (
            "A contact is one that the customer started where staff must answer; it was avoidable where it is failure"
            " demand. One that nobody answered costs the customer alone. The cost of 10,000 orders needs a rate: the"
            " reader enters how many of 100 orders go like these. An order is at risk where the account ends with"
            " something owed or undone. The costs are published or assumed, each says which, and each can be replaced"
            " by the reader’s own. The customer’s hours are points to do × 5 ÷ 60."
        ),
    ),
    "Agreement of coders": (
        f"Krippendorff’s alpha = 1 − observed ÷ expected disagreement; a code below {LEAST_ACCEPTABLE} is flagged ‡",
        (
            "Nominal for drivers, code by code and encounter by encounter; ordinal for feeling; stories coded twice by"
            " people who did not see each other’s codes (Krippendorff 2011). The 95% interval is that of a bootstrap"
            f" over encounters, from {FEWEST_UNITS} on. Where nobody disagrees it begins at the most disagreement that"
            f" so many encounters leave open. A code counts as agreed if coders found it in at least {MIN_FOUND}"
            f" encounters and the interval begins at {LEAST_ACCEPTABLE} or more. It takes the encounters of"
            " one story for independent, which they are only in part."
        ),
    ),
}


def format_effort_definitions() -> str:
    """Return the definitions as HTML, each with its formula."""
    parts = "".join(
        f'<h3>{escape(title)}</h3><p class="cx-formula">{escape(formula)}</p><p>{escape(words)}</p>'
        for title, (formula, words) in EFFORT_DEFINITIONS.items()
    )
    return f"<h3>How sure, what if, and what it costs</h3>{parts}"
