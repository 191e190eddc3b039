"""SCIM 2.0: another program keeps people and groups as they should be (RFC 7643, RFC 7644)."""
import json

import pytest

from kansli_process import Browser, Server, kansli, new_data_folder, signed_in

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
GROUPS = """
[groups]
"Kansli-chefer" = ["role:administrator", "group:ledning", "review:answer"]
"e1d2-objekt-id" = ["role:auditor"]
"""


class Scim(Browser):
    """A provisioning program with its key."""

    def ask(self, method, path, body=None, status=200):
        answer = self.request(method, f"/scim/v2{path}", raw=None if body is None else json.dumps(body).encode(),
                              headers={"Content-Type": "application/scim+json"})
        assert answer.status == status, f"{method} {path}: {answer.status} {answer.body.decode()}"
        if answer.body:
            assert answer.headers["content-type"] == "application/scim+json"
        self.last = answer
        return answer.json() if answer.body else None

    def refused(self, method, path, body, status, kind=None):
        error = self.ask(method, path, body, status)
        assert error["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert error["status"] == str(status) and error["detail"] and error.get("scimType") == kind, error

    def add(self, user_name, **more):
        return self.ask("POST", "/Users", {"schemas": [USER], "userName": user_name, **more}, 201)

    def add_group(self, name, *members, **more):
        return self.ask("POST", "/Groups", {"schemas": [GROUP], "displayName": name,
                                            "members": [{"value": member["id"]} for member in members], **more}, 201)

    def patch(self, path, *operations, status=200):
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, status)

    def found(self, kind, text, **more):
        answer = self.get(f"/scim/v2/{kind}", filter=text, **more)
        assert answer.status == 200, answer.body
        return answer.json()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("scim") / "data")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + GROUPS)
    kansli("group", "add", "--data", data, "--name", "ledning")
    kansli("user", "add", "--data", data, "--name", "Ada Admin", "--role", "administrator")
    kansli("user", "add", "--data", data, "--name", "Katalogen", "--user-name", "katalogen", "--role", "service")
    server = Server(data)
    program = Scim(server.port)
    program.key = kansli("key", "add", "--data", data, "--owner", "katalogen", "--name", "scim",
                         "--scope", "provision").split()[-1]
    yield server, data, program
    server.stop()


def test_what_the_server_can_do(place):
    _, _, scim = place
    config = scim.ask("GET", "/ServiceProviderConfig")
    assert config["patch"]["supported"] and config["filter"]["supported"] and not config["bulk"]["supported"]
    types = scim.ask("GET", "/ResourceTypes")
    assert types["totalResults"] == 2 and {one["schema"] for one in types["Resources"]} == {USER, GROUP}
    schemas = {one["id"]: one for one in scim.ask("GET", "/Schemas")["Resources"]}
    assert {attribute["name"] for attribute in schemas[USER]["attributes"]} >= {"userName", "active", "emails"}
    assert scim.ask("GET", f"/Schemas/{GROUP}")["name"] == "Group"
    assert scim.ask("GET", "/ResourceTypes/User")["endpoint"] == "/Users"
    scim.refused("GET", "/Schemas/urn:annat", None, 404)


def test_a_person_is_made_read_replaced_and_found(place):
    _, _, scim = place
    made = scim.add("Anna.Ek@kommunen.se", externalId="oid-anna", name={"givenName": "Anna", "familyName": "Ek"},
                    emails=[{"value": "gammal@kommunen.se"}, {"value": "anna.ek@kommunen.se", "primary": True}],
                    title="Handläggare", nickName=None)
    assert scim.last.headers["location"] == made["meta"]["location"] and made["meta"]["location"].endswith(made["id"])
    assert made["userName"] == "anna.ek@kommunen.se" and made["displayName"] == made["name"]["formatted"] == "Anna Ek"
    assert made["emails"][0]["value"] == "anna.ek@kommunen.se" and made["active"] is True
    assert scim.ask("GET", f"/Users/{made['id']}") == made
    replaced = scim.ask("PUT", f"/Users/{made['id']}", {**made, "displayName": "Anna Al", "emails": [], "active": True})
    assert replaced["displayName"] == "Anna Al" and "emails" not in replaced
    for text in ('userName eq "ANNA.EK@kommunen.se"', 'externalId eq "oid-anna"', 'displayName eq "anna al"',
                 f'id eq "{made["id"]}"', f'{USER}:userName eq "anna.ek@kommunen.se"',
                 'userName eq "anna.ek@kommunen.se" and active eq true'):
        listed = scim.found("Users", text)
        assert listed["totalResults"] == 1 and listed["Resources"][0]["id"] == made["id"], text
    assert scim.found("Users", 'userName eq "anna"')["totalResults"] == 0
    assert scim.found("Users", 'externalId eq "OID-ANNA"')["totalResults"] == 0
    few = scim.found("Users", 'externalId eq "oid-anna"', attributes="userName")["Resources"][0]
    assert set(few) == {"schemas", "id", "meta", "userName"}


