"""Verification of files: unchanged, altered, foreign and damaged ones."""

import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
from PIL import Image, PngImagePlugin

from cxdata.export.formats import render_file
from cxdata.export.origin.metadata import serialise_metadata
from cxdata.export.origin.verification import verify_file
from tests.fixtures.question_parameters import picture, view_of

Database = duckdb.DuckDBPyConnection
FORMS = ("png", "svg", "pdf", "html", "json", "zip")


@pytest.fixture(scope="module")
def made(database: Database) -> dict[str, bytes]:
    return {form: render_file(database, view_of("effort", highlight="Argos", headline="Ours"), form) for form in FORMS}


def told(database: Database, folder: Path, content: bytes) -> tuple[str, str]:
    path = folder / "file"
    path.write_bytes(content)
    verdict = verify_file(database, path)
    assert verdict.is_same == (verdict.kind == "same figures")
    return verdict.kind, verdict.text


def with_text(data: bytes, **changed: str) -> bytes:
    """Save the picture as another program would, with some of its metadata changed."""
    image = picture(data)
    assert isinstance(image, PngImagePlugin.PngImageFile)
    about = PngImagePlugin.PngInfo()
    for key, value in (image.text | {key.replace("_", " "): value for key, value in changed.items()}).items():
        about.add_itxt(key, value)
    saved = io.BytesIO()
    image.save(saved, "PNG", compress_level=1, pnginfo=about)
    return saved.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_unchanged_file_verifies_byte_for_byte(
    database: Database, made: dict[str, bytes], tmp_path: Path, form: str
) -> None:
    kind, text = told(database, tmp_path, made[form])
    assert kind == "same figures"
    assert "Headline by the writer" in text


def test_resaved_png_verifies_as_the_same_picture(database: Database, made: dict[str, bytes], tmp_path: Path) -> None:
    assert told(database, tmp_path, with_text(made["png"]))[0] == "same picture"


def test_one_changed_pixel_is_detected(database: Database, made: dict[str, bytes], tmp_path: Path) -> None:
    image = picture(made["png"])
    assert isinstance(image, PngImagePlugin.PngImageFile)
    about = PngImagePlugin.PngInfo()
    for key, value in image.text.items():
        about.add_itxt(key, value)
    changed = image.convert("RGB")
    changed.putpixel((700, 300), (1, 2, 3))
    saved = io.BytesIO()
    changed.save(saved, "PNG", pnginfo=about)
    assert told(database, tmp_path, saved.getvalue())[0] == "altered"


@pytest.mark.parametrize(
    ("form", "figure"), [("svg", b"29.5"), ("html", b"29.5"), ("json", b"29.5"), ("pdf", b"/MediaBox [0 0 1")]
)
def test_one_changed_figure_is_detected(
    database: Database, made: dict[str, bytes], tmp_path: Path, form: str, figure: bytes
) -> None:
    assert figure in made[form]
    assert told(database, tmp_path, made[form].replace(figure, figure[:-1] + b"9", 1))[0] == "altered"


def test_verification_names_the_changed_file_of_a_bundle(
    database: Database, made: dict[str, bytes], tmp_path: Path
) -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as given, zipfile.ZipFile(changed, "w") as into:
        for entry in given.infolist():
            content = given.read(entry)
            into.writestr(entry, content.replace(b"29.5", b"2.5") if entry.filename.endswith(".csv") else content)
    kind, text = told(database, tmp_path, changed.getvalue())
    assert kind == "altered"
    assert text.endswith(".csv")


def test_verification_names_both_data_versions(database: Database, made: dict[str, bytes], tmp_path: Path) -> None:
    kind, text = told(database, tmp_path, with_text(made["png"], data_version="0123456789ab"))
    assert kind == "other data"
    assert "made from data 0123456789ab, and this database has data " in text


def test_verification_names_another_code_version(database: Database, made: dict[str, bytes], tmp_path: Path) -> None:
    kind, text = told(database, tmp_path, with_text(made["png"], code_version="0.0.1"))
    assert kind == "other version"
    assert "0.0.1" in text


def saved(size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "PNG")
    return file.getvalue()


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"hello", b"company,points\nArgos,1\n", saved(), zipped(a=b"1")),
        *(b"<svg></svg>", b"<svg><metadata>[1]</metadata></svg>", b"<!doctype html></html>", b"%PDF-1.7 %%EOF"),
        *(b"{}", b'{"usermeta": {"id": 1}}', b'{"usermeta": []}'),
    ],
)
def test_foreign_file_is_not_ours(database: Database, tmp_path: Path, content: bytes) -> None:
    assert told(database, tmp_path, content)[0] == "unknown file"


@pytest.mark.parametrize("form", FORMS)
def test_truncated_file_is_damaged(database: Database, made: dict[str, bytes], tmp_path: Path, form: str) -> None:
    kind, text = told(database, tmp_path, made[form][: len(made[form]) * 2 // 3])
    assert kind == "damaged", text


def test_png_with_overwritten_bytes_is_damaged(database: Database, made: dict[str, bytes], tmp_path: Path) -> None:
    middle = made["png"].index(b"IDAT") + 2000
    broken = made["png"][:middle] + b"\x00" * 60 + made["png"][middle + 60 :]
    assert told(database, tmp_path, broken)[0] == "damaged"


def test_missing_file_is_reported(database: Database, tmp_path: Path) -> None:
    verdict = verify_file(database, tmp_path / "nowhere.png")
    assert (verdict.kind, verdict.is_same) == ("damaged", False)
    assert "No such file" in verdict.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"chart": "effrt"}, "Did you mean effort?"),
        ({"choices": "preset=huge"}, "preset 'huge'"),
        ({"choices": "companies=Argos"}, "belong to different charts"),
        ({"choices": "companies=Nobody", "id": ""}, "belong to different charts"),
        ({"choices": "&".join(f"a{n}=1" for n in range(300))}, "cannot be made again"),
    ],
)
def test_unusable_metadata_are_reported(
    database: Database, made: dict[str, bytes], tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    kind, text = told(database, tmp_path, with_text(made["png"], **changed))
    assert kind == "damaged"
    assert said in text


def test_zip_bomb_is_not_read(database: Database, tmp_path: Path) -> None:
    file = io.BytesIO()
    about = serialise_metadata(dict.fromkeys(("id", "chart", "choices", "data version", "code version"), ""))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("metadata.json", about)
        bundle.writestr("zeros", b"\x00" * 101_000_000)
    kind, text = told(database, tmp_path, file.getvalue())
    assert kind == "damaged"
    assert "larger than any exported bundle" in text


def test_bundle_metadata_name_the_view(database: Database, made: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as bundle:
        about = json.loads(bundle.read("metadata.json"))
    assert about["Title"] == "Ours"
    assert about["choices"] == "headline=Ours&highlight=Argos&story_kind=customer_story"
