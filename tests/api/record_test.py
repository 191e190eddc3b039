"""The record as an auditor meets it: verification, checkpoints, proofs, and what tampering does to each."""
import json
import re
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from kansli_process import ROOT, Server, kansli, signed_in

CHECK_PROOF = ROOT / "docs" / "operations" / "check_proof.py"


@pytest.fixture
def people(data):
    """A record of a few entries, the last ones without a checkpoint."""
    for name in ("Rut Åkesson", "Bo Ek"):
        kansli("user", "add", "--data", data, "--name", name, "--role", "reader")
    kansli("record", "checkpoint", "--data", data)
    kansli("user", "add", "--data", data, "--name", "Ylva Öberg", "--role", "reader")
    return data


def tamper(database, *statements):
    connection = sqlite3.connect(database)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def verify(*arguments):
    return kansli("record", "verify", "--data", *arguments, check=False)


def check_proof(*arguments):
    return subprocess.run([sys.executable, str(CHECK_PROOF), *map(str, arguments)], text=True, capture_output=True)


def test_the_key_is_made_at_once_and_only_for_its_owner(data):
    secret = data / "keys" / "record.pem"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert kansli("record", "key", "--data", data).startswith("-----BEGIN PUBLIC KEY-----")
    kansli("backup", "--data", data, "--to", data.parent / "copies")
    assert list((data.parent / "copies").rglob("kansli.db")) and not list((data.parent / "copies").rglob("record.pem"))


def test_verification_tells_checkpoints_and_key(people, tmp_path):
    key = tmp_path / "key.pem"
    key.write_text(kansli("record", "key", "--data", people))
    told = kansli("record", "verify", "--data", people, "--public-key", key)
    # Two entries a person, and one about the key that was taken in use.
    assert "Kedjan är hel: 7 anteckningar" in told
    assert "kontrollpunkter: 1; den senaste gäller till och med anteckning 5" in told
    assert "--public-key" not in told and "--public-key" in kansli("record", "verify", "--data", people)
    assert "6–7" in kansli("record", "checkpoint", "--data", people)
    assert "Inget nytt" in kansli("record", "checkpoint", "--data", people)
    other = tmp_path / "other.pem"
    subprocess.run(f"openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out {other}", shell=True, check=True)
    process = verify(people, "--public-key", other)
    assert process.returncode == 7 and "annan nyckel" in process.stderr
    assert verify(people, "--public-key", people / "kansli.toml").returncode == 3


def test_a_copy_of_the_database_alone_is_verified(people, tmp_path):
    kansli("backup", "--data", people, "--to", tmp_path / "copies")
    [copy] = (tmp_path / "copies").glob("*/kansli.db")
    alone = tmp_path / "kansli.db"
    shutil.copy(copy, alone)
    assert verify(alone).returncode == 0
    assert verify(alone, "--checkpoints", people / "checkpoints.jsonl").returncode == 0
    tamper(alone, "UPDATE record SET actor = 'Eva' WHERE number = 2")
    process = verify(alone)
    assert process.returncode == 7 and "anteckning 2" in process.stderr


def test_a_rewritten_chain_shows_against_checkpoints_kept_elsewhere(people, tmp_path):
    kept = tmp_path / "kept.jsonl"
    shutil.copy(people / "checkpoints.jsonl", kept)
    tamper(people / "kansli.db", "DELETE FROM record WHERE number > 2", "DELETE FROM record_checkpoint",
           "UPDATE record_head SET number = 2, hash = (SELECT hash FROM record WHERE number = 2)",
           f"UPDATE record_checkpoint_head SET number = 0, hash = '{'0' * 64}'")
    (people / "checkpoints.jsonl").unlink()
    assert verify(people).returncode == 0
    process = verify(people, "--checkpoints", kept)
    assert process.returncode == 7 and "rad 1" in process.stderr


