"""Ids and file names made of words."""

import re
import unicodedata


def slugify(*words: str | None) -> str:
    """Return the words as an id: 'AO.com', 'A fight!' is ao-com-a-fight."""
    text = unicodedata.normalize("NFKD", " ".join(word or "" for word in words)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:80].strip("-")
