"""Everything too large, too deep, too many: refused in words and in time, and nothing of it is kept."""
import json
import random
import socket

import pytest

from kansli_process import left_of_uploads, signed_in
from operations import OPERATIONS, filled, properties, type_of
from raw_http import answers_in, exchanged

LONG = 200_000
WITH_BODY = [operation for operation in OPERATIONS if operation.body]


def places_for(wanted):
    """Each text, or each list of texts, of each body."""
    for operation in WITH_BODY:
        for name, schema in sorted(dict(properties(operation.body)).items()):
            plain = "enum" not in schema and "format" not in schema
            if plain and type_of(schema) == wanted and "string" in json.dumps(schema):
                yield operation, name


def ask(browser, operation, name, value):
    return browser.request(operation.method, operation.address({}), filled(operation.body, {name: value}))


def peak_memory(server):
    status = open(f"/proc/{server.process.pid}/status").read()
    return int(status.split("VmHWM:")[1].split()[0]) >> 10


@pytest.mark.parametrize("place_for_text", places_for("string"), ids=lambda place: f"{place[0].name}-{place[1]}")
def test_no_text_is_taken_at_any_length(place, administrator, place_for_text):
    operation, name = place_for_text
    answer = ask(administrator, operation, name, "å" * LONG)
    assert 400 <= answer.status < 500, answer.body[:200]
    problem = answer.json()
    assert problem["detail"] and len(answer.body) < 2000, "what was too long does not come back"


