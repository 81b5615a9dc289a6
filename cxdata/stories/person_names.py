"""Comparison of two names of people, however they are typed, so that nobody signs off their own work.

It exists for records and as SQL; a test compares the two.
"""

import unicodedata

OWN_WORK = "also coded the story. Until somebody else has read it, it is a draft"
# marks without a width: they pad a name unseen, as blanks do
INVISIBLE = "Cf"


def is_same_person(one: str | None, other: str | None) -> bool:
    """Return whether both are given and differ only in case, blanks and how their letters are composed."""
    return one is not None and other is not None and _normalise_name(one) == _normalise_name(other)


def same_person_sql(one: str, other: str) -> str:
    """Return `is_same_person` as SQL over two columns or parameters; NULL where either is."""
    return f"({_bare_sql(one)} = {_bare_sql(other)})"


def _normalise_name(name: str) -> str:
    seen = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark) != INVISIBLE)
    return " ".join(seen.split()).lower()


def _bare_sql(name: str) -> str:
    seen = rf"regexp_replace(nfc_normalize({name}), '\p{{{INVISIBLE}}}', '', 'g')"
    return rf"trim(lower(regexp_replace({seen}, '[\s\x0b\x1c-\x1f\x{{85}}\pZ]+', ' ', 'g')))"
