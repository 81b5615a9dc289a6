"""What files are called: the chart, what it is over, the day of its data, how many stories, and the size."""

import hashlib
import re
import unicodedata

from cxdata.export.metadata import query_text
from cxdata.export.view import View
from cxdata.publish.charts import PublishedChart

LONGEST = 60  # characters for what the chart is over
ANY_SIZE = ("html", "json", "csv", "zip")  # the same file at every preset


def file_name(published: PublishedChart, view: View, form: str) -> str:
    """'fame-and-shame_all_2026-11-21_8-stories_blog@2x.png'."""
    picture = view.picture
    parts = [base_name(published, view)]
    if form not in ANY_SIZE:
        parts.append(picture.preset.name + (f"@{view.scale}x" if form == "png" else ""))
    if form != "csv":
        parts += [picture.look] if picture.look != "light" else []
        parts += ["transparent"] if picture.is_transparent else []
        parts += ["plain"] if picture.is_plain else []
        parts += [picture.language] if picture.language != "en" else []
        parts += [f"only-{slugify(picture.highlight)}"] if picture.highlight else []
    return f"{'_'.join(parts)}.{form}"


def base_name(published: PublishedChart, view: View) -> str:
    """The part of the name that all files of a view share.

    The day is that on which the youngest of its stories was coded or read again: it says more than a version does, and
    unlike today's it is the same whenever the file is made.
    """
    day = published.coded_on.isoformat() if published.coded_on else "undated"
    told = f"{published.story_count}-{'story' if published.story_count == 1 else 'stories'}"
    return f"{slugify(view.chart)}_{_describe_scope(view)}_{day}_{told}"


def slugify(text: str) -> str:
    """Lower-case letters, digits and hyphens: a name that every file system takes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or hashlib.sha256(text.encode()).hexdigest()[:8]


def _describe_scope(view: View) -> str:
    said = []
    for name, value in sorted(view.choices.items()):
        values = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        shown = "-".join(slugify(each) for each in sorted(values))
        said.append(f"{name}-{shown}" if name in ("since", "until", "most", "min_stories") else shown)
    over = "-".join(said) or "all"
    if len(over) > LONGEST:
        over = f"{over[:LONGEST].rstrip('-')}-{hashlib.sha256(query_text(view).encode()).hexdigest()[:6]}"
    return over.replace("_", "-")
