"""Access lists, collections and secrecy walls through the real API: for random people and documents, no path shows what the
rule forbids, and every path shows what it allows. The rule is written here a second time, from its description."""
import json
import os
import random
import time
from dataclasses import dataclass, field

import pytest

from kansli_process import Server, kansli, kansli_json, signed_in

SEED = int(os.environ.get("KANSLI_SEED", "20261130"))
DEPARTMENTS = ["Socialnämnden", "Barnnämnden", "Tekniska nämnden"]
GROUPS = ["utredare", "rektorer", "jour", "ledning"]
PROVISIONS = ["OSL 26 kap. 1 §", "OSL 23 kap. 1 §"]


@dataclass
class Person:
    name: str
    roles: list
    groups: list
    department: str
    browser: object = None

    def principals(self):
        return {*self.groups, f"person:{self.name}"} | ({f"department:{self.department}"} if self.department else set())


@dataclass
class Collection:
    name: str
    access: list = field(default_factory=list)
    owner: str = ""
    secrecy: str = ""


@dataclass
class Document:
    marker: str
    collection: Collection
    access: list
    owner: str
    secrecy: str
    ids: set = field(default_factory=set)  # of the document and its versions

    def text(self, wording=1):
        lines = [f"titel: Handling {self.marker}"]
        if self.access:
            lines.append(f"åtkomst: [{', '.join(self.access)}]")
        if self.owner:
            lines.append(f"nämnd: {self.owner}")
        if self.secrecy:
            lines.append(f"sekretess: {self.secrecy}")
        return ("---\n" + "\n".join(lines) + f"\n---\n# Handling {self.marker}\n\nGemensamt ord om {self.marker} i lydelse "
                f"{wording}. Avgiften för {self.marker} är {wording}00 kronor.\n")


def may_read(person, document):
    names = person.principals()
    walled = bool(document.secrecy or document.collection.secrecy)
    if not walled and "administrator" in person.roles:
        return True
    if document.collection.access and not names & set(document.collection.access):
        return False
    own = document.access
    if walled and not own:
        owner = document.owner or document.collection.owner
        own = [f"department:{owner}"] if owner else ["person:"]
    return not own or bool(names & set(own))


class House:
    def __init__(self, data, folder):
        self.random = random.Random(SEED)
        self.data = data
        self.collections = [Collection("oppet"), Collection("internt", access=["jour", "department:Barnnämnden"]),
                            Collection("akter", owner="Socialnämnden", secrecy=PROVISIONS[0])]
        for collection in self.collections:
            options = [["--access", name] for name in collection.access] + \
                      ([["--owner", collection.owner]] if collection.owner else []) + \
                      ([["--secrecy", collection.secrecy]] if collection.secrecy else [])
            kansli("collection", "set", "--data", data, collection.name, *sum(options, []))
        self.documents = [self.random_document(number) for number in range(33)]
        for wording in (1, 2):
            for collection in self.collections:
                inside = folder / collection.name
                inside.mkdir(parents=True, exist_ok=True)
                for number, document in enumerate(self.documents):
                    if document.collection is collection and (wording == 1 or number % 4 == 0):
                        (inside / f"{document.marker}.md").write_text(document.text(wording))
                kansli("ingest", "--data", data, "--collection", collection.name, inside)
        for known in kansli_json("document", "list", "--data", data)["documents"]:
            document = next(d for d in self.documents if d.marker in known["attributes"]["title"])
            versions = kansli_json("document", "versions", "--data", data, known["id"])["versions"]
            document.ids = {known["id"], *(version["id"] for version in versions)}
        self.server = Server(data)
        self.people = [self.random_person(number) for number in range(9)]

    def random_document(self, number):
        pick = self.random
        if number < len(self.collections):  # something in each that has no limits of its own
            return Document(f"zq{number:02}x", self.collections[number], [], "", "")
        lists = [[], [], [pick.choice(GROUPS)], pick.sample(GROUPS, 2), [f"department:{pick.choice(DEPARTMENTS)}"],
                 [f"person:person.{pick.randrange(9)}"]]
        return Document(marker=f"zq{number:02}{pick.choice('abcdefgh')}x", collection=pick.choice(self.collections),
                        access=pick.choice(lists), owner=pick.choice(["", *DEPARTMENTS]),
                        secrecy=pick.choice(["", "", "", PROVISIONS[1]]))

    def random_person(self, number):
        pick = self.random
        roles = [["reader"], ["editor"], ["administrator", "auditor"]][number % 3]
        person = Person(f"person.{number}", roles, pick.sample(GROUPS, pick.randrange(3)), pick.choice(["", *DEPARTMENTS]))
        person.browser = signed_in(self.server, self.data, person.name, roles, person.groups, department=person.department)
        return person


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("walls")
    kansli("init", folder / "data")
    made = House(folder / "data", folder / "in")
    yield made
    made.server.stop()


