"""What became of promises: how many were broken, refused first and then kept, or kept, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, all_of, capitalise, name_all, these_stories
from cxdata.text.formatting import format_count, format_number


@dataclass(frozen=True)
class Promises:
    """The promises of a company in so many stories, by their end; `late` were refused first, then kept."""

    company: str
    broken: int
    late: int
    kept: int
    unclear: int
    stories: int


def claim_promises(companies: Sequence[Promises]) -> Claim:
    """Count the broken promises of those with a known end, else say that none was, and name the companies."""
    stories = sum(each.stories for each in companies)
    broken, late, kept, unclear = (
        sum(getattr(each, end) for each in companies) for end in ("broken", "late", "kept", "unclear")
    )
    known = broken + late + kept
    if not known:
        promises = "the promise was kept" if unclear == 1 else f"the {format_number(unclear)} promises were kept"
        sentence = f"{capitalise(these_stories(stories))} {agree(stories, 'does', 'do')} not say whether {promises}"
        return Claim("unknown", sentence, (), (unclear,), stories)
    number, end = (broken, "broken") if broken else (late, "late") if late else (kept, "kept")
    by = tuple(each.company for each in companies if getattr(each, end))
    who = name_all(by)
    if broken:
        some = f"{format_number(number)} of {format_count(known, 'promise')}"
        if number == known:
            some = "The one promise" if known == 1 else f"{capitalise(all_of(known))} promises"
        sentence = f"{some} {agree(number, 'was', 'were')} broken, by {who}"
    elif known == 1:
        sentence = f"The one promise was {'refused first, then kept' if late else 'kept'}, by {who}"
    else:
        some = all_of(known) if number == known else f"{format_number(number)} of {format_number(known)}"
        sentence = f"No promise was broken: {who} kept {some}{' after refusing first' if late else ''}"
    # promises with an unknown end are none of these, so that they are counted beside
    note = f"{format_number(unclear)} more with no known end" if unclear else ""
    figures = (number, known, unclear) if unclear else (number, known)
    return Claim("counted", sentence, by, figures, stories, note=note)
