"""Sources make the server call addresses. None leads to where no administrator has pointed: this machine, the inside of the
house, the machine's provider; neither by another way of writing it, nor by a name, nor by a redirect.

There are no web hooks. The other outgoing connections go to hosts that stand in kansli.toml (smtp_host)."""
import http.server
import socket
import threading

import pytest

from kansli_process import Server, kansli, new_data_folder, signed_in
from waiting import until


class Site:
    """A web site on this machine that counts who came, and sends on to wherever it is told."""

    def __init__(self, address="127.0.0.1", family=socket.AF_INET):
        site = self
        self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.seen.append(self.path)
                status, headers, body = site.pages.get(self.path, (200, {}, b"<h1>Hemligt</h1><p>Innanf\xc3\xb6r.</p>"))
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers, "Content-Length": len(body)}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            address_family = family

        self.pages = {}
        self.server = Listener((address, 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def sends_to(self, path, target):
        self.pages[path] = (302, {"Location": target}, b"")


@pytest.fixture(scope="module")
def canary():
    """What must never be called."""
    return Site()


@pytest.fixture(scope="module")
def named():
    """The one site inside the house that an administrator has named."""
    return Site("127.0.0.2")


@pytest.fixture(scope="module")
def house(tmp_path_factory, named):
    data = new_data_folder(tmp_path_factory.mktemp("requests") / "data")
    with open(data / "kansli.toml", "a") as settings:
        # Public names may be called; that they lead inside is what this is about.
        settings.write('\nallowed_hosts = ["localhost", "ip6-localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1", "2130706433", '
                       '"169.254.169.254", "0x7f000001", "127.1", "::ffff:127.0.0.1"]\ninternal_hosts = ["127.0.0.2"]\n')
    server = Server(data)
    server.administrator = signed_in(server, data)
    server.data = data
    yield server
    assert server.stop() == 0


def tried(house, address):
    """What became of a source with this address: what the form said, or what reading it came to."""
    answer = house.administrator.request("POST", "/api/sources", {
        "collection": "webb", "locations": [address], "interval_minutes": 1440})
    if answer.status != 201:
        assert answer.status == 400 and answer.json()["detail"], answer.body
        return "refused"
    source = answer.json()["id"]
    assert house.administrator.request("POST", f"/api/sources/{source}/poll").status == 202

    def read():
        row = next(each for each in house.administrator.get("/api/sources").json()["sources"] if each["id"] == source)
        return row["polled"] and row
    row = until(read)
    items = house.administrator.get(f"/api/sources/{source}/items").json()["items"]
    house.administrator.request("DELETE", f"/api/sources/{source}")
    assert not [item for item in items if item["documents"]], items
    return row["problem"] or [item["problem"] for item in items]


WAYS = ["http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://LOCALHOST:{port}/a", "http://localhost.:{port}/a",
        "http://0.0.0.0:{port}/a", "http://0:{port}/a", "http://2130706433:{port}/a", "http://0x7f000001:{port}/a",
        "http://0177.0.0.1:{port}/a", "http://017700000001:{port}/a", "http://127.1:{port}/a", "http://127.0.1:{port}/a",
        "http://127.000.000.001:{port}/a", "http://[::1]:{port}/a", "http://[::]:{port}/a", "http://[::ffff:127.0.0.1]:{port}/a",
        "http://[::ffff:7f00:1]:{port}/a", "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/a", "http://[::127.0.0.1]:{port}/a",
        "http://[64:ff9b::7f00:1]:{port}/a", "http://[::1%25lo]:{port}/a", "http://①②⑦.⓪.⓪.①:{port}/a",
        "http://127.0.0.2@127.0.0.1:{port}/a", "http://127.0.0.1:{port}@127.0.0.2:1/a", "http://127.0.0.2:{port}@localhost:{port}/a",
        "http://127.0.0.2#@127.0.0.1:{port}/a", "http://127.0.0.2\\@127.0.0.1:{port}/a", "http://127.0.0.2%2f@127.0.0.1:{port}/a",
        "http://user:pw@127.0.0.1:{port}/a", "http:127.0.0.1:{port}/a", "http:///127.0.0.1:{port}/a", "//127.0.0.1:{port}/a",
        "http://127.0.0.1:{port}\r\nX: y/a", "http://127.0.0.2 :{port}/a", "http://127。0。0。1:{port}/a"]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_it_leads_to_this_machine(house, canary, way):
    assert tried(house, way.format(port=canary.port))
    assert canary.seen == []


@pytest.mark.parametrize("address", [
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://2852039166/", "http://0xa9fea9fe/",
    "http://[::ffff:169.254.169.254]/", "http://10.0.0.1/", "http://192.168.0.1/", "http://metadata.google.internal/",
    "file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd", "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stat", "ftp://127.0.0.1/a", "ldap://127.0.0.1/", "sftp://127.0.0.1/a", "tftp://127.0.0.1/a",
    "smb://127.0.0.1/a", "telnet://127.0.0.1", "unix:///run/kansli.sock", "data:text/html,<h1>a</h1>", "javascript:alert(1)",
    "http+unix://%2Frun%2Fdocker.sock/", "jar:http://127.0.0.1!/", "ws://127.0.0.1/", "", "http://", "http://127.0.0.2:99999/"])
def test_neither_inner_addresses_nor_other_protocols_are_called(house, address):
    assert tried(house, address)


@pytest.mark.parametrize("way", [*WAYS[:20], "file:///etc/passwd", "gopher://127.0.0.1:{port}/_a", "//127.0.0.1:{port}/a",
                                 "//localhost:{port}/a", "http://169.254.169.254/", "\\\\127.0.0.1:{port}\\a", "dict://127.0.0.1:{port}/a"])
def test_a_redirect_leads_to_none_of_them_either(house, canary, named, way):
    """The named site has been taken over, and answers with the way to another."""
    path = f"/till-{len(named.pages)}"
    named.sends_to(path, way.format(port=canary.port))
    named.sends_to(f"{path}-omvägen", path)
    for start in (path, f"{path}-omvägen".replace("ä", "%C3%A4")):
        assert tried(house, f"http://127.0.0.2:{named.port}{start}")
    assert canary.seen == [] and path in named.seen


def test_redirects_in_a_circle_end(house, named):
    named.sends_to("/runt", f"http://127.0.0.2:{named.port}/runt")
    before = len(named.seen)
    assert tried(house, f"http://127.0.0.2:{named.port}/runt")
    assert len(named.seen) - before < 30


def test_an_address_with_a_redirect_is_not_told_to_who_reads_the_source(house, named):
    """The problem that a source shows names the place, and says nothing of what answered there."""
    named.pages["/fel"] = (500, {"X-Secret": "nyckel"}, b"inre hemlighet 4711")
    told = str(tried(house, f"http://127.0.0.2:{named.port}/fel"))
    assert "4711" not in told and "nyckel" not in told


@pytest.mark.parametrize("folder", ["/etc/../etc", "/proc/self", "/dev", "relativ/mapp", "../upp", "~", "/etc/passwd", "\x00", "/etc\x00/a"])
def test_a_folder_is_a_folder_and_never_the_own_data(house, folder):
    body = {"collection": "mapp", "interval_minutes": 1440}
    for location in (str(house.data), str(house.data.parent), f"{house.data}/../data", str(house.data / "keys")):
        answer = house.administrator.request("POST", "/api/sources", {**body, "locations": [location]})
        assert answer.status == 400, location
    if not folder.startswith("/") or "\x00" in folder or folder == "/etc/passwd":
        assert house.administrator.request("POST", "/api/sources", {**body, "locations": [folder]}).status == 400


def test_nobody_but_an_administrator_makes_the_server_call(house):
    for role in ("reader", "editor", "reviewer", "auditor", "data_protection_officer"):
        browser = signed_in(house, house.data, f"Rollen {role}", role)
        answer = browser.request("POST", "/api/sources", {
            "collection": "x", "locations": ["http://127.0.0.2/"], "interval_minutes": 60})
        assert answer.status == 403, role


def test_the_named_site_is_read_so_the_tests_above_could_fail(house, named):
    answer = house.administrator.request("POST", "/api/sources", {
        "collection": "webb", "locations": [f"http://127.0.0.2:{named.port}/sida"], "interval_minutes": 1440})
    assert answer.status == 201, answer.body
    house.administrator.request("POST", f"/api/sources/{answer.json()['id']}/poll")
    until(lambda: house.administrator.get("/api/documents", collection="webb").json()["documents"])
    assert "/sida" in named.seen
    assert "hel" in kansli("record", "verify", "--data", house.data)
