"""Visitors: the person who makes a request, and the role that they have."""

import ipaddress
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from cxdata.access.identity import Identity, read_identity
from cxdata.access.roles import Role, find_role, is_local
from cxdata.settings import get_settings

PROXIES = "FORWARDED_ALLOW_IPS"
"""The environment variable by which the server itself knows its proxies: addresses and networks, with commas."""
THIS_MACHINE = "127.0.0.1,::1"
REWRITTEN_PORT = 0
"""The port of a client whom a proxy of PROXIES names; no connection has it."""


@dataclass(frozen=True)
class Visitors:
    """What the gate knows of visitors. The framework of the pages keeps the cookies, so it brings the functions.

    `read_user` returns what the cookies and headers of a request say of a person, as `read_identity` takes it.
    `user_headers` maps each header by which a proxy names a person to what it says. `is_ended` is true for a sign-in
    that was ended, `holds_local_key` for the cookies of the browser with the printed link.
    """

    read_user: Callable[[Headers], Mapping[str, Any]]
    user_headers: Mapping[str, str]
    is_ended: Callable[[Identity], bool]
    holds_local_key: Callable[[Mapping[str, str]], bool]

    def identify(self, scope: Scope) -> Identity | None:
        """Return the person of a request without headers of strangers; None for somebody who has not signed in."""
        return self.identify_by(Headers(scope=scope))

    def identify_by(self, headers: Headers) -> Identity | None:
        """Return the person whom these headers name."""
        person = read_identity(self.read_user(headers), tuple(self.user_headers.values()))
        return None if person is not None and self.is_ended(person) else person

    def role(self, person: Identity | None, cookies: Mapping[str, str]) -> Role:
        """Return the role of a person, or of the browser with these cookies."""
        settings = get_settings()
        if is_local(settings):
            return Role.ADMINISTRATOR if self.holds_local_key(cookies) else Role.READER
        return find_role(person, settings)

    def drop_forged(self, scope: Scope) -> Scope:
        """Take the headers that name a person out of a request, unless a proxy of ours has sent it; return it.

        It stays the same object: what counts requests, outside of this, reads the route that has answered from it.
        """
        if not self.user_headers or comes_from_proxy(scope):
            return scope
        names = {name.lower().encode("latin-1") for name in self.user_headers}
        scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in names]
        return scope


def comes_from_proxy(scope: Scope) -> bool:
    """Return whether a proxy of PROXIES has sent a request. Where that trusts everybody, it names nobody."""
    networks = _read_networks(os.environ.get(PROXIES, THIS_MACHINE))
    host, port = scope.get("client") or ("", 1)
    if not networks:
        return False
    return port == REWRITTEN_PORT or _is_within(str(host), networks)


def _is_within(host: str, networks: Collection[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)


@cache
def _read_networks(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the networks; none where one of them is not written as addresses."""
    try:
        return tuple(ipaddress.ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError:
        return ()
