"""Charts as files: exact pixels, reproducible bytes, and their origin in the metadata."""

import hashlib
import re
import subprocess
import sys

import duckdb
import pytest
import vl_convert
from PIL import Image, ImageChops

from cxdata import __version__
from cxdata.charts.kit.theme import FONTS
from cxdata.export.formats import FORMATS, make_file, publish_view, render_file
from cxdata.export.origin.metadata import metadata_of, read_metadata
from cxdata.export.origin.view_id import decode_view_id
from cxdata.export.picture import fonts
from cxdata.export.picture.layout import draw_picture
from cxdata.export.picture.presets import PRESETS
from cxdata.export.view import complete_view, format_query, parse_view
from cxdata.resources import ROOT
from cxdata.store import data_version
from tests.fixtures.question_parameters import picture, view_of

Database = duckdb.DuckDBPyConnection
CHANGED = {
    "look": "dark",
    "headline": "A & B <i>",
    "highlight": "Argos",
    "language": "de",
    "alt": "Told.",
    "scale": "1",
}
BOXES = [(preset, scale) for preset in (*PRESETS, "900x500") for scale in (1, 2)]


@pytest.mark.parametrize(("preset", "scale"), [*BOXES, ("blog", 3)])
def test_png_has_the_exact_pixels_of_its_preset(database: Database, preset: str, scale: int) -> None:
    view = view_of("signs", preset=preset, scale=str(scale))
    box = view.picture.preset
    made = picture(render_file(database, view, "png"))
    assert made.size == (box.width * scale, box.height * scale)
    assert made.mode == "P"  # optimised: one byte a pixel before packing


def test_same_view_gives_the_same_bytes_in_two_processes(database: Database) -> None:
    forms = [form for form in FORMATS if form != "zip"]
    code = (
        "import hashlib, duckdb\n"
        "from cxdata.codebook.codes import read_codebook\n"
        "from cxdata.store import create_schema\n"
        "from cxdata.export.formats import render_file\n"
        "from cxdata.export.view import parse_view\n"
        "from cxdata.stories import read_library\n"
        "c = duckdb.connect(); b = read_codebook(); create_schema(c, read_library(b), b)\n"
        # another chart first: an earlier picture must not affect the next
        "render_file(c, parse_view('signs', {}), 'svg')\n"
        "view = parse_view('effort', {'highlight': 'Argos'})\n"
        f"for form in {forms!r}: print(hashlib.sha256(render_file(c, view, form)).hexdigest())\n"
    )
    there = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    here = [render_file(database, view_of("effort", highlight="Argos"), form) for form in forms]
    assert there.stdout.split() == [hashlib.sha256(each).hexdigest() for each in here]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "csv"])
def test_file_metadata_describe_and_restore_the_view(database: Database, form: str) -> None:
    view = view_of("effort", **CHANGED)
    data = render_file(database, view, form)
    about = read_metadata(data)
    assert about == metadata_of(publish_view(database, view), view)
    assert (about["Title"], about["Description"]) == ("A & B <i>", "Told.")
    assert (about["chart"], about["data version"], about["code version"]) == (
        "effort",
        data_version(database),
        __version__,
    )
    assert decode_view_id(read_metadata(data)["id"])[0] == "effort"
    again = parse_view(
        about["chart"], dict(re.findall(r"([a-z_]+)=([^&]*)", about["choices"])) | {"headline": "A & B <i>"}
    )
    assert format_query(again) == format_query(complete_view(publish_view(database, view), view))


def test_png_is_under_a_third_of_the_rendered_size_and_looks_the_same(database: Database) -> None:
    view = view_of("touchpoint_feeling", scale="1")
    published = publish_view(database, view)
    drawn = vl_convert.svg_to_png(
        draw_picture(published, view.picture, read_metadata(make_file(published, view, "png"))["id"])
    )
    made = make_file(published, view, "png")
    assert len(made) < len(drawn) / 3
    apart = ImageChops.difference(picture(made).convert("RGB"), picture(drawn).convert("RGB"))
    counts = apart.convert("L").histogram()
    assert sum(counts[8:]) < 0.001 * sum(counts)  # fewer than one point in a thousand is off by 8 of 255
    # every large area keeps its very own colour
    large = {colour for number, colour in picture(drawn).convert("RGB").getcolors(1 << 20) if number > 2000}
    assert large <= {colour for _, colour in picture(made).convert("RGB").getcolors()}


def test_picture_without_text_differs(database: Database) -> None:
    view = view_of("effort")
    svg = draw_picture(publish_view(database, view), view.picture, "")
    bare = re.sub(r"<text\b.*?</text>", "", svg, flags=re.DOTALL)
    with_text, without = (picture(vl_convert.svg_to_png(each)).convert("L") for each in (svg, bare))
    changed = sum(ImageChops.difference(with_text, without).histogram()[64:])
    assert changed > 5000  # points: 8 companies, their figures, a headline, a source


def test_transparent_picture_shows_the_page_beneath(database: Database) -> None:
    clear = picture(render_file(database, view_of("signs", transparent="1", scale="1"), "png"))
    solid = picture(render_file(database, view_of("signs", scale="1"), "png")).convert("RGB")
    assert clear.mode == "RGBA"
    assert clear.getpixel((2, 2))[3] == 0
    # over the background of the light theme it equals the solid picture, half-transparent bars included
    ground = Image.new("RGBA", clear.size, "#fbfaf7")
    apart = ImageChops.difference(Image.alpha_composite(ground, clear).convert("RGB"), solid).convert("L").histogram()
    assert sum(apart[12:]) < 0.001 * sum(apart)


@pytest.mark.parametrize("name", fonts.CUT)
def test_shipped_latin_subsets_match_the_fonts(name: str) -> None:
    packed, known = fonts._cut(name, "".join(sorted(fonts.LATIN_CHARACTERS)))
    assert (FONTS / "latin" / f"CX{name}.woff2").read_bytes() == packed
    assert fonts._subset(name, "".join(sorted(fonts.LATIN_CHARACTERS))) == (packed, known)


def test_letters_outside_the_latin_subset_get_their_own_font_face() -> None:
    plain, more = (fonts.latin_faces({("Sans", 400): fonts.LATIN_CHARACTERS | extra}) for extra in (set(), {"Ł", "\n"}))
    assert (plain.count("@font-face"), more.count("@font-face")) == (1, 2)
    assert more.startswith(plain)
    assert "unicode-range:U+141;" in more