@pytest.mark.parametrize("place_for_list", places_for("array"), ids=lambda place: f"{place[0].name}-{place[1]}")
def test_no_list_is_taken_at_any_length(place, administrator, place_for_list):
    operation, name = place_for_list
    item = filled(dict(properties(operation.body))[name]["items"], {})
    answer = ask(administrator, operation, name, [item] * 30_000)
    assert 400 <= answer.status < 500, answer.body[:200]
    assert len(answer.body) < 2000


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_no_body_is_read_at_any_depth_or_size(place, administrator, operation):
    name = next(iter(dict(properties(operation.body))))
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        deep = opening * 50_000 + "1" + closing * 50_000
        for body in (deep, f'{{"{name}":{deep}}}', opening * 100_000):
            answer = administrator.request(operation.method, operation.address({}), raw=body.encode(),
                                           headers={"Content-Type": "application/json"})
            assert answer.status in (400, 413), answer.body[:200]
    # Far over any route's limit, and not even announced truly.
    for length in (64 << 20, 1 << 62):
        begin = (f"{operation.method} {operation.address({})} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 f"Cookie: {administrator.cookie}\r\nX-Kansli-Csrf: {administrator.csrf}\r\nContent-Length: {length}\r\n\r\n")
        assert answers_in(exchanged(place[0].port, begin.encode() + b"[" * 1000)) == [413]


def test_numbers_and_keys_have_their_bounds_too(place, administrator):
    def asked(body):
        return administrator.request("POST", "/api/account/keys", raw=body.encode(), headers={"Content-Type": "application/json"})
    for days in ("1" * 1000, "1e400", "-1e400", "0." + "1" * 100_000, "1e-99999", "9223372036854775808", "NaN", "Infinity"):
        assert asked(f'{{"name":"a","scope":[],"days":{days}}}').status == 400, days
    assert asked(json.dumps({f"f{n}": n for n in range(50_000)})).status == 400
    assert asked('{"' + "a" * LONG + '":1}').status == 400


HEADERS = {
    "a target": "GET /" + "a" * LONG + " HTTP/1.1\r\nHost: x\r\n\r\n",
    "a query": "GET /health?" + "a=b&" * 50_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
    "a method": "G" * LONG + " / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header": "GET /health HTTP/1.1\r\nHost: x\r\nX: " + "a" * LONG + "\r\n\r\n",
    "a name": "GET /health HTTP/1.1\r\nHost: x\r\n" + "X" * LONG + ": a\r\n\r\n",
    "many headers": "GET /health HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{n}: a\r\n" for n in range(20_000)) + "\r\n",
    "many of one name": "GET /health HTTP/1.1\r\nHost: x\r\n" + "X: a\r\n" * 20_000 + "\r\n",
    "cookies": "GET /health HTTP/1.1\r\nHost: x\r\nCookie: " + "a=b; " * 20_000 + "\r\n\r\n",
    "empty lines": "\r\n" * LONG + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_a_head_has_a_size(place, kind):
    answers = answers_in(exchanged(place[0].port, HEADERS[kind].encode()))
    assert len(answers) <= 1 and all(status in (400, 431) for status in answers)


def test_a_head_just_under_its_size_is_answered(place):
    lines = "".join(f"X-{n}: a\r\n" for n in range(1200))
    assert len(lines) < 15_000
    got = exchanged(place[0].port, f"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n".encode())
    assert answers_in(got) == [200]


def multipart(parts, boundary="gräns".encode().hex()):
    body = b"".join(f"--{boundary}\r\n".encode() + part for part in parts) + f"--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def field(name, value, extra=""):
    return f'Content-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n'.encode()


def file(name, value="x", extra=""):
    return f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n{extra}\r\n{value}\r\n'.encode()


OPTIONS = field("options", '{"collection":"prov"}')
FORMS = {
    "files": [OPTIONS, *[file(f"{n}.txt") for n in range(1200)]],
    "fields": [OPTIONS, file("a.txt"), *[field(f"f{n}", "x") for n in range(5000)]],
    "a field": [field("options", '{"collection":"prov","title":"' + "x" * (3 << 20) + '"}'), file("a.txt")],
    "a field's name": [OPTIONS, file("a.txt"), field("n" * LONG, "x")],
    "a file's name": [OPTIONS, file("n" * LONG)],
    "a part's header": [OPTIONS, file("a.txt", extra="X: " + "a" * LONG + "\r\n")],
    "headers of a part": [OPTIONS, file("a.txt", extra="X: a\r\n" * 20_000)],
    "no end": [OPTIONS + b"--"],
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_a_size_in_every_direction(place, administrator, kind):
    body, headers = multipart(FORMS[kind])
    answer = administrator.request("POST", "/api/imports", raw=body if kind != "no end" else body[:-20], headers=headers)
    assert answer.status in (400, 413), answer.body
    assert left_of_uploads(place[1]) == [], "what was refused is not kept"


def test_a_preamble_and_a_boundary_have_a_size(place, administrator):
    body, headers = multipart([OPTIONS, file("a.txt")])
    assert administrator.request("POST", "/api/imports", raw=b"a" * (1 << 20) + body, headers=headers).status in (400, 413)
    for boundary in ("b" * 71, "b" * 5000, "", "å", "b\tc"):
        answer = administrator.request("POST", "/api/imports", raw=body, headers={
            "Content-Type": f"multipart/form-data; boundary={boundary}".encode()})
        assert answer.status == 400, boundary
    assert left_of_uploads(place[1]) == []


@pytest.mark.parametrize("words", ["a " * 20_000, "a" * 30_000, '"' * 900, "(" * 900, "*" * 900, "-" * 900, "a* " * 300, "NOT " * 200,
                                   "a OR " * 180, "å" * 500, "\u0301" * 400, "x" + "\u200b" * 300])
def test_a_search_has_a_size(place, administrator, words):
    answer = administrator.get("/api/search", words=words)
    # Longer than a head may be, longer than a search may be, or an ordinary search.
    assert answer.status in (200, 400, 413, 431), answer.status
    if answer.status == 200:
        assert answer.json()["hits"] == []


@pytest.mark.parametrize("query", [
    "limit=99999999999999999999", "limit=-1", "limit=1e9", "offset=9223372036854775807", "limit=10&limit=20", "limit=",
    "limit=1000000", "offset=-1", "as_of=99999-01-01", "as_of=2026-02-31", "as_of=" + "1" * 5000])
def test_numbers_of_a_query_have_bounds(administrator, query):
    assert administrator.request("GET", f"/api/search?words=bygglov&{query}").status in (400, 413), query


def test_very_many_connections_that_say_nothing_leave_room_for_others(place, administrator):
    silent = []
    try:
        for number in range(900):
            connection = socket.create_connection(("127.0.0.1", place[0].port), timeout=5)
            connection.sendall(b"GET /health HTTP/1.1\r\nHo")
            silent.append(connection)
        assert administrator.get("/health").status == 200
    finally:
        for connection in silent:
            connection.close()


def test_random_bytes_are_no_trouble(place, administrator):
    pick = random.Random(20261130)
    for _ in range(200):
        exchanged_bytes = pick.randbytes(pick.randrange(1, 3000)) + b"\r\n\r\n"
        with socket.create_connection(("127.0.0.1", place[0].port), timeout=5) as connection:
            connection.sendall(exchanged_bytes)
    assert administrator.get("/health").status == 200


def test_none_of_it_was_kept_or_filled_the_memory(place, administrator):
    """Comes last."""
    server, data = place
    assert peak_memory(server) < 600
    assert sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) < 30 << 20
    assert left_of_uploads(data) == []
    assert administrator.request("POST", "/api/record/verify").json()["first_broken"] is None
    assert signed_in(server, data, "Efter Allt", "reader").get("/api/session").status == 200
