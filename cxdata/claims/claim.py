"""A claim: a sentence, what kind of thing it says, of whom, and how many stories bear it."""

from dataclasses import dataclass, replace
from typing import Literal

from cxdata.claims.grammar import capitalise

Kind = Literal[
    "unknown",  # nobody read the stories for this
    "none",  # they were read, and nothing was found
    "one story",  # what one customer reports
    "described",  # figures as they are, without an order
    "tied",  # subjects with equal figures; nothing is said of the rest
    "superlative",  # the subject differs from each other one, and no single story decides it
    "counted",  # a count within these stories
]


@dataclass(frozen=True)
class Claim:
    """One sentence without a full stop, with its evidence.

    `subjects` are the companies or things that it names, `figures` the numbers that it gives (shares from 0 to 1), and
    `stories` the number of stories that bear it. `among` limits it: "Of the 30 companies with most stories". `note`
    explains a word of it or says what it leaves out, and `further` how many more stories may decide what it leaves
    open. Both are parts of a caption, '' where there is nothing to say.
    """

    kind: Kind
    sentence: str
    subjects: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    stories: int = 0
    among: str = ""
    note: str = ""
    further: str = ""

    @property
    def headline(self) -> str:
        """The sentence with its limit in front."""
        return f"{self.among}: {self.sentence}" if self.among else self.sentence

    @property
    def remark(self) -> str:
        """The note and what more stories may decide, in sentences; '' where there is nothing to say."""
        return " ".join(f"{capitalise(part)}." for part in (self.note, self.further) if part)

    @property
    def ranks(self) -> bool:
        """Whether it puts a subject above or below others."""
        return self.kind == "superlative"

    def limited_to(self, among: str) -> "Claim":
        """Return the claim with this limit; '' keeps it. What is not known needs no limit: nothing is compared."""
        return self if self.kind in ("unknown", "none") else replace(self, among=among or self.among)
