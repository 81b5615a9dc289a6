"""The codebook as tables: every code with its description, weights, reason, source and reviewer."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from cxdata.codebook.codes import Code, load_codebook
from cxdata.text.formatting import format_count, format_number
from pages.method.sections import section_header
from pages.ui.cache import cached
from pages.ui.markup import show_html

ABOUT = {
    "drivers": ("Effort types", "what a customer had to do or bear that the job did not need"),
    "touchpoints": ("Touchpoints", "where company and customer meet"),
    "emotions": ("Emotions", "what a story can name"),
    "feelings": ("Feelings", "the anchors of the scale from −5 to +5"),
    "signs": ("The six signs", "what customer advocates say a caring company does"),
    "jobs": ("Jobs", "what the customer wanted done"),
    "stages": ("Stages", "of a customer’s journey"),
    "kinds": ("Kinds of story", "who speaks, and why"),
    "outcomes": ("Outcomes", "how a story ended"),
    "loyalty": ("Loyalty", "what the customer says they will do"),
    "themes": ("Themes", "groups of effort types, by what keeps the customer busy"),
    "weightings": ("Weightings", "other weights for the effort types, to test which findings hold"),
    "costs": ("Costs", "what one contact, parcel or order costs a company"),
}
HEADERS = {
    "basis": "what the minutes rest on",
    "ceiling_of": "ceiling for one time or a story",
    "ceiling_points": "ceiling (points)",
    "channel": "channel",
    "checked_by": "checked by",
    "checked_on": "checked on",
    "code": "code in files",
    "description": "meaning",
    "driver": "effort type",
    "factor": "points times",
    "failure_demand": "avoidable contact",
    "hassle_points": "hassle (points)",
    "high": "to (£)",
    "high_minutes": "minutes to try: high",
    "is_contact": "staff must answer",
    "is_resolved": "resolved",
    "is_unanswered": "nobody answers",
    "kind": "to do or to feel",
    "label": "name",
    "low": "from (£)",
    "low_minutes": "minutes to try: low",
    "minute_share": "share of minutes counted",
    "reason": "reason",
    "refund_at_risk": "refund at risk",
    "source": "source",
    "source_kinds": "kinds of source",
    "theme": "group",
    "usual_minutes": "usual minutes",
    "valence": "good or bad",
    "year": "year of the price",
}
OWN_HEADERS = {("costs", "basis"): "price of one", ("feelings", "code"): "feeling"}
LABELLED = {"theme": "themes", "driver": "drivers"}  # fields that hold a code of another table
PRICES = ("low", "high")  # pounds and pence
WORDS = {"do": "to do", "feel": "to feel", "time": "one time"}
LONG = {"description", "reason", "source"}
LAST = ("description", "reason", "source", "code", "checked_by", "checked_on")


def show_codebook() -> None:
    """Show all tables of the codebook, each folded."""
    show_html(cached(_codebook))


def _codebook() -> str:
    tables = load_codebook().tables
    # tables without an entry in ABOUT come last
    listed = sorted(tables, key=lambda name: list(ABOUT).index(name) if name in ABOUT else len(ABOUT))
    return (
        f'<div class="cx-codes">{section_header("codebook")}<p class="cx-subtitle">Everything we look for in a'
        " story. Each code has its source, and who checked it when. Click a table to open it.</p>"
        f"{''.join(_table(name, tables[name]) for name in listed)}</div>"
    )


def _table(name: str, codes: Mapping[str, Code]) -> str:
    title, about = ABOUT.get(name, (name.replace("_", " ").capitalize(), ""))
    fields = type(next(iter(codes.values()))).model_fields
    # the code of a feeling is its value, so it comes first
    first = ("code", "label") if name == "feelings" else ("label",)
    middle = [field for field in fields if field not in (*first, *LAST, "position")]
    order = [field for field in dict.fromkeys((*first, *middle, *LAST)) if field in fields]
    heads = "".join(f'<th scope="col">{_heading(name, field)}</th>' for field in order)
    body = "".join(
        f"<tr>{''.join(_cell(field, getattr(code, field)) for field in order)}</tr>" for code in codes.values()
    )
    return (
        f"<details><summary>{title} <small>{format_count(len(codes), 'code')}: {about}</small></summary>"
        f'<div class="cx-scroll" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _heading(table: str, field: str) -> str:
    return OWN_HEADERS.get((table, field)) or HEADERS.get(field, field.replace("_", " "))


def _cell(field: str, value: Any) -> str:
    if field == "label":
        return f'<th scope="row">{escape(value)}</th>'
    if field == "code":
        return f"<td><code>{escape(value)}</code></td>"
    if field in LONG:
        return f'<td class="cx-long">{escape(value)}</td>'
    return f"<td>{_short(field, value)}</td>"


def _short(field: str, value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "–", True: "yes", False: "no"}[value]
    if isinstance(value, float):
        return f"{value:.2f}" if field in PRICES else format_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if field in LABELLED:
        return escape(load_codebook().tables[LABELLED[field]][value].label)
    words = WORDS.get(value, value) if field in ("kind", "ceiling_of") else value
    return escape(str(words).replace("_", " "))
