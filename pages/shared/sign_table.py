"""Company by sign: who shows which of the six signs of a company that earns advocates."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from cxdata.words import count, listed
from pages.shared.data import built, rows
from pages.shared.links import stories_link

MOST = 40  # companies in the table; the filter leads to the others
HALLS = {"fame": "hall of fame", "shame": "hall of shame", "mixed": "between the halls", None: "no feeling told"}


def show_sign_table(company: str | None) -> None:
    """A headline, the table, and what it does not say; nothing where there is no story."""
    html = built(_table, company)
    if html:
        st.html(html)


def _table(company: str | None) -> str:
    found = rows("signs_by_company", companies=(company,) if company else None, most=MOST)
    if not found:
        return ""
    companies = [list(group) for _, group in groupby(found, key=lambda row: row["company"])]
    heads = "".join(f'<th scope="col">{escape(row["sign_label"])}</th>' for row in companies[0])
    body = "".join(_company(signs) for signs in companies)
    more = found[0]["company_count"] - len(companies)
    rest = f" The first {len(companies)} companies are shown, {more:,} more by the filter above." if more else ""
    return (
        f'<h2 class="cx-headline">{escape(_headline(companies))}</h2>'
        f'<p class="cx-subtitle">Who shows which of the six signs, the famed companies first</p>'
        f'<div class="cx-scroll cx-grid" tabindex="0" role="region" aria-label="Signs by company"><table>'
        f'<thead><tr><th scope="col">Company</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        f'<p class="cx-note">A sign that an account does not tell of is neither shown nor missing. The signs were '
        f"drawn "
        f"from the Apple account and are tried here on the others, so Apple showing them is where they come from and "
        f"no finding.{rest}</p>"
    )


def _headline(companies: Sequence[Sequence[dict[str, Any]]]) -> str:
    shown = {signs[0]["company"]: sum(row["shown_count"] > 0 for row in signs) for signs in companies}
    best = max(shown.values())
    without = [
        signs[0]["company"]
        for signs in companies
        if not shown[signs[0]["company"]] and any(row["not_shown_count"] for row in signs)
    ]
    said = []
    if best:
        top = [name for name, number in shown.items() if number == best]
        each = " each" if len(top) > 1 else ""
        of = f"all {count(best, 'sign')}" if best == len(companies[0]) else f"{best} of the {len(companies[0])} signs"
        said.append(f"{listed(top)} {'show' if len(top) > 1 else 'shows'} {of}{each}")
    if without:
        said.append(f"{listed(without)} {'show' if len(without) > 1 else 'shows'} none")
    return ", ".join(said) + " in the accounts told here" if said else "No account here tells of any of the signs"


def _company(signs: Sequence[dict[str, Any]]) -> str:
    first = signs[0]
    tone = f' class="cx-{first["hall"]}-text"' if first["hall"] in ("fame", "shame") else ""
    link = escape(stories_link({"company": first["company"]}))
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self">{escape(first["company"])}</a>'
        f"<small><span{tone}>{HALLS[first['hall']]}</span> · {count(first['story_count'], 'story')}</small></th>"
        f"{''.join(_cell(row) for row in signs)}</tr>"
    )


def _cell(row: dict[str, Any]) -> str:
    told = row["shown_count"] + row["not_shown_count"]
    if not told:
        return '<td class="cx-untold"><span>not told</span></td>'
    words = f" in {row['shown_count']:,} of {told:,}" if told > 1 else ""
    if not row["shown_count"]:
        kind, said = "not shown", "not shown" + words.replace(" 0 of", "")
    elif not row["not_shown_count"]:
        kind, said = "shown", "shown" + words
    else:
        return f'<td class="cx-partly">{_link(row, None, "shown" + words)}</td>'
    return f'<td class="cx-{kind.replace(" ", "-")}">{_link(row, kind, said)}</td>'


def _link(row: dict[str, Any], shown: str | None, words: str) -> str:
    link = escape(stories_link({"company": row["company"], "sign": row["sign"], "shown": shown}))
    return f'<a href="{link}" target="_self">{words}</a>'
