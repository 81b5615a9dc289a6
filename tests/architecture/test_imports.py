"""The structure of the code: who imports whom, and how large files and folders are."""

import subprocess
import sys
from pathlib import Path

import grimp

from cxdata.resources import ROOT

PYTHON = [
    ROOT / "app.py",
    *(path for top in ("cxdata", "pages", "tests", "benchmarks") for path in (ROOT / top).rglob("*.py")),
]
BIN = Path(sys.executable).parent
MAX_LINES = 400  # a longer file has a seam
MAX_MODULES = 14  # a fuller folder has parts
GENERATED = {"cxdata/questions/rows.py"}


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """The modules that are left when modules without imports among the rest are taken off, again and again."""
    while free := {module for module, imported in imports.items() if not imported & imports.keys()}:
        imports = {module: imported for module, imported in imports.items() if module not in free}
    return sorted(imports)


def test_modules_import_only_what_lies_below_them() -> None:
    """The contracts are in .importlinter."""
    found = subprocess.run([BIN / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_imports_have_no_circle() -> None:
    graph = grimp.build_graph("cxdata", "pages", exclude_type_checking_imports=True, cache_dir=None)
    assert find_circle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}) == []


def test_a_circle_is_found() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_a_file_is_short_enough_to_read() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in PYTHON}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES and name not in GENERATED} == {}


def test_a_folder_holds_about_a_dozen_modules() -> None:
    folders = {path.parent for path in PYTHON if not path.is_relative_to(ROOT / "benchmarks")}
    sizes = {
        str(folder.relative_to(ROOT)): len(set(folder.glob("*.py")) - {folder / "__init__.py"}) for folder in folders
    }
    assert {name: size for name, size in sizes.items() if size > MAX_MODULES} == {}


def test_pages_contain_no_sql() -> None:
    """A page asks a question by its name."""
    assert [path for path in (ROOT / "pages").rglob("*.py") if ".execute(" in path.read_text("utf-8")] == []
