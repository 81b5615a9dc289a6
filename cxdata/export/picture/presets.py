"""Picture sizes: pixels, and the width at which a page shows the picture."""

from dataclasses import dataclass

from cxdata.errors import ExportError
from cxdata.text.suggestions import format_choices

LARGEST_SIDE = 4000  # px before scaling
SMALLEST_SIDE = 240


@dataclass(frozen=True)
class Preset:
    """A size in pixels. `shown` is the width in CSS pixels at which readers see the picture.

    Type is set for that width: a picture of 1200 px in a column of 680 px has labels of 13 px on the reader's screen.
    """

    name: str
    width: int
    height: int
    shown: int
    use: str

    @property
    def zoom(self) -> float:
        """Return the pixels of the picture for each CSS pixel on the page."""
        return self.width / self.shown


PRESETS = {
    preset.name: preset
    for preset in (
        Preset("blog", 1200, 630, 760, "a blog post, and its card on social media"),
        Preset("wide", 1600, 900, 900, "a wide column or a newsletter head"),
        Preset("square", 1080, 1080, 600, "a feed"),
        Preset("portrait", 1080, 1350, 600, "a feed, taller"),
        Preset("story", 1080, 1920, 420, "a phone, full screen"),
        Preset("slide", 1920, 1080, 1080, "a slide, 16 to 9"),
    )
}


def find_preset(name: str) -> Preset:
    """Find the preset of this name, or make a box such as '900x500'. ExportError names the choices."""
    if name in PRESETS:
        return PRESETS[name]
    width, times, height = name.partition("x")
    if times and width.isdecimal() and height.isdecimal():
        return _box(int(width), int(height))
    raise ExportError(f"preset {format_choices(name, PRESETS, 'the studio')}, or a box such as 900x500")


def _box(width: int, height: int) -> Preset:
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
        raise ExportError(f"box {width}x{height}: each side must have {SMALLEST_SIDE} to {LARGEST_SIDE} px")
    return Preset(f"{width}x{height}", width, height, min(width, 760), "a box of your own")
