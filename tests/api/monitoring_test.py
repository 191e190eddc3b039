"""What machines ask that watch over the server, and what it writes to its log."""
import json
import re
import sqlite3
import time

import pytest

from kansli_process import Server, kansli, new_data_folder, signed_in

SAMPLE = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:[0-9.e+-]+|Inf)|\+Inf|NaN)$')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')
SECRET = "Hemligsson"


def parse_exposition(text):
    """Prometheus' text format 0.0.4, strictly: families told once, before their samples, which stand together."""
    assert text.endswith("\n")
    types, helps, samples, family = {}, set(), {}, None
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split(" ", 3)[2]
            assert name not in helps
            helps.add(name)
            continue
        if line.startswith("# TYPE "):
            _, _, family, kind = line.split(" ")
            assert family not in types and family in helps and kind in ("counter", "gauge", "histogram")
            types[family] = kind
            continue
        name, labels, value = SAMPLE.match(line).groups()
        base = re.sub(r"_(bucket|sum|count)$", "", name) if types.get(family) == "histogram" else name
        assert base == family, line
        assert "".join(match[0] for match in LABEL.finditer(labels or "")) == (labels or ""), line
        pairs = tuple(sorted((match[1], match[2]) for match in LABEL.finditer(labels or "")))
        assert (name, pairs) not in samples, line
        samples[name, pairs] = float(value)
    for (name, pairs), value in samples.items():
        if name.endswith("_bucket"):
            rest = tuple(pair for pair in pairs if pair[0] != "le")
            of_series = sorted((float(dict(other)["le"]), count) for (other_name, other), count in samples.items()
                               if other_name == name and tuple(pair for pair in other if pair[0] != "le") == rest)
            counts = [count for _, count in of_series]
            assert counts == sorted(counts) and of_series[-1][0] == float("inf")
            assert counts[-1] == samples[name.replace("_bucket", "_count"), rest]
        if name.endswith("_total"):
            assert types[name] == "counter" and value >= 0
    return samples


def value_of(samples, name, **labels):
    return samples.get((name, tuple(sorted(labels.items()))), 0)


@pytest.fixture
def filled(data, tmp_path):
    (tmp_path / "taxa.md").write_text("# Taxa för badhuset\n\n## 1 Årskort\n\nEtt årskort för vuxna på badhuset kostar 1 900 "
                                      "kronor och gäller i tolv månader.\n")
    kansli("ingest", "--data", data, "--collection", "fritid", tmp_path / "taxa.md")
    return data


@pytest.fixture
def server(filled):
    server = Server(filled, "--log", "json")
    yield server
    server.stop()


def test_health_and_readiness_need_no_one(server):
    health, ready = server.browser().get("/health"), server.browser().get("/ready")
    assert health.status == 200 and health.json() == {"status": "alive"}
    assert ready.status == 200 and ready.json() == {"ready": True, "reason": None}


@pytest.mark.parametrize("table,part", [("documents_revision", "database"), ("jobs", "queue")])
def test_a_part_that_does_not_answer_is_named(server, filled, table, part):
    browser = server.browser()
    assert browser.get("/ready").status == 200
    connection = sqlite3.connect(filled / "kansli.db")
    connection.execute(f"ALTER TABLE {table} RENAME TO gone")
    answer = browser.get("/ready")
    assert answer.status == 503 and answer.json() == {"ready": False, "reason": part}
    assert browser.get("/health").status == 200
    figures = parse_exposition(browser.get("/metrics").body.decode())
    assert value_of(figures, "kansli_part_up", part="queue") == (part != "queue")
    assert value_of(figures, "kansli_http_requests_total", route="/ready", method="GET", status="5xx") == 1
    connection.execute(f"ALTER TABLE gone RENAME TO {table}")
    connection.close()
    assert browser.get("/ready").status == 200


def test_figures_follow_what_happens(server, filled):
    browser = signed_in(server, filled)
    before = parse_exposition(browser.get("/metrics").body.decode())
    assert value_of(before, "kansli_documents") == 1
    assert value_of(before, "kansli_sections") >= 1
    assert value_of(before, "kansli_record_entries") > 0
    assert value_of(before, "process_resident_memory_bytes") > 1e6
    assert value_of(before, "kansli_build_info", version="0.1.0") == 1
    assert {dict(pairs)["state"] for name, pairs in before if name == "kansli_jobs"} == {
        "waiting", "running", "done", "failed", "cancelled"}
    browser.request("POST", "/api/ask", {"question": "Vad kostar ett årskort för vuxna på badhuset?"})
    browser.request("POST", "/api/ask", {"question": "Vem är kommunens inspektör för kärnkraft?"},
                    headers={"Accept": "text/event-stream"})
    browser.get("/api/documents/finns-inte")
    browser.get("/api/documents/finns-inte-heller")
    browser.get("/nagot/annat")
    after = parse_exposition(browser.get("/metrics").body.decode())

    def grown(name, **labels):
        return value_of(after, name, **labels) - value_of(before, name, **labels)

    assert grown("kansli_answers_total", outcome="answered") == 1
    assert grown("kansli_answers_total", outcome="refused") == 1
    assert grown("kansli_http_requests_total", route="/api/ask", method="POST", status="2xx") == 2
    assert grown("kansli_http_requests_total", route="/api/documents/{document}", method="GET", status="4xx") == 2
    assert grown("kansli_http_request_duration_seconds_count", route="/api/ask", method="POST") == 2
    assert grown("kansli_http_requests_total", route="(file)", method="GET", status="4xx") \
        + grown("kansli_http_requests_total", route="(file)", method="GET", status="2xx") == 1
    assert not any("finns-inte" in value for _, pairs in after for _, value in pairs)


