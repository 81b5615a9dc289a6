"""Claims about the cost of failures and avoidable contacts."""

import pytest

from cxdata.claims.fixes import Cost, claim_contacts, claim_cost


@pytest.mark.parametrize(
    ("companies", "kind", "headline"),
    [
        (
            [("A", None, None, 3, True)],
            "unknown",
            "Nothing here has a price: enter what a contact, parcel or order costs",
        ),
        ([("A", 5.5, 5.5, 1, False)], "described", "At the prices assumed, one story of A cost £5.50"),
        # the cost is that of one story, and not of all together
        ([("A", 5.5, 8.0, 3, False)], "described", "At the prices assumed, failures cost £5.50 to 8.00 per story of A"),
        (
            [("A", 5.5, 8.0, 1, True), ("B", 5.5, 8.0, 1, False), ("C", 1.0, 2.0, 1, False)],
            "described",
            "At the prices assumed, stories of A and B cost £5.50 to 8.00 each",
        ),
    ],
)
def test_cost_is_given_per_story_at_the_company_that_comes_first(
    companies: list[tuple[str, float | None, float | None, int, bool]], kind: str, headline: str
) -> None:
    claim = claim_cost([Cost(*company) for company in companies])
    assert (claim.kind, " ".join(claim.headline.split())) == (kind, headline)
    assert claim.stories == sum(company[3] for company in companies)


@pytest.mark.parametrize(
    ("avoidable", "contacts", "headline"),
    [
        (6, 9, "6 of 9 contacts were avoidable"),
        (1, 9, "1 of 9 contacts was avoidable"),
        (1, 1, "The one contact was avoidable"),
        (0, 1, "The one contact was not avoidable"),
    ],
)
def test_avoidable_contacts_are_counted(avoidable: int, contacts: int, headline: str) -> None:
    assert claim_contacts(avoidable, contacts, 4).headline == headline
