"""Words of other programs: those for no answer, and the names of countries."""

from functools import lru_cache

from cxdata.ingest.mapping.model import NO_ANSWER

NOTHING = frozenset({*NO_ANSWER, "none", "<na>", "<null>", "nat", "not known", "n/k", "no data", "(blank)", "(empty)"})
"""Words, in lower case, that fill a cell without an answer."""
LONGEST_NOTHING = max(map(len, NOTHING))

COUNTRIES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB",
    "u.k.": "GB", "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US", "united states of america": "US",
    "holland": "NL", "the netherlands": "NL", "south korea": "KR", "korea": "KR", "north korea": "KP", "russia": "RU",
    "turkey": "TR", "ivory coast": "CI", "cape verde": "CV", "macau": "MO", "deutschland": "DE", "españa": "ES",
    "italia": "IT", "österreich": "AT", "schweiz": "CH", "suisse": "CH", "belgië": "BE", "nederland": "NL",
    "polska": "PL", "brasil": "BR", "méxico": "MX", "uae": "AE", "the gambia": "GM", "the bahamas": "BS",
    "laos": "LA", "burma": "MM", "swaziland": "SZ", "palestine": "PS", "vatican": "VA", "kosovo": "XK",
    "republic of ireland": "IE", "eire": "IE",
}  # fmt: skip
"""Names and short forms that ISO 3166 does not list."""


@lru_cache(maxsize=10_000)
def country_code(text: str) -> str | None:
    """Return the two letters of a country by its name, or by its two or three letters in any case; None without one."""
    import pycountry  # noqa: PLC0415 - few tables have countries

    words = " ".join(text.split())
    known = COUNTRIES.get(words.casefold())
    if known:
        return known
    try:
        return str(pycountry.countries.lookup(words).alpha_2)
    except LookupError:
        pass
    bare = words.casefold().removeprefix("the ")
    return next((each.alpha_2 for each in pycountry.countries if each.name.partition(",")[0].casefold() == bare), None)
