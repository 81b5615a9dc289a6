"""The places of the project's own files, and the path of its processes."""

import os

import pytest

from cxdata.resources import ROOT, module_path


@pytest.mark.parametrize("inherited", [None, "", os.pathsep, f"{os.pathsep}/extra{os.pathsep}"])
def test_a_process_of_ours_does_not_search_the_working_folder(
    inherited: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if inherited is not None:
        monkeypatch.setenv("PYTHONPATH", inherited)
    folders = module_path().split(os.pathsep)
    assert folders == [str(ROOT), *(["/extra"] if inherited and "extra" in inherited else [])]
