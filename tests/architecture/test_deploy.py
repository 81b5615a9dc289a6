"""The files of deploy/ name commands, options, settings and paths that exist."""

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import streamlit.config as streamlit_config
import yaml

from cxdata.cli.root import main
from cxdata.http.monitoring.metrics import METRICS
from cxdata.resources import ROOT
from cxdata.settings import VARIABLES
from tests.architecture.test_documents import find_commands

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
HOSTING = (ROOT / "docs" / "hosting.md").read_text("utf-8")
UNITS = sorted((DEPLOY / "systemd").glob("*"))
FOREIGN = {"FORWARDED_ALLOW_IPS"}  # uvicorn's


def find_variables(text: str) -> set[str]:
    return set(re.findall(r"\b((?:CXDATA|STREAMLIT|FORWARDED)_[A-Z_]+)\b", text))


def is_known(variable: str) -> bool:
    options = {option.env_var for option in streamlit_config._config_options_template.values()}
    return variable in VARIABLES or variable in options or variable in FOREIGN


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_variable_is_a_setting(file: Path) -> None:
    assert [name for name in find_variables(file.read_text("utf-8")) if not is_known(name)] == []


def test_a_wrong_variable_is_found() -> None:
    assert not is_known("CXDATA_METRIC_TOKEN")
    assert not is_known("STREAMLIT_SERVER_BASE_PATH")


