"""Of whom a story tells and where it is told: companies and sources that are known, or new ones."""

import streamlit as st

from cxdata.text.suggestions import suggest_close
from pages.add.story_form.fields import FieldScope, choice, text_field
from pages.add.story_form.form_state import NEW, ExistingNames
from pages.ui.escaping import escape_markdown


def show_company(at: FieldScope, known: ExistingNames) -> None:
    """The company: one of those known, or a new one with sector and country."""
    names = {NEW: "A new company", **{name: name for name in known.companies}}
    if choice(at, "company_choice", "Company", names) != NEW:
        return
    own = at.within("company", at.held["company"])
    _suggest_existing(text_field(own, "name", "Name of the company", most=80), known)
    sectors = sorted({company.sector for company in known.companies.values()})
    text_field(
        own,
        "sector",
        "Sector of the company",
        f"So far: {escape_markdown(', '.join(sectors))}." if sectors else None,
        most=60,
    )
    text_field(
        own, "country", "Country of the company, two letters", "Empty where the account does not say.", "GB", most=2
    )
    spellings = text_field(
        own, "spellings", "Other spellings of its name, with commas between", "By which it may be looked for.", most=400
    )
    own.held["aliases"] = [name.strip() for name in spellings.split(",") if name.strip()]


def show_source(at: FieldScope, known: ExistingNames) -> None:
    """Where the account stands: one of the sources known, or a new one."""
    titles = {NEW: "A new source", **{key: f"{source.author}: {source.title}" for key, source in known.sources.items()}}
    if choice(at, "source_choice", "Source", titles, said="The published piece in which the account stands.") != NEW:
        return
    own = at.within("source", at.held["source"])
    text_field(own, "title", "Title of the source")
    text_field(own, "author", "Author of the source", "Credited wherever the story is used.")
    text_field(own, "kind", "Kind of source", example="blog post")
    text_field(own, "publication", "Publication it stands in", "Empty where there is none.")
    text_field(
        own,
        "published",
        "Source published on",
        "A year, a month or a day; empty where it is not told.",
        "2017-12",
        most=10,
    )
    text_field(own, "url", "Address of the source", "Empty where there is none.", "https://", most=500)


def _suggest_existing(name: str, known: ExistingNames) -> None:
    spelled = {alias.lower(): each.name for each in known.companies.values() for alias in (each.name, *each.aliases)}
    near = spelled.get(name.strip().lower()) or suggest_close(name.strip(), known.companies)
    if name.strip() and near:
        st.warning(f"{escape_markdown(near)} is known already. If it is meant, choose it above.")