def test_open_streams_are_counted(server, filled):
    import http.client
    browser = signed_in(server, filled)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/api/events", headers={"Cookie": browser.cookie, "Accept": "text/event-stream"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert value_of(parse_exposition(browser.get("/metrics").body.decode()), "kansli_http_open_streams") == 1
    answer.close()
    connection.close()
    deadline = time.monotonic() + 20
    while value_of(parse_exposition(browser.get("/metrics").body.decode()), "kansli_http_open_streams") != 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_figures_are_for_administrators_and_named_addresses(filled):
    server = Server(filled)
    assert server.browser().get("/metrics").status == 200
    # Behind a proxy everybody seems to come from its address.
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert server.browser().request("GET", "/metrics", headers={header: "127.0.0.1"}).status == 403
    server.stop()
    settings = filled / "kansli.toml"
    settings.write_text(settings.read_text().replace('metrics_from = ["127.0.0.1", "::1"]', 'metrics_from = ["10.1.2.3"]'))
    server = Server(filled)
    try:
        assert server.browser().get("/metrics").status == 403
        assert signed_in(server, filled, "Rut Läsare", "reader").get("/metrics").status == 403
        assert signed_in(server, filled).get("/metrics").status == 200
    finally:
        server.stop()


def test_every_answer_has_an_id_and_problems_tell_it(server):
    browser = server.browser()
    seen = set()
    for path in ("/", "/api/session", "/finns/inte.js", "/api/documents/x", "/health"):
        answer = browser.get(path)
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
        seen.add(answer.headers["x-request-id"])
        if answer.headers["content-type"] == "application/problem+json":
            assert answer.json()["request"] == answer.headers["x-request-id"]
    assert len(seen) == 5
    given = "6f1c2b1e-8a51-4d5c-9f0e-0123456789ab"
    answer = browser.request("GET", "/api/session", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] == given and answer.json()["request"] == given
    for odd in (SECRET, "x" * 200, "0123", "a b c d e f 0 1 2 3"):
        assert browser.request("GET", "/api/session", headers={"X-Request-Id": odd}).headers["x-request-id"] != odd
    too_large = browser.request("POST", "/api/ask", raw=b"x" * 3_000_000, headers={"Content-Type": "application/json"})
    assert too_large.status == 413 and too_large.json()["request"] == too_large.headers["x-request-id"]


def lines_of(server, count):
    deadline = time.monotonic() + 20
    while len(server.errors) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    return [json.loads(line) for line in server.errors]


def test_the_log_is_one_object_a_line_and_knows_no_person(tmp_path):
    data = new_data_folder(tmp_path / "data")
    server = Server(data, "--log", "json")
    browser = signed_in(server, data, f"Rut {SECRET}")
    ids = []

    def send(method, path, **options):
        answer = browser.request(method, path, **options)
        ids.append(answer.headers["x-request-id"])
        return answer

    send("POST", "/api/ask", body={"question": f"Vad har {SECRET} för ärenden?"})
    send("POST", "/api/ask", body={"question": f"Vad har {SECRET} för ärenden?"}, headers={"Accept": "text/event-stream"})
    send("GET", f"/api/search?words={SECRET}")
    send("GET", f"/api/documents/{SECRET}")
    send("GET", f"/{SECRET}/sida?namn={SECRET}")
    send("GET", "/api/session", headers={"User-Agent": SECRET, "Referer": f"https://{SECRET}.se/", "X-Request-Id": SECRET,
                                         "X-Forwarded-For": SECRET})
    send("POST", "/api/ask", raw=f'{{"{SECRET}": 1}}'.encode(), headers={"Content-Type": "application/json"})
    answer = browser.upload([(f"{SECRET}.md", f"# {SECRET}\n\nText om {SECRET}.\n".encode()),
                             (f"{SECRET}.pdf", b"%PDF broken " + SECRET.encode())], {"collection": "fritid"})
    ids.append(answer.headers["x-request-id"])
    assert answer.status == 202
    deadline = time.monotonic() + 60
    while browser.get(f"/api/imports/{answer.json()['job']}").json()["state"] not in ("done", "failed"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    lines = lines_of(server, 10)
    server.stop()
    text = "".join(server.errors)
    assert SECRET.lower() not in text.lower() and "127.0.0.1" not in text
    told = {line["request"]: line for line in lines if line["message"] == "request"}
    for line in lines:
        assert {"time", "level", "message"} <= set(line)
    for line in told.values():
        assert set(line) == {"time", "level", "message", "request", "method", "route", "status", "ms"}
    # Files of the interface are told only at level debug.
    assert [id_ in told for id_ in ids] == [True, True, True, True, False, True, True, True]
    assert told[ids[3]]["route"] == "/api/documents/{document}" and told[ids[3]]["status"] == 404


def test_the_form_of_the_log_is_a_setting(data):
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text().replace('log = "text"', 'log = "json"'))
    server = Server(data)
    server.browser().get("/api/session")
    assert lines_of(server, 1)[0]["status"] == 401
    server.stop()
    process = kansli("serve", "--data", data, "--port", "0", "--log", "xml", check=False)
    assert process.returncode == 3 and "text eller json" in process.stderr
