"""The server under readers: open event streams beside plain requests, a large upload, and an idle server's memory.

    python3 bench/speed/server.py [MEGABYTES-TO-UPLOAD]

Everything goes to a server that this program starts on 127.0.0.1 and stops again.
"""
import concurrent.futures
import http.client
import re
import socket
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from common import STATUTES, kansli, need, row  # noqa: E402
from kansli_process import Server, signed_in  # noqa: E402

STREAMS, REQUESTS, AT_ONCE = 100, 2000, 20


def resident(process, what="VmRSS"):
    return int(re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def open_stream(browser):
    stream = socket.create_connection(("127.0.0.1", browser.port), timeout=30)
    stream.sendall(f"GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: {browser.cookie}\r\nAccept: text/event-stream\r\n\r\n".encode())
    assert b" 200 " in stream.recv(4096)
    return stream


def timed_request(browser, number):
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=30)
    words = ("bygglov", "detaljplan", "avgift", "överklagande", "sekretess")[number % 5]
    path = f"/api/search?words={urllib.parse.quote(words)}" if number % 2 else "/api/session"
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": browser.cookie})
    status = connection.getresponse()
    body = status.read()
    taken = time.perf_counter() - began
    connection.close()
    return taken, status.status == 200 and bool(body)


def upload(server, browser, megabytes):
    """Sends one file of that size in pieces; the server's memory before and at most meanwhile."""
    boundary = "bench"
    head = (f'--{boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n{{"collection":"stort"}}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="stor.txt"\r\n\r\n').encode()
    tail = f"\r\n--{boundary}--\r\n".encode()
    piece = b"x" * (1 << 20)
    before = resident(server.process)
    most = [before]
    done = threading.Event()

    def watch():
        while not done.wait(0.05):
            most[0] = max(most[0], resident(server.process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=600)
    connection.putrequest("POST", "/api/imports")
    connection.putheader("Cookie", browser.cookie)
    connection.putheader("X-Kansli-Csrf", browser.csrf)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
    connection.putheader("Content-Length", str(len(head) + megabytes * len(piece) + len(tail)))
    connection.endheaders()
    try:
        connection.send(head)
        for _ in range(megabytes):
            connection.send(piece)
        connection.send(tail)
    except OSError as problem:
        print(f"  the upload was cut off: {problem}")
    status = connection.getresponse().status
    done.set()
    watcher.join()
    return status, before, most[0]


def main(megabytes):
    need(STATUTES, "the corpus of statutes")
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        kansli("init", data)
        kansli("ingest", "--data", data, "--collection", "lag", *sorted(STATUTES.glob("*.md")))
        server = Server(data)
        try:
            browser = signed_in(server, data)
            time.sleep(2)
            row("idle server with 64 statutes", f"{resident(server.process):.0f} MB", "goal: under 120 MB")
            streams = [open_stream(browser) for _ in range(STREAMS)]
            with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
                results = list(pool.map(lambda number: timed_request(browser, number), range(REQUESTS)))
            times = [taken for taken, _ in results]
            errors = sum(1 for _, right in results if not right)
            alive = 0
            for stream in streams:
                stream.setblocking(False)
                try:
                    alive += stream.recv(1, socket.MSG_PEEK) != b""
                except BlockingIOError:
                    alive += 1
                stream.close()
            row(f"{REQUESTS} requests beside {STREAMS} open streams", f"{errors} errors", f"{alive} streams alive",
                f"p50 {percentile(times, 0.5) * 1000:.1f} ms", f"p99 {percentile(times, 0.99) * 1000:.1f} ms")
            status, before, most = upload(server, browser, megabytes)
            row(f"upload of {megabytes} MB (status {status})", f"{before:.0f} MB before", f"{most:.0f} MB at most")
        finally:
            server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2048)
