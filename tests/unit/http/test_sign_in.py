"""The page to open after sign-in is a page of this dashboard, whatever an address asks for."""

import pytest

from cxdata.http.gate.sign_in import LONGEST, read_next


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("/cx/stories?company=AO.com&touchpoint=phone", "/cx/stories?company=AO.com&touchpoint=phone"),
        ("/cx/stories?search=caf%C3%A9%20%2F%2Fx", "/cx/stories?search=caf%C3%A9%20%2F%2Fx"),
        ("/cx/", "/cx/"),
        ("/cx", "/cx"),
        ("/cx/?next=//evil.example", "/cx/?next=//evil.example"),
        ("", "/cx/"),
        ("stories", "/cx/"),
        ("/stories", "/cx/"),
        ("/cxevil/stories", "/cx/"),
        ("//evil.example", "/cx/"),
        ("//evil.example/cx/", "/cx/"),
        ("/\\\\evil.example", "/cx/"),
        ("/\\evil.example/cx/", "/cx/"),
        ("\\/\\/evil.example", "/cx/"),
        ("https://evil.example/cx/", "/cx/"),
        ("https:/cx/", "/cx/"),
        ("javascript:alert(1)//cx/", "/cx/"),
        ("/cx/\r\nLocation: https://evil.example", "/cx/"),
        ("/cx/\tx", "/cx/"),
        (" /cx/", "/cx/"),
        ("/cx/../evil", "/cx/"),
        ("/cx/%2e%2e/evil", "/cx/"),
        ("/cx/auth/logout", "/cx/"),
        ("/cx/oauth2callback?state=x", "/cx/"),
        ("/cx/sign-in?next=/cx/", "/cx/"),
        ("/cx/_stcore/metrics", "/cx/"),
        ("/cx/stories?" + "x" * LONGEST, "/cx/stories"),
        ("/cx/" + "x" * LONGEST, "/cx/"),
    ],
)
def test_next_page_is_one_of_ours(asked: str, opened: str) -> None:
    assert read_next(asked, "/cx") == opened


def test_without_a_base_path_every_path_is_ours() -> None:
    assert read_next("/stories?company=AO.com") == "/stories?company=AO.com"
    assert read_next("//evil.example") == "/"
