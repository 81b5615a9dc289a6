"""Who makes a request: a person who has signed in, or whom a proxy in front of the server names in headers."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

TRUE = (True, "true", "True", "1")
OF_SIGN_IN = ("iss", "sub", "iat", "nonce")
"""Claims that together differ from one sign-in to the next."""


@dataclass(frozen=True)
class Identity:
    """A person by e-mail address, in lower case. Nobody may do anything with an address that is not verified.

    `sign_in` is a hash that tells one sign-in from the next; empty where a proxy names the person.
    """

    email: str
    is_verified: bool
    sign_in: str = ""


def read_identity(user: Mapping[str, Any], from_headers: Collection[str] = ()) -> Identity | None:
    """Return the person that Streamlit's `st.user` holds as a dict; None for a stranger.

    `from_headers` has the keys that come from headers of a proxy (server.trustedUserHeaders), which has verified them.
    A provider must say that it has verified an address: one that does not say so has not.
    """
    email = str(user.get("email") or "").strip().casefold()
    if not email or not ("email" in from_headers or user.get("is_logged_in")):
        return None
    if "email" in from_headers:
        is_verified = "email_verified" not in from_headers or user.get("email_verified") in TRUE
        return Identity(email, is_verified)
    return Identity(email, user.get("email_verified") in TRUE, _hash_sign_in(user))


def _hash_sign_in(user: Mapping[str, Any]) -> str:
    if not user.get("iat"):
        return ""  # every sign-in of the person would be the same one
    claims = json.dumps([user.get(claim) for claim in OF_SIGN_IN], default=str)
    return hashlib.sha256(claims.encode()).hexdigest()
