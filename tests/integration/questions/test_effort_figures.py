"""The figures of the effort page, each recomputed in plain Python from the story files."""

import hashlib
import statistics
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook, Driver, Weighting
from cxdata.errors import QuestionError
from cxdata.export.view import format_query, parse_view
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask
from cxdata.stories import Library, Story
from tests.fixtures.stories import make_story, step, work

Database = duckdb.DuckDBPyConnection
Make = Callable[..., duckdb.DuckDBPyConnection]
Weights = dict[str, tuple[float, float]]

# Darwin's maize, cross- less self-fertilised, in eighths of an inch: Fisher, The Design of Experiments (1935), ch. III
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def weights_of(codebook: Codebook, weighting: str = "ours", **factors: float) -> Weights:
    """Return hassle points and points per minute of every driver under a weighting."""
    preset = codebook["weightings"][weighting]
    assert isinstance(preset, Weighting)
    found = {}
    for driver in drivers_of(codebook):
        factor = factors.get(driver.code, 1.0) * (preset.factor or 1.0 if preset.theme == driver.theme else 1.0)
        hassle = driver.hassle_points if preset.hassle_points is None else preset.hassle_points
        share = driver.minute_share if preset.minute_share is None else preset.minute_share
        found[driver.code] = (hassle * factor, share / 5 * factor)
    return found


def drivers_of(codebook: Codebook) -> list[Driver]:
    return [driver for driver in codebook["drivers"].values() if isinstance(driver, Driver)]


def points_of(story: Story, weights: Weights, codebook: Codebook) -> dict[str, float]:
    """Return the points of a story by driver. A ceiling is that of our weighting; other weights keep its cut."""
    ours, found = weights_of(codebook), {}
    for driver in drivers_of(codebook):
        events = [event for each in story.encounters for event in each.effort if event.driver == driver.code]
        loads = [
            (event.times, driver.usual_minutes * event.times if event.minutes is None else event.minutes)
            for event in events
        ]
        hassle, per_minute = ours[driver.code]
        plain = [hassle * times + per_minute * minutes for times, minutes in loads]
        if driver.ceiling_of == "story":
            cuts = [min(1, driver.ceiling_points / (sum(plain) or 1))] * len(plain)
        else:
            cuts = [
                min(1, driver.ceiling_points * times / (points or 1))
                for (times, _), points in zip(loads, plain, strict=True)
            ]
        hassle, per_minute = weights[driver.code]
        if events:
            found[driver.code] = sum(
                cut * (hassle * times + per_minute * minutes) for cut, (times, minutes) in zip(cuts, loads, strict=True)
            )
    return found


@pytest.mark.parametrize("weighting", ["ours", "equal", "waiting_first", "contact_first"])
def test_weighted_effort_matches_plain_python(
    weighting: str, database: Database, library: Library, codebook: Codebook
) -> None:
    own = {"worry": 2.0, "disputing": 0.0}
    asked = {"weighting": weighting, "weights": [f"{driver}:{factor}" for driver, factor in own.items()]}
    weights = weights_of(codebook, weighting, **own)
    told = {row["story"]: row["effort_points"] for row in ask(database, "effort", asked).to_pylist()}
    assert told == {
        story.story: pytest.approx(sum(points_of(story, weights, codebook).values())) for story in library.stories
    }
    by_driver = {
        (row["company"], row["driver"]): row["points"] for row in ask(database, "effort_by_driver", asked).to_pylist()
    }
    for story in library.stories:
        for driver, points in points_of(story, weights, codebook).items():
            assert by_driver[story.company.name, driver] == pytest.approx(points)


def test_invalid_weight_is_refused(database: Database) -> None:
    for wrong in ("worry", "worry:", "worry:-1", "worry:6", "worry:many", "wory:2", "worry:nan"):
        with pytest.raises(QuestionError, match="weights"):
            ask(database, "effort", {"weights": [wrong]})
    with pytest.raises(QuestionError, match=r"weighting 'eqal' is unknown\. Did you mean equal\?"):
        ask(database, "effort", {"weighting": "eqal"})


def place(draw: int, driver: str) -> float:
    return int(hashlib.md5(f"cx {draw} {driver}".encode()).hexdigest()[:8], 16) / 2**32


