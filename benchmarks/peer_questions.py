"""The questions that compare companies or halls: their parameters on pages, and the columns to check.

Labels, sectors and columns of order are not compared: they take no time.
"""

from dataclasses import dataclass

MOST_ROWS = 30  # companies compared as rows: most_rows() of sql/views
MOST_COLUMNS = 15  # as columns: most_columns()
MOST_OWN_DOTS = 60  # stories of a company drawn one by one: most_own_dots()
MOST_BLOCKS = 20  # promises of a side: most_blocks()


@dataclass(frozen=True)
class Compared:
    """The columns that name a row, the columns to compare, and the parameters of a page."""

    key: tuple[str, ...]
    figures: tuple[str, ...]
    asks: tuple[str, ...] = ()


def _words(names: str) -> tuple[str, ...]:
    return tuple(names.split())


# not the halls of companies: no peer draws means towards their field
COMPARED = {
    "company_scores": Compared(
        ("company",),
        _words(
            "story_count effort_count mean_points least_points most_points do_points feel_points effort_score "
            "experience worst_experience best_experience experience_count"
        ),
    ),
    # not lower_points and upper_points: ours come from a histogram, in whole points
    "effort": Compared(
        ("company", "story"),
        _words(
            "effort_points do_points feel_points event_count company_points company_do company_feel least_points "
            "most_points story_count"
        ),
    ),
    "effort_by_driver": Compared(
        ("company", "driver"),
        _words("points points_per_story share events times story_count company_stories company_points"),
    ),
    "effort_sources": Compared(("driver",), _words("points share events times companies story_count")),
    "fame_and_shame": Compared(
        ("company", "story"),
        _words("experience peak ending hall company_experience worst_experience best_experience story_count"),
    ),
    "touchpoint_feeling": Compared(
        ("company", "touchpoint"),
        _words("encounter_count feeling_count mean_feeling lowest_feeling highest_feeling story_count"),
    ),
    "touchpoint_effort": Compared(("company", "touchpoint"), _words("effort_points points_per_story story_count")),
    "touchpoint_halls": Compared(
        ("touchpoint", "hall"),
        _words("encounter_count feeling_count mean_feeling difference effort_points companies story_count"),
    ),
    "touchpoint_goodwill": Compared(
        ("touchpoint",),
        _words(
            "goodwill mean_feeling companies won_companies lost_companies best_company best_feeling worst_company "
            "worst_feeling feeling_count story_count"
        ),
    ),
    "failure_demand": Compared(
        ("company", "demand"),
        _words(
            "contacts company_contacts avoidable_contacts avoidable_share resolved_stories contacts_per_resolved hours "
            "hours_per_story story_count company_stories"
        ),
    ),
    # not scaled_low and scaled_high: without assumptions a hundred times low and high
    "cost_of_failure": Compared(
        ("company", "item", "touchpoint", "outcome"),
        _words("counted low high company_low company_high story_count company_stories"),
    ),
    "what_to_fix": Compared(
        ("driver",),
        _words(
            "total left_out_total share cumulative_share prevalence severity saved_low saved_high events story_count "
            "read_count place"
        ),
        ("most",),
    ),
    # not step_from and step_to: running sums of the ordered differences
    "head_to_head": Compared(
        ("driver",),
        _words(
            "left_points right_points difference left_events right_events left_total right_total total_difference "
            "left_stories right_stories"
        ),
        ("job", "left", "right"),
    ),
    # not arrangements and p_value: no peer has the permutation test
    "matched_pairs": Compared(
        ("job",),
        _words("left_points right_points difference left_stories right_stories pair_count mean_difference"),
        ("left", "right"),
    ),
    # not points: the list for the dots of companies with few stories
    "how_sure": Compared(
        ("company",),
        _words(
            "mean_points low high least_points most_points shrunk_points sector_points sector_companies rank_low "
            "rank_high ranked_companies alike story_count"
        ),
    ),
    "rank_stability": Compared(
        ("company", "spread"),
        _words("company_points hardest_share median_rank rank_low rank_high same_share company_rank story_count"),
    ),
    "promise_gap": Compared(
        ("story", "promise"),
        _words("company slot kept_count late_count broken_count unclear_count promise_count gap story_count"),
    ),
    "signs": Compared(
        ("sign", "hall"),
        _words(
            "shown_count not_shown_count not_told_count told_count shown_share shown_of_all told_of_all story_count"
        ),
    ),
    "signs_by_company": Compared(
        ("company", "sign"),
        _words("shown_count not_shown_count not_told_count story_count company_count telling_count"),
        ("most",),
    ),
    "job_companies": Compared(("job", "company"), _words("story_count mean_points spread companies")),
}
