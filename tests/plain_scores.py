"""Every score once more in plain Python, straight from the story files and the codebook's CSV.

Written from the design and not from the SQL; nothing of cxdata is used, so that the two can disagree.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
Told = dict[str, Any]

with (PROJECT / "sql/codebook/drivers.csv").open(encoding="utf-8", newline="") as _file:
    DRIVERS = {row["code"]: row for row in csv.DictReader(_file)}

STORIES: list[Told] = [
    told
    for path in sorted((PROJECT / "cxdata/stories/shipped").glob("*.toml"))
    if (told := tomllib.loads(path.read_text("utf-8")))["status"] == "published"
]
BY_NAME = {story["story"]: story for story in STORIES}
COMPANIES: dict[str, list[Told]] = defaultdict(list)
for _story in STORIES:
    COMPANIES[_story["company"]["name"]].append(_story)


def points(event: Told) -> float:
    """points(driver) x times + points_per_hour(driver) x minutes / 60."""
    driver = DRIVERS[event["driver"]]
    by_times = float(driver["points"]) * event.get("times", 1)
    by_minutes = float(driver["points_per_hour"]) * event.get("minutes", 0) / 60
    return by_times + by_minutes


def events(stories: Iterable[Told]) -> list[Told]:
    """Each effort event with where it happened and what it weighs."""
    return [
        {
            "story": story["story"],
            "company": story["company"]["name"],
            "job": encounter.get("job", story["job"]),
            "touchpoint": encounter["touchpoint"],
            "driver": event["driver"],
            "kind": DRIVERS[event["driver"]]["kind"],
            "points": points(event),
        }
        for story in stories
        for encounter in story["encounters"]
        for event in encounter.get("effort", [])
    ]


def story_points(story: Told, kind: str = "") -> float:
    return sum(event["points"] for event in events([story]) if kind in ("", event["kind"]))


def effort_score(effort_points: float) -> float:
    return 100 * effort_points / (effort_points + 10)


def feelings(encounters: Iterable[Told]) -> list[int]:
    """In order, without the silent ones."""
    return [encounter["feeling"] for encounter in encounters if "feeling" in encounter]


def peak(told: list[int]) -> int | None:
    """The strongest; of two as strong, the later."""
    strongest = None
    for feeling in told:
        if strongest is None or abs(feeling) >= abs(strongest):
            strongest = feeling
    return strongest


def experience(told: list[int]) -> float | None:
    """The mean of peak and end."""
    strongest = peak(told)
    return None if strongest is None else (strongest + told[-1]) / 2


def story_experience(story: Told) -> float | None:
    return experience(feelings(story["encounters"]))


def hall(value: float | None) -> str | None:
    if value is None:
        return None
    if value >= 2:
        return "fame"
    return "shame" if value <= -2 else "mixed"


def mean_told(values: Iterable[float | None]) -> float | None:
    """The mean of what is told; None where nothing is."""
    told = [value for value in values if value is not None]
    return mean(told) if told else None
