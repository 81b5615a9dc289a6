"""Colour contrast by WCAG, and colour difference under each kind of colour blindness."""

from typing import Literal

Eye = Literal["normal", "protan", "deutan", "tritan"]
Colour = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB
SEEN_BY: dict[str, tuple[Colour, Colour, Colour]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# sRGB to CIE XYZ (D65), IEC 61966-2-1
XYZ: tuple[Colour, Colour, Colour] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Colour = (0.95047, 1.0, 1.08883)


def contrast_ratio(one: str, other: str) -> float:
    """Compute the WCAG 2.2 contrast ratio, 1 to 21, of two colours such as '#0072b2'."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour_difference(one: str, other: str, eye: Eye = "normal") -> float:
    """Compute the CIE76 difference of two colours as this eye sees them; about 2 is just noticeable."""
    left, right = _lab(_seen(_linear(one), eye)), _lab(_seen(_linear(other), eye))
    return float(sum((a - b) ** 2 for a, b in zip(left, right, strict=True)) ** 0.5)


def _luminance(colour: str) -> float:
    return _times(XYZ, _linear(colour))[1]


def _linear(colour: str) -> Colour:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _seen(colour: Colour, eye: Eye) -> Colour:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in _times(SEEN_BY[eye], colour))
    return red, green, blue


def _lab(colour: Colour) -> Colour:
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(_times(XYZ, colour), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: tuple[Colour, Colour, Colour], vector: Colour) -> Colour:
    red, green, blue = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return red, green, blue
