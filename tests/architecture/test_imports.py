"""The structure of the code: imports between modules, and sizes of files and folders."""

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
MAX_LINES = 400  # a longer file should be split
MAX_MODULES = 14  # a larger folder should be split
GENERATED = {"cxdata/questions/rows.py"}


def find_cycle(imports: dict[str, set[str]]) -> list[str]:
    """Remove modules without imports among the rest until none is left to remove; return the others."""
    while free := {module for module, imported in imports.items() if not imported & imports.keys()}:
        imports = {module: imported for module, imported in imports.items() if module not in free}
    return sorted(imports)


def test_modules_import_only_lower_layers() -> None:
    """The contracts are in .importlinter."""
    found = subprocess.run([BIN / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_imports_have_no_cycle() -> None:
    graph = grimp.build_graph("cxdata", "pages", exclude_type_checking_imports=True, cache_dir=None)
    assert find_cycle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}) == []


def test_cycle_is_found() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_files_have_at_most_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in PYTHON}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES and name not in GENERATED} == {}


def test_folders_hold_about_a_dozen_modules() -> None:
    folders = {path.parent for path in PYTHON if not path.is_relative_to(ROOT / "benchmarks")}
    sizes = {
        str(folder.relative_to(ROOT)): len(set(folder.glob("*.py")) - {folder / "__init__.py"}) for folder in folders
    }
    assert {name: size for name, size in sizes.items() if size > MAX_MODULES} == {}


def test_pages_contain_no_sql() -> None:
    """Pages ask questions by name."""
    assert [path for path in (ROOT / "pages").rglob("*.py") if ".execute(" in path.read_text("utf-8")] == []
