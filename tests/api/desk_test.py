"""Proposals on their way over the desk, as several people at once would drive it through the API."""
import json

import pytest

from kansli_process import ROOT, Server, kansli, kansli_json, new_data_folder, signed_in

RULES = """# Riktlinjer för bygglov

## 5.2 Altaner

Bygglov krävs inte för en altan som är högst 1,8 meter hög. Höjden räknas från marken.

## 5.3 Avgift

Avgiften för bygglov för en altan är 3 100 kronor.
"""
QUESTION = "Hur hög får en altan vara utan bygglov?"


class House:
    """A server with a few documents and the people of the desk."""

    def __init__(self, folder, settings=""):
        self.data = new_data_folder(folder / "data")
        if settings:
            with open(self.data / "kansli.toml", "a") as file:
                file.write(settings)
        rules = folder / "regler"
        rules.mkdir()
        (rules / "bygglov.md").write_text(RULES)
        kansli("ingest", "--data", self.data, "--collection", "regler", rules)
        self.server = Server(self.data)
        self.rut = self.person("Rut", ["reader"])
        self.eva = self.person("Eva Ek", ["reviewer"], reviews=["answer"], department="Bygg")
        self.kim = self.person("Kim Berg", ["reviewer"], reviews=["answer"], department="Skola")
        self.ada = self.person("Ada", ["administrator", "reviewer"], reviews=["*"])
        self.default_settings = self.ada.get("/api/desk/kinds").json()["kinds"][0]["settings"]
        self.set_kind()

    def set_kind(self, batch_confidence=None, sampled_batch=0, sampled_single=0):
        """By itself chance gives a decision to somebody else for a second look; the tests say when."""
        settings = {"batch_confidence": batch_confidence, "sampled_batch": sampled_batch, "sampled_single": sampled_single}
        assert self.ada.request("PUT", "/api/desk/kinds/answer", settings).status == 200

    def person(self, name, roles, **more):
        return signed_in(self.server, self.data, name, roles, **more)

    def draft(self, browser=None, question=QUESTION):
        answer = (browser or self.rut).request("POST", "/api/ask", {"question": question}).json()
        return answer["proposal"]

    def laid(self, recipient=None, **more):
        proposal = self.draft()
        body = {"version": 1, "recipient": recipient or {}, "note": "", **more}
        answer = self.rut.request("POST", f"/api/desk/proposals/{proposal}/submit", body)
        assert answer.status == 200, answer.body
        return answer.json()["item"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("desk"))
    yield house
    assert house.server.stop() == 0


def act(browser, item, what, **body):
    return browser.request("POST", f"/api/desk/proposals/{item['id']}/{what}", {"version": item["version"], **body})


def seen(browser, item):
    return browser.get(f"/api/desk/proposals/{item['id']}")


def waiting(browser, **query):
    return [item["id"] for item in browser.get("/api/desk", **query).json()["items"]]


def test_a_draft_is_the_askers_own(house):
    proposal = house.draft()
    assert house.rut.get(f"/api/desk/proposals/{proposal}").json()["item"]["state"] == "draft"
    for other in (house.eva, house.kim, house.ada):
        assert other.get(f"/api/desk/proposals/{proposal}").status == 404
        assert proposal not in waiting(other)
    assert house.eva.request("POST", f"/api/desk/proposals/{proposal}/submit",
                             {"version": 1, "recipient": {}, "note": ""}).status == 404


def test_a_proposal_has_its_evidence_byte_for_byte(house):
    item = house.laid()
    whole = seen(house.eva, item).json()
    assert whole["evidence"] and whole["text"] == whole["prepared"]
    for quote in whole["evidence"]:
        text = house.eva.get(f"/api/versions/{quote['version']}/text").body
        assert text[quote["start"]:quote["end"]].decode() == quote["quote"]
    assert set(whole["actions"]) == {"accept", "edit", "reject", "send_back", "hand_over"}
    assert seen(house.rut, item).json()["actions"] == []


def test_it_goes_to_a_department_and_is_seen_by_no_other(house):
    item = house.laid({"department": "Bygg"}, deadline="2030-01-01", note="Bråttom")
    assert item["recipient"] == "department:Bygg"
    assert item["id"] in waiting(house.eva) and item["id"] not in waiting(house.kim)
    assert seen(house.kim, item).status == 404
    for what in ("claim", "review", "return", "undo", "hand-over", "second-look", "deliveries"):
        body = {"outcome": "accepted", "reason": "x", "recipient": {}, "note": "", "way": "file"}
        wanted = {"claim": {}, "review": {"outcome": body["outcome"]}, "return": {"reason": "x"}, "undo": {},
                  "hand-over": {"recipient": {}, "note": ""}, "second-look": {"outcome": "accepted"},
                  "deliveries": {"way": "file"}}[what]
        assert act(house.kim, item, what, **wanted).status == 404, what
    assert item["id"] in waiting(house.eva, deadline="2030-01-01")
    assert item["id"] not in waiting(house.eva, deadline="2029-12-31")
    people = {person["name"]: person["id"] for person in house.eva.get("/api/desk/recipients", kind="answer").json()["people"]}
    assert "Rut" not in people
    assert act(house.eva, item, "hand-over", recipient={"person": people["Kim Berg"]}, note="Din").status == 204
    assert item["id"] in waiting(house.kim) and item["id"] not in waiting(house.eva)


