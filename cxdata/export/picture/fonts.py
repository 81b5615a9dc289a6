"""Embedded fonts: our fonts, reduced to the characters of a file, so that it looks right on any machine."""

import base64
import io
from functools import lru_cache

from fontTools import subset
from fontTools.ttLib import TTFont

from cxdata.charts.kit.theme import FONTS

FAMILIES = {"CX Sans": "Sans", "CX Serif": "Serif"}
# the weights of the fonts, as CSS numbers them
WEIGHTS = {
    ("Sans", 400): "Sans-Regular",
    ("Sans", 600): "Sans-Semibold",
    ("Sans", 700): "Sans-Bold",
    ("Serif", 400): "Serif-Regular",
    ("Serif", 600): "Serif-Semibold",
    ("Serif", 700): "Serif-Bold",
}
NAMED = {"normal": 400, "bold": 700}
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]  # features that browsers and resvg apply by default

# Western European characters, which suffice for most pages; cut in advance, since cutting takes 0.5 s a face
LATIN_CHARACTERS = {chr(code) for code in (*range(32, 127), *range(160, 256))} | set("‘’“”–—…·←→−\u202f")
CUT = ("Sans-Regular", "Sans-Bold", "Serif-Semibold")

Face = tuple[str, int]
"""The short name of a family and a weight, a key of WEIGHTS."""


def find_face(family: str, weight: str) -> Face | None:
    """Find the face for a CSS font-family and font-weight; None for a family that is not ours."""
    first = family.split(",", maxsplit=1)[0].strip().strip("'\"")
    number = NAMED.get(weight) or (int(weight) if weight.isdecimal() else 400)
    nearest = min((known for _, known in WEIGHTS), key=lambda known: abs(known - number))
    return (FAMILIES[first], nearest) if first in FAMILIES else None


def font_face_css(used: dict[Face, set[str]]) -> str:
    """Write an @font-face for each face and its characters; `unicode-range` lets two files share a page."""
    return "".join(_font_face(face, _sorted(used[face])) for face in sorted(used) if used[face])


def latin_faces(used: dict[Face, set[str]]) -> str:
    """Write `font_face_css` with all LATIN_CHARACTERS for each face, and a second font for other characters."""
    beyond = {face: set(filter(str.isprintable, characters - LATIN_CHARACTERS)) for face, characters in used.items()}
    return font_face_css(dict.fromkeys(used, LATIN_CHARACTERS)) + font_face_css(beyond)


def cut_latin() -> None:
    """Write the Latin subsets after a change of the fonts.

    python -c "from cxdata.export.picture.fonts import cut_latin; cut_latin()"
    """
    for name in CUT:
        (FONTS / "latin" / f"CX{name}.woff2").write_bytes(_cut(name, _sorted(LATIN_CHARACTERS))[0])


def _sorted(characters: set[str]) -> str:
    return "".join(sorted(characters))


def _font_face(face: Face, characters: str) -> str:
    family = next(name for name, short in FAMILIES.items() if short == face[0])
    packed, known = _subset(WEIGHTS[face], characters)
    if not known:
        return ""
    reach = ",".join(f"U+{code:X}" for code in known)
    return (
        f"@font-face{{font-family:'{family}';font-weight:{face[1]};font-style:normal;unicode-range:{reach};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(packed).decode()}) format('woff2')}}"
    )


@lru_cache(maxsize=128)
def _subset(name: str, characters: str) -> tuple[bytes, tuple[int, ...]]:
    """Reduce a font to these characters as WOFF2, with the same bytes every time; return the characters that it has."""
    if name in CUT and characters == _sorted(LATIN_CHARACTERS):
        packed = (FONTS / "latin" / f"CX{name}.woff2").read_bytes()
        with TTFont(io.BytesIO(packed), lazy=True) as font:
            return packed, tuple(sorted(set(map(ord, characters)) & set(font.getBestCmap())))
    return _cut(name, characters)


def _cut(name: str, characters: str) -> tuple[bytes, tuple[int, ...]]:
    # keep the date of the font: the bytes must not depend on today
    with TTFont(FONTS / f"CX{name}.ttf", recalcTimestamp=False, lazy=True) as font:
        known = tuple(sorted({ord(mark) for mark in characters} & set(font.getBestCmap())))
        options = subset.Options(
            layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14]
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=known)
        cutter.subset(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file)
    return file.getvalue(), known
