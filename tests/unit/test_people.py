"""Lists of people in the settings."""

import pytest

from cxdata.errors import SettingsError
from cxdata.settings import People, get_settings


def test_a_list_takes_addresses_names_and_whole_domains() -> None:
    people = People.parse("Ann Reader <Ann@Example.org>, bob@example.org,, *@acme.example ,")
    assert people.addresses == ("ann@example.org", "bob@example.org", "*@acme.example")
    assert people.names == (("ann@example.org", "Ann Reader"),)
    assert [people.includes(each) for each in ("ann@example.org", "anybody@acme.example")] == [True, True]


@pytest.mark.parametrize("address", ["eve@example.org", "a@b.acme.example", "a@evil-acme.example", "*@example.org", ""])
def test_a_list_includes_nobody_else(address: str) -> None:
    assert not People.parse("ann@example.org, *@acme.example").includes(address)


@pytest.mark.parametrize("wrong", ["ann", "@example.org", "ann@*", "*", "Ann Reader"])
def test_a_list_refuses_what_is_no_address(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_EDITORS", wrong)
    with pytest.raises(SettingsError, match=r"CXDATA_EDITORS: .*is no e-mail address"):
        get_settings()
