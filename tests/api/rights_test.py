"""Every operation of the API, asked by every role, by keys and by nobody: the table of rights as an outsider sees it."""
import http.client
import json
import re

import pytest

from kansli_process import ROOT, Browser, Server, kansli, new_data_folder, signed_in

OPENAPI = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text())
OPERATIONS = [(method.upper(), path, operation["operationId"], operation["x-kansli-right"])
              for path, methods in OPENAPI["paths"].items() for method, operation in methods.items()]
# Written once more here, so that a change of the program's table does not go unnoticed.
RIGHTS = {
    "reader": {"account", "read"},
    "editor": {"account", "read", "edit"},
    "reviewer": {"account", "read", "review"},
    "administrator": {"account", "read", "edit", "administer", "measure"},
    "auditor": {"account", "measure", "audit"},
    "data_protection_officer": {"account", "measure", "audit", "protect"},
}
SERVICE_RIGHTS = {"read", "edit", "provision"}
# These end the session that asks, so they come last and bring their own.
ENDING = {"signOut"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("rights") / "data")
    server = Server(data)
    yield server, data
    server.stop()


def status_of(browser, method, path):
    """The status alone: the stream of events has no end."""
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=60)
    headers = {}
    if browser.key:
        headers["Authorization"] = f"Bearer {browser.key}"
    if browser.cookie:
        headers["Cookie"] = browser.cookie
    if browser.csrf:
        headers["X-Kansli-Csrf"] = browser.csrf
    body = None
    if method in ("POST", "PUT", "PATCH"):
        headers["Content-Type"] = "application/json"
        body = b"{}"
    connection.request(method, re.sub(r"\{[^}]+\}", "1", path), body, headers)
    response = connection.getresponse()
    connection.close()
    return response.status


def walk(browser, rights):
    """What came out otherwise than the rights say."""
    wrong = []
    for method, path, operation, right in sorted(OPERATIONS, key=lambda row: row[2] in ENDING):
        status = status_of(browser, method, path)
        allowed = right == "anyone" or right in rights
        if (status == 403) == allowed or (status == 401 and right != "anyone") or status in (500, 501, 502):
            wrong.append(f"{method} {path} needs {right}: {status}")
    return wrong


def test_every_operation_names_a_right_that_is_known():
    assert {right for *_, right in OPERATIONS} <= {"anyone"} | SERVICE_RIGHTS | set().union(*RIGHTS.values())
    assert {operation for _, _, operation, right in OPERATIONS if right == "anyone"} == {
        "signIn", "signInWithPassword", "getSignInWays", "startOpenId", "finishOpenId", "getHealth", "getReadiness",
        "getMetrics"}


def test_nobody_is_asked_who_they_are_everywhere(place):
    server, _ = place
    for method, path, _, right in OPERATIONS:
        status = status_of(server.browser(), method, path)
        assert status in ((200, 303, 400) if right == "anyone" else (401,)), f"{method} {path}"


@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_reaches_what_its_rights_say_and_nothing_else(place, role):
    server, data = place
    assert walk(signed_in(server, data, f"Rollen {role}", role), RIGHTS[role]) == []


@pytest.mark.parametrize("roles", [("reader", "auditor"), ("reviewer", "data_protection_officer")])
def test_several_roles_reach_what_each_of_them_does(place, roles):
    server, data = place
    output = kansli("user", "add", "--data", data, "--name", "Flera", *(word for role in roles for word in ("--role", role)))
    browser = server.browser().sign_in(re.search(r"http\S+", output)[0])
    assert walk(browser, set().union(*(RIGHTS[role] for role in roles))) == []


def key_for(data, owner, *scope):
    words = [word for right in scope for word in ("--scope", right)]
    return kansli("key", "add", "--data", data, "--owner", owner, "--name", "prov", *words).split()[-1]


@pytest.mark.parametrize("role,scope", [("administrator", ("read",)), ("administrator", ("read", "edit", "administer")),
                                        ("auditor", ("audit",)), ("auditor", ("measure",)), ("data_protection_officer", ("protect",)),
                                        ("reviewer", ("review",)), ("service", ("read", "edit")), ("service", ("edit",)), ("service", ("provision",))])
def test_a_key_reaches_its_scope_and_never_its_owners_account(place, role, scope):
    server, data = place
    name = f"nyckel.{role}.{'-'.join(scope)}"
    kansli("user", "add", "--data", data, "--name", name, "--user-name", name, "--role", role)
    program = Browser(server.port)
    program.key = key_for(data, name, *scope)
    assert walk(program, set(scope)) == []


def test_a_key_is_worth_no_more_than_its_owner_is_now(place):
    server, data = place
    kansli("user", "add", "--data", data, "--name", "fallande", "--role", "editor")
    program = Browser(server.port)
    program.key = key_for(data, "fallande", "read", "edit")
    assert walk(program, {"read", "edit"}) == []
    kansli("user", "change", "--data", data, "--name", "fallande", "--role", "reader")
    assert walk(program, {"read"}) == []
    kansli("user", "change", "--data", data, "--name", "fallande", "--disable")
    assert status_of(program, "GET", "/api/documents") == 401


def test_a_key_works_only_where_keys_belong(place):
    server, data = place
    kansli("user", "add", "--data", data, "--name", "robot", "--role", "service")
    key = key_for(data, "robot", "read")
    browser = server.browser()
    for headers in ({"Cookie": f"kansli_session={key}"}, {"X-Api-Key": key}, {"Authorization": key},
                    {"Authorization": f"Basic {key}"}):
        assert browser.request("GET", "/api/documents", headers=headers).status == 401, headers
    assert browser.get("/api/documents", key=key, access_token=key).status == 401
    assert browser.request("GET", "/api/documents", headers={"Authorization": f"bearer {key}"}).status == 200
    # A key that does not work is not made up for by a session.
    reader = signed_in(server, data, "Rut", "reader")
    assert reader.request("GET", "/api/documents", headers={"Authorization": "Bearer kansli_0"}).status == 401


def test_keys_are_listed_without_their_secret_and_end_at_once(place):
    server, data = place
    kansli("user", "add", "--data", data, "--name", "slutar", "--role", "service")
    key = key_for(data, "slutar", "read")
    listing = kansli("key", "list", "--data", data)
    assert key not in listing
    line = next(line for line in listing.splitlines() if "slutar" in line)
    program = Browser(server.port)
    program.key = key
    assert status_of(program, "GET", "/api/documents") == 200
    kansli("key", "revoke", "--data", data, line.split()[0])
    assert status_of(program, "GET", "/api/documents") == 401
    record = kansli("record", "verify", "--data", data)
    assert "hel" in record