@pytest.fixture(params=range(9))
def person(request, house):
    return house.people[request.param]


def parts(house, person):
    readable = [document for document in house.documents if may_read(person, document)]
    hidden = [document for document in house.documents if not may_read(person, document)]
    return readable, hidden


def check_nothing_of(hidden, what, body):
    text = body.decode(errors="replace") if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False)
    for document in hidden:
        assert document.marker not in text, (what, document)
        for identity in document.ids:
            assert identity not in text, (what, document)


def test_the_lot_is_worth_drawing(house):
    """Everybody has something to read and something hidden, and there are walls that keep administrators out."""
    for person in house.people:
        readable, hidden = parts(house, person)
        assert readable and hidden
    assert any("administrator" in person.roles and document.secrecy and not may_read(person, document)
               for person in house.people for document in house.documents)


def test_lists_counts_and_collections_show_what_may_be_read_and_nothing_else(house, person):
    readable, hidden = parts(house, person)
    answer = person.browser.get("/api/documents").json()
    assert {d["attributes"]["title"] for d in answer["documents"]} == {f"Handling {d.marker}" for d in readable}
    check_nothing_of(hidden, "documents", answer)
    counts = {c["name"]: c["documents"] for c in person.browser.get("/api/collections").json()["collections"]}
    expected = {}
    for document in readable:
        expected[document.collection.name] = expected.get(document.collection.name, 0) + 1
    assert counts == expected


def test_searches_suggestions_and_answers(house, person):
    readable, hidden = parts(house, person)
    everything = person.browser.get("/api/search", words="gemensamt", limit=100).json()
    assert {hit["title"] for hit in everything["hits"]} == {f"Handling {d.marker}" for d in readable}
    assert everything["total"] == len(everything["hits"]) and everything["total_is_exact"]
    check_nothing_of(hidden, "search", everything)
    for document in house.documents:
        words = {"the word": document.marker, "its beginning": document.marker[:4] + "*",
                 "a phrase": f'"om {document.marker}"', "a slip": document.marker[:-1] + "y"}
        for how, typed in words.items():
            found = person.browser.get("/api/search", words=typed, limit=50).json()
            check_nothing_of(hidden, how, {**found, "hits": found["hits"]})
        found = person.browser.get("/api/search", words=document.marker).json()
        assert bool(found["hits"]) == (document in readable)
        answer = person.browser.request("POST", "/api/ask", {"question": f"Vad är avgiften för {document.marker}?"}).json()
        # The question itself comes back in a refusal.
        shown = json.loads(json.dumps(answer).replace(document.marker, "…")) if document in hidden else answer
        check_nothing_of(hidden, "answer", shown)
        if document in hidden:
            assert all(document.ids.isdisjoint({c["document"], c["version"]}) for c in answer["citations"])


def test_an_answer_carries_the_secrecy_of_its_sources(house):
    asked = 0
    for person in house.people:
        for document in parts(house, person)[0]:
            provision = document.secrecy or document.collection.secrecy
            answer = person.browser.request("POST", "/api/ask",
                                            {"question": f"Vad är avgiften för {document.marker}?"}).json()
            if {c["document"] for c in answer["citations"]} - document.ids or not answer["answerable"]:
                continue
            asked += 1
            assert answer["secrecy"] == provision
            assert answer["information_class"] == ("confidential" if provision else "open")
    assert asked > 5


