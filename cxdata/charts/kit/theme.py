"""The theme of every chart, light and dark: colours by meaning, type and grid."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[2] / "fonts"
SANS = "CX Sans, sans-serif"
SERIF = "CX Serif, serif"


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean, for one background."""

    background: str
    ink: str
    quiet: str  # words that give context
    context: str  # marks that give context
    felt: str  # effort to feel, beside effort to do in `context`
    grid: str
    fame: str
    shame: str
    fame_band: str
    shame_band: str
    density: tuple[str, ...]
    """Counts of stories from few to many, without a judgement."""

    def hall(self, hall: str | None) -> str:
        """Give the colour of a hall; grey for mixed and for none."""
        return {"fame": self.fame, "shame": self.shame}.get(hall or "", self.context)


# Okabe and Ito's blue and vermilion differ for every common colour blindness; a word, sign or position says it too
LIGHT = Theme(
    background="#fbfaf7",
    ink="#1b1a17",
    quiet="#5e5a52",
    context="#7d796f",
    felt="#b9b3a5",
    grid="#e6e1d6",
    fame="#0072b2",
    shame="#d55e00",
    fame_band="#e9f1f5",
    shame_band="#fbeee3",
    density=("#efe9dc", "#d9cfba", "#b6a98e", "#8a7c62", "#5c5140", "#352d22"),
)
DARK = Theme(
    background="#161512",
    ink="#ece9e1",
    quiet="#b3aea3",
    context="#8f8a7f",
    felt="#5f5b53",
    grid="#35322d",
    fame="#56b4e9",
    shame="#e8793a",
    fame_band="#16222a",
    shame_band="#2b1e15",
    density=("#26231e", "#3d382f", "#5d5546", "#857a64", "#b3a68a", "#e3d8bf"),
)
THEMES = {"light": LIGHT, "dark": DARK}

TEXT = 13  # px; no text is smaller than 12


def vega_config(theme: Theme) -> dict[str, Any]:
    """Build the Vega-Lite config of a published chart. It sets every text and line, so that no host's theme does."""
    return {
        "font": SANS,
        "background": "transparent",
        "padding": {"left": 2, "right": 8, "top": 6, "bottom": 2},
        "view": {"stroke": None},
        "axis": {
            "labelFont": SANS,
            "titleFont": SANS,
            "labelFontSize": TEXT,
            "titleFontSize": TEXT,
            "titleFontWeight": "normal",
            "labelColor": theme.quiet,
            "titleColor": theme.quiet,
            "gridColor": theme.grid,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "titlePadding": 8,
        },
        "legend": {
            "labelFont": SANS,
            "titleFont": SANS,
            "labelFontSize": TEXT,
            "titleFontSize": TEXT,
            "labelColor": theme.quiet,
            "titleColor": theme.quiet,
        },
        "header": {"labelFont": SANS, "titleFont": SANS, "labelColor": theme.ink, "titleColor": theme.quiet},
        "text": {"font": SANS, "fontSize": TEXT, "color": theme.ink},
        "title": {"font": SERIF, "color": theme.ink},
    }