def test_lists_come_in_pages(place):
    _, _, scim = place
    for number in range(3):
        scim.add(f"sida{number}")
    everybody = scim.ask("GET", "/Users")
    names = [one["userName"] for one in everybody["Resources"]]
    assert "katalogen" not in names and "ada.admin" in names
    assert everybody["totalResults"] == everybody["itemsPerPage"] == len(names)
    page = scim.ask("GET", "/Users?startIndex=2&count=2")
    assert [one["userName"] for one in page["Resources"]] == names[1:3] and page["startIndex"] == 2
    assert page["totalResults"] == len(names) and page["itemsPerPage"] == 2
    assert scim.ask("GET", "/Users?count=0")["Resources"] == []
    assert scim.ask("GET", "/Users?count=-5&startIndex=-5")["startIndex"] == 1
    assert scim.ask("GET", "/Users?startIndex=1000")["Resources"] == []


@pytest.mark.parametrize("operation,expected", [
    ({"op": "Replace", "path": "active", "value": "False"}, {"active": False}),
    ({"op": "replace", "path": "active", "value": False}, {"active": False}),
    ({"op": "replace", "value": {"active": False}}, {"active": False}),
    ({"op": "Add", "path": "displayName", "value": "Bo Berg"}, {"displayName": "Bo Berg"}),
    ({"op": "replace", "value": {"name.formatted": "Bo Borg", "externalId": "nytt"}},
     {"displayName": "Bo Borg", "externalId": "nytt"}),
    ({"op": "add", "path": "name", "value": {"formatted": "Bo Bok"}}, {"displayName": "Bo Bok"}),
    ({"op": "Replace", "path": 'emails[type eq "work"].value', "value": "bo@kommunen.se"},
     {"emails": [{"value": "bo@kommunen.se", "type": "work", "primary": True}]}),
    ({"op": "remove", "path": "emails"}, {"emails": None}),
    ({"op": "replace", "path": f"{USER}:userName", "value": "bo.nyare"}, {"userName": "bo.nyare"}),
    ({"op": "remove", "path": "externalId"}, {"externalId": None}),
    ({"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Bygg"}, {}),
    ({"op": "replace", "path": "name.familyName", "value": "Borg"}, {"displayName": "Bo"}),
])
def test_changes_in_the_forms_that_programs_send(place, operation, expected):
    _, _, scim = place
    made = scim.add(f"bo.{abs(hash(json.dumps(operation))) % 10**9}", displayName="Bo", externalId=json.dumps(operation)[:200],
                    emails=[{"value": "bo.gammal@kommunen.se"}])
    changed = scim.patch(f"/Users/{made['id']}", operation)
    for name, value in expected.items():
        assert changed.get(name) == value
    assert scim.ask("GET", f"/Users/{made['id']}") == changed
    scim.ask("DELETE", f"/Users/{made['id']}", status=204)


