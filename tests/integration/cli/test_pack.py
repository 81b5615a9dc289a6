"""The command `pack`: names, formats, templates and what is kept."""

from pathlib import Path

import pytest
from pptx import Presentation

from tests.fixtures.command_line import run

NAME = "board-pack_ao-com_2026-11-21_1-customer-story"


@pytest.fixture(autouse=True)
def _own_database(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))


def test_pack_writes_slides_and_a_paper_once(tmp_path: Path) -> None:
    result = run("pack", "AO.com", "--out", tmp_path)
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / NAME}.pptx\n{tmp_path / NAME}.pdf\n")
    slides = tmp_path / f"{NAME}.pptx"
    before = slides.read_bytes()
    assert run("pack", "AO.com", "--format", "pptx", "--out", tmp_path).exit_code == 0
    assert slides.read_bytes() == before, "the same choices give the same bytes"
    slides.write_bytes(b"edited by hand")
    kept = run("pack", "AO.com", "--format", "pptx", "--out", tmp_path)
    assert (kept.exit_code, slides.read_bytes()) == (1, b"edited by hand")
    assert "kept. Its content differs" in kept.stderr
    assert run("pack", "AO.com", "--format", "pptx", "--out", tmp_path, "--overwrite").exit_code == 0
    assert slides.read_bytes() == before


def test_template_of_the_settings_is_used_and_a_bad_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = tmp_path / "company.pptx"
    Presentation().save(str(company))
    monkeypatch.setenv("CXDATA_PACK_TEMPLATE", str(company))
    assert run("pack", "AO.com", "--format", "pptx", "--out", tmp_path).exit_code == 0
    assert Presentation(str(tmp_path / f"{NAME}.pptx")).slide_width == Presentation(str(company)).slide_width
    gone = run("pack", "AO.com", "--format", "pptx", "--template", tmp_path / "gone.potx", "--out", tmp_path)
    assert (gone.exit_code, "gone.potx cannot be read: No such file" in gone.stderr) == (1, True)
    company.write_text("no slides")
    bad = run("pack", "AO.com", "--format", "pptx", "--out", tmp_path)
    assert (bad.exit_code, "no PowerPoint file that can be read" in bad.stderr) == (1, True)
