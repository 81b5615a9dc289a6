"""The choice that somebody most likely meant by a value that is none."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, utils
from rapidfuzz.process import extractOne

from cxdata.text.formatting import truncate

LIKELY = 65  # of 100: 'fone' is 67 from 'phone', 'Twitter' 62 from 'letter'
SURE = 85  # all but a letter, or a word or a piece of it
ALIKE = 80  # a letter in five
PIECE = 3  # letters with which a piece of a name begins to say which
LONGEST = 100  # letters of a value that are looked at
NEGATED = re.compile(r"\b(no|not|never|without|\w+n t)\b")  # 'won't' has become 'won t'


def suggest(value: str, choices: Iterable[str]) -> str | None:
    """The choice written most like the value, or named most like it where choices map to their names; else None.

    Case and punctuation do not count; words in another order, a word or a piece of a name count for a little less. What
    is negated is nothing like what is not.
    """
    scored = _scored(value, choices)
    best = max(scored, key=scored.__getitem__, default=None)
    return best if best is not None and scored[best][0] >= LIKELY else None


def suggest_certain(value: str, choices: Iterable[str]) -> str | None:
    """The one choice that may be made for somebody, who looks at it; None where several have as much of the value."""
    scored = {choice: likeness for choice, (likeness, _) in _scored(value, choices).items() if likeness >= SURE}
    best = [choice for choice, likeness in scored.items() if likeness == max(scored.values())]
    return best[0] if len(best) == 1 else None


def suggest_close(value: str, choices: Iterable[str], alike: float = ALIKE) -> str | None:
    """The choice that is written almost as the value is, to so many of 100, whatever the case; None where none is."""
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
    """How much a value is like a choice, and letter by letter, which tells apart the choices that share a word."""
    letters = fuzz.ratio(asked, choice)
    if bool(NEGATED.search(asked)) != bool(NEGATED.search(choice)):
        return 0, letters
    likeness = [letters, 0.95 * fuzz.token_sort_ratio(asked, choice)]
    if min(len(asked), len(choice)) >= PIECE:
        likeness.append(0.9 * fuzz.token_set_ratio(asked, choice))
        # from within a word any letters come out: 'other' of 'letter', 'form' of 'information'
        if any(word.startswith(asked) or word.endswith(asked) for word in choice.split()):
            likeness.append(88)
    return max(likeness), letters


MOST_NAMED = 100  # choices that an error lists whole; of more it lists MOST_FIRST

MOST_FIRST = 20


def format_choices(value: str, choices: Iterable[str], owner: str, number: int | None = None) -> str:
    """The value and what would have been right: the nearest choice first, then all of them.

    Of very many the first are named; `number` is how many there are, where not all choices are given.
    """
    known = list(choices)
    number = number or len(known)
    near = suggest(value, known)
    hint = f" (did you mean {near}?)" if near else ""
    named = known if number <= MOST_NAMED else known[:MOST_FIRST]
    more = f" and {number - len(named):,} more" if number > len(named) else ""
    return f"{truncate(value)!r}{hint}; {owner} has: {', '.join(named) or 'nothing yet'}{more}"