def test_what_is_wrong_is_told_in_the_form_of_scim(place):
    _, _, scim = place
    made = scim.add("fel.ek", externalId="oid-fel", displayName="Fel Ek")
    one = f"/Users/{made['id']}"
    scim.refused("POST", "/Users", {"userName": "FEL.EK"}, 409, "uniqueness")
    scim.refused("POST", "/Users", {"userName": "annan", "externalId": "oid-fel"}, 409, "uniqueness")
    scim.refused("POST", "/Users", {"displayName": "Ingen"}, 400, "invalidValue")
    scim.refused("POST", "/Users", {"userName": "mellan slag"}, 400, "invalidValue")
    scim.refused("POST", "/Users", {"userName": 1}, 400, "invalidValue")
    scim.refused("POST", "/Users", {"userName": "x", "emails": [{"value": "ingen adress"}]}, 400, "invalidValue")
    scim.refused("POST", "/Users", {"userName": "x", "active": "kanske"}, 400, "invalidValue")
    scim.refused("POST", "/Users", [], 400, "invalidSyntax")
    scim.refused("PATCH", one, {"Operations": []}, 400, "invalidSyntax")
    scim.refused("PATCH", one, {"schemas": [PATCH], "Operations": [{"op": "move", "path": "active"}]}, 400, "invalidSyntax")
    for path in ("emails[", "emails[type ne \"work\"]", "a b c", "[x eq \"y\"]", ""):
        body = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": path, "value": "x"}]}
        scim.refused("PATCH", one, body, 400, "invalidPath")
    body = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "id", "value": "x"}]}
    scim.refused("PATCH", one, body, 400, "mutability")
    scim.refused("GET", "/Users/finns-inte", None, 404)
    scim.refused("PUT", "/Users/finns-inte", {"userName": "x"}, 404)
    for text in ("userName", 'userName co "x"', 'userName eq x', 'userName eq "x', 'userName eq "a" or userName eq "b"',
                 'losenord eq "x"', "(" * 3000, 'userName eq "a" and', ""):
        answer = scim.get("/scim/v2/Users", filter=text)
        assert answer.status == (200 if text == "" else 400), text
        if text:
            assert answer.json()["scimType"] == "invalidFilter", text
    # All or nothing.
    body = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "displayName", "value": "Halvvägs"},
                                               {"op": "replace", "path": "active", "value": "kanske"}]}
    scim.refused("PATCH", one, body, 400, "invalidValue")
    assert scim.ask("GET", one)["displayName"] == "Fel Ek"


def test_only_a_key_with_the_right_comes_in(place):
    server, data, scim = place
    stranger = Scim(server.port)
    stranger.refused("GET", "/Users", None, 401)
    stranger.key = kansli("key", "add", "--data", data, "--owner", "katalogen", "--name", "läs", "--scope", "read").split()[-1]
    stranger.refused("GET", "/Users", None, 403)
    administrator = signed_in(server, data, "Chefen Själv", "administrator")
    assert administrator.get("/scim/v2/Users").status == 403
    assert scim.get("/api/people").status == 403


def test_who_leaves_is_shut_out_at_once_and_stays_on_record(place):
    server, data, scim = place
    browser = signed_in(server, data, "Lina Lämnar", "reader")
    key = browser.request("POST", "/api/account/keys", {"name": "egen", "scope": ["read"], "days": 10}).json()["token"]
    program = Browser(server.port)
    program.key = key
    lina = scim.found("Users", 'userName eq "lina.lamnar"')["Resources"][0]
    assert program.get("/api/documents").status == 200
    scim.patch(f"/Users/{lina['id']}", {"op": "Replace", "path": "active", "value": "False"})
    assert browser.get("/api/session").status == 401 and program.get("/api/documents").status == 401
    scim.patch(f"/Users/{lina['id']}", {"op": "replace", "path": "active", "value": True})
    assert browser.get("/api/session").status == 401
    scim.ask("PATCH", f"/Users/{lina['id']}", {"schemas": [PATCH], "Operations": [
        {"op": "add", "path": "externalId", "value": "oid-lina"}]})
    scim.ask("DELETE", f"/Users/{lina['id']}", status=204)
    for method, body in (("GET", None), ("DELETE", None), ("PUT", {"userName": "lina.lamnar"})):
        scim.refused(method, f"/Users/{lina['id']}", body, 404)
    assert scim.found("Users", 'userName eq "lina.lamnar"')["totalResults"] == 0
    listing = kansli("user", "list", "--data", data)
    assert "lina.lamnar" in listing
    # The name is hers for ever; only the same person of the directory gets it back.
    scim.refused("POST", "/Users", {"userName": "lina.lamnar", "externalId": "nagon-annan"}, 409, "uniqueness")
    back = scim.add("lina.lamnar", externalId="oid-lina", displayName="Lina Lämnar")
    assert back["id"] == lina["id"] and back["active"] is True


