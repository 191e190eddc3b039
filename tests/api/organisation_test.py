"""Departments, groups and people, over the API and from the command line."""
import json

import pytest

from kansli_process import Server, kansli, new_data_folder, signed_in


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("organisation") / "data")
    server = Server(data)
    yield server, data
    server.stop()


@pytest.fixture(scope="module")
def administrator(place):
    return signed_in(*place)


def test_a_renamed_group_still_opens_what_names_it(place, administrator, tmp_path):
    server, data = place
    group = administrator.request("POST", "/api/groups", {"name": "ledning"}).json()
    chief = signed_in(server, data, "Chefen", "reader", ["ledning"])
    (tmp_path / "hidden.md").write_text("---\nåtkomst: [ledning]\n---\n# Omorganisation\n\nEnheten läggs ned.\n")
    kansli("ingest", "--data", data, "--collection", "ledning", tmp_path / "hidden.md")
    assert len(chief.get("/api/documents").json()["documents"]) == 1
    changed = administrator.request("PUT", f"/api/groups/{group['id']}", {"name": "kommunledning"}).json()
    assert changed["name"] == "kommunledning" and changed["people"] == 1
    assert chief.get("/api/session").json()["user"]["groups"] == ["kommunledning"]
    assert len(chief.get("/api/documents").json()["documents"]) == 1
    assert administrator.request("POST", "/api/groups", {"name": "ledning"}).status == 409
    outsider = signed_in(server, data, "Utomstående", "reader")
    assert outsider.get("/api/documents").json()["documents"] == []
    assert administrator.request("DELETE", f"/api/groups/{group['id']}").status == 204
    assert chief.get("/api/documents").json()["documents"] == []


def test_a_department_goes_when_nobody_is_in_it(administrator):
    department = administrator.request("POST", "/api/departments", {"name": "Socialnämnden"}).json()
    person = administrator.request("POST", "/api/people", {
        "name": "Rut Ek", "roles": ["reader"], "department": "Socialnämnden", "email": "rut@kommunen.se"}).json()["user"]
    assert person["user_name"] == "rut.ek" and person["department"] == "Socialnämnden"
    path = f"/api/departments/{department['id']}"
    assert administrator.request("DELETE", path).status == 409
    assert administrator.request("PUT", path, {"name": "Omsorgsnämnden"}).status == 200
    listed = administrator.get("/api/organisation").json()["departments"]
    assert [(row["name"], row["people"]) for row in listed] == [("Omsorgsnämnden", 1)]
    assert administrator.request("PUT", f"/api/people/{person['id']}", {"department": ""}).status == 200
    assert administrator.request("DELETE", path).status == 204


def test_a_user_name_is_never_given_to_another(administrator):
    def create(**fields):
        return administrator.request("POST", "/api/people", {"name": "Eva Ny", "roles": ["reader"], "department": "", **fields})

    first = create(user_name="eva").json()["user"]
    assert create(user_name="EVA").status == 409
    assert administrator.request("PUT", f"/api/people/{first['id']}", {"user_name": "eva.ek"}).status == 200
    assert create(user_name="eva").status == 409
    for wrong in ("två ord", "person:eva", "../eva", "é"):
        answer = create(user_name=wrong)
        assert answer.status == 400 and answer.json()["where"] == "user_name", wrong


def test_a_service_account_gets_keys_and_no_link(administrator):
    made = administrator.request("POST", "/api/people", {"name": "Ärendesystemet", "roles": ["service"], "department": ""}).json()
    assert made["link"] is None
    person = made["user"]["id"]
    assert administrator.request("POST", f"/api/people/{person}/link").status == 409
    key = administrator.request("POST", f"/api/people/{person}/keys", {"name": "drift", "scope": ["read"], "days": 30})
    assert key.status == 201 and key.json()["token"].startswith("kansli_")
    other = administrator.request("POST", f"/api/people/{person}/keys", {"name": "drift", "scope": ["administer"], "days": 30})
    assert other.status == 403
    eva = administrator.request("POST", "/api/people", {"name": "Eva", "roles": ["reader"], "department": ""}).json()["user"]["id"]
    assert administrator.request("POST", f"/api/people/{eva}/keys", {"name": "x", "scope": ["read"], "days": 1}).status == 409
    listed = administrator.get("/api/keys")
    assert key.json()["token"] not in listed.body.decode()
    assert administrator.request("DELETE", f"/api/keys/{key.json()['key']['id']}").status == 204


def test_every_change_is_in_the_record(place, administrator):
    _, data = place
    kansli("department", "add", "--data", data, "--name", "Byggnadsnämnden")
    kansli("department", "rename", "--data", data, "--name", "Byggnadsnämnden", "--new-name", "Miljönämnden")
    kansli("group", "add", "--data", data, "--name", "inspektörer", "--department", "Miljönämnden")
    kansli("group", "change", "--data", data, "--name", "inspektörer", "--new-name", "handläggare", "--department", "")
    assert "handläggare" in kansli("group", "list", "--data", data)
    kansli("group", "remove", "--data", data, "--name", "handläggare")
    kansli("department", "remove", "--data", data, "--name", "Miljönämnden")
    auditor = signed_in(*place, "Revy", "auditor")
    kinds = [entry["kind"] for entry in auditor.get("/api/record", limit=6, actor="kansli").json()["entries"]]
    for kind in ("group_removed", "department_removed", "group_changed"):
        assert kind in kinds
    content = json.dumps(auditor.get("/api/record", limit=200).json(), ensure_ascii=False)
    assert "department_created" in content and "Miljönämnden" in content
    assert auditor.request("GET", "/api/organisation").status == 403


def test_unknown_names_are_told_of_with_what_to_do(place):
    _, data = place
    for arguments in (("user", "add", "--name", "Ny", "--group", "finns inte"), ("user", "link", "--name", "finns inte"),
                      ("group", "remove", "--name", "finns inte"), ("key", "add", "--owner", "finns inte", "--name", "x", "--scope", "read")):
        process = kansli(*arguments[:2], "--data", data, *arguments[2:], check=False)
        assert process.returncode in (3, 4) and "finns inte" in process.stderr, arguments
