"""Mapping by hand: the columns of an unknown table, with guesses that the editor can change."""

from collections.abc import Iterator, Sequence

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.ingest import FileInspection
from cxdata.ingest.mapping.manual import ColumnChoice, Origin, build_mapping, id_prefix
from cxdata.ingest.values.numbers import UNIT_CHOICES, Easy
from cxdata.text.formatting import join_list, truncate
from cxdata.text.suggestions import suggest_certain
from pages.ui.escaping import escape_label, escape_markdown

# (our column, its description) and, for a coded column, its table of the codebook
COLUMNS = (
    ("account", "the customer’s own words"),
    ("happened_on", "the date"),
    ("title", "a title"),
    ("story", "an id or number of each row"),
    ("country", "the country"),
)
CODED = (
    ("touchpoint", "the channel or touchpoint", "touchpoints"),
    ("outcome", "the outcome", "outcomes"),
    ("job", "what the customer wanted done", "jobs"),
)
MAY_BE_CODED = (
    ("feeling", "a rating, or how the customer felt", "feelings"),
    ("driver", "what the customer had to do or bear", "drivers"),
)
STARS = {"1": "-4", "2": "-2", "3": "0", "4": "2", "5": "4"}
SENTIMENTS = {
    "very negative": "-4", "negative": "-3", "bad": "-3", "neutral": "0", "mixed": "0", "positive": "3", "good": "3",
    "very positive": "4",
}  # fmt: skip
SCALES: dict[str, tuple[float, float]] = {
    "1 to 7": (1, 7), "1 to 5": (1, 5), "0 to 10": (0, 10), "1 to 10": (1, 10), "0 to 100": (0, 100)
}  # fmt: skip
EASY: dict[Easy, str] = {"high": "A high number means easy", "low": "A low number means easy"}
FILE_NAME = "{file}"
ROWS = {
    "accounts": "A customer’s own report: a review, an interview, a letter",
    "complaints": "A complaint that a customer filed",
}
NO_COLUMN = "(no column has it)"
MOST_NAMED = 8
EXAMPLES = 3  # values of a column that are shown


def show_manual_mapping(inspections: Sequence[FileInspection]) -> str | None:
    """Return the text of the mapping chosen here. While a choice is missing, say which and return None."""
    inspection = inspections[0]
    chosen: dict[str, ColumnChoice] = {}
    with st.container(border=True):
        kind = st.radio("What each row is", list(ROWS), index=None, format_func=ROWS.__getitem__, key="map-kind")
        collected_by = st.text_input(
            "Who collected them, as pages will show it", key="map-author", max_chars=150,
            placeholder="The complaint desk of …",
        ).strip()  # fmt: skip
        st.caption("Say what each column holds. If no column holds something, say it once for every row.")
        company = _column(inspection, "company", "the company")
        name = "" if company else _company_name(inspection)
        if company or name:
            chosen["company"] = ColumnChoice(company, name or None)
        sector = st.text_input(
            "Sector of the company or companies", key="map-sector", max_chars=60, placeholder="Retail"
        ).strip()
        for column, words in COLUMNS:
            if header := _column(inspection, column, words):
                chosen[column] = ColumnChoice(header)
        prefix = st.text_input(
            "Prefix of the ids of these stories", id_prefix(inspection.name.partition(".")[0]), max_chars=20,
            key=f"map-prefix-{inspection.name}",
            help="Keep it for later files of the same system. A row that comes again is then recognised.",
        )  # fmt: skip
        for column, words, table in CODED:
            if coded := _coded(inspections, column, words, table):
                chosen[column] = coded
        for column, words, table in MAY_BE_CODED:
            if coded := _coded(inspections, column, words, table, is_required=False):
                chosen[column] = coded
        if "driver" in chosen and (header := _column(inspection, "minutes", "the time it took")):
            unit = st.segmented_control("Times without a unit are", UNIT_CHOICES, default="minutes", key="map-unit")
            chosen["minutes"] = ColumnChoice(header, unit=unit)
        if header := _column(inspection, "ces", "a customer effort score"):
            scale = st.selectbox("Scale of the score", list(SCALES), key="map-scale")
            easy = st.radio("What a number means", list(EASY), format_func=EASY.__getitem__, key="map-easy")
            chosen["ces"] = ColumnChoice(header, scale=SCALES[scale], easy=easy)
    unsaid = {"what each row is": kind, "who collected them": collected_by}
    open_ = [*(what for what, value in unsaid.items() if not value), *_still_open(chosen, sector)]
    if open_:
        st.info(f"Still to say: {join_list(open_, MOST_NAMED)}.")
        return None
    text = build_mapping(chosen, sector, inspection.name, prefix, Origin(collected_by, kind == "complaints"))
    st.download_button(
        "This mapping as a file", text, f"{id_prefix(prefix)}.toml", "application/toml", on_click="ignore",
        help="Use it for later files of the same kind: here, or with python -m cxdata import FILE --mapping THIS",
    )  # fmt: skip
    return text


