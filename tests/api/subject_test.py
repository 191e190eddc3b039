"""Rights of data subjects through the real API: what is restricted is on no path at all, corrections stand with what they correct, and
the extract goes through every table there is."""
import io
import json
import re
import sqlite3
import time
import zipfile

import pytest

from kansli_process import ROOT, Server, kansli, kansli_json, new_data_folder, signed_in

OPENAPI = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text())
OPERATIONS = [(method.upper(), path, operation) for path, methods in OPENAPI["paths"].items()
              for method, operation in methods.items()]
# A word that stands nowhere but in the restricted things: in the text, the title and the file's name.
WORD = "Zyxantronius"
LETTER = f"# Brev om {WORD}\n\nAvgiften för {WORD} Berg är 400 kronor. {WORD} Berg bor på Gatan 1.\n"
OTHER = "# Brev om staket\n\nAvgiften för staket är 300 kronor.\n"
# Streams have no end, and tell only ids.
STREAMS = {"followEvents", "followDesk"}
# What only shows restricted things to those who look after them.
KEEPING = {"listRestrictions", "getRestrictedText"}


def until(happens):
    """What it gives once it gives something."""
    for _ in range(600):
        if given := happens():
            return given
        time.sleep(0.1)
    raise AssertionError("it never happened")


class House:
    def __init__(self, folder):
        self.data = new_data_folder(folder / "data")
        (folder / f"{WORD}.md").write_text(LETTER)
        (folder / "staket.md").write_text(OTHER)
        self.server = Server(self.data)
        self.editor = signed_in(self.server, self.data, "Eva Redaktör", ["editor"])
        self.bring_in(folder / "staket.md")
        self.bring_in(folder / f"{WORD}.md")
        self.reader = signed_in(self.server, self.data, "Lars Läsare", ["reader"])
        self.reviewer = signed_in(self.server, self.data, "Greta Granskare", ["reviewer"], reviews=["*"])
        self.administrator = signed_in(self.server, self.data, "Ada Admin", ["administrator", "reviewer"], reviews=["*"])
        self.auditor = signed_in(self.server, self.data, "Rolf Revisor", ["auditor", "reader"])
        self.officer = signed_in(self.server, self.data, "Dag Ombud", ["data_protection_officer", "reader"])
        documents = self.reader.get("/api/documents").json()["documents"]
        self.letter = next(d for d in documents if WORD in d["attributes"]["title"])
        # A draft that quotes the letter, on the desk; another that asks for the person.
        answer = self.reader.request("POST", "/api/ask", {"question": f"Vad är avgiften för {WORD} Berg?"}).json()
        assert answer["answerable"], answer
        self.proposal = answer["proposal"]
        laid = self.reader.request("POST", f"/api/desk/proposals/{self.proposal}/submit",
                                   {"version": 1, "recipient": {}, "note": ""})
        assert laid.status == 200, laid.body

    def bring_in(self, path, **more):
        form = {"collection": "brev", "access": [], **more}
        started = self.editor.upload([(path.name, path.read_bytes())], form)
        assert started.status == 202, started.body
        job = started.json()["job"]
        done = until(lambda: (found := self.editor.get(f"/api/imports/{job}").json())["state"] in ("done", "failed") and found)
        assert done["state"] == "done" and not any(file["error"] for file in done["files"]), done
        self.job = job

    def rows(self, sql):
        with sqlite3.connect(f"file:{self.data / 'kansli.db'}?mode=ro", uri=True) as database:
            return database.execute(sql).fetchall()

    def index_is_in_step(self):
        return not self.rows("SELECT 1 FROM jobs WHERE state IN ('waiting', 'running')")

    def everybody(self):
        return {"reader": self.reader, "editor": self.editor, "reviewer": self.reviewer, "administrator": self.administrator,
                "auditor": self.auditor, "officer": self.officer}

    def restrict(self, part, identity, reason="Hon säger att det är fel."):
        answer = self.officer.request("POST", "/api/restrictions",
                                      {"thing": {"part": part, "id": identity}, "ground": "accuracy", "reason": reason})
        assert answer.status == 201, answer.body
        return answer.json()

    def lift(self, restriction):
        answer = self.officer.request("POST", f"/api/restrictions/{restriction['entry']}/lift", {"reason": "Utredd."})
        assert answer.status == 200, answer.body


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("subject"))
    yield made
    assert made.server.stop() == 0


