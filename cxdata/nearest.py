"""The choice that somebody most likely meant by a value that is none."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, utils
from rapidfuzz.process import extractOne

LIKELY = 65  # of 100: 'fone' is 67 from 'phone', 'Twitter' 62 from 'letter'
ALIKE = 80  # a letter in five
PIECE = 3  # letters with which a piece of a name begins to say which
LONGEST = 100  # letters of a value that are looked at


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """The choice written most like the value, or named most like it where choices map to their names; else None.

    Case and punctuation do not count; words in another order, a word or a piece of a name count for a little less.
    """
    asked = _plain(value[:LONGEST])
    best, found = float(LIKELY), None
    for choice in choices:
        written = {choice, str(choices[choice])} if isinstance(choices, Mapping) else {choice}
        score = max(_likeness(asked, _plain(each)) for each in written)
        if score > best or (score == best and found is None):
            best, found = score, choice
    return found


def almost(value: str, choices: Iterable[str], alike: float = ALIKE) -> str | None:
    """The choice that is written almost as the value is, to so many of 100, whatever the case; None where none is."""
    found = extractOne(value, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=alike)
    return found[0] if found else None


def _plain(text: str) -> str:
    return utils.default_process(text.replace("_", " "))


def _likeness(asked: str, choice: str) -> float:
    likeness = [fuzz.ratio(asked, choice), 0.95 * fuzz.token_sort_ratio(asked, choice)]
    if min(len(asked), len(choice)) >= PIECE:
        likeness.append(0.9 * fuzz.token_set_ratio(asked, choice))
        if len(asked) <= len(choice):
            likeness.append(0.88 * fuzz.partial_ratio(asked, choice))
    return max(likeness)
