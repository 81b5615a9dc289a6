"""Values that parameters can take."""

from datetime import date
from typing import Any

from cxdata.questions.ask import find_question

# A value for each parameter that the shipped stories have an answer to.
SAMPLE: dict[str, Any] = {
    "companies": ["AO.com", "Argos"],
    "sectors": ["Online retail"],
    "jobs": ["buy_a_laptop", "return_a_laptop"],
    "touchpoints": ["phone", "live_chat"],
    "halls": ["fame", "shame"],
    "since": date(2000, 1, 1),
    "until": "2030-12-31",
    "company": "AO.com",
    "left": "AO.com",
    "right": "Argos",
    "job": "return_a_laptop",
    "touchpoint": "phone",
    "stage": "return",
    "driver": "disputing",
    "drivers": ["disputing", "repeat_contact"],
    "step": 1,
    "skip": 0,
    "kind": "do",
    "demand": "failure",
    "outcome": "pending",
    "weighting": "waiting_first",
    "weights": ["disputing:0", "worry:2"],
    "costs": ["phone:9:12", "refund:50:100"],
    "frequency_low": 1,
    "frequency_high": 3,
    "sign": "easy_to_reach",
    "hall": "shame",
    "kept": "broken",
    "shown": "not shown",
    "story": "ao-laptop",
    "lesson": "for-the-sake-of",
    "search": "laptop",
    "min_stories": 1,
    "most": 3,
}


def needed(name: str) -> dict[str, Any]:
    return {parameter: SAMPLE[parameter] for parameter in find_question(name).needs}