def test_groups_are_made_changed_and_found(place):
    _, _, scim = place
    first, second, third = (scim.add(f"medlem{n}", displayName=f"Medlem {n}") for n in range(3))
    group = scim.add_group("Bygglov", first, second, externalId="oid-bygglov")
    one = f"/Groups/{group['id']}"

    def members():
        return {member["value"] for member in scim.ask("GET", one)["members"]}

    assert members() == {first["id"], second["id"]}
    assert [g["display"] for g in scim.ask("GET", f"/Users/{first['id']}")["groups"]] == ["Bygglov"]
    scim.patch(one, {"op": "Add", "path": "members", "value": [{"value": third["id"]}, {"value": first["id"]}]})
    assert members() == {first["id"], second["id"], third["id"]}
    scim.patch(one, {"op": "Remove", "path": f'members[value eq "{first["id"]}"]'})
    scim.patch(one, {"op": "Remove", "path": "members", "value": [{"value": second["id"]}]})
    assert members() == {third["id"]}
    scim.patch(one, {"op": "replace", "path": "members", "value": [{"value": first["id"]}]},
               {"op": "replace", "value": {"displayName": "Bygglovsgruppen"}})
    assert members() == {first["id"]}
    for text in ('displayName eq "bygglovsgruppen"', 'externalId eq "oid-bygglov"', f'members.value eq "{first["id"]}"',
                 f'displayName eq "Bygglovsgruppen" and members eq "{first["id"]}"'):
        assert [g["id"] for g in scim.found("Groups", text)["Resources"]] == [group["id"]], text
    assert "members" not in scim.found("Groups", 'externalId eq "oid-bygglov"', excludedAttributes="members")["Resources"][0]
    scim.ask("PUT", one, {"displayName": "Bygglovsgruppen", "members": [{"value": second["id"]}]})
    assert members() == {second["id"]}
    scim.patch(one, {"op": "remove", "path": "members"})
    assert members() == set()
    scim.refused("PATCH", one, {"schemas": [PATCH], "Operations": [
        {"op": "add", "path": "members", "value": [{"value": "finns-inte"}]}]}, 400, "invalidValue")
    scim.refused("POST", "/Groups", {"displayName": "Bygglovsgruppen"}, 409, "uniqueness")
    scim.refused("POST", "/Groups", {}, 400, "invalidValue")
    scim.patch(one, {"op": "add", "path": "members", "value": {"value": first["id"]}})
    scim.ask("DELETE", one, status=204)
    scim.refused("GET", one, None, 404)
    assert "groups" not in scim.ask("GET", f"/Users/{first['id']}")


def roles_of(data, user_name):
    return next(line for line in kansli("user", "list", "--data", data).splitlines() if user_name in line)


def test_groups_give_roles_by_the_same_table_as_signing_in(place):
    server, data, scim = place
    chief, other = scim.add("chef.ek"), scim.add("annan.ek")
    group = scim.add_group("Kansli-chefer", chief)
    assert "administrator" in roles_of(data, "chef.ek") and "administrator" not in roles_of(data, "annan.ek")
    assert {g["display"] for g in scim.ask("GET", f"/Users/{chief['id']}")["groups"]} == {"Kansli-chefer", "ledning"}
    # Known by its id in the directory, whatever it is called.
    revisors = scim.add_group("Revisorer", other, externalId="e1d2-objekt-id")
    assert "auditor" in roles_of(data, "annan.ek")
    scim.patch(f"/Groups/{revisors['id']}", {"op": "replace", "path": "externalId", "value": "annat-id"})
    assert "auditor" not in roles_of(data, "annan.ek")
    scim.patch(f"/Groups/{group['id']}", {"op": "remove", "path": "members"})
    assert "administrator" not in roles_of(data, "chef.ek")
    assert "groups" not in scim.ask("GET", f"/Users/{chief['id']}")
    auditor = signed_in(server, data, "Revy Revisor", "auditor")
    entries = auditor.get("/api/record", actor="katalogen", limit=50).json()["entries"]
    assert {"user_created", "user_changed", "group_created", "group_changed"} <= {entry["kind"] for entry in entries}
    assert "hel" in kansli("record", "verify", "--data", data)


def test_the_last_administrator_is_not_shut_out(tmp_path):
    data = new_data_folder(tmp_path / "data")
    kansli("user", "add", "--data", data, "--name", "Ada Admin", "--role", "administrator")
    kansli("user", "add", "--data", data, "--name", "katalogen", "--role", "service")
    server = Server(data)
    try:
        scim = Scim(server.port)
        scim.key = kansli("key", "add", "--data", data, "--owner", "katalogen", "--name", "scim", "--scope", "provision").split()[-1]
        ada = scim.found("Users", 'userName eq "ada.admin"')["Resources"][0]
        scim.refused("DELETE", f"/Users/{ada['id']}", None, 409)
        assert scim.ask("GET", f"/Users/{ada['id']}")["active"] is True
    finally:
        server.stop()
