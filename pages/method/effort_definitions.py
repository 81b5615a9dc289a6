"""Definitions of the Effort page's statistics, with sources: weights, ranks, intervals, pairs, cost, agreement."""

from cxdata.statistics.agreement import LEAST_ACCEPTABLE, MIN_FOUND
from cxdata.statistics.agreement import MIN_UNITS as FEWEST_UNITS
from cxdata.statistics.comparison import MIN_STORIES
from cxdata.statistics.control_chart import MIN_EXPECTED, MIN_MEDIAN, MIN_PERIODS
from cxdata.statistics.funnel import MIN_COMPANIES
from cxdata.statistics.intervals import LARGEST_RESAMPLED, MIN_SAMPLE, RESAMPLES, SMALL
from pages.method.definition import Definition, format_definition

# tests/integration/pages/test_method.py compares the numbers with code and SQL
EFFORT_DEFINITIONS = (
    Definition(
        "Other weights",
        "How the order of companies changes if you count some effort types more and others less.",
        "points = weighting(effort type) × your factor(effort type), in place of the codebook’s points",
        (
            "There are four weightings to choose from, and every effort type has a factor from 0 to 5. The address"
            " keeps your weighting, and every chart that uses it says so."
        ),
    ),
    Definition(
        "Rank stability",
        "How often a company keeps its place when the weights change at random.",
        "1,000 draws: points of each effort type × (1 + spread × u), u even from −1 to +1, spread 25% and 50%",
        (
            "Each draw changes the weights at random and ranks the companies again, 1 being the most effort. We show"
            " how often a company is first, its median rank, and its ranks in 95 of 100 draws. The draws are the same"
            " for everybody. They test the weights. They say nothing about stories that we do not have."
        ),
    ),
    Definition(
        "Margin of error of a mean",
        "The range that the true mean is likely to be in, if the stories were drawn at random.",
        f"from {MIN_SAMPLE} stories: mean − t × standard error, t from {RESAMPLES:,} resamples of the stories",
        (
            "This is the studentised bootstrap (Efron and Tibshirani 1993, chapter 12). Effort is skewed, and simpler"
            " methods miss the true mean too often. A few stories seldom hold the highest effort. So the upper end"
            " reaches further (Loh 1987, and Efron and Tibshirani, chapter 18). We tested it on known means. From"
            f" {MIN_SAMPLE} stories on, the margin holds that mean in 93 to 97 of 100 samples. If many stories are"
            " without effort, it holds the mean more often, or no margin is shown."
            f" Over {LARGEST_RESAMPLED:,} stories we use the gamma curve (Fay and Feuer 1997). Between {SMALL} and"
            f" {LARGEST_RESAMPLED:,} we use a mean of both. No margin is shown for fewer than {MIN_SAMPLE} stories, or"
            " if too many stories are the same."
        ),
    ),
    Definition(
        "Margin of error of a rank",
        "The best and the worst place that a company may have, given the margins of error.",
        "rank from 1 + companies surely above to 1 + companies not surely below",
        (
            "“Surely” means that two margins of error do not overlap. These margins are wide enough to hold all"
            " means together in 95 of 100 cases. See Šidák 1967, and Klein, Wright and Wieczorek 2020. Where"
            " they overlap, the"
            " order is open."
        ),
    ),
    Definition(
        "Adjusted towards the sector",
        "A company’s mean, drawn towards its sector the more, the fewer stories it has.",
        "adjusted = mean + B × (sector mean − mean), B = (k − 3) ÷ (k − 1) × V ÷ (V + A)",
        (
            "This is for a sector of four companies or more, each with a margin of error. Here k is the number"
            " of companies, and V the variance of the company’s own mean. A is the variance between companies"
            " (DerSimonian and Laird 1986). For equal V it is the estimator of James and Stein (Morris 1983)."
            " The plain mean is always shown"
            " beside it."
        ),
    ),
    Definition(
        "Unusual in its sector",
        "Whether a company’s experience differs by more than chance and the usual differences explain.",
        "limits = centre ± z × √(V ÷ n + A), z = 1.96 (95%) and 3.09 (99.8%)",
        (
            f"This is a funnel plot (Spiegelhalter 2005). It needs {MIN_COMPANIES} companies of a sector, each with"
            f" {MIN_STORIES} stories that say how the customer felt. Here V is the variance of the stories of one"
            " company, and n their number. A is the variance between companies beyond that. The highest and the lowest"
            " tenth of companies count as the company at that tenth. So an unusual company does not hide itself."
            " A and the centre are found step by step (DerSimonian and Laird 1986, and Paule and Mandel 1982). We name"
            " a company only outside the 99.8% limits, also without any one of its stories. Of more than 25 companies"
            " it must lie further out. Then chance names a company in at most 5 of 100 sectors. We tested that on"
            " simulated sectors. Companies are compared as they are. Their customers may have had different jobs to"
            " do, so filter by job to compare like with like."
        ),
    ),
    Definition(
        "Usual range over time",
        "How far the figure of a month or a quarter may lie from the mean by chance.",
        "limits = mean ± 3 × s ÷ √n, s = mean difference of neighbours × √n ÷ 1.128",
        (
            "This is a control chart (XmR, Wheeler 2003) with the correction of Laney (2002) for unequal numbers of"
            f" stories n. It needs {MIN_PERIODS} periods of {MIN_STORIES} stories. A mean also needs {MIN_MEDIAN}"
            f" stories in the period in the middle. A share needs {MIN_EXPECTED} stories with the effort type, and as"
            " many without it. With fewer, each period has its margin of error instead. A period is marked beyond a"
            " limit. It is also marked near one, where two of three periods are. Seven periods on one side of the mean"
            " are marked too. These are the rules of “Making Data Count” of the NHS, without its rule of seven that"
            " rise or fall. Headlines speak of the newest period, where chance errs in 1 to 3 of 100 charts. Even"
            " where nothing changes, some period is marked in 25 of 100 charts of 24 periods."
            " So a chart says how often chance alone does that. A mark shows a change, and not its cause. Without a"
            " mark, a small change is still possible."
        ),
    ),
    Definition(
        "Matched pairs",
        "Whether one company caused more effort than another for the same jobs, or whether chance could explain it.",
        "p = share of all ways to swap the two names within jobs with a difference at least as large",
        (
            "This is a two-sided permutation test (Fisher 1935, Pitman 1937). It swaps the two company names among the"
            " stories of the same jobs, so one story may face twenty. A story of two jobs moves as one. It tries all"
            " ways up to 2^20, and 10,000 random ways if there are more. Too few pairs are not tested. Five jobs"
            " with one story each can never reach p = 0.05."
        ),
    ),
    Definition(
        "Avoidable contacts",
        "How many times customers got in touch because something had failed or nobody answered.",
        "avoidable = attempts that nobody answered + contacts answered − contacts needed",
        (
            "If the company had answered the first call, one call would still have been needed. So of several"
            " attempts and the answer that ends them, only one was needed. The others were avoidable. Attempts"
            " belong together if they are about the same job. If all of them came from a"
            " failure, none was needed."
        ),
    ),
    Definition(
        "What to fix",
        "Which effort types took customers the most effort in total.",
        "total = share of stories with it × points when it happens × stories read",
        (
            "We order effort types by their total without their largest story, so that no single story decides the"
            " order. Equal totals share a place. We say that one type takes the most only in a clear case. Without its"
            " largest story it must still exceed each other type with all its stories. Only stories read for effort"
            " count. The same rule orders the touchpoints of a type."
        ),
    ),
    Definition(
        "Cost of failure",
        "What avoidable contacts, extra parcels and lost orders may cost the company.",
        "from and to = avoidable contacts × cost by channel + extra parcels × postage + orders at risk × their value",
        (
            "A contact costs money if the customer started it and staff answered. It was avoidable if it came from a"
            " failure. A contact that nobody answered costs only the customer. For the cost of 10,000 orders, enter how"
            " many of 100 orders go like these stories. An order is at risk if its story ends with something owed or"
            " undone. Each cost says whether it is published or assumed, and you can replace it with your own. The"
            " customer’s hours are points × 5 ÷ 60."
        ),
    ),
    Definition(
        "Agreement of coders",
        "How far two people who coded the same stories gave them the same codes.",
        "Krippendorff’s alpha = 1 − observed ÷ expected disagreement."
        f" Below {LEAST_ACCEPTABLE}, with {MIN_FOUND} found: ‡",
        (
            "Two people coded the same stories without seeing each other’s codes (Krippendorff 2011). Alpha is ordinal"
            " for feelings, a ratio for times and minutes, and nominal for the other codes. Steps are compared. For"
            " times and minutes it is the effort that both found, for promises each promise, for signs each story."
            " What a coder did not look for is left out. The margin of error is a bootstrap over what is compared,"
            f" from {FEWEST_UNITS} on. If nobody disagrees, it starts at the most disagreement that so few could hide."
            f" A code counts as agreed if the margin starts at {LEAST_ACCEPTABLE} or more, with at least"
            f" {MIN_FOUND} found. The method treats the steps of one story as independent, which they are only in"
            " part. A second coder is given the steps with their short names, and the promises if these are coded. So"
            " alpha does not measure finding them, and a short name can hint at a code."
        ),
    ),
)


def format_effort_definitions() -> str:
    """Return the definitions as HTML, each with its meaning and formula."""
    parts = "".join(map(format_definition, EFFORT_DEFINITIONS))
    return f"<h3>How sure, what if, and what it costs</h3>{parts}"
