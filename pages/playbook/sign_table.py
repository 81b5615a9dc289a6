"""The table of companies and the six signs that each shows."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from cxdata.claims.halls import COMPANY_PLACES
from cxdata.questions.ask import Value
from cxdata.questions.rows import SignsByCompanyRow
from cxdata.text.formatting import format_count
from pages.ui.cache import cached, published, rows
from pages.ui.links import stories_link
from pages.ui.markup import show_html

MOST = 40  # companies in the table; the filter shows the others


def show_sign_table(company: str | None, kind: dict[str, Value]) -> None:
    """Show a headline, the table and its caution; show nothing if there is no story."""
    html = cached(_table, company, **kind)
    if html:
        show_html(html)


def _table(company: str | None, **kind: Value) -> str:
    found = rows("signs_by_company", **kind, companies=(company,) if company else None, most=MOST)
    if not found:
        return ""
    companies = [list(group) for _, group in groupby(found, key=lambda row: row["company"])]
    without_signs = found[0]["company_count"] - found[0]["telling_count"]
    if found[0]["company_count"] > MOST and found[0]["telling_count"]:
        companies = companies[: found[0]["telling_count"]]
    heads = "".join(f'<th scope="col">{escape(row["sign_label"])}</th>' for row in companies[0])
    body = "".join(_company(signs, kind) for signs in companies)
    rest = _rest(found[0]["company_count"] - len(companies), without_signs)
    return (
        f'<h2 class="cx-headline">{escape(_headline(company, kind))}</h2>'
        f'<p class="cx-subtitle">Who showed which of the six signs of care, the best experience first</p>'
        f'<div class="cx-scroll cx-grid" tabindex="0" role="region" aria-label="Signs by company"><table>'
        f'<thead><tr><th scope="col">Company</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        '<p class="cx-note">If a story does not mention a sign, we mark it unknown. The signs come from the '
        "Apple story, so it is no surprise that Apple shows all of them. A company is rated from 5 stories."
        f"{rest}</p>"
    )


def _rest(more: int, without_signs: int) -> str:
    """Describe the companies that the table omits, and how to find them."""
    if not more:
        return ""
    others = format_count(more, "other company", "other companies")
    return (
        f" No story of {others} mentions a sign." if more == without_signs else f" The filter above leads to {others}."
    )


def _headline(company: str | None, kind: dict[str, Value]) -> str:
    """Say how many of the signs that stories mention were shown, by hall or for a single company."""
    if company:
        shown, known = _count_shown(rows("signs_by_company", **kind, companies=(company,)))
        if not known:
            return f"The stories of {company} mention no sign of care"
        if shown == known:
            return f"{company} showed {'the 1 sign' if known == 1 else f'all {known:,} signs'} that its stories mention"
        return f"{company} showed {shown or 'none'} of {format_count(known, 'sign')} that its stories mention"
    return published("signs", **kind).headline


def _count_shown(found: Sequence[SignsByCompanyRow]) -> tuple[int, int]:
    shown = sum(row["shown_count"] for row in found)
    return shown, shown + sum(row["not_shown_count"] for row in found)


def _company(signs: Sequence[SignsByCompanyRow], kind: dict[str, Value]) -> str:
    first = signs[0]
    tone = f' class="cx-{first["hall"]}-text"' if first["hall"] in ("fame", "shame") else ""
    link = escape(stories_link(kind | {"company": first["company"]}))
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self">{escape(first["company"])}</a>'
        f"<small><span{tone}>{COMPANY_PLACES[first['hall']]}</span> ·"
        f" {format_count(first['story_count'], 'story')}</small></th>"
        f"{''.join(_cell(row, kind) for row in signs)}</tr>"
    )


def _cell(row: SignsByCompanyRow, kind: dict[str, Value]) -> str:
    known = row["shown_count"] + row["not_shown_count"]
    if not known:
        return '<td class="cx-untold"><span>unknown</span></td>'
    words = f" in {row['shown_count']:,} of {known:,}" if known > 1 else ""
    if not row["shown_count"]:
        answer, label = "not shown", "not shown" + words.replace(" 0 of", "")
    elif not row["not_shown_count"]:
        answer, label = "shown", "shown" + words
    else:
        return f'<td class="cx-partly">{_link(row, None, "shown" + words, kind)}</td>'
    return f'<td class="cx-{answer.replace(" ", "-")}">{_link(row, answer, label, kind)}</td>'


def _link(row: SignsByCompanyRow, shown: str | None, words: str, kind: dict[str, Value]) -> str:
    link = escape(stories_link(kind | {"company": row["company"], "sign": row["sign"], "shown": shown}))
    return f'<a href="{link}" target="_self">{words}</a>'
