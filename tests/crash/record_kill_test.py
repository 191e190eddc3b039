"""Kill -9 during hundreds of changes: the record and what it tells of agree after each, and the chain holds.

The links are counted again here, from the description in src/record/README.md alone."""
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

from kansli_process import BINARY, kansli, new_data_folder

OPERATIONS = 500
KINDS = ("user", "user", "user", "user", "link", "link", "link", "source", "source", "checkpoint")


class Chain:
    """The part of the record that has been checked already; each call goes on from there."""

    def __init__(self):
        self.number, self.head = 0, "0" * 64

    def check_rest(self, connection):
        rows = connection.execute("SELECT number, format, moment, actor, kind, subject, salt, content, content_hash, previous, hash"
                                  " FROM record WHERE number > ? ORDER BY number", (self.number,))
        for number, format_, moment, actor, kind, subject, salt, content, content_hash, previous, found in rows:
            assert (number, format_, previous) == (self.number + 1, 2, self.head)
            assert content_hash == hashlib.sha256(bytes.fromhex(salt) + content.encode()).hexdigest()
            link = {"actor": actor, "content": content_hash, "format": 2, "kind": kind, "moment": moment, "number": number,
                    "previous": previous, "subject": subject}
            assert found == hashlib.sha256(json.dumps(link, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
            self.number, self.head = number, found
        assert connection.execute("SELECT number, hash FROM record_head").fetchone() == (self.number, self.head)


def subjects(connection, kind):
    return sorted(row[0] for row in connection.execute("SELECT subject FROM record WHERE kind = ?", (kind,)))


def column(connection, query):
    return sorted(row[0] for row in connection.execute(query))


def check_agreement(database, chain):
    connection = sqlite3.connect(database)
    try:
        connection.execute("BEGIN")  # one snapshot
        chain.check_rest(connection)
        assert column(connection, "SELECT id FROM users") == subjects(connection, "user_created")
        assert set(column(connection, "SELECT user FROM sign_in_links")) == set(subjects(connection, "sign_in_link_made"))
        added, removed = subjects(connection, "source_added"), subjects(connection, "source_removed")
        assert column(connection, "SELECT id FROM sources") == sorted(set(added) - set(removed))
        assert column(connection, "SELECT document FROM documents_version WHERE whole = 1") == \
            subjects(connection, "document_imported")
        signed = connection.execute("SELECT max(number), count(*) FROM record_checkpoint").fetchone()
        assert connection.execute("SELECT number FROM record_checkpoint_head").fetchone()[0] == (signed[0] or 0)
    finally:
        connection.close()


def command(chance, data, turn, folder):
    kind = chance.choice(KINDS) if turn % 50 else ("ingest", "ask")[turn // 50 % 2]
    if kind == "user":
        return ["user", "add", "--data", data, "--name", f"Person {turn} Åström", "--role", "reader"]
    if kind == "link":
        return ["user", "link", "--data", data, "--name", "Första Person"]
    if kind == "source":
        return ["source", "add", "--data", data, "--collection", f"samling{turn}", folder]
    if kind == "checkpoint":
        return ["record", "checkpoint", "--data", data]
    if kind == "ask":
        return ["ask", "--data", data, "Vad kostar ett årskort på badhuset?"]
    (folder / f"regel-{turn}.md").write_text(f"# Regel {turn}\n\nAvgiften är {turn} kronor.\n")
    return ["ingest", "--data", data, "--collection", "regler", folder / f"regel-{turn}.md"]


def test_the_record_and_the_store_agree_after_any_kill(tmp_path):
    seed = int(os.environ.get("KANSLI_SEED", "20261130"))
    chance = random.Random(seed)
    data = new_data_folder(tmp_path / "data")
    kansli("user", "add", "--data", data, "--name", "Första Person", "--role", "administrator")
    folder = tmp_path / "in"
    folder.mkdir()
    chain = Chain()
    usual = 0.05
    killed = 0
    for turn in range(OPERATIONS):
        arguments = [BINARY, *map(str, command(chance, data, turn, folder))]
        began = time.monotonic()
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if chance.random() < 0.6:
            try:
                process.wait(chance.uniform(0.2, 1.2) * usual)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
                process.wait()
        elif process.wait() == 0 and turn % 50:
            usual = 0.8 * usual + 0.2 * (time.monotonic() - began)
        try:
            check_agreement(data / "kansli.db", chain)
        except AssertionError as problem:
            raise AssertionError(f"seed {seed}, turn {turn}, {arguments[1:3]}") from problem
    kansli("record", "checkpoint", "--data", data)
    told = kansli("record", "verify", "--data", data)
    assert "hel" in told and "kontrollpunkter" in told
    assert killed > OPERATIONS // 10, "most commands were finished before the kill"
    assert chain.number > OPERATIONS // 4, "most commands were killed before they had done anything"