def addresses(identity, own_version):
    return [("GET", f"/api/documents/{identity}", None), ("DELETE", f"/api/documents/{identity}", None),
            ("GET", f"/api/versions/{identity}", None), ("GET", f"/api/versions/{identity}/text", None),
            ("GET", f"/api/versions/{identity}/sections/0", None), ("GET", f"/api/versions/{identity}/sections/999", None),
            ("GET", f"/api/versions/{identity}/places?start=0&end=9", None), ("GET", f"/api/versions/{identity}/pages/1.png", None),
            ("GET", f"/api/versions/{identity}/original", None),
            ("GET", f"/api/versions/{identity}/difference/{own_version}", None),
            ("GET", f"/api/versions/{own_version}/difference/{identity}", None),
            ("GET", f"/api/search/explain?words=gemensamt&version={identity}&section=0", None)]


def said(answer, identity):
    """What an answer says but for the identity that was asked for and the number of the request."""
    return {key: value for key, value in json.loads(answer.body.replace(identity.encode(), b"")).items()
            if key != "request"}


def test_what_is_hidden_answers_as_what_is_not_there(house, person):
    """Every address and every identity: the same status, the same words, whether it is hidden or was never there."""
    readable, hidden = parts(house, person)
    own = next(iter(i for i in sorted(readable[0].ids) if i.startswith("v")))
    attributes = person.browser.get("/api/documents").json()["documents"][0]["attributes"]
    for document in hidden:
        for identity in sorted(document.ids):
            unknown = identity[0] + "0" * 20
            requests = addresses(identity, own)
            if identity.startswith("d"):
                requests.append(("PUT", f"/api/documents/{identity}", {"attributes": attributes}))
            for method, path, body in requests:
                for_hidden = person.browser.request(method, path, body)
                for_unknown = person.browser.request(method, path.replace(identity, unknown), body)
                assert for_hidden.status == for_unknown.status in (403, 404), path
                assert said(for_hidden, identity) == said(for_unknown, unknown), path
    for document in readable:
        for identity in sorted(document.ids):
            path = f"/api/documents/{identity}" if identity[0] == "d" else f"/api/versions/{identity}/text"
            answer = person.browser.get(path)
            assert answer.status == 200 and document.marker in answer.body.decode()


def test_the_record_masks_what_an_auditor_may_not_read(house):
    for person in house.people:
        if "auditor" not in person.roles:
            continue
        _, hidden = parts(house, person)
        entries, before = [], 0
        while page := person.browser.get("/api/record", limit=200, before=before).json()["entries"]:
            entries += page
            before = page[-1]["number"]
        assert [entry["number"] for entry in entries] == list(range(entries[0]["number"], 0, -1))
        identities = set().union(*(document.ids for document in hidden))
        for entry in entries:
            if entry["subject"] in identities:
                assert entry["masked"] and entry["content"] is None
            # That somebody asked is told with the words that they typed, unless the answer told of what is hidden.
            if entry["kind"] != "answer_proposal":
                check_nothing_of(hidden, "record", {**entry, "subject": "", "content": entry["content"]})
            elif entry["content"] is not None:
                outcome = {key: value for key, value in entry["content"].items() if key != "input"}
                for document in hidden:
                    assert not any(identity in json.dumps(outcome) for identity in document.ids)
        for document in hidden:
            found = person.browser.get("/api/record", text=f"Handling {document.marker}").json()["entries"]
            assert found == []
        assert person.browser.request("POST", "/api/record/verify").json()["first_broken"] is None


def test_administrators_see_how_many_are_walled_but_not_which(house):
    expected = {}
    for document in house.documents:
        if document.secrecy or document.collection.secrecy:
            owner = document.owner or document.collection.owner
            expected[owner] = expected.get(owner, 0) + 1
    for person in house.people:
        if "administrator" not in person.roles:
            continue
        status = person.browser.get("/api/status").json()
        assert {row["department"]: row["documents"] for row in status["walled"]} == expected
        check_nothing_of(house.documents, "status", status)


