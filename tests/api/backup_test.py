"""Copies and restoring, rehearsed as they would be done: while people work, and with damaged copies."""
import json
import shutil
import subprocess
import threading

import pytest

from kansli_process import BINARY, ROOT, Server, kansli, kansli_json, new_data_folder, signed_in

QUESTION = "Vad kostar ett årskort för vuxna på badhuset?"
TAXA = "# Taxa för badhuset\n\n## 1 Årskort\n\nEtt årskort för vuxna på badhuset kostar 1 900 kronor och gäller i tolv månader.\n"


def write_rules(folder, amount, count=20):
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"regel-{number:02}.md").write_text(
            f"# Regelverk {number}\n\n## 1 Avgift\n\nAvgiften enligt regel {number} är {amount} kronor per gång.\n")


def answer_of(data):
    answer = kansli_json("ask", "--data", data, "--collection", "fritid", QUESTION)
    return answer["answer"], [(citation["quote"], citation["version"]) for citation in answer["citations"]]


def texts_of(data):
    return {document["file_name"]: kansli("document", "text", "--data", data, document["current_version"])
            for document in kansli_json("document", "list", "--data", data)["documents"]}


@pytest.fixture
def bath(data, tmp_path):
    (tmp_path / "taxa.md").write_text(TAXA)
    kansli("ingest", "--data", data, "--collection", "fritid", tmp_path / "taxa.md")
    return data


@pytest.fixture
def copy(bath, tmp_path):
    """A place with one copy; the folder of the copy."""
    kansli("backup", "--data", bath, "--to", tmp_path / "copies")
    [folder] = (path.parent for path in (tmp_path / "copies").glob("*/backup.json"))
    return folder


def head_of(data):
    return kansli("record", "verify", "--data", data)


def test_a_copy_taken_while_people_work_is_restored(bath, tmp_path):
    write_rules(tmp_path / "rules", 100)
    kansli("ingest", "--data", bath, "--collection", "regler", tmp_path / "rules")
    server = Server(bath)
    copies = tmp_path / "copies"
    try:
        browser = signed_in(server, bath)
        stop = threading.Event()

        def ask_all_the_time():
            while not stop.is_set():
                assert browser.request("POST", "/api/ask", {"question": QUESTION}).status == 200

        asking = threading.Thread(target=ask_all_the_time)
        asking.start()
        write_rules(tmp_path / "rules", 200)
        importing = subprocess.Popen([BINARY, "ingest", "--data", str(bath), "--collection", "regler", str(tmp_path / "rules")],
                                     stdout=subprocess.DEVNULL)
        # Several while all of that goes on; the newest is restored.
        taken = 0
        while importing.poll() is None or taken < 2:
            kansli("backup", "--data", bath, "--to", copies, "--keep", "2")
            taken += 1
        stop.set()
        asking.join()
        assert importing.returncode == 0
    finally:
        server.stop()
    assert len(list(copies.glob("*/backup.json"))) == 2
    newest = max(copies.glob("*/backup.json"))
    manifest = json.loads(newest.read_text())

    output = kansli("restore", "--from", copies, "--to", tmp_path / "restored")
    assert "SKADAT" not in output and "är klar" in output
    verified = head_of(tmp_path / "restored")
    assert f"{manifest['record_entries']} anteckningar" in verified and manifest["record_head"] in verified
    assert answer_of(tmp_path / "restored") == answer_of(bath)
    # Each document has its old or its new text, whole.
    now = texts_of(bath)
    before = {name: text.replace("200 kronor", "100 kronor") for name, text in now.items()}
    for name, text in texts_of(tmp_path / "restored").items():
        assert text in (now[name], before[name])
    assert "SKADAT" not in kansli("restore", "--check", "--from", newest.parent)


def test_a_restored_folder_is_the_folder_that_was(bath, copy, tmp_path):
    asked_before = answer_of(bath)
    kansli("restore", "--from", copy.parent, "--to", tmp_path / "restored")
    head = json.loads((copy / "backup.json").read_text())["record_head"]
    assert head in head_of(tmp_path / "restored")
    assert answer_of(tmp_path / "restored") == asked_before
    assert kansli("document", "list", "--data", tmp_path / "restored") == kansli("document", "list", "--data", bath)
    # And it works: it can be written to, and copied.
    kansli("backup", "--data", tmp_path / "restored", "--to", tmp_path / "again")
    kansli("restore", "--check", "--from", tmp_path / "again")


