"""Requests that two programs in a row could cut differently. Whatever cannot be cut in one way only is refused, the connection
ends, and what stands behind it is not taken for a request of its own."""
import json

import pytest

from kansli_process import signed_in
from raw_http import answers_in, exchanged

BODY = b'{"token":"0"}'
BEHIND = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"


def head(*lines, method="POST", target="/api/session", version="HTTP/1.1", host="Host: x"):
    first = [f"{method} {target} {version}", host, "Content-Type: application/json"]
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in [*first, *lines] if line != "") + b"\r\n\r\n"


HEADS = {
    "length and chunked": head("Content-Length: 13", "Transfer-Encoding: chunked"),
    "chunked and length": head("Transfer-Encoding: chunked", "Content-Length: 13"),
    "two lengths": head("Content-Length: 13", "Content-Length: 0"),
    "two lengths in one": head("Content-Length: 13, 0"),
    "length with sign": head("Content-Length: +13"),
    "negative length": head("Content-Length: -1"),
    "length in hexadecimals": head("Content-Length: 0x0d"),
    "length with blank": head("Content-Length: 1 3"),
    "length with letters": head("Content-Length: 13abc"),
    "length with comma": head("Content-Length: 13,"),
    "no length": head("Content-Length:"),
    "length beyond any": head("Content-Length: 99999999999999999999999"),
    "length that turns around": head("Content-Length: 18446744073709551629"),
    "xchunked": head("Transfer-Encoding: xchunked"),
    "chunked twice": head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "chunked twice in one": head("Transfer-Encoding: chunked, chunked"),
    "chunked and identity": head("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    "identity": head("Transfer-Encoding: identity"),
    "gzip and chunked": head("Transfer-Encoding: gzip, chunked"),
    "chunked with semicolon": head("Transfer-Encoding: chunked; q=1"),
    "chunked in quotes": head('Transfer-Encoding: "chunked"'),
    "empty encoding": head("Transfer-Encoding:"),
    "encoding with vertical tab": head(b"Transfer-Encoding: \x0bchunked"),
    "encoding with NUL": head(b"Transfer-Encoding: chunked\x00"),
    "encoding in HTTP 1.0": head("Transfer-Encoding: chunked", version="HTTP/1.0"),
    "encoding folded": head("Transfer-Encoding:\r\n chunked"),
    "folded line": head("X-A: a\r\n Content-Length: 13"),
    "folded with tab": head("X-A: a\r\n\tContent-Length: 13"),
    "folded first line": b"POST /api/session HTTP/1.1\r\n Host: x\r\nContent-Length: 13\r\n\r\n",
    "space before colon": head("Content-Length : 13"),
    "tab before colon": head("Transfer-Encoding\t: chunked"),
    "space before name": head(" Content-Length: 13", host=""),
    "no name": head(": 13"),
    "no colon": head("Content-Length 13"),
    "NUL in name": head(b"Content\x00-Length: 13"),
    "NUL in value": head(b"X-A: a\x00b", "Content-Length: 13"),
    "bell in value": head(b"X-A: a\x07b", "Content-Length: 13"),
    "CR in value": head(b"X-A: a\rContent-Length: 13"),
    "bare LF between lines": head(b"X-A: a\nContent-Length: 13"),
    "bare LF everywhere": b"POST /api/session HTTP/1.1\nHost: x\nContent-Length: 13\n\n",
    "bare LF at the end": b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 13\n\r\n",
    "name of other letters": head("Content-L\u00e9ngth: 13"),
    "no host": head("Content-Length: 13", host=""),
    "two hosts": head("Host: y", "Content-Length: 13"),
    "NUL in target": head("Content-Length: 13", target="/api/session\x00"),
    "blank in target": head("Content-Length: 13", target="/api/session /x"),
    "tab for blank": b"POST\t/api/session\tHTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n",
    "no version": b"POST /api/session\r\nHost: x\r\nContent-Length: 13\r\n\r\n",
    "HTTP 0.9": b"GET /health\r\n\r\n",
    "HTTP 2": head("Content-Length: 13", version="HTTP/2.0"),
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "method with NUL": b"PO\x00ST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n",
}
CHUNKS = {
    "size beyond any": b"ffffffffffffffff\r\n", "size that turns around": b"10000000000000001\r\na\r\n0\r\n\r\n",
    "very many zeros": b"0" * 5000 + b"d\r\n" + BODY + b"\r\n0\r\n\r\n", "negative size": b"-1\r\n", "size with 0x": b"0xd\r\n" + BODY + b"\r\n0\r\n\r\n",
    "size with sign": b"+d\r\n" + BODY + b"\r\n0\r\n\r\n", "blank before size": b" d\r\n" + BODY + b"\r\n0\r\n\r\n",
    "no size": b"\r\n" + BODY + b"\r\n0\r\n\r\n", "letters for size": b"zz\r\n" + BODY, "size too small": b"5\r\n" + BODY + b"\r\n0\r\n\r\n",
    "bare LF after size": b"d\n" + BODY + b"\r\n0\r\n\r\n", "bare LF after data": b"d\r\n" + BODY + b"\n0\r\n\r\n",
    "bare LF in extension": b"d;a\nb\r\n" + BODY + b"\r\n0\r\n\r\n", "CR in extension": b"d;a\rb\r\n" + BODY + b"\r\n0\r\n\r\n",
    "NUL in extension": b"d;\x00\r\n" + BODY + b"\r\n0\r\n\r\n", "endless extension": b"d;" + b"a" * 20000,
    "bare LF at the end": b"d\r\n" + BODY + b"\r\n0\r\n\n", "endless trailer": b"d\r\n" + BODY + b"\r\n0\r\n" + b"X: " + b"a" * 20000,
    "folded trailer": b"d\r\n" + BODY + b"\r\n0\r\nX: a\r\n b\r\n\r\n", "trailer without colon": b"d\r\n" + BODY + b"\r\n0\r\nX\r\n\r\n",
}


@pytest.mark.parametrize("kind", HEADS)
def test_an_ambiguous_head_ends_the_connection(place, kind):
    answers = answers_in(exchanged(place[0].port, HEADS[kind] + BODY + BEHIND))
    assert len(answers) == 1 and answers[0] in (400, 431, 501, 505), answers


@pytest.mark.parametrize("kind", CHUNKS)
def test_an_ambiguous_chunk_ends_the_connection(place, kind):
    answers = answers_in(exchanged(place[0].port, head("Transfer-Encoding: chunked") + CHUNKS[kind] + BEHIND))
    assert len(answers) == 1 and answers[0] in (400, 413), answers


@pytest.mark.parametrize("how", ["length", "chunks"])
def test_what_stands_in_a_body_is_no_request(place, administrator, how):
    """A body that looks like requests is a body; behind it the next request is answered, once."""
    hidden = b"DELETE /api/session HTTP/1.1\r\nHost: x\r\nCookie: " + administrator.cookie.encode() + \
        b"\r\nX-Kansli-Csrf: " + administrator.csrf.encode() + b"\r\n\r\n"
    body = json.dumps({"token": "0"}).encode() + b" " * 3 + hidden
    if how == "length":
        sent = head(f"Content-Length: {len(body)}") + body
    else:
        sent = head("Transfer-Encoding: chunked") + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    last = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert answers_in(exchanged(place[0].port, sent + last)) == [400, 200]
    assert administrator.get("/api/session").status == 200


def test_a_refused_request_takes_its_body_with_it(place, administrator):
    """Refused before its body was read: what was to be the body is not the next request."""
    hidden = b"DELETE /api/session HTTP/1.1\r\nHost: x\r\nCookie: " + administrator.cookie.encode() + \
        b"\r\nX-Kansli-Csrf: " + administrator.csrf.encode() + b"\r\n\r\n"
    for method, target, length in (("POST", "/api/session", 5_000_000), ("POST", "/api/imports", len(hidden)), ("POST", "/nowhere", len(hidden)),
                                   ("PATCH", "/api/session", len(hidden)), ("GET", "/health", len(hidden)),
                                   ("DELETE", "/api/session", len(hidden)), ("BREW", "/", len(hidden))):
        last = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        got = exchanged(place[0].port, head(f"Content-Length: {length}", method=method, target=target) + hidden + last)
        assert 204 not in answers_in(got) and len(answers_in(got)) <= 2, (method, target)
        assert administrator.get("/api/session").status == 200, (method, target)


def test_no_trailer_becomes_a_header(place):
    server, data = place
    reader = signed_in(server, data, "Trailer Ek", "reader")
    trailers = f"Cookie: {reader.cookie}\r\nX-Kansli-Csrf: {reader.csrf}\r\n".encode()
    sent = head("Transfer-Encoding: chunked", "Connection: close", target="/api/ask") + b'10\r\n{"question":"a"}\r\n0\r\n' + trailers + b"\r\n"
    assert answers_in(exchanged(server.port, sent)) == [401]


@pytest.mark.parametrize("line", ["X-A: a\r\nSet-Cookie: kansli_session=planterad", "X-Request-Id: a\r\nSet-Cookie: b=c",
                                  "Last-Event-ID: a\r\n\r\nHTTP/1.1 200 OK", "Origin: https://a\r\nX-B: c"])
def test_nothing_sent_comes_back_as_a_header(place, line):
    """What a target or header says can come back in a body, as JSON, and nowhere else."""
    for target in ("/health?a=%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b", "/in/%0d%0aX-B:%20c"):
        got = exchanged(place[0].port, head(line, "Connection: close", method="GET", target=target))
        assert b"\nset-cookie" not in got.lower().split(b"\r\n\r\n")[0] and b"\nX-B" not in got.split(b"\r\n\r\n")[0]
