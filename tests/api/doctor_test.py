"""`kansli doctor`: one line and one cure for each thing."""
import json
import os
import shutil
import socket
import sqlite3

import pytest

from kansli_process import Server, kansli

CHECKS = {"disk", "permissions", "keys", "uploads", "settings", "hosts", "port", "database", "schema", "record", "originals",
          "clock", "codes", "index", "programs", "models", "sandbox", "signing", "removals"}


def examined(data, *arguments, environment=None):
    process = kansli("doctor", "--data", data, "--json", *(arguments if "--port" in arguments else ["--port", "0", *arguments]), check=False,
                     env={**os.environ, **(environment or {})})
    report = json.loads(process.stdout)
    assert process.returncode == (0 if report["good"] else 7)
    for finding in report["findings"]:
        assert finding["message"] and bool(finding["cure"]) == (finding["state"] != "fine")
    return {finding["check"]: finding for finding in report["findings"]}


@pytest.fixture
def filled(data, tmp_path):
    (tmp_path / "regel.md").write_text("# Regel\n\nSnön röjs klockan sex på morgonen.\n")
    kansli("ingest", "--data", data, "--collection", "gata", tmp_path / "regel.md")
    return data


def test_a_folder_that_is_well(filled):
    for depth in ([], ["--deep"]):
        findings = examined(filled, *depth)
        assert set(findings) == CHECKS
        assert {name for name, finding in findings.items() if finding["state"] == "wrong"} == set()


def test_it_writes_one_line_for_each_thing(filled):
    output = kansli("doctor", "--data", filled, "--port", "0")
    assert len(output.splitlines()) == len(CHECKS)
    assert all(line.startswith(("bra  ", "OBS  ", "FEL  ")) for line in output.splitlines())


def original(data):
    return next(path for path in (data / "files").rglob("*") if path.is_file())


def break_chain(data):
    connection = sqlite3.connect(data / "kansli.db")
    with connection:
        connection.execute("DROP TRIGGER record_only_content_removed")
        connection.execute("UPDATE record SET actor = 'någon annan' WHERE number = 1")
    connection.close()


def leave_behind(data):
    (data / "uploads" / "upload-1").write_text("x")
    os.utime(data / "uploads" / "upload-1", (0, 0))


DAMAGES = {
    "permissions": (lambda data: data.chmod(0o755), "chmod 700"),
    "originals": (lambda data: original(data).unlink(), "säkerhetskopia"),
    "record": (break_chain, "säkerhetskopia"),
    "index": (lambda data: [shutil.rmtree(data / "index"), (data / "index").mkdir()], "kansli index rebuild"),
    "settings": (lambda data: (data / "kansli.toml").write_text("okand = 1\n"), "kansli.toml"),
    "hosts": (lambda data: (data / "kansli.toml").write_text('allowed_hosts = ["https://www.riksdagen.se"]\n'), "kansli.toml"),
    "database": (lambda data: (data / "kansli.db").write_bytes(b"x" * 8192), "säkerhetskopia"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_wrong_is_found_with_its_cure(filled, name):
    do, cure = DAMAGES[name]
    do(filled)
    finding = examined(filled)[name]
    assert finding["state"] == "wrong"
    assert cure in finding["cure"]


def test_a_changed_original_is_found(filled):
    original(filled).chmod(0o600)
    original(filled).write_text("# Regel\n\nSnön röjs klockan fem på morgonen.\n")
    assert examined(filled)["originals"]["state"] == "wrong"


def test_leftovers_are_worth_a_look(filled):
    leave_behind(filled)
    assert examined(filled)["uploads"]["state"] == "doubtful"


def test_missing_programs_are_named(filled, tmp_path):
    finding = examined(filled, environment={"PATH": str(tmp_path)})["programs"]
    assert finding["state"] == "wrong"
    assert "pdftotext" in finding["message"] and "tesseract" in finding["message"] and "apt install" in finding["cure"]


def test_keys_that_others_can_read_are_found(filled):
    (filled / "keys").mkdir(mode=0o700, exist_ok=True)
    (filled / "keys" / "sigill").write_text("hemlig")
    (filled / "keys" / "sigill").chmod(0o644)
    assert examined(filled)["keys"]["state"] == "wrong"
    (filled / "keys" / "sigill").chmod(0o600)
    assert examined(filled)["keys"]["state"] == "fine"


def test_a_signing_key_that_is_lost_or_another_is_worth_a_look(filled):
    kansli("record", "checkpoint", "--data", filled)
    assert examined(filled)["signing"]["state"] == "fine"
    key = filled / "keys" / "record.pem"
    key.unlink()
    lost = examined(filled)["signing"]
    assert lost["state"] == "doubtful" and "finns inte" in lost["message"]
    assert not key.exists(), "looking makes no key"
    kansli("record", "key", "--data", filled)
    assert "annan nyckel" in examined(filled)["signing"]["message"]
    key.write_text("ingen nyckel")
    assert examined(filled)["signing"]["state"] == "wrong"


def test_the_port_is_free_ours_or_somebody_elses(filled):
    server = Server(filled)
    try:
        assert "Kansli svarar" in examined(filled, "--port", server.port)["port"]["message"]
    finally:
        server.stop()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert examined(filled, "--port", other.getsockname()[1])["port"]["state"] == "wrong"
