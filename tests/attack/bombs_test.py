"""Bombs by upload and by command line. Watched through /proc: no process grows beyond its limit, the disk does not fill, the server
lives, and the honest file beside the bomb is read."""
import os
import re
import subprocess
import threading
import time

import pytest

import bombs
from kansli_process import BINARY, Server, kansli, kansli_json, left_of_uploads, new_data_folder, signed_in
from waiting import until

# What ARCHITECTURE.md promises: a worker has an address space of 1,5 GiB. The server holds answers and indexes, no foreign files.
WORKER_MIB = 1536
SERVER_MIB = 700
DISK_MIB = 2600
HONEST = ("ärlig.md", "# Ärlig fil\n\nSandning sker när det är halt.\n".encode())




def family(process_id):
    for task in os.listdir(f"/proc/{process_id}/task"):
        for child in (int(each) for each in open(f"/proc/{process_id}/task/{task}/children").read().split()):
            yield child
            yield from family(child)


def peak(process_id):
    found = re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{process_id}/status").read())
    return int(found[1]) >> 10 if found else 0


class Watch:
    """The largest that a process and those it started have been, in MiB, and their folder on disk."""

    def __init__(self, process_id, folder):
        self.process_id, self.folder = process_id, folder
        self.own = self.worker = self.disk = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def look(self):
        while not self.ended.wait(0.02):
            try:
                self.own = max(self.own, peak(self.process_id))
                for child in list(family(self.process_id)):
                    self.worker = max(self.worker, peak(child))
            except OSError:
                pass  # somebody ended meanwhile
            self.disk = max(self.disk, self.on_disk())

    def on_disk(self):
        total = 0
        for path, _, names in os.walk(self.folder):
            for name in names:
                try:
                    total += os.lstat(os.path.join(path, name)).st_blocks * 512
                except OSError:
                    pass
        return total >> 20

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def check(self):
        assert self.own < SERVER_MIB and self.worker < WORKER_MIB and self.disk < DISK_MIB, \
            f"own {self.own}, worker {self.worker}, disk {self.disk} MiB"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("bombs") / "data")
    server = Server(data)
    server.data = data
    server.editor = signed_in(server, server.data, "Eva Redaktör", "editor")
    yield server
    assert server.stop() == 0


def check_reports(files, bomb_name):
    """The honest one was read; the bomb was read within limits, or refused in words that a person can act on."""
    honest = next(file for file in files if file["name"] == HONEST[0])
    assert honest["state"] in ("done", "unchanged"), honest
    bomb = [file for file in files if file["name"].startswith(bomb_name)]
    assert bomb and all(file["state"] in ("done", "failed", "unchanged") for file in bomb)
    for file in bomb:
        if file["state"] == "failed":
            assert len(file["error"]["message"]) > 15 and "std::" not in file["error"]["message"], file


def check_texts(house):
    """Nothing of the machine, and nothing multiplied, is in what came out."""
    for document in house.editor.get("/api/documents").json()["documents"]:
        text = house.editor.get(f"/api/versions/{document['current_version']}/text").body
        assert b"root:" not in text and b"hahahaha" not in text, document["file_name"]
        assert len(text) <= 64 << 20


@pytest.mark.parametrize("bomb", bombs.ALL, ids=lambda bomb: bomb.__name__)
def test_a_bomb_by_upload(house, bomb):
    name, data = bomb()
    with Watch(house.process.pid, house.data) as watch:
        answer = house.editor.upload([(name, data), HONEST], {"collection": "prov"})
        assert answer.status == 202, answer.body
        job = answer.json()["job"]
        state = until(lambda: (now := house.editor.get(f"/api/imports/{job}").json())["state"] in ("done", "failed") and now, 500)
        assert house.editor.get("/health").status == 200
    watch.check()
    check_reports(state["files"], name)


def test_what_came_out_of_bombs_is_harmless(house):
    check_texts(house)
    pages = [document for document in house.editor.get("/api/documents").json()["documents"] if document["file_name"].endswith(".pdf")]
    assert pages, "at least one of the PDF files can be read"
    for document in pages:
        with Watch(house.process.pid, house.data) as watch:
            picture = house.editor.get(f"/api/versions/{document['current_version']}/pages/1.png")
            assert picture.status in (200, 404, 413, 422), picture.body
        watch.check()
    assert left_of_uploads(house.data) == []
    assert house.editor.get("/api/search", words="sandning").json()["hits"]


@pytest.mark.parametrize("bomb", bombs.ALL, ids=lambda bomb: bomb.__name__)
def test_a_bomb_by_command_line(tmp_path, bomb):
    data, inside = new_data_folder(tmp_path / "data"), tmp_path / "in"
    inside.mkdir()
    name, content = bomb()
    for each, written in ((name, content), HONEST):
        (inside / each).write_bytes(written)
    process = subprocess.Popen([BINARY, "ingest", "--data", str(data), "--collection", "prov", str(inside)], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with Watch(process.pid, data) as watch:
        _, errors = process.communicate(timeout=500)
    watch.check()
    assert process.returncode in (0, 3, 7), errors
    assert "hel" in kansli("record", "verify", "--data", data)
    assert kansli_json("search", "--data", data, "sandning")["total"] == 1


def test_nothing_is_left_running(house):
    """Comes last: the workers that are kept are few, and none of their programs outlived its file."""
    deadline = time.monotonic() + 30
    while len(left := list(family(house.process.pid))) > 4:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
