"""Kill -9 at random instants: what was there before stays whole, and the work is finished afterwards."""
import os
import random
import signal
import subprocess
import time


from kansli_process import BINARY, kansli, kansli_json, new_data_folder

KILLS = 50
RULES = 12


def write_rules(folder, amount):
    folder.mkdir(exist_ok=True)
    for number in range(RULES):
        sections = "\n\n".join(f"## {part} Regel {part}\n\nAvgiften enligt regel {number}-{part} är {amount} kronor per gång."
                               for part in range(1, 9))
        (folder / f"regel-{number:02}.md").write_text(f"# Regelverk {number}\n\n{sections}\n")


def amounts(data, chance=None):
    """Per document the amounts that its current text mentions; with `chance`, only of four documents picked by it."""
    found = {}
    documents = kansli_json("document", "list", "--data", data)["documents"]
    assert len(documents) == RULES
    for document in chance.sample(documents, 4) if chance else documents:
        text = kansli("document", "text", "--data", data, document["current_version"])
        found[document["file_name"]] = {word for word in ("100", "200") if f"är {word} kronor" in text}
    return found


def searched(data, number):
    hits = kansli_json("search", "--data", data, f'"regel {number}-3"', "--limit", "5")["hits"]
    return [hit["snippet"] for hit in hits]


def test_an_import_killed_at_any_instant_leaves_the_old_answering_and_is_resumed(tmp_path):
    seed = int(os.environ.get("KANSLI_SEED", "20261122"))
    chance = random.Random(seed)
    data = new_data_folder(tmp_path / "data")
    rules = tmp_path / "rules"
    write_rules(rules, 100)
    began = time.monotonic()
    kansli("ingest", "--data", data, "--collection", "regler", rules)
    whole = time.monotonic() - began
    amount = 100
    killed = 0
    for turn in range(KILLS):
        old, amount = amount, 300 - amount
        write_rules(rules, amount)
        process = subprocess.Popen([BINARY, "ingest", "--data", str(data), "--collection", "regler", str(rules)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole * 1.1))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        found = amounts(data, chance)
        for name, texts in found.items():
            assert texts in ({str(old)}, {str(amount)}), f"seed {seed}, turn {turn}: {name} holds {texts}"
        snippets = searched(data, chance.randrange(RULES))
        assert snippets, f"seed {seed}, turn {turn}: nothing found"
        # What was cut off is finished by the next command that imports, and then everything is new.
        kansli("ingest", "--data", data, "--collection", "regler", rules)
        assert all(texts == {str(amount)} for texts in amounts(data, chance).values()), f"seed {seed}, turn {turn}"
        assert any(f"är {amount} kronor" in snippet for snippet in searched(data, chance.randrange(RULES)))
    assert all(texts == {str(amount)} for texts in amounts(data).values())
    assert killed >= KILLS // 2, "the import was mostly finished before the kill; make it longer"
    assert "hel" in kansli("record", "verify", "--data", data).lower()


def test_a_rebuild_of_the_index_killed_at_any_instant_leaves_the_old_index(tmp_path):
    chance = random.Random(7)
    data = new_data_folder(tmp_path / "data")
    write_rules(tmp_path / "rules", 100)
    kansli("ingest", "--data", data, "--collection", "regler", tmp_path / "rules")
    expected = kansli_json("search", "--data", data, "avgiften")["total"]
    for _ in range(10):
        process = subprocess.Popen([BINARY, "index", "rebuild", "--data", str(data)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert kansli_json("search", "--data", data, "avgiften")["total"] == expected
    kansli("index", "rebuild", "--data", data)
    assert kansli_json("search", "--data", data, "avgiften")["total"] == expected


def test_a_backup_taken_while_importing_is_whole(tmp_path):
    data = new_data_folder(tmp_path / "data")
    write_rules(tmp_path / "rules", 100)
    process = subprocess.Popen([BINARY, "ingest", "--data", str(data), "--collection", "regler", str(tmp_path / "rules")],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kansli("backup", "--data", data, "--to", tmp_path / "copies")
    process.wait()
    kansli("restore", "--from", tmp_path / "copies", "--to", tmp_path / "restored")
    assert "hel" in kansli("record", "verify", "--data", tmp_path / "restored").lower()
    for document in kansli_json("document", "list", "--data", tmp_path / "restored")["documents"]:
        kansli("document", "text", "--data", tmp_path / "restored", document["current_version"])
