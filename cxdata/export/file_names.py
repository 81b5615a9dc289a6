"""File names of exports: chart, scope, day of the data, number of stories and size."""

import hashlib

from cxdata.export.origin.metadata import query_text
from cxdata.export.view import View
from cxdata.publish.charts import PublishedChart
from cxdata.publish.kinds import KIND, format_kind
from cxdata.text.slugs import slugify

LONGEST = 60  # characters for the scope
ANY_SIZE = ("html", "json", "csv", "xlsx", "zip")  # the same file at every preset


def file_name(published: PublishedChart, view: View, form: str) -> str:
    """Name a file, such as 'fame-and-shame_all_2026-11-21_8-customer-stories_blog@2x.png'."""
    picture = view.picture
    parts = [base_name(published, view)]
    if form not in ANY_SIZE:
        parts.append(picture.preset.name + (f"@{view.scale}x" if form == "png" else ""))
    if form not in ("csv", "xlsx"):
        parts += [picture.theme] if picture.theme != "light" else []
        parts += ["transparent"] if picture.is_transparent else []
        parts += ["plain"] if picture.is_plain else []
        parts += [picture.language] if picture.language != "en" else []
        parts += [f"only-{_shorten(picture.highlight)}"] if picture.highlight else []
    return f"{'_'.join(parts)}.{form}"


def base_name(published: PublishedChart, view: View) -> str:
    """Build the part of the name that all files of a view share.

    The day is the latest on which one of its stories was coded or reviewed. It says more than a version, and unlike
    today's date it does not change between two exports.
    """
    day = published.coded_on.isoformat() if published.coded_on else "undated"
    counted = list(published.kinds.items())
    stories = format_kind(counted[0][1], counted[0][0]) if len(counted) == 1 else f"{published.story_count} stories"
    return f"{_shorten(view.chart)}_{_describe_scope(view)}_{day}_{_shorten(stories.replace(',', ''))}"


def _shorten(text: str) -> str:
    """Reduce a text to lower-case letters, digits and hyphens, which every file system accepts."""
    return slugify(text) or hashlib.sha256(text.encode()).hexdigest()[:8]


def _describe_scope(view: View) -> str:
    said = []
    # the number of stories names their kind
    for name, value in sorted((name, value) for name, value in view.choices.items() if name != KIND):
        values = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        shown = "-".join(_shorten(each) for each in sorted(values))
        said.append(f"{name}-{shown}" if name in ("since", "until", "most", "min_stories") else shown)
    over = "-".join(said) or "all"
    if len(over) > LONGEST:
        over = f"{over[:LONGEST].rstrip('-')}-{hashlib.sha256(query_text(view).encode()).hexdigest()[:6]}"
    return over.replace("_", "-")
