"""Who makes a request: a person who has signed in, or whom a proxy in front of the server names in headers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

TRUE = (True, "true", "True", "1")


@dataclass(frozen=True)
class Identity:
    """A person by e-mail address, in lower case. Nobody may do anything with an address that is not verified."""

    email: str
    is_verified: bool


def read_identity(user: Mapping[str, Any], from_headers: Collection[str] = ()) -> Identity | None:
    """Return the person that Streamlit's `st.user` holds as a dict; None for a stranger.

    `from_headers` has the keys that come from headers of a proxy (server.trustedUserHeaders), which has verified them.
    A provider must say that it has verified an address: one that does not say so has not.
    """
    email = str(user.get("email") or "").strip().casefold()
    if not email or not ("email" in from_headers or user.get("is_logged_in")):
        return None
    is_vouched_for = "email" in from_headers and "email_verified" not in from_headers
    return Identity(email, is_vouched_for or user.get("email_verified") in TRUE)