@pytest.mark.parametrize("unit", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_units_run_commands_that_exist(unit: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text("utf-8"), flags=re.MULTILINE)
    program, *words = line.split()
    if program.startswith("/opt/cxdata/deploy/"):
        assert (ROOT / program.removeprefix("/opt/cxdata/")).stat().st_mode & stat.S_IXUSR
        return
    assert program == "/opt/cxdata/venv/bin/cxdata"
    command = main.commands[words[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_are_valid(unit: Path, tmp_path: Path) -> None:
    analyser = shutil.which("systemd-analyze")
    if analyser is None:
        pytest.skip("no systemd-analyze")
    for each in UNITS:
        # the places of the unit, on this machine
        text = each.read_text("utf-8").replace("/opt/cxdata/deploy", str(DEPLOY))
        text = text.replace("/opt/cxdata/venv/bin/cxdata serve", f"{sys.executable} -m cxdata serve")
        text = text.replace("ExecStart=/opt/cxdata/venv/bin/cxdata", f"ExecStart={sys.executable} -m cxdata")
        text = text.replace("/usr/bin/curl", "/bin/true")
        (tmp_path / each.name).write_text(text)
    name = unit.name.replace("@.", "@8501.")
    if name != unit.name:
        (tmp_path / name).symlink_to(tmp_path / unit.name)
    found = verify_unit(analyser, tmp_path / name)
    ours = [line for line in found.stderr.splitlines() if "cxdata" in line]
    assert (ours, found.returncode) == ([], 0)


def test_a_unit_with_a_slip_is_found(tmp_path: Path) -> None:
    analyser = shutil.which("systemd-analyze")
    if analyser is None:
        pytest.skip("no systemd-analyze")
    slip = tmp_path / "cxdata-slip.service"
    slip.write_text("[Service]\nExecStart=/bin/true\nProtectSytem=strict\n")
    assert "ProtectSytem" in verify_unit(analyser, slip).stderr


def verify_unit(analyser: str, unit: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([analyser, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)


def test_image_copies_files_that_exist_and_are_sent_to_it() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    sent = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    named = {
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, flags=re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert named == sent
    assert {source for source in named if not (ROOT / source).exists()} == set()


def test_image_is_of_the_python_that_the_project_takes_and_runs_as_nobody() -> None:
    versions = set(re.findall(r"^FROM python:3\.(\d+)-slim", DOCKERFILE, flags=re.MULTILINE))
    assert versions == {"11"}
    users = re.findall(r"^USER (.*)$", DOCKERFILE, flags=re.MULTILINE)
    assert users == ["10001:10001"]
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("ENTRYPOINT")


def test_compose_and_nginx_name_the_same_processes() -> None:
    services = COMPOSE["services"]
    upstreams = (DEPLOY / "nginx" / "containers" / "processes.conf").read_text("utf-8")
    ports = {name: service["command"][1] for name, service in services.items() if name.startswith("app-")}
    assert set(re.findall(r"server (\S+?):(\d+)", upstreams)) == set(ports.items())
    for name, port in ports.items():
        assert services[name]["environment"]["STREAMLIT_SERVER_PORT"] == port
        assert services[name]["read_only"] is True
        address = services["proxy"]["networks"]["inside"]["ipv4_address"]
        assert services[name]["environment"]["FORWARDED_ALLOW_IPS"] == address


def test_compose_mounts_files_that_exist() -> None:
    own = {"./certificates", "./backups"}  # the operator's
    named = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", ())
        if volume.startswith("./")
    }
    assert {name for name in named - own if not (DEPLOY / name).exists()} == set()


def test_nginx_files_for_containers_say_the_same() -> None:
    site = DEPLOY / "nginx"
    here = (site / "processes.conf").read_text("utf-8")
    there = (site / "containers" / "processes.conf").read_text("utf-8")
    assert re.sub(r"app-\d:", "127.0.0.1:", there) == here


def test_backup_script_keeps_the_newest_and_deletes_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "back ups"
    folder.mkdir()
    old = [f"stories-2026-01-0{day}.duckdb" for day in range(1, 6)]
    others = ["stories-2026-01-01.duckdb.kept", "mine.duckdb", "stories-before-erase.duckdb"]
    for name in [*old, *others]:
        (folder / name).write_text("")
        (folder / f"{name}.access").mkdir()
        (folder / f"{name}.access" / "records.sqlite").write_text("")
    program = tmp_path / "cxdata"
    program.write_text('#!/bin/sh\n[ "$1 $2" = "backup --replace" ] && echo backed-up > "$3"\n')
    program.chmod(0o755)
    subprocess.run([DEPLOY / "backup.sh", program, folder, "3"], check=True)
    left = {path.name for path in folder.iterdir() if path.is_file()} - set(others)
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        f"{name}.access" for name in [*others, *old[-2:]]
    }
    (new,) = left - set(old)
    assert re.fullmatch(r"stories-\d{4}-\d\d-\d\d\.duckdb", new)
    assert left == {new, *old[-2:]}
    program.write_text("#!/bin/sh\nexit 1\n")
    failed = subprocess.run([DEPLOY / "backup.sh", program, folder, "1"], check=False)
    assert failed.returncode == 1
    assert {path.name for path in folder.iterdir() if path.is_file()} - set(others) == left, "it deletes none"


def test_commands_of_the_files_exist() -> None:
    for file in FILES:
        for command, *_ in find_commands(file.read_text("utf-8")):
            assert command in main.commands, file


# docs/hosting.md


def test_hosting_names_settings_that_exist() -> None:
    assert [name for name in find_variables(HOSTING) if not is_known(name)] == []


def test_hosting_names_files_of_the_program_that_exist() -> None:
    named = set(re.findall(r"/opt/cxdata/((?!venv)[\w./*@-]+)", HOSTING))
    named |= set(re.findall(r"(?<![\w/])(deploy/[\w./@-]*\w)", HOSTING))
    assert len(named) > 8
    own = {"deploy/certificates", "deploy/backups"}  # the operator's
    assert {name for name in named - own if not list(ROOT.glob(name))} == set()


def test_hosting_runs_commands_with_options_that_exist() -> None:
    commands = re.findall(r"(?:venv/bin/cxdata|-m cxdata|`cxdata) ([a-z]+)([^`\n]*)", HOSTING)
    assert {name for name, _ in commands} >= {"backup", "restore", "erase"}
    for name, words in commands:
        options = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", words)) <= options, name


def test_hosting_names_units_that_exist() -> None:
    units = {path.name for path in UNITS}
    named = re.findall(r"\bcxdata(?:@\d+|-backup|-retain)(?:\.timer|\.service)?", HOSTING)
    files = {re.sub(r"@\d+", "@", name) for name in named}
    assert files
    assert {name if "." in name else f"{name}.service" for name in files} <= units


def test_hosting_names_figures_that_exist() -> None:
    figures = set(re.findall(r"`((?:cxdata|process)_\w+)", HOSTING))
    known = {sample.name for metric in METRICS.registry.collect() for sample in metric.samples}
    known |= {f"{metric.name}{end}" for metric in METRICS.registry.collect() for end in ("", "_total")}
    assert len(figures) > 4
    assert figures <= known


def test_hosting_runs_services_of_the_compose_file() -> None:
    assert set(re.findall(r"docker compose .* run --rm (\S+)", HOSTING)) <= set(COMPOSE["services"])


def test_hosting_edits_lines_that_are_there() -> None:
    places = {"/etc/cxdata/cxdata.env": "cxdata.env", "/etc/nginx/cxdata/listen.conf": "nginx/listen.conf"}
    edits = re.findall(r"sed -i \"s/(.+?)/.*\" (\S+)$", HOSTING, flags=re.MULTILINE)
    assert len(edits) == 3
    for pattern, file in edits:
        assert re.search(pattern, (DEPLOY / places[file]).read_text("utf-8"), flags=re.MULTILINE), pattern