def _still_open(chosen: dict[str, ColumnChoice], sector: str) -> Iterator[str]:
    if "company" not in chosen:
        yield "which company, or which column names it"
    if not sector:
        yield "the sector"
    yield from (words for column, words, _ in CODED if column not in chosen)


def _column(inspection: FileInspection, column: str, words: str) -> str | None:
    choices = [NO_COLUMN, *inspection.headers]
    guessed = (inspection.guessed or {}).get(column)
    chosen = st.selectbox(
        f"Column with {words}", choices, index=choices.index(guessed) if guessed in choices else 0, key=f"map-{column}"
    )
    _show_examples(inspection, chosen)
    return None if chosen == NO_COLUMN else chosen


def _show_examples(inspection: FileInspection, header: str) -> None:
    """Show the question behind a column and the first values of it."""
    if header not in inspection.headers:
        return
    place = inspection.headers.index(header)
    values = list(dict.fromkeys(row[place] for row in inspection.first if row[place]))[:EXAMPLES]
    shown = ", ".join(f"“{escape_markdown(truncate(value or '', 60))}”" for value in values)
    label = (inspection.labels or {}).get(header)
    question = f"{escape_markdown(truncate(label, 120))} " if label else ""
    if question or shown:
        st.caption(f"{question}{f'For example {shown}' if shown else ''}")


def _company_name(inspection: FileInspection) -> str:
    """Return the company of every row: its name, or the mark that stands for the name of the file."""
    stem = inspection.name.rpartition(".")[0] or inspection.name
    if st.checkbox(f"The name of the file is the company: {escape_label(stem)}", key="map-company-file"):
        return FILE_NAME
    return st.text_input("Company, for every row", key="map-company-value", max_chars=80).strip()


def _guess_code(word: str, table: str, named: dict[str, str]) -> str | None:
    """Return the code that a word most likely means; stars and sentiments have feelings of their own."""
    if table != "feelings":
        return suggest_certain(word, named)
    plain = word.strip().lower().removesuffix(".0")
    stars = plain.split(" ")[0].partition("/")[0] if plain[:1].isdigit() else str(plain.count("★") or "")
    return STARS.get(stars) or SENTIMENTS.get(plain)


def _coded(
    inspections: Sequence[FileInspection], column: str, words: str, table: str, is_required: bool = True
) -> ColumnChoice | None:
    header = _column(inspections[0], column, words)
    known = _words(inspections, header) if header else ()
    if header is None or not known:
        if header:
            st.caption(f"“{escape_markdown(header)}” has too many different words to give each one a code.")
        if not is_required:
            return None
        code = _code(f"{words[:1].upper()}{words[1:]}, for every row", None, table, f"map-{column}-value")
        return ColumnChoice(value=code) if code else None
    codes = load_codebook()[table]
    named = {code: row.label for code, row in codes.items()}
    values: dict[str, str] = {}
    with st.expander(f"What the words of “{escape_markdown(header)}” mean ({len(known)})", expanded=True):
        for word in known:
            code = _code(f"{header}: {word}", _guess_code(word, table, named), table, f"word-{header}-{word}")
            if code:
                values[word] = code
        missing = _code(f"{header}: empty", None, table, f"empty-{header}", "a fault") if is_required else None
    uncoded = tuple(word for word in known if word not in values)
    if uncoded:
        outcome = "are faults until you say what that means" if is_required else "stay without it"
        st.caption(f"Rows with {join_list(map(escape_markdown, uncoded), MOST_NAMED)} {outcome}.")
    if not values:
        return None
    return ColumnChoice(header, values=values, missing=missing, blank=() if is_required else uncoded)


def _words(inspections: Sequence[FileInspection], header: str) -> tuple[str, ...]:
    """Return the distinct words of a column over all tables that have it; empty if a table has too many."""
    having = [inspection for inspection in inspections if header in inspection.headers]
    found = [(inspection.words or {}).get(header) for inspection in having]
    return () if None in found else tuple(sorted({word for words in found for word in words or ()}))


def _code(label: str, guessed: str | None, table: str, key: str, unsaid: str = "Choose") -> str | None:
    codes = list(load_codebook()[table])
    chosen: str | None = st.selectbox(
        escape_label(label), codes, index=codes.index(guessed) if guessed else None, key=key, placeholder=unsaid,
        format_func=lambda code: load_codebook()[table][code].label,
    )  # fmt: skip
    return chosen