def test_rank_stability_matches_the_same_draws_in_python(
    database: Database, library: Library, codebook: Codebook
) -> None:
    weights = weights_of(codebook)
    loads = {
        story.company.name: points_of(story, weights, codebook) for story in library.stories
    }  # one story a company
    ranks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for spread, draw in product((25, 50), range(1, 1001)):
        totals = {
            company: round(
                sum(points * (1 + spread / 100 * (2 * place(draw, driver) - 1)) for driver, points in load.items()), 9
            )
            for company, load in loads.items()
        }
        for company, total in totals.items():
            ranks[company, spread].append(1 + sum(other > total for other in totals.values()))
    rows = ask(database, "rank_stability").to_pylist()
    assert len(rows) == 2 * len(loads)
    for row in rows:
        drawn = sorted(ranks[row["company"], row["spread"]])
        assert row["hardest_share"] == pytest.approx(drawn.count(1) / 1000)
        assert row["median_rank"] == statistics.median(drawn)
        # the 2.5th and the 97.5th percentile
        assert (row["rank_low"], row["rank_high"]) == (drawn[24], drawn[974])


def test_rank_stability_separates_certain_from_uncertain_ranks(database_of: Make) -> None:
    """Far ranks first under all weights; Near and Next change places. Far has 9 x (0.8 + 6 / 5) = 18 points."""
    many = database_of(
        make_story("far", step(-1, work("disputing", times=9)), company="Far"),
        make_story("near", step(-1, work("worry", times=2)), company="Near"),  # 4 points
        make_story("next", step(-1, work("repeat_contact")), company="Next"),  # 4 points
        make_story("none", step(1), company="None"),
    )
    rows = {(row["company"], row["spread"]): row for row in ask(many, "rank_stability").to_pylist()}
    assert rows["Far", 50]["hardest_share"] == 1
    assert (rows["Near", 25]["rank_low"], rows["Near", 25]["rank_high"]) == (2, 3)
    assert (rows["None", 25]["rank_low"], rows["None", 25]["rank_high"]) == (4, 4)
    said = publish_chart(many, "rank_stability").headline
    assert said == "One customer’s dealings with Far take the most effort in all 1,000 weightings"


def test_matched_pairs_reproduce_fishers_test_of_darwins_maize(database_of: Make, codebook: Codebook) -> None:
    """863 of 32,768 arrangements reach a sum of 314; both ways about twice as many: 5.267%."""
    jobs = list(codebook["jobs"])[: len(MAIZE)]
    stories = []
    for number, (job, difference) in enumerate(zip(jobs, MAIZE, strict=True)):
        for company, points in (("Cross", 100 + difference), ("Self", 100)):
            event = work("wait_on_hold", times=10, minutes=(points - 5) * 5)  # 10 x 0.5 + minutes / 5
            stories.append(make_story(f"{company.lower()}-{number}", step(-1, event), company=company, job=job))
    rows = ask(database_of(*stories), "matched_pairs", {"left": "Cross", "right": "Self"}).to_pylist()
    assert (len(rows), rows[0]["pair_count"], rows[0]["arrangements"]) == (15, 15, 32768)
    assert rows[0]["p_value"] == pytest.approx(2 * 863 / 32768)
    assert sorted(round(row["difference"]) for row in rows) == sorted(MAIZE)


@pytest.mark.parametrize(("pairs", "p_value"), [(5, None), (6, 2 / 64)])
def test_fewer_than_six_pairs_are_not_tested(
    database_of: Make, codebook: Codebook, pairs: int, p_value: float | None
) -> None:
    stories = [
        make_story(f"{company}-{number}", step(-1, *effort), company=company, job=job)
        for number, job in enumerate(list(codebook["jobs"])[:pairs])
        for company, effort in (("hard", [work("disputing")]), ("easy", []))
    ]
    shown = publish_chart(database_of(*stories), "matched_pairs", {"left": "hard", "right": "easy"})
    assert {row["p_value"] for row in shown.rows} == {p_value}
    assert ("too few stories to rule out chance" in shown.subtitle) == (p_value is None)