def test_a_proof_is_checked_by_kansli_and_by_a_script_without_it(people, tmp_path):
    key, proof = tmp_path / "key.pem", tmp_path / "proof.json"
    key.write_text(kansli("record", "key", "--data", people))
    for number in (1, 5, 6, 7):
        for content in ([], ["--with-content"]):
            kansli("record", "prove", "--data", people, "--number", number, *content, "--out", proof)
            told = kansli("record", "check-proof", proof, "--public-key", key)
            assert "Beviset håller" in told
            assert ("Innehåll:" in told) == bool(content)
            process = check_proof(proof, key)
            assert process.returncode == 0 and "The proof holds" in process.stdout, process.stderr
            assert ('"content":' in process.stdout) == bool(content)
    assert "Rut Åkesson" in kansli("record", "prove", "--data", people, "--number", 1, "--with-content", "--out", proof) \
        + proof.read_text()
    assert kansli("record", "prove", "--data", people, "--number", 99, "--out", proof, check=False).returncode == 4


def changed(value):
    if isinstance(value, int):
        return value + 1
    return ("1" if value[0] == "0" else "0") + value[1:] if value else "x"


def places(value, path=()):
    """The path to every value in the proof."""
    if isinstance(value, dict):
        return [place for name, inner in value.items() for place in places(inner, (*path, name))]
    if isinstance(value, list):
        return [place for index, inner in enumerate(value) for place in places(inner, (*path, index))]
    return [path]


def test_a_proof_with_any_value_changed_is_refused_by_both(people, tmp_path):
    original, forged = tmp_path / "proof.json", tmp_path / "forged.json"
    kansli("record", "prove", "--data", people, "--number", 2, "--with-content", "--out", original)
    everything = places(json.loads(original.read_text()))
    assert len(everything) > 20
    for path in everything:
        proof = json.loads(original.read_text())
        inner = proof
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = changed(inner[path[-1]])
        forged.write_text(json.dumps(proof, ensure_ascii=False))
        assert kansli("record", "check-proof", forged, check=False).returncode in (3, 7), path
        assert check_proof(forged).returncode == 1, path


def test_a_proof_signed_with_another_key_is_refused(people, tmp_path):
    proof, other = tmp_path / "proof.json", tmp_path / "other.pem"
    kansli("record", "prove", "--data", people, "--number", 2, "--out", proof)
    subprocess.run(f"openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out {other}", shell=True, check=True)
    assert kansli("record", "check-proof", proof, "--public-key", other, check=False).returncode == 7
    assert check_proof(proof, other).returncode == 1
    assert kansli("record", "check-proof", other, check=False).returncode == 3


def test_the_server_signs_when_it_stops_and_gives_proofs(data, tmp_path):
    server = Server(data)
    try:
        auditor = signed_in(server, data, "Aina Revisor", "auditor")
        entries = auditor.get("/api/record").json()["entries"]
        proof = auditor.get(f"/api/record/{entries[0]['number']}/proof", content=1)
        assert proof.status == 200 and "attachment" in proof.headers["content-disposition"]
        (tmp_path / "proof.json").write_bytes(proof.body)
        (tmp_path / "key.pem").write_bytes(auditor.get("/api/record/key").body)
        assert check_proof(tmp_path / "proof.json", tmp_path / "key.pem").returncode == 0
        assert auditor.get("/api/record/9999/proof").status == 404
        result = auditor.request("POST", "/api/record/verify").json()
        assert result["first_broken"] is None and result["signed_up_to"] >= entries[0]["number"]
        assert len(auditor.get("/api/record/checkpoints").body.splitlines()) == result["checkpoints"] >= 1
        kansli("user", "add", "--data", data, "--name", "Sist In", "--role", "reader")
    finally:
        assert server.stop() == 0
    told = kansli("record", "verify", "--data", data)
    whole = re.search(r"hel: (\d+) anteckningar", told)[1]
    assert f"till och med anteckning {whole} " in told


def test_wrong_checkpoint_settings_are_one_clear_line(data):
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + "checkpoint_minutes = 5\ncheckpoint_entries = 0\n")
    process = kansli("record", "checkpoint", "--data", data, check=False)
    assert process.returncode == 3 and "checkpoint_entries" in process.stderr
