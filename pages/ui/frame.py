"""The frame of every run: an entry of the navigation, CSS beyond the theme of .streamlit/config.toml, and its record.

style.css has the classes of the CSS. A rerun of a page, or of one part, gets an id, is timed, and is a line of the log.
The main script runs at every rerun; the class is made here, once.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import astuple
from functools import cache, wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import streamlit as st

from cxdata.access.roles import Role
from cxdata.charts.kit.theme import DARK, LIGHT
from cxdata.http.monitoring.metrics import METRICS
from cxdata.observability.request_id import current_id, new_id, use_id
from pages.ui.markup import show_html

P = ParamSpec("P")
R = TypeVar("R")

PAGE = "cx-page"  # in the session: the page that the reader sees
ONE_COMPANY = "one company"  # of a page that uses the filter of companies while it has one value
SAID = "cx-said"  # in the session: headlines of charts without marks, each with the chart that shows it

log = logging.getLogger("cxdata.pages")


class PageEntry(NamedTuple):
    """A folder of `pages` in the navigation. `icon` is the name of a Material symbol."""

    folder: str
    title: str
    icon: str
    filters: tuple[str, ...] = ()
    """The keys of the filters that the page uses; it keeps the others for the next page."""
    answers: str = ""
    """The questions that the page answers, for the search."""
    is_default: bool = False
    needs: Role = Role.READER
    """The lowest role whose navigation lists the page; the page itself says what it shows to whom."""

    @property
    def address(self) -> str:
        """Return the path of the page below the base path: its folder with hyphens, empty for the default page."""
        return "" if self.is_default else self.folder.replace("_", "-")

    def page(self, pages: Path, role: Role) -> "st.Page":
        """Return Streamlit's page of the folder in `pages`. Streamlit marks the one that it runs, so each is a copy."""
        return copy(_make_page(self, pages, role >= self.needs))


@cache
def _make_page(entry: PageEntry, pages: Path, is_visible: bool) -> "st.Page":
    """Make a page once: Streamlit looks at every part of its path on the disk.

    It needs an address, because every file is named page.py.
    """
    return st.Page(
        pages / entry.folder / "page.py",
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.folder.replace("_", "-"),
        default=entry.is_default,
        visibility="visible" if is_visible else "hidden",
    )


ENTRIES: dict[str, PageEntry] = {}
"""The pages by folder, as the main script lists them."""


def apply_style() -> None:
    """Put the style into the page, once a run."""
    # Streamlit puts a single <style> into its event container, which takes no room on the page.
    show_html(_style())


@cache
def _style() -> str:
    css = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("style.css", "print.css"))
    css += f"@media print {{ {print_light()} }}"
    # without comments and on one line: Streamlit looks at every line at every rerun
    rules = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return f"<style>{' '.join(rules.split())}</style>"


def print_light() -> str:
    """Return rules of CSS that give each colour of a dark chart the one of a light chart."""
    dark, light = ([each for value in astuple(theme) for each in _colours(value)] for theme in (DARK, LIGHT))
    return " ".join(
        f'.stVegaLiteChart [{what}="{before}" i] {{ {what}: {after}; }}'
        for before, after in zip(dark, light, strict=True)
        for what in ("fill", "stroke")
    )


def _colours(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@contextmanager
def watch_page(page: str) -> Iterator[None]:
    """Time a rerun of a whole page; `page` is its name in the navigation."""
    st.session_state[PAGE] = page
    forget_said()
    with _watch(page, "page"):
        yield


def forget_said() -> None:
    """Begin a page or a part of one, in which the headline of a chart without marks is shown once."""
    st.session_state[SAID] = {}


def fragment(function: Callable[P, R]) -> Callable[P, R]:
    """Let a part of a page rerun alone, as `st.fragment` does, under an id of its own."""

    @wraps(function)
    def watched(*arguments: P.args, **choices: P.kwargs) -> R:
        if current_id():  # the whole page runs
            return function(*arguments, **choices)
        with _watch(str(st.session_state.get(PAGE, "")), "fragment"):
            return function(*arguments, **choices)

    return st.fragment(watched)


@contextmanager
def _watch(page: str, part: str) -> Iterator[None]:
    started = time.perf_counter()
    with use_id(new_id()):
        try:
            yield
        finally:
            seconds = time.perf_counter() - started
            METRICS.count_rerun(page, part, seconds)
            log.info("rerun", extra={"page": page, "part": part, "ms": round(seconds * 1000)})
