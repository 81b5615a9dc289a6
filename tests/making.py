"""Small stories made by hand, so that a test's arithmetic fits into its comments."""

from datetime import date
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.stories import Story


def make_story(name: str, *encounters: dict[str, Any], company: str = "Acme", **told: Any) -> Story:
    """A published story; what is not given is the least a story must say."""
    record = {
        "story": name,
        "title": f"The tale of {name}",
        "job": "buy_a_laptop",
        "summary": "A tale.",
        "outcome": "resolved",
        "verdict": "none",
        "status": "published",
        "coder": "Coder A",
        "coded_on": date(2026, 11, 21),
        "reviewer": "Reader B",
        "reviewed_on": date(2026, 11, 21),
        "company": {"name": company, "sector": "Retail"},
        "source": {"id": "a-source", "title": "A source", "author": "A. Writer", "kind": "blog post"},
        "encounters": encounters or (step(),),
    }
    return Story.model_validate(record | told, context={"codebook": load_codebook()})


def step(feeling: int | None = None, *effort: dict[str, Any], **told: Any) -> dict[str, Any]:
    """An encounter with this feeling and these effort events."""
    record = {
        "touchpoint": "phone",
        "short": "A call",
        "summary": "A call.",
        "feeling": feeling,
        "started_by": "customer",
        "locator": "first paragraph",
        "effort": effort,
    }
    return record | told


def work(driver: str, **told: Any) -> dict[str, Any]:
    """An effort event; `times` and `minutes` where told."""
    return {"driver": driver, "evidence": "It is told."} | told


def make_many(number: int) -> list[Story]:
    """Stories of as many companies, unlike each other: famed, shamed, mixed and silent; with and without work."""
    drivers = ("repeat_contact", "disputing", "worry", "channel_switch", "split_delivery")
    touchpoints = ("phone", "website", "email", "delivery", "live_chat", "refund", "product")
    kept = ("kept", "broken", "unclear", "exceeded")
    stories = []
    for n in range(number):
        feelings = [None, None] if n % 5 == 4 else [(n * 3) % 11 - 5, (n * 7) % 11 - 5]
        effort = [work(drivers[(n + k) % 5], times=k + 1, minutes=float(n) if k else None) for k in range(n % 4)]
        stories.append(
            make_story(
                f"tale-{n}",
                step(feelings[0], *effort, touchpoint=touchpoints[n % 7]),
                step(feelings[1], touchpoint=touchpoints[(n + 3) % 7], demand="failure"),
                step(None, job="return_a_laptop"),
                company=f"A company with quite a long name, number {n}",
                verdict=("fame", "shame", "none")[n % 3],
                promises=[{"claim": f"Claim {n}", "kept": kept[n % 4], "evidence": "Told.", "locator": "end"}]
                * (n % 3),
                signs=[{"sign": "easy_to_reach", "shown": (True, False, None)[n % 3]}],
            )
        )
    return stories
