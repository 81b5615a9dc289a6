"""Suggestions: the choice that a writer most likely meant by an unknown value."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, utils
from rapidfuzz.process import extractOne

from cxdata.text.formatting import truncate

LIKELY = 65  # of 100: 'fone' is 67 from 'phone', 'Twitter' 62 from 'letter'
SURE = 85  # all but one letter, or a word or a part of it
ALIKE = 80  # one letter in five differs
PIECE = 3  # letters; a shorter part of a name identifies nothing
LONGEST = 100  # letters of a value that count
NEGATED = re.compile(r"\b(no|not|never|without|\w+n t)\b")  # default_process turns 'won't' into 'won t'


def suggest(value: str, choices: Iterable[str]) -> str | None:
    """Find the choice most similar to the value, or None. For a mapping of choices to names, compare the names too.

    Case and punctuation do not count. Words in another order, or a part of a name, score a little lower. A negated text
    is not similar to one without a negation.
    """
    scored = _scored(value, choices)
    best = max(scored, key=scored.__getitem__, default=None)
    return best if best is not None and scored[best][0] >= LIKELY else None


def suggest_nearest(value: str, choices: Iterable[str], most: int) -> list[str]:
    """Find up to `most` choices similar to the value, the most similar first."""
    scored = _scored(value, choices)
    near = [choice for choice, (likeness, _) in scored.items() if likeness >= LIKELY]
    return sorted(near, key=lambda choice: scored[choice], reverse=True)[:most]


def suggest_certain(value: str, choices: Iterable[str]) -> str | None:
    """Find the one choice to preselect for a person to check; None if several match equally."""
    scored = {choice: likeness for choice, (likeness, _) in _scored(value, choices).items() if likeness >= SURE}
    best = [choice for choice, likeness in scored.items() if likeness == max(scored.values())]
    return best[0] if len(best) == 1 else None


def suggest_close(value: str, choices: Iterable[str], alike: float = ALIKE) -> str | None:
    """Find the choice spelled almost as the value, with at least `alike` of 100, in any case; None if none is."""
    found = extractOne(value, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=alike)
    return found[0] if found else None


def _scored(value: str, choices: Iterable[str]) -> dict[str, tuple[float, float]]:
    asked = _plain(value[:LONGEST])
    names = choices if isinstance(choices, Mapping) else {}
    return {
        choice: max(_likeness(asked, _plain(each)) for each in (choice, str(names.get(choice, choice))))
        for choice in choices
    }


def _plain(text: str) -> str:
    return utils.default_process(text.replace("_", " "))


def _likeness(asked: str, choice: str) -> tuple[float, float]:
    """Score the similarity of a value and a choice, and that of their letters alone for choices that share a word."""
    letters = fuzz.ratio(asked, choice)
    if bool(NEGATED.search(asked)) != bool(NEGATED.search(choice)):
        return 0, letters
    likeness = [letters, 0.95 * fuzz.token_sort_ratio(asked, choice)]
    if min(len(asked), len(choice)) >= PIECE:
        likeness.append(0.9 * fuzz.token_set_ratio(asked, choice))
        # letters inside a word do not count: 'form' is no part of 'information'
        if any(word.startswith(asked) or word.endswith(asked) for word in choice.split()):
            likeness.append(88)
    return max(likeness), letters


MOST_NAMED = 100  # choices that an error lists in full; of more it lists MOST_FIRST

MOST_FIRST = 20


def format_choices(value: str, choices: Iterable[str], owner: str, number: int | None = None) -> str:
    """Say that a value is unknown, which choice is nearest, and which choices its owner has.

    Of very many choices it names the first; `number` is their count if `choices` has only some.
    """
    known = list(choices)
    number = number or len(known)
    near = suggest(value, known)
    hint = f" Did you mean {near}?" if near else ""
    named = known if number <= MOST_NAMED else known[:MOST_FIRST]
    more = f" and {number - len(named):,} more" if number > len(named) else ""
    owner = owner[0].upper() + owner[1:]
    return f"{truncate(value)!r} is unknown.{hint} {owner} has: {', '.join(named) or 'nothing yet'}{more}"
