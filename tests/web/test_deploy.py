"""The files of the service: they name commands and settings that exist, have little rights, and are understood by the
programs they are for, where those are there."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jangkau.web.site.cli.main import _parser
from jangkau.web.site.settings import database

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
HARD = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "User": "jangkau",
    "SystemCallFilter": "@system-service", "StateDirectoryMode": "0700",
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_has_little_rights_and_calls_a_command_that_exists(unit):
    told = configparser.RawConfigParser(strict=False, interpolation=None)
    told.optionxform = str
    told.read_string(unit.read_text())
    service = dict(told["Service"])
    assert {name: service.get(name) for name in HARD} == HARD
    assert "Restart" in service or service["Type"] == "oneshot"
    program, *arguments = service["ExecStart"].split()
    assert program == "/opt/jangkau/.venv/bin/jangkau"
    assert _parser().parse_args(arguments).command == arguments[0]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path: Path):
    for unit in DEPLOY.glob("jangkau-*"):
        text = re.sub("/opt/jangkau/.venv/bin/jangkau", shutil.which("true") or "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    units = [str(place) for place in tmp_path.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "jangkau" in line]
    assert (done.returncode, complaints) == (0, [])


def test_settings_of_the_service_exist():
    table = (ROOT / "docs/guide/commands.md").read_text()
    names = re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "jangkau.env").read_text(), re.MULTILINE)
    assert len(names) > 5 and all(f"| `{name}` |" in table for name in names)


def test_addresses_of_postgresql_that_the_guide_names():
    here, there = database("postgresql:///jangkau"), database("postgresql://a:b%40c@host:5433/n?sslmode=verify-full")
    assert (here["NAME"], here["HOST"], here["USER"], here["OPTIONS"]) == ("jangkau", "", "", {})
    assert (there["HOST"], there["PORT"], there["PASSWORD"]) == ("host", 5433, "b@c")
    assert there["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("script", ["install.sh", "jangkau"])
def test_scripts_are_read_by_the_shell_and_may_be_run(script):
    subprocess.run(["sh", "-n", str(DEPLOY / script)], check=True)
    assert (DEPLOY / script).stat().st_mode & 0o111


def test_the_guide_names_the_packages_that_the_build_needs():
    guide = (ROOT / "docs/guide/operation.md").read_text()
    five = guide.split("Five commands:")[1].split("```")[1].strip().splitlines()
    assert len(five) == 5
    container = (DEPLOY / "Containerfile").read_text()
    assert "git" in five[0]
    for package in ("make", "python3-venv", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert package in five[0] and package in container


def test_both_proxies_say_who_asks_and_close_the_figures():
    for name, forwarded in (
        ("Caddyfile", "X-Forwarded-For {remote_host}"),
        ("nginx.conf", "X-Forwarded-For $remote_addr"),
    ):
        text = (DEPLOY / name).read_text()
        assert forwarded in text and "/metrik/" in text and "127.0.0.1:8000" in text
