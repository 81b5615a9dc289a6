"""What failing customers costs: contacts that were avoidable, and pounds at assumed prices."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, name_all
from cxdata.text.formatting import format_count, format_number, format_pounds


@dataclass(frozen=True)
class Cost:
    """What failures cost a company per story, in GBP from `low` to `high`; None where nothing has a price.

    `is_open` is whether something that failed has no price yet. `stories` are all chosen stories of the company.
    """

    company: str
    low: float | None
    high: float | None
    stories: int
    is_open: bool


def claim_cost(companies: Sequence[Cost]) -> Claim:
    """Give the cost per story at the company that comes first, and at all with the same cost.

    `companies` are ordered from the highest cost to the lowest.
    """
    stories = sum(each.stories for each in companies)
    priced = [(each, each.low, each.high) for each in companies if each.low is not None and each.high is not None]
    if not priced:
        return Claim(
            "unknown", "Nothing here has a price: enter what a contact, parcel or order costs", stories=stories
        )
    _, low, high = priced[0]
    equal = [each for each, its_low, its_high in priced if (its_low, its_high) == (low, high)]
    names = tuple(each.company for each in equal)
    cost = f"{format_pounds(low, high)}{agree(len(equal), '', ' each')}"
    before = ", before lost orders" if any(each.is_open for each in equal) else ""
    sentence = (
        f"This failure costs {names[0]} {cost}{before}"
        if stories == 1
        else f"Failures cost {name_all(names)} {cost} per story{before}"
    )
    return Claim("described", sentence, names, (low, high), stories)


def claim_contacts(avoidable: int, contacts: int, stories: int) -> Claim:
    """Count the avoidable contacts of all contacts, one or more, in so many stories."""
    sentence = (
        f"{format_number(avoidable)} of {format_count(contacts, 'contact')} {agree(avoidable, 'was', 'were')} avoidable"
        if contacts > 1
        else f"The one contact was {'' if avoidable else 'not '}avoidable"
    )
    return Claim("counted", sentence, (), (avoidable, contacts), stories)
