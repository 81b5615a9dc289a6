"""Choices of how a file is read; a choice that nobody makes is found in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class ReadOptions:
    """The reading of files: None lets the reader find out."""

    encoding: str | None = None
    """The encoding of text, by any name that Python knows: 'windows-1251'."""
    separator: str | None = None
    """The mark between the cells of a line; a tab is 'tab'."""
    header: int | None = None
    """The row that names the columns, counted from 1; 0 says that no row does."""
    sheet: str | None = None
    """The sheet of a workbook."""
    as_account: bool = False
    """Whether each file is one customer's account and no table."""

    def over(self, other: "ReadOptions") -> "ReadOptions":
        """Return these options, with those of `other` where nothing is chosen."""
        chosen = {each.name: getattr(self, each.name) for each in fields(self)}
        return ReadOptions(
            **{name: getattr(other, name) if value in (None, False) else value for name, value in chosen.items()}
        )


FOUND_OUT = ReadOptions()
"""Nobody has chosen anything."""


def options_from_plain(plain: Mapping[str, Any]) -> ReadOptions:
    """Return the options that JSON carried."""
    return ReadOptions(**plain)
