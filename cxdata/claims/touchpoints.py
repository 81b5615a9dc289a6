"""What happened at touchpoints: feelings by hall and by company, effort, and the steps of one story."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, all_of, at_touchpoint, capitalise, name_all, points, shown, these_stories
from cxdata.text.formatting import format_number, format_signed


@dataclass(frozen=True)
class TouchpointFeeling:
    """A touchpoint with the mean feeling at it in each hall of stories, −5 to +5; None where no story states one.

    `stories` of the two halls pass it.
    """

    label: str
    fame: float | None
    shame: float | None
    stories: int


def claim_touchpoints(touchpoints: Sequence[TouchpointFeeling]) -> Claim:
    """Name the touchpoint at which the halls differ most in these stories, and all touchpoints of a tie."""
    compared = [
        (touchpoint, touchpoint.fame, touchpoint.shame)
        for touchpoint in touchpoints
        if touchpoint.fame is not None and touchpoint.shame is not None
    ]
    if not compared:
        return Claim("unknown", "No touchpoint has a known feeling in both halls")
    most = max(shown(abs(fame - shame)) for _, fame, shame in compared)
    widest = [each for each in compared if shown(abs(each[1] - each[2])) == most]
    labels = tuple(touchpoint.label for touchpoint, _, _ in widest)
    # one story can pass several touchpoints of a tie
    stories = max(touchpoint.stories for touchpoint, _, _ in widest)
    where = name_all([at_touchpoint(label) for label in labels])
    if not most:
        where = where if len(compared) == 1 else "at every touchpoint of both"
        return Claim("tied", f"Feelings are equal in the two halls {where}", labels, (0.0,), stories)
    by = _steps(most)
    if len(compared) == 1:
        _, fame, shame = compared[0]
        sentence = f"The halls can be compared only {where}: {_ends(fame, shame)}"
        return Claim("described", sentence, labels, (fame, shame), stories)
    if len(widest) == len(compared):
        return Claim("tied", f"Feelings in the two halls differ by {by} {where}", labels, (most,), stories)
    if len(widest) == 1:
        _, fame, shame = widest[0]
        sentence = f"In these stories feelings differ most {where}: {_ends(fame, shame)}"
        return Claim("described", sentence, labels, (fame, shame), stories)
    return Claim("tied", f"Feelings differ most {where}, by {by}", labels, (most,), stories)


def claim_one_hall(hall: str, stories: int) -> Claim:
    """Say that all stories are in one hall, `fame` or `shame`."""
    other = "shame" if hall == "fame" else "fame"
    return Claim("unknown", f"No story here is in the hall of {other} to compare with", stories=stories)


def _steps(steps: float) -> str:
    figure = format_number(steps)
    return f"{figure} {'step' if figure == '1' else 'steps'}"


def _ends(fame: float, shame: float) -> str:
    return f"fame {format_signed(fame)}, shame {format_signed(shame)}"


@dataclass(frozen=True)
class Cell:
    """A company at a touchpoint: its value there, None where no story states it, and the number of values behind it."""

    company: str
    label: str
    value: float | None
    count: int


def claim_effort_cells(cells: Sequence[Cell], stories: int) -> Claim:
    """Give the cell with most effort points per story, and all cells of a tie; it describes these stories."""
    most = max(shown(cell.value or 0) for cell in cells)
    if not most:
        return Claim("none", f"No effort was found at any touchpoint of {these_stories(stories)}", stories=stories)
    top = [cell for cell in cells if shown(cell.value or 0) == most]
    companies = tuple(dict.fromkeys(cell.company for cell in top))
    figure = f"{points(most)} per story"
    if len(top) == 1:
        sentence = f"{_the(top[0].label)} took {figure} at {top[0].company}"
    elif len(top) == 2:
        both = name_all([f"{_the(cell.label)} ({cell.company})" for cell in top])
        sentence = f"{capitalise(both)} each took {figure}"
    else:
        # of a tie all are named or none
        companies = ()
        sentence = f"{format_number(len(top))} places in this grid each took {figure}"
    return Claim("described", capitalise(sentence), companies, (most, len(top)), stories)


def claim_feeling_cells(cells: Sequence[Cell], stories: int, read: int) -> Claim:
    """Give the range of the mean feelings, with the cells at its ends; it describes these stories.

    `stories` pass the touchpoints, and `read` of them were read for feelings.
    """
    stated = [(cell, shown(cell.value)) for cell in cells if cell.value is not None]
    if not read:
        return Claim("unknown", f"Nobody has read {these_stories(stories)} for feelings", stories=stories)
    if not stated:
        which = capitalise(these_stories(read))
        if read < stories:
            which = f"The {agree(read, 'one story', f'{format_number(read)} stories')} read for feelings"
        sentence = f"{which} {agree(read, 'does', 'do')} not say how the customer felt"
        return Claim("unknown", sentence, stories=read)
    low, high = (end(value for _, value in stated) for end in (min, max))
    worst, best = ([cell for cell, value in stated if value == end] for end in (low, high))
    companies = tuple(dict.fromkeys(cell.company for cell in (*worst, *best)))
    is_mean = any(cell.count > 1 for cell in (*worst, *best))
    noun = "Mean feeling" if is_mean else "Feeling"
    if low == high:
        if len(stated) == 1:
            sentence = f"{noun} is {format_signed(high)} {at_touchpoint(best[0].label)} of {best[0].company}"
            return Claim("described", sentence, companies, (high,), stories)
        return Claim("tied", f"{noun} is {format_signed(high)} everywhere it is stated", (), (high,), stories)
    sentence = f"{noun} runs from {format_signed(low)} ({_named(worst)}) to {format_signed(high)} ({_named(best)})"
    return Claim("described", sentence, companies, (low, high, len(worst), len(best)), stories)


def _the(label: str) -> str:
    return at_touchpoint(label).removeprefix("at ")


def _named(cells: Sequence[Cell]) -> str:
    """Name one cell by company and touchpoint, of several their number."""
    if len(cells) == 1:
        return f"{cells[0].company}, {_the(cells[0].label).removeprefix('the ')}"
    return f"{format_number(len(cells))} places"


@dataclass(frozen=True)
class Moment:
    """A step of a story with its touchpoint and feeling, −5 to +5, None where the story does not state it."""

    step: int
    label: str
    feeling: float | None


def claim_journey(company: str, moments: Sequence[Moment], is_read: bool) -> Claim:
    """Say how one customer's feeling moved between its extremes; `is_read` is whether somebody looked for feelings."""
    stated = [(moment, moment.feeling) for moment in moments if moment.feeling is not None]
    if not is_read:
        return Claim("unknown", f"Nobody has read this story of {company} for feelings", (company,), (), 1)
    if not stated:
        sentence = f"This story of {company} does not say how the customer felt"
        return Claim("unknown", sentence, (company,), (), 1)
    # of equal feelings the later counts
    lowest, worst = min(reversed(stated), key=lambda each: each[1])
    highest, best = max(reversed(stated), key=lambda each: each[1])
    figures: tuple[float, ...] = (worst, best)
    if worst == best:
        figures = (best, len(stated))
        where = "the one step" if len(stated) == 1 else f"{all_of(len(stated))} steps"
        sentence = f"One customer of {company} felt {format_signed(best)} at {where} with a stated feeling"
    elif worst * best > 0:
        side, extreme, end = ("above", highest, best) if worst > 0 else ("below", lowest, worst)
        figures = (end,)
        reached = f"{format_signed(end)} {at_touchpoint(extreme.label)}"
        sentence = f"One customer’s feeling stayed {side} neutral at {company}, with {reached}"
    else:
        first, last = sorted((lowest, highest), key=lambda moment: moment.step)
        verb = "fell" if first is highest else "rose"
        before, after = (best, worst) if first is highest else (worst, best)
        sentence = (
            f"One customer’s feeling {verb} from {format_signed(before)} ({first.label.lower()})"
            f" to {format_signed(after)} ({last.label.lower()}) at {company}"
        )
    return Claim("one story", sentence, (company,), figures, 1)
