"""The HTTP API of the running server, as its own page and as an attacker would use it."""
import json
import re
import socket
import time
from pathlib import Path

import pytest

from kansli_process import ROOT, Server, kansli, signed_in

OPENAPI = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text())

def test_openapi_is_what_the_program_says():
    assert kansli("openapi") == (ROOT / "docs" / "api" / "openapi.json").read_text()


def test_openapi_defines_all_that_it_refers_to():
    text = json.dumps(OPENAPI)
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= set(OPENAPI["components"]["schemas"])


def test_changing_needs_the_token_of_the_page(administrator, demo_server):
    stranger = demo_server.browser()
    stranger.cookie = administrator.cookie
    stranger.csrf = "0" * 64
    assert stranger.request("POST", "/api/ask", {"question": "Vad kostar bygglov?"}).status == 403
    assert stranger.request("POST", "/api/ask", raw=b"question=x", headers={
        "Content-Type": "application/x-www-form-urlencoded", "X-Kansli-Csrf": administrator.csrf}).status == 415


def test_a_link_signs_in_once(demo_server, demo_data):
    output = kansli("user", "add", "--data", demo_data, "--name", "Engång Ek", "--role", "reader")
    token = re.search(r"in/([0-9a-f]+)", output)[1]
    assert demo_server.browser().request("POST", "/api/session", {"token": token}).status == 200
    assert demo_server.browser().request("POST", "/api/session", {"token": token}).status == 401
    assert demo_server.browser().request("POST", "/api/session", {"token": "0" * 32}).status == 401


def test_signing_out_ends_the_session(demo_server, demo_data):
    browser = signed_in(demo_server, demo_data, "Ulla Ut", ["reader"])
    assert browser.get("/api/session").status == 200
    assert browser.request("DELETE", "/api/session").status == 204
    assert browser.get("/api/session").status == 401


def test_search_and_explanation(reader):
    found = reader.get("/api/search", words="bygglov", limit=5).json()
    assert found["hits"] and found["total"] >= len(found["hits"])
    hit = found["hits"][0]
    for mark in hit["marks"]:
        assert hit["snippet"].encode()[mark["start"]:mark["end"]].decode()
    terms = reader.get("/api/search/explain", words="bygglov", version=hit["version"], section=hit["section"]).json()["terms"]
    assert terms and all(term["weight"] >= 0 for term in terms)


def test_a_misspelt_parameter_is_named_and_not_answered(reader):
    answer = reader.get("/api/search", q="bygglov")
    assert answer.status == 400 and answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["where"] == "q" and "words" in problem["advice"]


def test_an_answer_streams_sentence_by_sentence(reader):
    question = next(json.loads(line) for line in (ROOT / "demo" / "questions.jsonl").read_text().splitlines()
                    if json.loads(line)["answerable"])
    whole = reader.request("POST", "/api/ask", {"question": question["question"]}).json()
    answer = reader.request("POST", "/api/ask", {"question": question["question"]}, headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
              for block in answer.body.decode().strip().split("\n\n")]
    names = [event.get("event") for event in events]
    assert names[0] == "status" and names[-1] == "done"
    assert names.count("sentence") == len(whole["citations"])
    assert json.loads(events[-1]["data"])["answer"] == whole["answer"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"question": 3}', b'{"question": "x", "unknown": 1}', b'{"question": ""}',
                                  b'{"question": "' + b"x" * 5000 + b'"}', b'{"question":"a","question":"b"}', b"\xff\xfe"])
def test_a_bad_body_is_a_problem_and_never_a_crash(reader, body):
    answer = reader.request("POST", "/api/ask", raw=body, headers={"Content-Type": "application/json"})
    assert answer.status in (400, 413)
    problem = answer.json()
    assert problem["detail"] and problem["status"] == answer.status


@pytest.mark.parametrize("path", ["/api/documents/nope", "/api/versions/nope", "/api/versions/nope/text",
                                  "/api/versions/nope/original", "/api/versions/nope/pages/1.png",
                                  "/api/versions/..%2f..%2fkansli.db/original"])
def test_what_is_not_there_is_not_found(reader, path):
    assert reader.get(path).status in (400, 404)


def ended(browser, job):
    """The import when it has come to its end."""
    deadline = time.monotonic() + 60
    while True:
        state = browser.get(f"/api/imports/{job}").json()
        if state["state"] in ("done", "failed", "cancelled"):
            return state
        assert time.monotonic() < deadline, state
        time.sleep(0.1)


def test_an_import_leaves_no_upload_behind_however_it_ends(data):
    server = Server(data)
    try:
        browser = signed_in(server, data)
        rules = [(f"regel-{number}.md", f"# Regel {number}\n\nText om regel {number}.\n".encode()) for number in range(40)]
        jobs = [browser.upload(rules, {"collection": "regler"}).json()["job"] for _ in range(3)]
        for job in jobs[1:]:
            assert browser.request("DELETE", f"/api/imports/{job}").status in (200, 204)
        states = [ended(browser, job)["state"] for job in jobs]
        assert states[0] == "done" and "cancelled" in states
        assert [file.name for file in Path(data).rglob("import-*")] == []
    finally:
        assert server.stop() == 0


