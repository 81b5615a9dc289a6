"""Matching: which of many titles a few words name, the best first."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

Found = TypeVar("Found")


def rank_matches(words: str, named: Iterable[tuple[Found, str, str]]) -> list[Found]:
    """Return what every word occurs in, the best first. Each is given with its title and with further text.

    The title alone is better than its beginning, and that better than the beginning of its words. Then come words
    within the title and in the text. Equals stay in their order.
    """
    asked = words.casefold().split()
    whole = " ".join(asked)
    if not asked:
        return []
    scored = []
    for thing, title, text in named:
        score = _score(asked, whole, title.casefold(), text)
        if score:
            scored.append((score, thing))
    return [thing for _, thing in sorted(scored, key=lambda each: -each[0])]


def _score(asked: Sequence[str], whole: str, title: str, text: str) -> int:
    if all(word in title for word in asked):
        if title == whole:
            return 5
        if title.startswith(whole):
            return 4
        begun = title.replace("-", " ").split()
        return 3 if all(any(each.startswith(word) for each in begun) for word in asked) else 2
    within = f"{title} {text.casefold()}" if text else title
    return 1 if text and all(word in within for word in asked) else 0
