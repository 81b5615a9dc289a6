"""Who leads: companies compared by the mean of a measure, from the stories that were read for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cxdata.claims.claim import Claim, Kind
from cxdata.claims.further import say_further
from cxdata.claims.grammar import capitalise, dealings_with, name_all, points, shown, these_stories
from cxdata.statistics.comparison import MIN_STORIES, find_leader, find_leader_in_scope
from cxdata.statistics.summaries import Sample, Summary, summarise_all
from cxdata.text.formatting import format_number


@dataclass(frozen=True)
class Measured:
    """The words of a measure that companies are compared by."""

    noun: str
    """The measure: 'effort'."""
    most: str
    """What the leader does: 'the most effort'."""
    figure: Callable[[float], str]
    """Writes a value with its unit."""


EFFORT = Measured("effort", "the most effort", points)


def claim_leader(samples: Mapping[str, Sample], measured: Measured = EFFORT) -> Claim:
    """Claim which company has the highest mean, or describe the means where no order holds.

    `samples` has the values of each company's stories, None for a story not read for the measure, or their Summary.
    """
    verdict = find_leader(samples)
    if verdict.kind == "described only" and verdict.reason == "no test":
        # companies with too few stories to test stand aside where two others remain, and the sentence says so
        within = find_leader_in_scope(samples)
        verdict = within if within.kind == "superlative" else verdict
    summaries = {name: summary for name, summary in summarise_all(samples).items() if summary}
    stories = sum(summary.count for summary in summaries.values())
    if verdict.kind == "unknown":
        return Claim("unknown", f"Nobody has read these stories for {measured.noun}")
    if not any(shown(summary.mean) for summary in summaries.values()):
        # what one customer reports stays a report, of nothing too
        kind: Kind = "one story" if stories == 1 else "none"
        subjects = tuple(summaries) if stories == 1 else ()
        return Claim(kind, f"No {measured.noun} was found in {these_stories(stories)}", subjects, stories=stories)
    leaders = verdict.leaders
    lead = summaries[leaders[0]]
    figure = measured.figure(lead.mean)
    if verdict.kind == "superlative":
        of = f" of the {format_number(len(verdict.compared))} companies compared" if verdict.outside else ""
        return Claim(
            "superlative",
            f"{leaders[0]} takes {measured.most}{of}: {figure} per story",
            leaders,
            (lead.mean, len(verdict.compared)),
            sum(summaries[name].count for name in verdict.compared),
            note=f"companies with under {MIN_STORIES} stories are not compared" if verdict.outside else "",
        )
    if verdict.kind == "tied":
        return _tied(leaders, summaries, measured, stories)
    open_claim = (
        _one_story(leaders[0], summaries, measured)
        if verdict.kind == "one story"
        else _described(summaries, measured, stories)
    )
    return replace(open_claim, further=_say_further(leaders[0], verdict.against, summaries))


def _say_further(leader: str, against: tuple[str, ...], summaries: Mapping[str, Summary]) -> str:
    """Say what it may take to tell the leader from the next company, of those against it if there are any."""
    others = [name for name in against if name != leader] or [name for name in summaries if name != leader]
    if not others:
        return ""
    following = max(others, key=lambda name: summaries[name].mean)
    return say_further(leader, summaries[leader], following, summaries[following])


def _one_story(name: str, summaries: Mapping[str, Summary], measured: Measured) -> Claim:
    """Say what the one story of the leader took, and that no other took more where that is so."""
    took = summaries[name].mean
    stories = sum(summary.count for summary in summaries.values())
    others = [summary.largest for other, summary in summaries.items() if other != name]
    figure = measured.figure(took)
    if others and all(shown(largest) < shown(took) for largest in others):
        sentence = f"{dealings_with(name)} took {measured.most} of these {format_number(stories)}: {figure}"
    else:
        sentence = f"{dealings_with(name)} took {figure} of {measured.noun}"
    return Claim("one story", sentence, (name,), (took,), stories if others else 1)


def _tied(leaders: tuple[str, ...], summaries: Mapping[str, Summary], measured: Measured, stories: int) -> Claim:
    """Name those with equal means as shown; nothing is said of the rest."""
    mean = summaries[leaders[0]].mean
    lone = all(summaries[name].count == 1 for name in leaders)
    figure = f"{measured.figure(mean)} of {measured.noun}"
    among = "both" if len(leaders) == 2 else "each"
    sentence = (
        f"Dealings with {name_all(leaders)} each took one customer {figure}"
        if lone
        else f"{name_all(leaders)} {among} took {figure} per story"
    )
    return Claim("tied", sentence, leaders, (mean,), stories)


def _described(summaries: Mapping[str, Summary], measured: Measured, stories: int) -> Claim:
    """Give the lowest and the highest mean, or the one there is."""
    ordered = sorted(summaries.items(), key=lambda each: (each[1].mean, each[0]))
    (low_name, low), (high_name, high) = ordered[0], ordered[-1]
    if len(ordered) == 1:
        took = measured.figure(high.mean)
        sentence = f"Dealings with {high_name} took {took} of {measured.noun} on average in {these_stories(high.count)}"
        return Claim("described", sentence, (high_name,), (high.mean,), high.count)
    is_mean = any(summary.count > 1 for summary in summaries.values())
    noun = f"Mean {measured.noun}" if is_mean else capitalise(measured.noun)
    # the unit follows the first figure, and not the second
    least, most = measured.figure(low.mean), measured.figure(high.mean).partition(" ")[0]
    sentence = f"{noun} runs from {least} per story ({low_name}) to {most} ({high_name})"
    return Claim("described", sentence, (low_name, high_name), (low.mean, high.mean), stories)