def test_upload_import_read_and_withdraw(data):
    server = Server(data)
    try:
        browser = signed_in(server, data)
        answer = browser.upload([("riktlinje.md", "# Riktlinje för sandning\n\nSandning sker när det är halt.\n".encode()),
                                 ("tom.pdf", b"")], {"collection": "gata", "owner": "Tekniska nämnden"})
        assert answer.status == 202, answer.body
        state = ended(browser, answer.json()["job"])
        files = {file["name"]: file for file in state["files"]}
        assert files["riktlinje.md"]["state"] == "done"
        assert files["tom.pdf"]["state"] == "failed" and "tom" in files["tom.pdf"]["error"]["message"].lower()
        hit = browser.get("/api/search", words="sandning").json()["hits"][0]
        document = browser.get(f"/api/documents/{hit['document']}").json()
        assert document["document"]["attributes"]["owner"] == "Tekniska nämnden"
        original = browser.get(f"/api/versions/{hit['version']}/original")
        assert original.body.decode().startswith("# Riktlinje") and "attachment" in original.headers["content-disposition"]
        assert browser.request("DELETE", f"/api/documents/{hit['document']}").status == 204
        assert browser.get("/api/search", words="sandning").json()["hits"] == []
        auditor = signed_in(server, data, "Revy Revisor", "auditor")
        entries = auditor.get("/api/record").json()["entries"]
        assert {"document_imported", "document_withdrawn"} <= {entry["kind"] for entry in entries}
        assert auditor.request("POST", "/api/record/verify").json()["first_broken"] is None
    finally:
        assert server.stop() == 0


def test_restricted_documents_leave_no_trace(data, tmp_path):
    """With and without a document that the reader may not read, everything the reader sees is the same."""
    (tmp_path / "open.md").write_text("# Snöröjning\n\nPlogbilen kör när det har fallit fem centimeter snö.\n")
    (tmp_path / "hidden.md").write_text("---\nåtkomst: [ledning]\n---\n# Hemlig snöröjning\n\nPlogbilen säljs. Kvastborstmaskin köps.\n")
    kansli("ingest", "--data", data, "--collection", "gata", tmp_path / "open.md")
    server = Server(data)
    try:
        reader = signed_in(server, data, "Rut", ["reader"])
        chief = signed_in(server, data, "Chefen", ["reader"], ["ledning"])

        def seen(browser):
            searches = [browser.get("/api/search", words=words).json()
                        for words in ("plogbilen", "snöröjning", "kvastborstmaskin", "kvastborstmaskim", "plog*")]
            for search in searches:
                for hit in search["hits"]:
                    hit.pop("version"), hit.pop("document")
            return searches, browser.get("/api/documents").json()["documents"].__len__(), browser.get("/api/collections").json()

        before = seen(reader)
        kansli("ingest", "--data", data, "--collection", "gata", tmp_path / "hidden.md")
        assert seen(reader) == before
        hidden = chief.get("/api/search", words="kvastborstmaskin").json()["hits"][0]
        for path in (f"/api/documents/{hidden['document']}", f"/api/versions/{hidden['version']}",
                     f"/api/versions/{hidden['version']}/text", f"/api/versions/{hidden['version']}/original",
                     f"/api/versions/{hidden['version']}/sections/0"):
            assert chief.get(path).status == 200, path
            assert reader.get(path).status == 404, path
        answer = reader.request("POST", "/api/ask", {"question": "Vad köps till snöröjningen?"}).json()
        assert "kvastborst" not in json.dumps(answer, ensure_ascii=False).lower()
    finally:
        server.stop()


def test_pages_come_with_a_strict_policy(demo_server):
    answer = demo_server.browser().get("/")
    assert answer.status == 200 and "<html" in answer.body.decode()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert demo_server.browser().request("GET", "/dokument", headers={"Accept": "text/html"}).status == 200
    assert demo_server.browser().get("/assets/nope.js").status == 404
    assert demo_server.browser().get("/../kansli.toml").status in (400, 404)


def test_a_pdf_page_is_a_picture_with_boxes_inside_it(administrator):
    documents = administrator.get("/api/documents").json()["documents"]
    pdf = next(document for document in documents if document["file_name"].endswith(".pdf"))
    version = administrator.get(f"/api/versions/{pdf['current_version']}").json()
    picture = administrator.get(f"/api/versions/{pdf['current_version']}/pages/1.png")
    assert picture.status == 200 and picture.body.startswith(b"\x89PNG")
    last = version["sections"][-1]
    places = administrator.get(f"/api/versions/{pdf['current_version']}/places", start=last["start"], end=last["end"]).json()
    assert places["places"]
    for place in places["places"]:
        assert 0 <= place["box"]["left"] < place["box"]["right"] <= places["page_width"] + 1
    assert administrator.get(f"/api/versions/{pdf['current_version']}/pages/9999.png").status == 404


def test_events_arrive_while_something_is_imported(demo_server, administrator):
    connection = socket.create_connection(("127.0.0.1", demo_server.port), timeout=20)
    connection.sendall(f"GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: {administrator.cookie}\r\n"
                       f"Accept: text/event-stream\r\n\r\n".encode())
    assert b"200" in connection.recv(4096)
    answer = administrator.upload([("anslag.txt", "Anslag om parkering på torget under marknaden.\n".encode())],
                                  {"collection": "tillfälligt"})
    assert answer.status == 202
    seen = b""
    while b"event: import" not in seen:
        seen += connection.recv(4096)
    connection.close()