def addresses(house):
    """Every address of the API that is read, with every identity there is of what may be restricted."""
    entries = [str(number) for number in range(1, 40)]
    values = {"document": [house.letter["id"]], "version": [house.letter["current_version"]],
              "other": [house.letter["current_version"]], "section": ["0", "1"], "page": ["1.png"],
              "proposal": [house.proposal], "number": entries, "import": [house.job], "restriction": entries}
    for method, path, operation in OPERATIONS:
        if method != "GET" or operation["operationId"] in STREAMS | KEEPING:
            continue
        paths = [path]
        for name in re.findall(r"\{([^}]+)\}", path):
            paths = [each.replace("{" + name + "}", value) for each in paths for value in values.get(name, ["1"])]
        names = [parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
        for each in paths:
            yield each
            if "content" in names:
                yield each + "?content=1"
            for name in {"words", "q", "text"} & set(names):
                for typed in (WORD, WORD[:-1] + "z", WORD[:6] + "*"):
                    more = f"&version={house.letter['current_version']}&section=0" if "version" in names else ""
                    yield f"{each}?{name}={typed}{more}"


def paths_that_tell(house, browser):
    """Where the word turns up; what was asked for is not told by coming back."""
    told = []
    for path in addresses(house):
        body = browser.request("GET", path).body.decode(errors="replace").lower()
        asked = path.partition("?")[2].lower()
        if WORD.lower() in body.replace(asked, ""):  # suggestions are in lower case
            told.append(path)
    posts = [("/api/ask", {"question": "Vad är avgiften för brevet om Berg?"}),
             ("/api/release/search", {"person": f"{WORD} Berg", "case_number": "", "words": "", "kind": ""}),
             ("/api/release/drafts", {"stock": "document", "id": house.letter["current_version"]}),
             ("/api/retention/runs", {"hash": "0"})]
    for path, body in posts:
        if WORD.lower() in browser.request("POST", path, body).body.decode(errors="replace").lower():
            told.append(path)
    return told


def test_before_anything_is_restricted_the_word_is_all_over_the_place(house):
    told = paths_that_tell(house, house.administrator)
    for path in ("/api/documents", "/api/desk", f"/api/documents/{house.letter['id']}", f"/api/search?words={WORD}",
                 f"/api/search?words={WORD[:-1]}z", f"/api/desk/proposals/{house.proposal}"):
        assert path in told, path
    assert "/api/record" in paths_that_tell(house, house.auditor)
    assert "/api/release/search" in paths_that_tell(house, house.officer)


def test_what_is_restricted_is_found_on_no_path_by_anybody_and_is_back_when_it_is_lifted(house):
    letter = house.restrict("document", house.letter["current_version"])
    assert letter["thing"] == {"part": "document", "id": house.letter["id"]}
    # The question that was put about the person is a thing of its own.
    proposal = house.restrict("proposal", house.proposal)
    # At once, and after the index has been put in step.
    for _ in range(2):
        for name, browser in house.everybody().items():
            assert paths_that_tell(house, browser) == [], name
        counts = {c["name"]: c["documents"] for c in house.reader.get("/api/collections").json()["collections"]}
        assert counts == {"brev": 1}
        assert house.reviewer.get("/api/desk/count").json()["waiting"] == 0
        until(house.index_is_in_step)
    # As if it had never been there.
    for method, path in (("GET", "/api/documents/{}"), ("DELETE", "/api/documents/{}")):
        hidden = house.editor.request(method, path.format(house.letter["id"]))
        unknown = house.editor.request(method, path.format("d" + "0" * 20))
        assert hidden.status == unknown.status == 404
    # Storage, and those who look after it.
    shown = house.auditor.get("/api/restrictions").json()["restrictions"]
    assert [one["title"] for one in shown if one["entry"] == letter["entry"]] == [f"Brev om {WORD}"]
    assert WORD in house.auditor.get(f"/api/restrictions/{letter['entry']}/text").json()["text"]
    assert house.reader.request("GET", "/api/restrictions").status == 403
    assert house.auditor.request("POST", "/api/record/verify").json()["first_broken"] is None
    house.lift(letter)
    house.lift(proposal)
    assert house.reader.get("/api/search", words=WORD).json()["hits"] or until(
        lambda: house.reader.get("/api/search", words=WORD).json()["hits"])
    assert house.reviewer.get("/api/desk/count").json()["waiting"] == 1


def test_a_wall_that_is_raised_after_a_proposal_was_laid_hides_it_from_the_desk(house):
    attributes = house.editor.get(f"/api/documents/{house.letter['id']}").json()["document"]["attributes"]
    assert house.reviewer.get("/api/desk/count").json()["waiting"] == 1
    walled = {**attributes, "secrecy": "OSL 26 kap. 1 §", "access": ["person:eva.redaktor"]}
    changed = house.editor.request("PUT", f"/api/documents/{house.letter['id']}", {"attributes": walled})
    assert changed.status in (200, 204), changed.body
    for browser in (house.reviewer, house.administrator):
        assert browser.get("/api/desk").json()["items"] == []
        assert browser.get("/api/desk/count").json()["waiting"] == 0
        assert browser.request("GET", f"/api/desk/proposals/{house.proposal}").status == 404
    assert house.reader.get("/api/desk/mine").json()["items"] == []
    again = house.editor.request("PUT", f"/api/documents/{house.letter['id']}", {"attributes": attributes})
    assert again.status in (200, 204)
    assert house.reviewer.get("/api/desk/count").json()["waiting"] == 1


def test_a_correction_stands_with_what_it_corrects_and_goes_along_when_it_is_released(house):
    version = house.letter["current_version"]
    wanted = {"thing": {"part": "document", "id": version}, "wrong": "Gatan 1", "right": "Gatan 3",
              "reason": "Folkbokföringen.", "replaced": False}
    made = house.officer.request("POST", "/api/corrections", wanted)
    assert made.status == 201, made.body
    details = house.reader.get(f"/api/documents/{house.letter['id']}").json()
    assert [(one["wrong"], one["right"], one["version"]) for one in details["corrections"]] == [("Gatan 1", "Gatan 3", version)]
    assert "Folkbokföringen" not in json.dumps(details)
    draft = house.officer.request("POST", "/api/release/drafts", {"stock": "document", "id": version}).json()
    assert "Gatan 1" in draft["text"] and "Rätt uppgift: Gatan 3" in draft["text"]
    # Of a proposal: on the desk and in the record.
    of_proposal = {**wanted, "thing": {"part": "proposal", "id": house.proposal}}
    assert house.officer.request("POST", "/api/corrections", of_proposal).status == 201
    shown = house.reviewer.get(f"/api/desk/proposals/{house.proposal}").json()
    assert [one["right"] for one in shown["corrections"]] == ["Gatan 3"]
    entries = house.auditor.get("/api/record", kind="answer_proposal").json()["entries"]
    assert [one["right"] for one in next(e for e in entries if e["subject"] == house.proposal)["corrections"]] == ["Gatan 3"]
    # The text in force cannot be taken out of search: the right one must be there first.
    assert house.officer.request("POST", "/api/corrections", {**wanted, "replaced": True}).status == 409
    for browser in (house.reader, house.auditor, house.administrator):
        assert browser.request("POST", "/api/corrections", wanted).status == 403


def test_a_wrong_wording_is_searched_and_cited_no_more(house, tmp_path):
    (tmp_path / "adress.md").write_text("# Adresslista\n\nQvintus bor i Felstad.\n")
    house.bring_in(tmp_path / "adress.md")
    (tmp_path / "adress.md").write_text("# Adresslista\n\nQvintus bor i Rättstad.\n")
    house.bring_in(tmp_path / "adress.md")
    hit = until(lambda: house.reader.get("/api/search", words="Qvintus").json()["hits"])[0]
    versions = house.reader.get(f"/api/documents/{hit['document']}").json()["versions"]
    wrong = next(version for version in versions if not version["current"])
    corrected = house.officer.request("POST", "/api/corrections", {
        "thing": {"part": "document", "id": wrong["id"]}, "wrong": "Felstad", "right": "Rättstad", "reason": "Fel stad.",
        "replaced": True})
    assert corrected.status == 201, corrected.body
    for as_of in ("2020-01-01", None):
        query = {"words": "Felstad", **({"as_of": as_of} if as_of else {})}
        assert house.reader.get("/api/search", **query).json()["hits"] == []
    listed = house.reader.get(f"/api/documents/{hit['document']}").json()["versions"]
    assert [bool(version["corrected"]) for version in listed] == [False, True]
    assert "Felstad" in house.reader.get(f"/api/versions/{wrong['id']}/text").body.decode()


def test_who_has_received_it_is_told(house):
    draft = house.officer.request("POST", "/api/release/drafts",
                                  {"stock": "document", "id": house.letter["current_version"]}).json()
    order = {"case_number": "KS 2026/9", "recipient": "Bladet", "items": [
        {"stock": "document", "id": draft["id"], "text_hash": draft["text_hash"], "masks": [], "with_original": False}]}
    assert house.officer.request("POST", "/api/release/packages", order).status == 200
    thing = {"part": "document", "id": house.letter["id"]}
    told = house.officer.request("POST", "/api/subject/recipients", thing).json()["recipients"]
    assert [(one["way"], one["target"]) for one in told] == [("release", "Bladet")]


def test_the_extract_covers_every_table_of_the_database(house):
    there = {name for (name,) in house.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
    coverage = house.officer.get("/api/subject/coverage").json()["tables"]
    assert {table["table"] for table in coverage} == there, "declare beside its schema what a new table holds about people"
    assert all(table["about"] for table in coverage)


def test_the_extract_is_a_file_that_tells_it_all_and_the_record_does_not_say_whose(house):
    answer = house.officer.request("POST", "/api/subject/extracts", {"names": ["Lars Läsare"], "identity_number": ""})
    assert answer.status == 200 and answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        extract = json.loads(archive.read("registerutdrag.json"))
        page = archive.read("registerutdrag.html").decode()
    assert [account["user_name"] for account in extract["accounts"]] == ["lars.lasare"]
    kinds = {item["kind"] for item in extract["items"]}
    assert {"Inloggning", "Förslag i Inkorgen", "answer_proposal", "signed_in"} <= kinds, kinds
    assert "Lars Läsare" in page and "Inloggning" in page
    entry = answer.headers["x-kansli-entry"]
    told = next(e for e in house.auditor.get("/api/record").json()["entries"] if str(e["number"]) == entry)
    assert told["kind"] == "subject_extract_made" and "Lars" not in json.dumps(told["content"])
    for body, where in (({"names": [], "identity_number": ""}, "names"), ({"names": [], "identity_number": "12"}, "identity_number")):
        refused = house.officer.request("POST", "/api/subject/search", body)
        assert refused.status == 400 and where in refused.body.decode()


def test_the_command_line_does_the_same(data, tmp_path):
    kansli("user", "add", "--data", data, "--name", "Dag Ombud", "--role", "data_protection_officer")
    (tmp_path / "brev.md").write_text(LETTER)
    kansli("ingest", "--data", data, "--collection", "brev", tmp_path / "brev.md")
    who = ("--data", data, "--by", "Dag Ombud")
    found = kansli_json("subject", "find", *who, "--name", f"{WORD} Berg")
    version = next(item for item in found["items"] if item["part"] == "document")
    assert "Rättelsen" in kansli("subject", "correct", *who, "--document", version["id"], "--wrong", "Gatan 1", "--right",
                                 "Gatan 3", "--reason", "Folkbokföringen")
    kansli("subject", "restrict", *who, "--document", version["id"], "--reason", "Utreds")
    assert kansli_json("search", "--data", data, WORD)["hits"] == []
    assert kansli_json("document", "list", "--data", data)["documents"] == []
    restriction = kansli_json("subject", "restrictions", *who)[0]
    assert restriction["reason"] == "Utreds"
    kansli("subject", "extract", *who, "--name", f"{WORD} Berg", "--out", tmp_path / "utdrag")
    extract = json.loads((tmp_path / "utdrag" / "registerutdrag.json").read_text())
    item = next(item for item in extract["items"] if item["part"] == "document")
    assert item["restricted"] and item["corrections"][0]["right"] == "Gatan 3"
    kansli("subject", "lift", *who, "--restriction", str(restriction["entry"]), "--reason", "Klart")
    assert len(kansli_json("search", "--data", data, WORD)["hits"]) > 0
    assert kansli_json("subject", "recipients", *who, "--document", version["id"]) == []
    assert "hel" in kansli("record", "verify", "--data", data)
