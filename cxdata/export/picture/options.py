"""The options of a picture: its size and look, and the words that a writer gives it."""

from dataclasses import dataclass

from cxdata.export.picture.presets import Preset


@dataclass(frozen=True)
class PictureOptions:
    """The options of a picture; None keeps the proposed words."""

    preset: Preset
    theme: str = "light"
    is_transparent: bool = False
    is_plain: bool = False
    headline: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    notes: str | None = None
    highlight: str | None = None
    alt: str | None = None
    language: str = "en"
