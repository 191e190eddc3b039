"""The municipality's own glossary: it wins over the lexicon that ships, and what askers say of words waits for a person."""
import json

import pytest

from kansli_process import Server, kansli, kansli_json, signed_in

OPENING = """# Öppettider

## 1 Stadsbiblioteket

Stadsbiblioteket har öppet till klockan nitton på vardagar och till klockan femton på lördagar.
"""
QUESTION = "Hur länge har lunkan öppet på vardagar?"
SAYS = {"kind": "means", "expression": "lunkan", "term": "stadsbiblioteket"}


@pytest.fixture
def place(data, tmp_path):
    (tmp_path / "tider.md").write_text(OPENING)
    kansli("ingest", "--data", data, "--collection", "fritid", tmp_path / "tider.md")
    server = Server(data)
    yield server, data
    assert server.stop() == 0


def called(browser, *corrections, question=QUESTION):
    """What "lunkan" was looked for as."""
    answer = browser.request("POST", "/api/ask", {"question": question, "corrections": list(corrections)})
    assert answer.status == 200, answer.body
    understanding = answer.json()["understanding"]
    words = {one["expression"]: [wording["text"] for wording in one["wordings"]] for one in understanding["expressions"]}
    return words["lunkan"], understanding


def kinds(browser):
    return [entry["kind"] for entry in browser.get("/api/record").json()["entries"] if entry["kind"].startswith("glossary_")]


def test_an_entry_is_used_at_once_in_search_and_answers_and_stands_in_the_record(place):
    server, data = place
    ada = signed_in(server, data, roles=("administrator", "auditor"))
    rut = signed_in(server, data, "Rut Läsare", "reader")
    assert called(rut)[0] == []
    assert rut.get("/api/search", words="lunkan").json()["total"] == 0
    added = ada.request("POST", "/api/glossary/entries", {"line": "Lunkan = stadsbiblioteket"}).json()["entries"]
    assert [entry["line"] for entry in added] == ["lunkan = stadsbiblioteket"]
    assert called(rut)[0] == ["stadsbiblioteket"]
    assert rut.get("/api/search", words="lunkan").json()["hits"][0]["path"] == "1 Stadsbiblioteket"
    changed = ada.request("PUT", f"/api/glossary/entries/{added[0]['id']}", {"line": "lunkan = badhuset"})
    assert changed.status == 200 and called(rut)[0] == ["badhuset"]
    assert ada.request("DELETE", f"/api/glossary/entries/{added[0]['id']}").json()["entries"] == []
    assert called(rut)[0] == []
    assert kinds(ada) == ["glossary_removed", "glossary_changed", "glossary_added"]


def test_it_wins_over_the_lexicon_that_ships(place):
    server, data = place
    ada = signed_in(server, data)
    shipped = ada.request("POST", "/api/ask", {"question": "Vad kostar dagis?"}).json()["understanding"]
    assert shipped["asks_for"] == "price"
    assert any(one["expression"] == "dagis" and one["wordings"] for one in shipped["expressions"])
    ada.request("POST", "/api/glossary/entries", {"line": "dagis = kvarnens förskola"})
    now = ada.request("POST", "/api/ask", {"question": "Vad kostar dagis?"}).json()["understanding"]
    told = next(one for one in now["expressions"] if one["expression"] == "dagis")
    assert told["wordings"] == [{"text": "kvarnens förskola", "closeness": 1}]


def test_the_command_line_changes_it_while_the_server_runs(place, tmp_path):
    server, data = place
    rut = signed_in(server, data, "Rut Läsare", "reader")
    assert kansli("lexicon", "add", "--data", data, "lunkan = stadsbiblioteket") == "lunkan = stadsbiblioteket\n"
    assert called(rut)[0] == ["stadsbiblioteket"]
    listed = kansli_json("lexicon", "list", "--data", data)
    assert [(entry["line"], entry["by"]) for entry in listed["entries"]] == [("lunkan = stadsbiblioteket", "kansli")]
    assert "lunkan = stadsbiblioteket" in kansli("lexicon", "export", "--data", data)

    words = tmp_path / "ord.txt"
    words.write_text("# våra ord\nlunkan = stadsbiblioteket\nbia = boendestöd\nfel rad\n")
    process = kansli("lexicon", "import", "--data", data, words, check=False)
    assert process.returncode == 3 and f"{words}:4: " in process.stdout
    assert "1 uppslag lades till, 1 fanns redan" in process.stdout
    process = kansli("lexicon", "import", "--data", data, "--replace", words, check=False)
    assert process.returncode == 3 and len(kansli_json("lexicon", "list", "--data", data)["entries"]) == 2
    words.write_text("bia = boendestöd\n")
    kansli("lexicon", "import", "--data", data, "--replace", words)
    assert called(rut)[0] == []
    kansli("lexicon", "remove", "--data", data, "bia = boendestöd")
    assert kansli_json("lexicon", "list", "--data", data)["entries"] == []
    assert kansli("lexicon", "remove", "--data", data, "bia = boendestöd", check=False).returncode == 4
    assert kansli("lexicon", "add", "--data", data, "bia boendestöd", check=False).returncode == 3


def test_a_file_goes_in_and_comes_out(place):
    server, data = place
    eva = signed_in(server, data, "Eva Redaktör", "editor")
    report = eva.request("POST", "/api/glossary/file", {"file": "lunkan = stadsbiblioteket\nfel rad\n", "way": "add"}).json()
    assert (report["added"], report["unchanged"], report["removed"]) == (1, 0, 0)
    assert [fault["line"] for fault in report["faults"]] == [2]
    file = eva.get("/api/glossary/file")
    assert file.headers["content-type"] == "text/plain; charset=utf-8" and "ordlista.txt" in file.headers["content-disposition"]
    again = eva.request("POST", "/api/glossary/file", {"file": file.body.decode(), "way": "replace"}).json()
    assert (again["added"], again["unchanged"], again["removed"], again["faults"]) == (0, 1, 0, [])


