"""A real OpenID Connect provider for the tests: Glewlwyd of Debian, with a data base, a port and people of its own.

The data base is made from the file that Glewlwyd's package brings, in a folder of the test's; nothing of the system is touched.
"""
import http.client
import json
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.parse
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

TABLES = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
MODULES = Path("/usr/lib/glewlwyd")
CLIENT, SECRET = "kansli", "en-hemlighet_som.ingen~vet"

CONFIGURATION = """
port={port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:{port}"
login_url="login.html"
api_prefix="api"
static_files_path="{folder}/"
log_mode="file"
log_level="WARNING"
log_file="{folder}/glewlwyd.log"
cookie_domain="127.0.0.1"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="{modules}/user"
user_middleware_module_path="{folder}/middleware"
client_module_path="{modules}/client"
user_auth_scheme_module_path="{modules}/scheme"
plugin_module_path="{modules}/plugin"
hash_algorithm="SHA512"
database = {{ type = "sqlite3" path = "{folder}/glewlwyd.db" }};
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def request(port, method, path, body=None, cookie=None):
    """Status, headers and body of one request; redirects are not followed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body)
    connection.request(method, path, data, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


def keys():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption()).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM,
                                           serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    return private, public


class Glewlwyd:
    def __init__(self, folder):
        program = shutil.which("glewlwyd")
        assert program and TABLES.exists(), "Glewlwyd is not installed: see packaging/debian-packages.txt"
        self.folder = Path(folder)
        (self.folder / "middleware").mkdir(parents=True)
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}/api/oidc"
        self._make_tables()
        configuration = self.folder / "glewlwyd.conf"
        configuration.write_text(CONFIGURATION.format(port=self.port, folder=self.folder, modules=MODULES))
        self.process = subprocess.Popen([program, "--config-file", configuration], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self._wait()
        self.admin = self._session("admin", "password")
        self._add_plugin()

    def _make_tables(self):
        """People get two more properties: groups, and whether their address is verified."""
        base = sqlite3.connect(self.folder / "glewlwyd.db")
        base.executescript(TABLES.read_text())
        extra = {name: {"multiple": name == "groups", "read": True, "write": True} for name in ("groups", "verified", "login")}
        (parameters,) = base.execute("SELECT gumi_parameters FROM g_user_module_instance").fetchone()
        parameters = json.loads(parameters)
        parameters["data-format"].update(extra)
        base.execute("UPDATE g_user_module_instance SET gumi_parameters = ?", [json.dumps(parameters)])
        base.commit()
        base.close()

    def _wait(self):
        for _ in range(300):
            try:
                request(self.port, "GET", "/api/")
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "glewlwyd.log").read_text()
                time.sleep(0.1)
        raise AssertionError("Glewlwyd does not start")

    def _session(self, user, password):
        response, text = request(self.port, "POST", "/api/auth/", {"username": user, "password": password})
        assert response.status == 200, text
        return response.getheader("Set-Cookie").split(";")[0]

    def administer(self, method, path, body):
        response, text = request(self.port, method, f"/api{path}", body, self.admin)
        assert response.status == 200, f"{method} {path}: {response.status} {text}"

    def _add_plugin(self):
        private, public = keys()
        claims = [{"name": "groups", "user-property": "groups", "type": "string", "mandatory": True},
                  {"name": "preferred_username", "user-property": "login", "type": "string", "mandatory": True},
                  {"name": "email_verified", "user-property": "verified", "type": "boolean", "boolean-value-true": "1",
                   "boolean-value-false": "0", "mandatory": True}]
        parameters = {"iss": self.issuer, "jwt-type": "rsa", "jwt-key-size": "256", "key": private, "cert": public,
                      "access-token-duration": 3600, "refresh-token-duration": 3600, "code-duration": 600,
                      "refresh-token-rolling": True, "allow-non-oidc": False, "auth-type-code-enabled": True,
                      "auth-type-token-enabled": False, "auth-type-id-token-enabled": True,
                      "auth-type-password-enabled": False, "auth-type-client-enabled": False,
                      "auth-type-refresh-enabled": False, "auth-type-none-enabled": False, "name-claim": "mandatory",
                      "email-claim": "mandatory", "claims": claims, "pkce-allowed": True, "pkce-required": True,
                      "pkce-method-plain-allowed": False, "oauth-as-iss-id": True, "subject-type": "public",
                      "jwks-show": True}
        self.administer("POST", "/mod/plugin/", {"module": "oidc", "name": "oidc", "display_name": "oidc", "enabled": True,
                                                 "parameters": parameters})

    def add_client(self, redirect):
        self.administer("POST", "/client/?source=database", {
            "client_id": CLIENT, "name": "Kansli", "enabled": True, "confidential": True, "client_secret": SECRET,
            "redirect_uri": [redirect], "authorization_type": ["code", "id_token"], "scope": ["openid"],
            "token_endpoint_auth_method": ["client_secret_basic"]})

    def add_person(self, login, name, email, groups, verified=True):
        self.administer("POST", "/user/?source=database", {
            "username": login, "name": name, "email": email, "enabled": True, "password": "hemligt-ord", "scope": ["openid"],
            "groups": groups, "verified": "1" if verified else "0", "login": login})

    def set_groups(self, login, groups):
        self.administer("PUT", f"/user/{login}?source=database", {"groups": groups})

    def sign_in(self, login, address):
        """Walks as a browser does from the address that Kansli sends it to; where the provider sends it back to."""
        parts = urllib.parse.urlsplit(address)
        assert parts.port == self.port, address
        response, text = request(self.port, "GET", f"{parts.path}?{parts.query}")
        assert response.status in (302, 303) and "login.html" in response.getheader("Location"), text
        cookie = self._session(login, "hemligt-ord")
        granted, text = request(self.port, "PUT", f"/api/auth/grant/{CLIENT}", {"scope": "openid"}, cookie)
        assert granted.status == 200, text
        response, text = request(self.port, "GET", f"{parts.path}?{parts.query}&g_continue", cookie=cookie)
        assert response.status in (302, 303), f"{response.status} {text}"
        return response.getheader("Location")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
