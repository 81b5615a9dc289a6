"""Every score of the shipped stories equals its recomputation in plain Python (reference_scores.py)."""

from collections import Counter
from statistics import mean
from typing import Any

import duckdb
import pytest

from cxdata.questions.ask import ask
from tests.fixtures import reference_scores as plain

Rows = list[dict[str, Any]]


def rows(database: duckdb.DuckDBPyConnection, question: str, **choices: Any) -> Rows:
    return ask(database, question, choices).to_pylist()


def same(found: float | None, expected: float | None) -> bool:
    return found is None if expected is None else found == pytest.approx(expected)


def test_every_published_story_is_scored_once(database: duckdb.DuckDBPyConnection) -> None:
    found = [row["story"] for row in rows(database, "story_scores")]
    assert len(found) == len(set(found)) == 8
    assert set(found) == set(plain.BY_NAME)


@pytest.mark.parametrize("name", plain.BY_NAME)
def test_story_scores_match_plain_python(name: str, database: duckdb.DuckDBPyConnection) -> None:
    (row,) = [row for row in rows(database, "story_scores") if row["story"] == name]
    story = plain.BY_NAME[name]
    feelings = plain.feelings(story["encounters"])
    experience = plain.experience(feelings)
    assert same(row["effort_points"], plain.story_points(story))
    assert same(row["do_points"], plain.story_points(story, "do"))
    assert same(row["feel_points"], plain.story_points(story, "feel"))
    assert same(row["effort_points"], row["do_points"] + row["feel_points"])
    assert same(row["effort_score"], plain.effort_score(row["effort_points"]))
    assert row["event_count"] == len(plain.events([story]))
    assert row["feeling_count"] == len(feelings)
    assert row["peak"] == plain.peak(feelings)
    assert row["ending"] == (feelings[-1] if feelings else None)
    assert same(row["mean_feeling"], mean(feelings) if feelings else None)
    assert same(row["experience"], experience)
    assert row["hall"] == plain.hall(experience)
    assert row["verdict"] == story["verdict"]
    agrees = None if story["verdict"] == "none" or not feelings else plain.hall(experience) == story["verdict"]
    assert row["verdict_agrees"] == agrees


@pytest.mark.parametrize("name", plain.BY_NAME)
def test_story_effort_lists_its_events_in_order(name: str, database: duckdb.DuckDBPyConnection) -> None:
    found = [(row["driver"], row["kind"], row["points"]) for row in rows(database, "story_effort", story=name)]
    events = plain.events([plain.BY_NAME[name]])
    assert found == [(event["driver"], event["kind"], pytest.approx(event["points"])) for event in events]


@pytest.mark.parametrize("company", plain.COMPANIES)
def test_company_scores_are_means_over_its_stories(company: str, database: duckdb.DuckDBPyConnection) -> None:
    (row,) = [row for row in rows(database, "company_scores") if row["company"] == company]
    stories = plain.COMPANIES[company]
    points = [told for story in stories if (told := plain.story_points(story)) is not None]
    experiences = [plain.story_experience(story) for story in stories]
    told = [experience for experience in experiences if experience is not None]
    assert (row["story_count"], row["effort_count"]) == (len(stories), len(points))
    assert same(row["mean_points"], mean(points))
    assert (row["least_points"], row["most_points"]) == (min(points), max(points))
    assert same(row["effort_score"], plain.effort_score(mean(points)))
    assert same(row["experience"], plain.mean_told(experiences))
    assert (row["worst_experience"], row["best_experience"]) == (min(told, default=None), max(told, default=None))
    assert row["experience_count"] == len(told)
    assert row["hall_reason"] == ("too few" if told else "unknown")


def test_company_scores_have_every_company_once(database: duckdb.DuckDBPyConnection) -> None:
    assert sorted(row["company"] for row in rows(database, "company_scores")) == sorted(plain.COMPANIES)


def test_effort_by_driver_adds_up_the_events(database: duckdb.DuckDBPyConnection) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for event in plain.events(plain.STORIES):
        expected[event["company"], event["driver"]] += event["points"]
    found = {(row["company"], row["driver"]): row for row in rows(database, "effort_by_driver")}
    assert set(found) == set(expected)
    for (company, driver), points in expected.items():
        events = [event for event in plain.events(plain.COMPANIES[company]) if event["driver"] == driver]
        row = found[company, driver]
        assert same(row["points"], points)
        assert same(row["points_per_story"], points / len(plain.COMPANIES[company]))
        assert same(row["share"], points / sum(map(plain.points, plain.events(plain.COMPANIES[company]))))
        assert row["events"] == len(events)
        assert row["story_count"] == len({event["story"] for event in events})


def test_fix_first_adds_up_to_all_effort(database: duckdb.DuckDBPyConnection) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for event in plain.events(plain.STORIES):
        expected[event["company"], event["touchpoint"], event["driver"]] += event["points"]
    found = {(row["company"], row["touchpoint"], row["driver"]): row for row in rows(database, "fix_first")}
    assert {key: row["points"] for key, row in found.items()} == pytest.approx(dict(expected))
    assert sum(row["share"] for row in found.values()) == pytest.approx(1)