def test_a_correction_holds_for_its_question_and_waits_for_everybody_else(place):
    server, data = place
    ada = signed_in(server, data, roles=("administrator", "auditor"))
    rut = signed_in(server, data, "Rut Läsare", "reader")
    stig = signed_in(server, data, "Stig Läsare", "reader")
    words, understanding = called(rut, SAYS)
    assert words == ["stadsbiblioteket"]
    assert understanding["corrections"] == [{**SAYS, "suggested": True}]
    assert called(stig)[0] == [] and called(rut)[0] == [], "nobody else's answers, and no other question"
    waiting = ada.get("/api/glossary").json()
    assert waiting["entries"] == [] and [one["line"] for one in waiting["suggestions"]] == ["lunkan = stadsbiblioteket | även"]
    called(stig, SAYS)
    assert len(ada.get("/api/glossary").json()["suggestions"]) == 1, "the same is suggested once"

    accepted = ada.request("POST", f"/api/glossary/suggestions/{waiting['suggestions'][0]['id']}/accept", {}).json()
    assert accepted["suggestions"] == [] and len(accepted["entries"]) == 1
    assert called(stig)[0] == ["stadsbiblioteket"]
    assert kinds(ada) == ["glossary_suggestion_accepted", "glossary_suggested"]

    not_so = {**SAYS, "kind": "means_not"}
    assert called(rut, not_so)[0] == [] and called(stig)[0] == ["stadsbiblioteket"]
    assert ada.get("/api/glossary").json()["suggestions"] == [], "what contradicts an entry is the editor's to change"


def test_what_was_rejected_does_not_come_back(place):
    server, data = place
    ada = signed_in(server, data, roles=("administrator", "auditor"))
    rut = signed_in(server, data, "Rut Läsare", "reader")
    called(rut, SAYS)
    suggestion = ada.get("/api/glossary").json()["suggestions"][0]["id"]
    assert ada.request("POST", f"/api/glossary/suggestions/{suggestion}/reject", {}).json()["suggestions"] == []
    words, understanding = called(rut, SAYS)
    assert words == ["stadsbiblioteket"] and understanding["corrections"][0]["suggested"] is False
    assert ada.get("/api/glossary").json()["suggestions"] == []
    assert ada.request("POST", f"/api/glossary/suggestions/{suggestion}/accept", {}).status == 404
    assert kinds(ada) == ["glossary_suggestion_rejected", "glossary_suggested"]


@pytest.mark.parametrize("corrections", [[SAYS] * 9, [{**SAYS, "term": ""}], [{**SAYS, "term": "a, b"}], [{**SAYS, "term": "a = b"}],
                                         [{**SAYS, "term": "b" * 200}], [{**SAYS, "term": "lunkan"}], [{**SAYS, "kind": "ends"}],
                                         [{**SAYS, "expression": "a\nb = c"}], [SAYS["term"]]])
def test_a_correction_that_is_none_is_refused_and_keeps_nothing(place, corrections):
    server, data = place
    ada = signed_in(server, data)
    assert ada.request("POST", "/api/ask", {"question": QUESTION, "corrections": corrections}).status in (400, 413)
    assert ada.get("/api/glossary").json()["suggestions"] == []


def test_whoever_may_only_read_changes_nothing(place):
    server, data = place
    rut = signed_in(server, data, "Rut Läsare", "reader")
    eva = signed_in(server, data, "Eva Redaktör", "editor")
    called(rut, SAYS)
    waiting = eva.get("/api/glossary").json()["suggestions"][0]["id"]
    for method, path, body in [("GET", "/api/glossary", None), ("POST", "/api/glossary/entries", {"line": "a = b"}),
                               ("POST", "/api/glossary/file", {"file": "a = b", "way": "replace"}),
                               ("POST", f"/api/glossary/suggestions/{waiting}/accept", {})]:
        assert rut.request(method, path, body).status == 403, path
    assert eva.get("/api/glossary").json()["entries"] == []


def test_lines_that_are_none_are_told_in_a_clerks_words(place):
    server, data = place
    eva = signed_in(server, data, "Eva Redaktör", "editor")
    assert eva.request("POST", "/api/glossary/entries", {"line": "lunkan = stadsbiblioteket"}).status == 200
    for line, status in [("lunkan", 400), ("lunkan ~ stadsbiblioteket", 409), ("a = " + "b" * 100, 400), ("x" * 1100 + " = b", 413)]:
        answer = eva.request("POST", "/api/glossary/entries", {"line": line})
        assert answer.status == status and answer.json()["detail"], line
    assert eva.request("PUT", "/api/glossary/entries/none", {"line": "a = b"}).status == 404


def test_the_stream_and_the_command_line_tell_what_was_understood(place):
    server, data = place
    rut = signed_in(server, data, "Rut Läsare", "reader")
    answer = rut.request("POST", "/api/ask", {"question": QUESTION, "corrections": [SAYS]}, headers={"Accept": "text/event-stream"})
    last = json.loads(answer.body.decode().strip().rsplit("data: ", 1)[1])
    assert last["understanding"]["corrections"] == [{**SAYS, "suggested": True}]
    told = kansli_json("ask", "--data", data, QUESTION)["understanding"]
    assert told["asks_for"] == "period" and told["respelled"] == [] and told["corrections"] == []
