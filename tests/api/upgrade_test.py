"""A data folder that another version of the program has left."""
import hashlib
import sqlite3

from kansli_process import kansli, kansli_json


def change(data, *statements):
    connection = sqlite3.connect(data / "kansli.db")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def digest(data):
    return hashlib.sha256((data / "kansli.db").read_bytes()).hexdigest()


def make_older(data):
    """As a version left it that had no jobs and did not tell who it was."""
    change(data, "DROP TABLE jobs", "DROP TABLE programs", "DELETE FROM migrations WHERE room = 'jobs'")


def test_an_older_folder_is_upgraded_with_a_copy_beside_it(data, tmp_path):
    (tmp_path / "regel.md").write_text("# Regel\n\nSnön röjs klockan sex på morgonen.\n")
    kansli("ingest", "--data", data, "--collection", "gata", tmp_path / "regel.md")
    make_older(data)
    process = kansli("search", "--data", data, "snön röjs", check=False)
    assert process.returncode == 0 and "Regel" in process.stdout
    assert "uppgraderad" in process.stderr and "before-upgrade" in process.stderr
    [copy] = (data / "before-upgrade").iterdir()
    assert copy.name.startswith("kansli-0.1.0-20") and copy.suffix == ".db"
    assert copy.stat().st_mode & 0o777 == 0o600 and copy.parent.stat().st_mode & 0o777 == 0o700
    old = sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)
    assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tables = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "documents_document" in tables and "jobs" not in tables
    old.close()
    assert "uppgraderad" not in kansli("search", "--data", data, "snön röjs", check=False).stderr
    assert len(list((data / "before-upgrade").iterdir())) == 1


def test_a_newer_folder_is_refused_untouched(data):
    change(data, "INSERT INTO migrations VALUES ('models', 1, 'x', '2027-01-01T00:00:00.000Z')",
           "INSERT INTO programs VALUES ('9.1.0', '2027-01-01T00:00:00.000Z')")
    before = digest(data)
    for command in (["serve", "--port", "0"], ["search", "bygglov"], ["backup", "--to", data.parent / "copies"]):
        process = kansli(command[0], "--data", data, *command[1:], check=False)
        assert process.returncode == 6
        assert "uppgraderad av Kansli 9.1.0" in process.stderr and "version 0.1.0" in process.stderr
    assert digest(data) == before
    assert not (data / "before-upgrade").exists() and not (data.parent / "copies").exists()


def test_the_doctor_tells_of_older_and_newer_folders_and_changes_nothing(data):
    make_older(data)
    before = digest(data)
    findings = {finding["check"]: finding for finding in kansli_json("doctor", "--data", data, "--port", "0")["findings"]}
    assert findings["schema"]["state"] == "doubtful" and findings["schema"]["cure"]
    assert digest(data) == before
    change(data, "INSERT INTO migrations VALUES ('models', 1, 'x', '2027-01-01T00:00:00.000Z')")
    process = kansli("doctor", "--data", data, "--port", "0", check=False)
    assert process.returncode == 7 and "FEL  schema" in process.stdout
