"""Make CX Serif and CX Sans from Adobe's Source fonts (for developers; needs fonttools and brotli).

    npm pack source-serif@4.5.1 source-sans@3.52.0
    python cxdata/fonts/make_fonts.py source-serif-4.5.1.tgz source-sans-3.52.0.tgz

writes the TTFs beside this file, for exports, and the same fonts as WOFF2 to `pages/static`, for the screen.
"""

import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SCREEN = HERE.parents[1] / "pages" / "static"

# style: (name in the pack, linked to Regular in the old four-style family model)
STYLES = {
    "Regular": ("Regular", True),
    "Italic": ("It", True),
    "Semibold": ("Semibold", False),
    "Bold": ("Bold", True),
}
FAMILIES = {
    "CX Serif": ("SourceSerif4", ["Regular", "Semibold", "Bold"]),
    "CX Sans": ("SourceSans3", ["Regular", "Italic", "Semibold", "Bold"]),
}
# Small capitals and stylistic sets double the size, and nothing here asks for them.
FEATURES = [
    *("case", "ccmp", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk"),
    *("numr", "dnom", "onum", "pnum", "tnum", "subs", "sups"),
]


def rename(font: TTFont, family: str, style: str, linked: bool) -> None:
    """Give a font our name: 'Source' is reserved, so a changed copy may not carry it."""
    origin = font["name"].getDebugName(4)
    version = font["name"].getDebugName(5).split(";")[0]
    full = family if style == "Regular" else f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {
        1: family if linked else full,
        2: style if linked else "Regular",
        3: f"{version};{postscript}",
        4: full,
        6: postscript,
        10: f"{origin}, renamed and with fewer glyph variants for CXdata.",
        16: family,
        17: style,
    }
    # Copyright (0) and licence (13, 14) stay; trademark, maker and links (7 to 12) are not ours to claim.
    for record in list(font["name"].names):
        if record.nameID not in {0, 5, 13, 14}:
            font["name"].removeNames(record.nameID)
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def drop_unused_glyphs(font: TTFont) -> TTFont:
    """Keep every character, and of the glyph variants only those that are used."""
    options = Options(
        layout_features=FEATURES,
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    return font


def read_fonts(packs: list[str]) -> dict[str, bytes]:
    """Read the static TTFs of npm packs, by file name."""
    found = {}
    for pack in packs:
        with tarfile.open(pack) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if "/TTF/" in member.name and content:
                    found[Path(member.name).name] = content.read()
    return found


def main(packs: list[str]) -> None:
    """Make every font, for files and for the screen."""
    sources = read_fonts(packs)
    SCREEN.mkdir(parents=True, exist_ok=True)
    for family, (origin, styles) in FAMILIES.items():
        for style in styles:
            short, linked = STYLES[style]
            # recalcTimestamp=False: the same pack gives the same bytes
            font = TTFont(io.BytesIO(sources[f"{origin}-{short}.ttf"]), recalcTimestamp=False)
            rename(drop_unused_glyphs(font), family, style, linked)
            name = f"{family.replace(' ', '')}-{style}"
            font.flavor = None
            font.save(HERE / f"{name}.ttf")
            font.flavor = "woff2"
            font.save(SCREEN / f"{name}.woff2")


if __name__ == "__main__":
    main(sys.argv[1:])
