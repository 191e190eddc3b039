"""The files that start Kansli on a server, as far as they can be tried here."""
import os
import re
import shutil
import subprocess

import pytest

from kansli_process import BINARY, ROOT, kansli

SYSTEMD = ROOT / "packaging" / "systemd"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", sorted(path.name for path in SYSTEMD.iterdir()))
def test_systemd_takes_the_units(unit, tmp_path):
    for path in SYSTEMD.iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace("/usr/bin/kansli", os.path.abspath(BINARY)))
    process = subprocess.run(["systemd-analyze", "verify", "--man=no", tmp_path / unit], text=True, capture_output=True)
    complaints = [line for line in process.stderr.splitlines() if str(tmp_path) in line or unit in line]
    assert process.returncode == 0 and not complaints, process.stderr


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_takes_the_site(tmp_path):
    site = (ROOT / "packaging" / "nginx" / "kansli.conf").read_text()
    site = re.sub(r" ssl http2;|  ssl_.*\n", lambda match: ";" if "http2" in match[0] else "\n", site)
    site = re.sub(r"listen (\[::\]:)?(80|443);", lambda match: f"listen {18000 + int(match[2])};", site)
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ include {tmp_path}/site.conf; }}\n")
    process = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf", "-e", "stderr"], text=True, capture_output=True)
    assert process.returncode == 0, process.stderr


def test_the_commands_in_the_units_are_commands():
    for unit in SYSTEMD.glob("*.service"):
        for command in re.findall(r"^ExecStart=/usr/bin/kansli (.+)$", unit.read_text(), re.M):
            name, *arguments = command.split()
            told = kansli(name, "--help")
            assert all(argument in told for argument in arguments if argument.startswith("--")), command
