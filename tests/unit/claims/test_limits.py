"""A limit in front of a claim: only where something is compared."""

import pytest

from cxdata.claims.claim import Claim, Kind


@pytest.mark.parametrize("kind", ["unknown", "none"])
def test_what_is_unknown_is_limited_to_nothing(kind: Kind) -> None:
    claim = Claim(kind, "Nobody has read these 2 stories for feelings").limited_to("Of the 15 companies shown")
    assert claim.headline == "Nobody has read these 2 stories for feelings"


def test_what_is_compared_keeps_its_limit() -> None:
    claim = Claim("counted", "6 of 9 contacts were avoidable").limited_to("Of the 15 companies shown")
    assert claim.headline == "Of the 15 companies shown: 6 of 9 contacts were avoidable"