def test_two_at_once_see_each_other_and_cannot_both_decide(house):
    item = house.laid()
    first = house.eva.request("POST", f"/api/desk/proposals/{item['id']}/claim").json()
    assert first["mine"] and first["name"] == "Eva Ek"
    second = house.kim.request("POST", f"/api/desk/proposals/{item['id']}/claim").json()
    assert not second["mine"] and second["name"] == "Eva Ek" and second["since"] == first["since"]
    refused = act(house.kim, item, "review", outcome="accepted")
    assert refused.status == 409 and "Eva Ek" in refused.json()["detail"]
    assert act(house.eva, item, "review", outcome="accepted").status == 200
    late = act(house.kim, item, "review", outcome="rejected", reason="Fel")
    assert late.status == 409
    assert late.json()["detail"] == "Förslaget är redan avgjort av Eva Ek."
    assert len(seen(house.kim, item).json()["reviews"]) == 1


def test_edit_undo_accept_deliver(house):
    item = house.laid()
    edited = act(house.eva, item, "review", outcome="edited", text="Högst 1,8 meter.").json()
    assert edited["item"]["state"] == "edited" and edited["reviews"][0]["difference"]
    undone = act(house.eva, edited["item"], "undo").json()
    assert undone["item"]["state"] == "waiting" and undone["text"] == undone["prepared"]
    accepted = act(house.eva, undone["item"], "review", outcome="accepted").json()
    address = f"/api/desk/proposals/{item['id']}/file"
    assert house.rut.get(address).status == 409
    delivered = act(house.rut, accepted["item"], "deliveries", way="file").json()
    assert delivered["item"]["state"] == "delivered" and delivered["deliveries"][0]["name"] == "Rut"
    file = house.rut.get(address)
    assert file.headers["content-disposition"].startswith("attachment")
    assert QUESTION in file.body.decode() and "Källor" in file.body.decode()
    assert "<h1>" in house.rut.get(address, format="html").body.decode()
    assert house.kim.get(address).status == 200
    final = act(house.eva, delivered["item"], "undo")
    assert final.status == 409 and "lämnat huset" in final.json()["detail"]


def test_rejecting_needs_a_reason_and_returning_leads_back(house):
    item = house.laid()
    assert act(house.eva, item, "review", outcome="rejected").status == 400
    assert act(house.eva, item, "return", reason="Vilken altan?").json()["item"]["state"] == "returned"
    assert house.rut.get("/api/desk/count").json()["returned"] >= 1
    again = seen(house.rut, item).json()
    assert again["actions"] == ["submit"]
    assert act(house.rut, again["item"], "submit", recipient={}, note="Den mot söder").json()["item"]["state"] == "waiting"


def test_a_reviewer_decides_on_an_answer_of_their_own(house):
    proposal = house.draft(house.eva)
    item = house.eva.get(f"/api/desk/proposals/{proposal}").json()["item"]
    assert act(house.eva, item, "review", outcome="accepted").json()["item"]["state"] == "accepted"
    assert act(house.rut, item, "undo").status == 403


def test_a_batch_needs_a_threshold_and_second_looks_are_blind(house):
    assert house.eva.request("PUT", "/api/desk/kinds/answer", {"batch_confidence": 0.1, "sampled_batch": 1, "sampled_single": 0}).status == 403
    first, second = house.laid(), house.laid()
    chosen = {"kind": "answer", "proposals": [{"id": item["id"], "version": item["version"]} for item in (first, second)]}
    assert house.eva.request("POST", "/api/desk/batch", chosen).status == 409
    house.set_kind(batch_confidence=0.1, sampled_batch=1)
    try:
        house.kim.request("POST", f"/api/desk/proposals/{second['id']}/claim")
        done = house.eva.request("POST", "/api/desk/batch", chosen).json()
        assert done["accepted"] == [first["id"]] and "Kim Berg" in done["kept"][0]["reason"]
        blind = seen(house.kim, first).json()
        assert blind["item"]["second_look"] and blind["item"]["state"] == "waiting" and not blind["reviews"] and not blind["changed_by"]
        assert first["id"] in waiting(house.kim) and first["id"] not in waiting(house.eva)
        look = act(house.kim, blind["item"], "second-look", outcome="rejected", reason="Fel källa").json()
        assert look == {"first": "accepted", "agrees": False}
        agreement = house.kim.get("/api/desk/agreement").json()["kinds"][0]
        assert agreement["counts"][0][2] == 1 and agreement["kappa"] is None and agreement["batch_pairs"] == 1
    finally:
        house.set_kind()


