"""A pack as data: its pages with their sentences, figures and charts, the same for slides and for paper."""

from dataclasses import dataclass

from cxdata.publish.charts import PublishedChart
from cxdata.publish.companies import Figure

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Item:
    """A paragraph: what it is about, what it says, and a line of details; '' leaves a part out."""

    head: str
    text: str = ""
    details: str = ""


@dataclass(frozen=True)
class Page:
    """One page: a finding as its title, what it rests on, and a chart or paragraphs that show it."""

    name: str
    """Its place in the pack, such as 'What to fix'."""
    title: str
    subtitle: str = ""
    figures: tuple[Figure, ...] = ()
    chart: PublishedChart | None = None
    items: tuple[Item, ...] = ()
    foot: str = ""
    """How the stories were chosen: the line that no page leaves out."""
    notes: tuple[str, ...] = ()
    """For the speaker, and for readers of the paper: source, number of stories, what a figure cannot say."""
    path: str = ""
    """The address of the same view in the dashboard, relative to its root."""


@dataclass(frozen=True)
class Pack:
    """The pages of a pack, and what names the document."""

    title: str
    author: str
    description: str
    pages: tuple[Page, ...]
    file_name: str
    """Without its ending."""
    day: str
    """The latest day on which one of its stories was coded, 'YYYY-MM-DD'; '' if unknown."""
