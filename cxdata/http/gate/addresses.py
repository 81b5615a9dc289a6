"""The addresses and the role that each needs. Every address that is not listed here is for readers alone."""

from collections.abc import Mapping

from cxdata.access.roles import Role

NEEDED: Mapping[str, Role] = {
    # of machines that watch the server
    "/healthz": Role.STRANGER,
    "/livez": Role.STRANGER,
    "/readyz": Role.STRANGER,
    "/_stcore/health": Role.STRANGER,
    "/metrics": Role.STRANGER,  # it asks for a token of its own
    # of the page that asks for sign-in: scripts, fonts and the icon, which are the same for everybody
    "/static/": Role.STRANGER,
    "/app/static/": Role.STRANGER,
    "/favicon.png": Role.STRANGER,
    # of sign-in itself
    "/sign-in": Role.STRANGER,
    "/auth/login": Role.STRANGER,
    "/auth/logout": Role.STRANGER,
    "/oauth2callback": Role.STRANGER,
    # each of these is a view that an editor has opened to everybody
    "/public/": Role.STRANGER,
    # of people who answer for the server, also where everybody reads
    "/audit-log.csv": Role.ADMINISTRATOR,
}
"""The lowest role of each address, below the base path. A slash at the end covers all addresses below."""

REVALIDATED = ("/chart/", "/embed/", "/pack.", "/feed")
"""Addresses whose answers a browser keeps for its own reader and asks for again; it keeps no other answer."""


def needed_role(path: str) -> Role:
    """Return the lowest role that may have an address, a path below the base path."""
    if ".." in path or "\\" in path:  # no way round the list, whatever resolves the path later
        return Role.READER
    if path in NEEDED:
        return NEEDED[path]
    below = [role for prefix, role in NEEDED.items() if prefix.endswith("/") and path.startswith(prefix)]
    return max(below, default=Role.READER)