def test_kappa_comes_of_decisions_that_are_taken_one_by_one(house):
    assert house.default_settings == {"batch_confidence": None, "sampled_batch": 0.1, "sampled_single": 0.1}
    house.set_kind(sampled_single=1)
    try:
        for verdict in ({"outcome": "accepted"}, {"outcome": "rejected", "reason": "Fel källa"}):
            item = house.laid()
            assert act(house.eva, item, "review", **verdict).status == 200
            blind = seen(house.kim, item).json()["item"]
            assert blind["second_look"] and blind["state"] == "waiting"
            assert act(house.kim, blind, "second-look", **verdict).json() == {"first": verdict["outcome"], "agrees": True}
    finally:
        house.set_kind()
    agreement = house.kim.get("/api/desk/agreement").json()["kinds"][0]
    counts, pairs = agreement["counts"], agreement["pairs"]
    observed = sum(counts[one][one] for one in range(3)) / pairs
    expected = sum(sum(counts[one]) * sum(row[one] for row in counts) for one in range(3)) / pairs ** 2
    assert counts[0][0] >= 1 and counts[2][2] >= 1 and sum(map(sum, counts)) == pairs
    assert agreement["kappa"] == pytest.approx((observed - expected) / (1 - expected))


def test_the_record_tells_all_of_it_and_holds(house):
    item = house.laid()
    act(house.eva, item, "review", outcome="edited", text="Annat.")
    auditor = house.person("Alva", ["auditor"])
    entries = auditor.get("/api/record", text=item["id"]).json()["entries"]
    assert [entry["kind"] for entry in entries] == ["proposal_reviewed", "proposal_submitted", "answer_proposal"]
    assert entries[0]["actor"] == "eva.ek" and entries[0]["content"]["difference"]
    assert [entry["proposal"] for entry in entries] == [{"id": item["id"], "title": QUESTION, "opens": False}] * 3
    reviewing = house.person("Alba", ["auditor", "reviewer"], reviews=["answer"])
    assert all(entry["proposal"]["opens"] for entry in reviewing.get("/api/record", text=item["id"]).json()["entries"])
    assert all(entry["proposal"] is None for entry in auditor.get("/api/record", kind="document_imported").json()["entries"])
    assert auditor.request("POST", "/api/record/verify").json()["first_broken"] is None


def test_the_record_names_no_proposal_whose_sources_are_closed(tmp_path):
    house = House(tmp_path)
    try:
        item = house.laid()
        kansli("collection", "set", "--data", house.data, "regler", "--access", "jurister", "--secrecy", "OSL 26 kap. 1 §")
        auditor = house.person("Alva", ["auditor"])
        entries = auditor.get("/api/record", kind="proposal_submitted").json()["entries"]
        assert [(entry["subject"], entry["proposal"]) for entry in entries] == [(item["id"], None)]
        assert QUESTION not in auditor.get("/api/record", limit=200).body.decode()
    finally:
        assert house.server.stop() == 0


def test_the_command_line_shows_and_decides_nothing(house):
    item = house.laid()
    listed = kansli_json("desk", "list", "--data", house.data)["items"]
    assert item["id"] in [one["id"] for one in listed]
    assert QUESTION in kansli("desk", "show", "--data", house.data, item["id"])
    assert kansli("desk", "accept", "--data", house.data, item["id"], check=False).returncode == 2


@pytest.mark.parametrize("query", [{"confidence": "much"}, {"deadline": "soon"}, {"order": "random"}, {"older_than": "-3"}])
def test_a_wrong_filter_is_told(house, query):
    assert house.eva.get("/api/desk", **query).status == 400


def test_events_tell_ids_alone(house):
    item = house.laid()
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=30)
    connection.request("GET", "/api/desk/events", headers={"Cookie": house.eva.cookie, "Accept": "text/event-stream"})
    stream = connection.getresponse()
    assert stream.status == 200
    house.kim.request("POST", f"/api/desk/proposals/{item['id']}/claim")
    told = []
    while not any(item["id"] in line for line in told):
        told.append(stream.readline().decode())
    data = next(line for line in told if item["id"] in line)
    assert json.loads(data.removeprefix("data: ")) == {"proposal": item["id"]}
    connection.close()