def test_touchpoint_feelings_match_plain_python(database: duckdb.DuckDBPyConnection) -> None:
    found = {(row["company"], row["touchpoint"]): row for row in rows(database, "touchpoint_feeling")}
    met = [
        (company, each) for company, told in plain.COMPANIES.items() for story in told for each in story["encounters"]
    ]
    assert set(found) == {(company, each["touchpoint"]) for company, each in met}
    for (company, touchpoint), row in found.items():
        encounters = [each for owner, each in met if (owner, each["touchpoint"]) == (company, touchpoint)]
        feelings = plain.feelings(encounters)
        assert row["encounter_count"] == len(encounters)
        assert row["feeling_count"] == len(feelings)
        assert same(row["mean_feeling"], mean(feelings) if feelings else None)
        assert (row["lowest_feeling"], row["highest_feeling"]) == (
            min(feelings, default=None),
            max(feelings, default=None),
        )


def test_touchpoint_effort_matches_plain_python(database: duckdb.DuckDBPyConnection) -> None:
    found = {(row["company"], row["touchpoint"]): row for row in rows(database, "touchpoint_effort")}
    read = [story for story in plain.STORIES if plain.is_read(story)]
    assert set(found) == {
        (story["company"]["name"], each["touchpoint"]) for story in read for each in story["encounters"]
    }
    for (company, touchpoint), row in found.items():
        work = [each for each in plain.events(plain.COMPANIES[company]) if each["touchpoint"] == touchpoint]
        assert same(row["effort_points"], sum(map(plain.points, work)))


def test_halls_follow_from_experiences(database: duckdb.DuckDBPyConnection) -> None:
    experiences = [plain.story_experience(story) for story in plain.STORIES]
    halls = Counter(map(plain.hall, experiences))
    (library,) = rows(database, "library")
    counts = (library["fame_count"], library["shame_count"], library["mixed_count"], library["unscored_count"])
    assert counts == (halls["fame"], halls["shame"], halls["mixed"], halls[None])
    assert library["event_count"] == len(plain.events(plain.STORIES))
    expected = Counter((story["verdict"], plain.hall(plain.story_experience(story))) for story in plain.STORIES)
    agreement = rows(database, "hall_agreement")
    assert {(row["verdict"], row["hall"]): row["story_count"] for row in agreement} == dict(expected)


def test_promise_gap_is_broken_less_kept(database: duckdb.DuckDBPyConnection) -> None:
    gaps = {row["company"]: row for row in rows(database, "promise_gap")}
    told = {company: stories for company, stories in plain.COMPANIES.items() if any(s.get("promises") for s in stories)}
    assert set(gaps) == set(told)
    for company, stories in told.items():
        kept = Counter(promise["kept"] for story in stories for promise in story.get("promises", []))
        row = gaps[company]
        known = kept.total() - kept["unclear"]  # where all are unclear, the gap is unknown
        assert row["gap"] == (kept["broken"] - kept["kept"] - kept["exceeded"] if known else None)
        assert (row["kept_count"], row["broken_count"]) == (kept["kept"] + kept["exceeded"], kept["broken"])
        assert (row["unclear_count"], row["promise_count"]) == (kept["unclear"], kept.total())
        assert row["late_count"] == kept["kept late"]


def test_a_promise_met_only_after_pushing_is_kept_late_at_every_company(database: duckdb.DuckDBPyConnection) -> None:
    late = rows(database, "promises", kept="kept late")
    assert {row["story"] for row in late} == {"amazon-toothbrush", "ao-laptop"}
    assert not rows(database, "promises", kept="broken")


def test_no_slogan_is_coded_as_a_promise(database: duckdb.DuckDBPyConnection) -> None:
    claims = {row["claim"] for row in rows(database, "promises")}
    assert not claims & {"Earth's most customer-centric company", "We're here to help"}


def test_signs_are_counted_by_hall(database: duckdb.DuckDBPyConnection) -> None:
    found = {(row["sign"], row["hall"]): row for row in rows(database, "signs")}
    assert found
    for (sign, hall), row in found.items():
        stories = [story for story in plain.STORIES if plain.hall(plain.story_experience(story)) == hall]
        shown = [each.get("shown") for story in stories for each in story["signs"] if each["sign"] == sign]
        counts = (row["shown_count"], row["not_shown_count"], row["not_told_count"])
        assert counts == (shown.count(True), shown.count(False), len(stories) - shown.count(True) - shown.count(False))
        assert same(row["shown_share"], plain.mean_told(shown))


def test_head_to_head_counts_only_encounters_of_the_job(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(database, "head_to_head", job="return_a_laptop", left="AO.com", right="Argos")
    served = [event for event in plain.events(plain.STORIES) if event["job"] == "return_a_laptop"]
    for row in found:
        for side, company in (("left", "AO.com"), ("right", "Argos")):
            work = [each for each in served if (each["company"], each["driver"]) == (company, row["driver"])]
            assert same(row[f"{side}_points"], sum(each["points"] for each in work))  # one story of the job each
            assert row[f"{side}_events"] == len(work)
    assert {row["driver"] for row in found} == {
        each["driver"] for each in served if each["company"] in ("AO.com", "Argos")
    }
    bought = [each for each in plain.events(plain.COMPANIES["AO.com"]) if each["job"] == "buy_a_laptop"]
    assert bought, "AO.com's story serves two jobs; without the other one this test would show nothing"


@pytest.mark.parametrize("name", plain.BY_NAME)
def test_journey_has_the_encounters_in_order(name: str, database: duckdb.DuckDBPyConnection) -> None:
    found = rows(database, "journey", story=name)
    told = plain.BY_NAME[name]["encounters"]
    assert [row["step"] for row in found] == list(range(1, len(told) + 1))
    assert [(row["touchpoint"], row["feeling"]) for row in found] == [(e["touchpoint"], e.get("feeling")) for e in told]
    work = [sum(map(plain.points, each.get("effort", []))) for each in told]
    assert [row["effort_points"] for row in found] == pytest.approx(work)