def test_trying_a_copy_keeps_nothing(copy, tmp_path):
    before = sorted(path.relative_to(copy.parent) for path in copy.parent.rglob("*"))
    room = tmp_path / "room"
    room.mkdir()
    assert "går att återställa" in kansli("restore", "--check", "--from", copy.parent, "--to", room)
    assert list(room.iterdir()) == []
    assert sorted(path.relative_to(copy.parent) for path in copy.parent.rglob("*")) == before


def damage_database(copy):
    file = copy / "kansli.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def one_original(copy):
    return next(path for path in (copy.parent / "files").rglob("*") if path.is_file())


DAMAGES = {
    "missing original": (lambda copy: one_original(copy).unlink(), "Filen saknas"),
    "changed original": (lambda copy: one_original(copy).write_text(TAXA.replace("1 900", "1 800")), "har ändrats"),
    "byte of the database": (damage_database, "kansli.db: Filens innehåll har ändrats"),
    "missing database": (lambda copy: (copy / "kansli.db").unlink(), "kansli.db: Filen saknas"),
    "missing settings": (lambda copy: (copy / "kansli.toml").unlink(), "kansli.toml: Filen saknas"),
    "missing manifest": (lambda copy: (copy / "backup.json").unlink(), "saknar sin förteckning"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_copy_is_named(copy, tmp_path, name):
    do, said = DAMAGES[name]
    do(copy)
    for arguments in (["--check"], ["--to", tmp_path / "restored"]):
        process = kansli("restore", "--from", copy.parent, *arguments, check=False)
        assert process.returncode == 7
        assert said in process.stdout + process.stderr
    assert not (tmp_path / "restored").exists()


def test_what_is_left_of_a_damaged_copy_can_be_had(bath, copy, tmp_path):
    one_original(copy).unlink()
    output = kansli("restore", "--from", copy.parent, "--to", tmp_path / "restored", "--accept-damage")
    assert "SKADAT" in output
    assert answer_of(tmp_path / "restored") == answer_of(bath)


def test_restoring_never_overwrites(bath, copy):
    before = {path: path.read_bytes() for path in bath.rglob("*") if path.is_file() and "files" in path.parts}
    process = kansli("restore", "--from", copy.parent, "--to", bath, check=False)
    assert process.returncode == 6 and "inte tom" in process.stderr
    assert all(path.read_bytes() == data for path, data in before.items())


def test_a_copy_killed_half_way_leaves_the_earlier_one(bath, copy, tmp_path):
    write_rules(tmp_path / "rules", 100)
    kansli("ingest", "--data", bath, "--collection", "regler", tmp_path / "rules")
    for _ in range(10):
        process = subprocess.Popen([BINARY, "backup", "--data", str(bath), "--to", str(copy.parent), "--keep", "100"],
                                   stdout=subprocess.DEVNULL)
        try:
            process.wait(timeout=0.03)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        kansli("restore", "--check", "--from", copy.parent)
        kansli("restore", "--check", "--from", copy)
    kansli("backup", "--data", bath, "--to", copy.parent)
    assert not list(copy.parent.glob("kansli-*"))
    assert "går att återställa" in kansli("restore", "--check", "--from", copy.parent)


def test_a_second_copy_takes_only_what_is_new(bath, copy, tmp_path):
    write_rules(tmp_path / "rules", 100, count=3)
    kansli("ingest", "--data", bath, "--collection", "regler", tmp_path / "rules")
    assert "4 originalfiler, varav 3 nya" in kansli("backup", "--data", bath, "--to", copy.parent)


def test_a_damaged_index_does_not_stand_in_the_way_of_a_copy(bath, tmp_path):
    shutil.rmtree(bath / "index")
    (bath / "index").mkdir()
    (bath / "index" / "current").write_text("g99999999")
    kansli("backup", "--data", bath, "--to", tmp_path / "copies")
    assert "går att återställa" in kansli("restore", "--check", "--from", tmp_path / "copies")


def test_the_guide_names_the_commands():
    guide = (ROOT / "docs" / "guides" / "backup.md").read_text()
    for words in ("kansli backup --data", "kansli restore --check --from", "kansli restore --from", "kansli doctor --data"):
        assert words in guide


def test_a_new_folder_can_be_copied(tmp_path):
    data = new_data_folder(tmp_path / "data")
    kansli("backup", "--data", data, "--to", tmp_path / "copies")
    assert "0 anteckningar" in kansli("restore", "--check", "--from", tmp_path / "copies")