def test_a_changed_list_hides_at_once_and_moves_soon(house):
    administrator = next(person for person in house.people if "administrator" in person.roles)
    document = next(d for d in house.documents if d.collection.name == "oppet" and not d.access and not d.secrecy)
    stranger = next(p for p in house.people if "administrator" not in p.roles and "ledning" not in p.groups)
    identity = next(i for i in document.ids if i.startswith("d"))
    details = administrator.browser.get(f"/api/documents/{identity}").json()["document"]
    assert details["readers"]["everyone"]
    assert stranger.browser.get("/api/search", words=document.marker).json()["hits"]
    for access in (["ledning"], []):
        changed = administrator.browser.request("PUT", f"/api/documents/{identity}",
                                                {"attributes": {**details["attributes"], "access": access}})
        assert changed.status == 200
        seen = stranger.browser.get("/api/search", words=document.marker).json()["hits"]
        assert not (access and seen)
        assert stranger.browser.get(f"/api/documents/{identity}").status == (404 if access else 200)
    deadline = time.monotonic() + 30
    while not stranger.browser.get("/api/search", words=document.marker).json()["hits"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_collection_is_changed_by_administrators_and_at_once(house):
    administrator = next(person for person in house.people if "administrator" in person.roles)
    editor = next(p for p in house.people if p.roles == ["editor"] and "jour" not in p.groups
                  and p.department != "Barnnämnden")
    assert "internt" not in {c["name"] for c in editor.browser.get("/api/collections").json()["collections"]}
    path = "/api/collection-settings/internt"
    before = next(c for c in administrator.browser.get("/api/collection-settings").json()["collections"]
                  if c["name"] == "internt")
    body = {key: value for key, value in before.items() if key != "name"}
    assert editor.browser.request("PUT", path, body).status == 403
    assert administrator.browser.request("PUT", path, {**body, "access": []}).status == 200
    visible = [d for d in house.documents if d.collection.name == "internt" and not d.access and not d.secrecy]
    counts = {c["name"]: c["documents"] for c in editor.browser.get("/api/collections").json()["collections"]}
    assert counts.get("internt", 0) >= len(visible) > 0
    assert administrator.browser.request("PUT", path, body).status == 200
    assert not [d for d in editor.browser.get("/api/documents", collection="internt").json()["documents"]
                if d["attributes"]["title"] in {f"Handling {v.marker}" for v in visible}]


def test_who_walls_a_document_in_for_others_sees_it_no_more(house):
    administrator = next(p for p in house.people if "administrator" in p.roles and p.department != "Tekniska nämnden")
    document = [d for d in house.documents if d.collection.name == "oppet" and not d.access and not d.secrecy][-1]
    identity = next(i for i in document.ids if i.startswith("d"))
    details = administrator.browser.get(f"/api/documents/{identity}").json()["document"]
    walled = {**details["attributes"], "access": [], "owner": "Tekniska nämnden", "secrecy": "OSL 31 kap. 16 §"}
    answer = administrator.browser.request("PUT", f"/api/documents/{identity}", {"attributes": walled})
    assert answer.status == 204
    assert administrator.browser.get(f"/api/documents/{identity}").status == 404
    # Whoever holds the data folder can still see and undo it.
    known = kansli_json("document", "list", "--data", house.data)["documents"]
    assert next(d for d in known if d["id"] == identity)["readers"]["walled"]


def test_nobody_adds_a_version_to_what_they_may_not_see(house, person):
    """A file of the same name becomes another document, and the hidden one stays as it is."""
    if "reader" in person.roles:
        return
    _, hidden = parts(house, person)
    document = hidden[0]
    answer = person.browser.upload([(f"{document.marker}.md", b"# Inkr\xc3\xa4ktare\n\nAnnan text.\n")],
                                   {"collection": document.collection.name, "access": [f"person:{person.name}"]})
    job = answer.json()["job"]
    deadline = time.monotonic() + 60
    while (state := person.browser.get(f"/api/imports/{job}").json())["state"] not in ("done", "failed"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert state["files"][0]["document"] not in document.ids
    by_id = person.browser.upload([("ny.md", b"# Ny\n\nText.\n")],
                                  {"collection": document.collection.name,
                                   "as_version_of": next(i for i in document.ids if i.startswith("d"))})
    assert by_id.status == 202
    check_nothing_of(hidden, "imports",
                     json.loads(json.dumps(person.browser.get("/api/imports").json()).replace(document.marker, "…")))
    identity = next(i for i in document.ids if i.startswith("d"))
    assert len(kansli_json("document", "versions", "--data", house.data, identity)["versions"]) == \
        len([i for i in document.ids if i.startswith("v")])
