"""Runs the real program for tests: its own data folder, port 0, signed in with the printed link. No parts are replaced."""
import http.client
import json
import os
import re
import socket
import subprocess
import threading
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = os.environ.get("KANSLI_BINARY", str(ROOT / "build" / "release" / "kansli"))
SHARED = Path(os.environ.get("KANSLI_SHARED", ROOT.parent / "shared"))


def kansli(*arguments, check=True, timeout=300, **options):
    """One command; its standard output. `check=False` gives the finished process instead."""
    process = subprocess.run([BINARY, *map(str, arguments)], text=True, capture_output=True, timeout=timeout, **options)
    if not check:
        return process
    assert process.returncode == 0, f"kansli {' '.join(map(str, arguments))}\n{process.stdout}\n{process.stderr}"
    return process.stdout


def kansli_json(*arguments, **options):
    return json.loads(kansli(*arguments, "--json", **options))


def new_data_folder(folder):
    kansli("init", folder)
    return folder


class Answer:
    """A response: status, headers with lower-case names, body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = dict(value.split(";")[0].split("=", 1)
                            for name, value in response.getheaders() if name.lower() == "set-cookie")
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Browser:
    """Speaks HTTP as a signed-in page does."""

    def __init__(self, port):
        self.port = port
        self.cookie = None
        self.csrf = None
        self.key = None  # an API key; then neither cookie nor token is needed

    def request(self, method, path, body=None, headers=None, raw=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = dict(headers or {})
        if self.key:
            sent.setdefault("Authorization", f"Bearer {self.key}")
        if self.cookie:
            sent.setdefault("Cookie", self.cookie)
        if self.csrf and method not in ("GET", "HEAD"):
            sent.setdefault("X-Kansli-Csrf", self.csrf)
        if raw is not None:
            data = raw
        elif body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        else:
            data = None
        connection.request(method, path, data, sent)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def get(self, path, **query):
        if query:
            path += "?" + urllib.parse.urlencode(query, doseq=True)
        return self.request("GET", path)

    def sign_in(self, link):
        token = link.rstrip("/").rsplit("/", 1)[1]
        return self.keep(self.request("POST", "/api/session", {"token": token}))

    def keep(self, answer):
        """Keeps the cookies and the token of an answer to signing in, as a browser does."""
        assert answer.status == 200, answer.body
        self.cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        self.csrf = answer.json()["csrf"]
        return self

    def upload(self, files, options):
        boundary = "kansli-test-boundary"
        parts = []
        for name, data in files:
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                         f"Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n{json.dumps(options)}\r\n'.encode())
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return self.request("POST", "/api/imports", raw=body,
                            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})


def left_of_uploads(data):
    """Files that nobody is going to read any more; the folder "work" is the workers' own and stays."""
    uploads = data / "uploads"
    return [path for path in uploads.rglob("*") if path.is_file() and path.relative_to(uploads).parts[0] != "work"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`kansli serve` on a free port."""

    def __init__(self, data, *arguments, port=0, environment=None):
        """`port` is needed where public_url is set: the program then tells that address, and not its own."""
        self.process = subprocess.Popen([BINARY, "serve", "--data", str(data), "--port", str(port), *arguments], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        self.link = None
        self.port = port or None
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/(in/[0-9a-f]+)?", line):
                self.port = int(found[1])
                if found[2]:
                    self.link = found[0]
            if "Ctrl-C" in line:
                break
        assert self.port, "".join(self.lines) + self.process.stderr.read()
        self.errors = []
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=30)

    def browser(self):
        return Browser(self.port)


def signed_in(server, data, name="Ada Administratör", roles=("administrator", "auditor"), groups=(),
              reviews=(), department=""):
    """A browser with a session of a new person, in groups and a department that are made when they are not there."""
    arguments = ["user", "add", "--data", data, "--name", name]
    for role in [roles] if isinstance(roles, str) else roles:
        arguments += ["--role", role]
    for group in groups:
        kansli("group", "add", "--data", data, "--name", group, check=False)
        arguments += ["--group", group]
    for kind in reviews:
        arguments += ["--reviews", kind]
    if department:
        kansli("department", "add", "--data", data, "--name", department, check=False)
        arguments += ["--department", department]
    output = kansli(*arguments)
    token = re.search(r"in/([0-9a-f]+)", output)[1]
    return server.browser().sign_in(f"http://127.0.0.1/in/{token}")