def test_head_to_head_steps_connect_the_two_totals(database: Database) -> None:
    pair = {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"}
    for asked in (pair, pair | {"left": "Argos", "right": "AO.com"}):
        rows = ask(database, "head_to_head", asked).to_pylist()
        assert rows[0]["step_from"] == pytest.approx(rows[0]["left_total"])
        assert rows[-1]["step_to"] == pytest.approx(rows[0]["right_total"])
        for row, after in pairwise(rows):
            assert row["step_from"] - row["step_to"] == pytest.approx(row["difference"])
            assert after["step_from"] == pytest.approx(row["step_to"])


def test_chart_subtitle_names_weights_and_prices(database: Database) -> None:
    asked = {"weighting": "waiting_first", "weights": ["worry:0.25"]}
    assert "weighted waiting first, Worry × 0.25" in publish_chart(database, "effort", asked).subtitle
    priced = {"costs": ["phone:9:12"], "frequency_low": 1, "frequency_high": 3}
    shown = publish_chart(database, "cost_of_failure", priced)
    assert "phone call £9.00\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}12.00" in shown.subtitle
    assert "1 to 3% of orders" in shown.subtitle
    assert "weighted" not in publish_chart(database, "effort").subtitle
    view = parse_view("effort", {"weighting": "waiting_first", "weights": ["worry:0.25"]})
    assert parse_view("effort", format_query(view)) == view


def test_convergence_lists_published_scores_with_their_source(database: Database) -> None:
    rows = ask(database, "convergence").to_pylist()
    assert {row["company"] for row in rows} == {"Amazon", "Apple", "Argos"}
    for row in rows:
        assert row["url"].startswith("http")
        assert row["share_of_scale"] == pytest.approx(row["value"] / 100)
        assert row["story_count"] == 1
    shown = publish_chart(database, "convergence")
    assert "these 3 stories cannot confirm or refute a survey · 3 customer stories" in shown.subtitle


def made(**told: Any) -> Story:
    return make_story("tale", step(-1, work("disputing")), **told)


def test_companies_with_one_story_are_not_ranked(database_of: Make) -> None:
    shown = publish_chart(database_of(made()), "how_sure")
    assert shown.headline == "One customer’s dealings with Acme took 2 points of effort"


def test_pairs_from_one_story_move_as_one(database_of: Make, codebook: Codebook) -> None:
    """One story of each company covers six jobs: six pairs from two stories, which can change names in one way."""
    jobs = list(codebook["jobs"])[:6]
    stories = [
        make_story(company, *(step(-1, *effort, job=job) for job in jobs), company=company)
        for company, effort in (("hard", [work("disputing")]), ("easy", []))
    ]
    shown = publish_chart(database_of(*stories), "matched_pairs", {"left": "hard", "right": "easy"})
    assert (shown.rows[0]["pair_count"], shown.rows[0]["p_value"]) == (6, None)
    assert "too few stories to rule out chance" in shown.subtitle


def test_a_story_of_two_jobs_leaves_the_other_pairs_to_the_test(database_of: Make, codebook: Codebook) -> None:
    jobs = list(codebook["jobs"])[:8]
    stories = [
        make_story(f"{company}-{number}", step(-1, *effort), company=company, job=job)
        for number, job in enumerate(jobs[:7])
        for company, effort in (("hard", [work("disputing")]), ("easy", []))
    ]
    both = (step(-1, work("disputing"), job=jobs[0]), step(-1, job=jobs[7]))
    stories += [
        make_story("hard-both", *both, company="hard"),
        make_story("easy-last", step(1), company="easy", job=jobs[7]),
    ]
    row = ask(database_of(*stories), "matched_pairs", {"left": "hard", "right": "easy"}).to_pylist()[0]
    # seven jobs have a story of each company: 2^7 arrangements, two of which lie as far out as the sweep
    assert (row["pair_count"], row["arrangements"]) == (8, 128)
    assert row["p_value"] == pytest.approx(2 / 128)


def test_one_story_against_many_has_every_story_take_its_place(database_of: Make, codebook: Codebook) -> None:
    """Two jobs, one story against nine in each: 10 x 10 arrangements, and the sweep is the farthest of them."""
    stories = [
        make_story(f"{company}-{place}-{number}", step(-1, *effort), company=company, job=job)
        for place, job in enumerate(list(codebook["jobs"])[:2])
        for company, count, effort in (("hard", 1, [work("disputing")]), ("easy", 9, []))
        for number in range(count)
    ]
    row = ask(database_of(*stories), "matched_pairs", {"left": "hard", "right": "easy"}).to_pylist()[0]
    assert (row["pair_count"], row["arrangements"]) == (2, 100)
    assert row["p_value"] == pytest.approx(1 / 100)


def test_headline_mentions_differences_in_the_other_direction(database_of: Make) -> None:
    """+10 points of two drivers and -8 of disputing leave 2: the headline must not call it a difference of 10."""
    left = make_story("left", step(-1, work("repeat_contact", times=2), work("policy_hurdle", times=2)), company="Left")
    right = make_story("right", step(-1, work("disputing", times=4)), company="Right")
    pair = {"job": "buy_a_laptop", "left": "Left", "right": "Right"}
    said = publish_chart(database_of(left, right), "difference_by_driver", pair).headline
    assert said == ("Left took 2 more points than Right (10 more, 8 less)")


def test_rank_changed_by_a_few_draws_is_not_called_certain(database: Database) -> None:
    rows = ask(database, "rank_stability").to_pylist()
    shown = publish_chart(database, "rank_stability")
    for row in rows:
        if row["spread"] == 25 and row["same_share"] < 1:
            assert f"{row['company']}: " in shown.alt_text
            assert f"{row['company']}: {row['company_points']:g} points, always" not in shown.alt_text
