"""The page that somebody sees instead of the one they asked for, with the way to sign in."""

from collections.abc import Mapping
from html import escape

from cxdata.access.identity import Identity
from cxdata.charts.kit.theme import DARK, LIGHT, Theme


def _colours(theme: Theme) -> str:
    return f"--ground:{theme.background};--ink:{theme.ink};--quiet:{theme.quiet};--link:{theme.fame}"


STYLE = (
    ":root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
    '@font-face{{font-family:"CX Serif";font-weight:600;src:url({base}/app/static/CXSerif-Semibold.woff2)}}'
    '@font-face{{font-family:"CX Sans";src:url({base}/app/static/CXSans-Regular.woff2)}}'
    'body{{background:var(--ground);color:var(--ink);font:18px/1.5 "CX Sans",sans-serif;margin:0;padding:12vh 24px}}'
    'main{{max-width:32rem;margin:auto}}h1{{font:600 2.1rem/1.2 "CX Serif",serif;margin:0 0 .6rem}}'
    "p{{margin:0 0 1.4rem;overflow-wrap:anywhere}}"
    ".way{{display:inline-block;margin:0 .6rem .6rem 0;padding:.6rem 1.1rem;border-radius:4px;"
    "background:var(--link);color:var(--ground);text-decoration:none}}"
    ".way:focus-visible{{outline:3px solid var(--ink);outline-offset:2px}}"
)


def write_refusal(person: Identity | None, links: Mapping[str, str], sign_out: str, base: str = "") -> str:
    """Write the page. `links` has the address of each way to sign in, `sign_out` ends the sign-in of `person`."""
    if person is None:
        title = "Sign in to read this"
        words = "This dashboard is for people who sign in. After that you see the page that you asked for."
        ways = _write_ways(links) or (
            "<p>Open it by the address of your organisation. Nobody can sign in at this one.</p>"
        )
    else:
        title = "You may not read this"
        why = "which is not on the list of readers" if person.is_verified else "which your provider has not verified"
        words = f"You are signed in as {escape(person.email)}, {why}. Ask the people who run this dashboard."
        ways = f'<a class="way" href="{escape(sign_out)}">Sign in as somebody else</a>' if links else ""
    style = STYLE.format(light=_colours(LIGHT), dark=_colours(DARK), base=base)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><main><h1>{title}</h1><p>{words}</p>{ways}</main></body></html>"
    )


def _write_ways(links: Mapping[str, str]) -> str:
    label = "Sign in" if len(links) == 1 else "Sign in with {}"
    return "".join(
        f'<a class="way" href="{escape(address)}">{escape(label.format(name.capitalize()))}</a>'
        for name, address in links.items()
    )
