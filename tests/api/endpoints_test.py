"""Answers that a language model words: what it gets, what is shown of what it writes, and what happens when it fails."""
import json
import sqlite3

import pytest

from kansli_process import Server, kansli, kansli_json, signed_in
from model_server import ModelServer, settings

TAXA = """---
titel: Taxa för badhuset
typ: taxa
beteckning: KFN 2026:3
gäller_från: 2026-01-01
---

# Taxa för badhuset

## 1 Inträde

Inträde för vuxna kostar 70 kronor per besök. Barn under sju år går in utan avgift.

## 2 Årskort

Ett årskort för vuxna kostar 1 900 kronor och gäller i tolv månader från köpdagen.
"""
QUESTION = "Vad kostar ett årskort för vuxna på badhuset?"


@pytest.fixture
def model():
    server = ModelServer()
    yield server
    server.stop()


@pytest.fixture
def bath(data, tmp_path):
    (tmp_path / "taxa.md").write_text(TAXA)
    kansli("ingest", "--data", data, "--collection", "fritid", tmp_path / "taxa.md")
    return data


def connect(data, *endpoints, top=""):
    (data / "models.toml").write_text(settings(*endpoints, top=top))


def ask(data, *arguments):
    return kansli_json("ask", "--data", data, *arguments, QUESTION)


def recorded(data, answer):
    with sqlite3.connect(data / "kansli.db") as database:
        content, = database.execute("SELECT content FROM record WHERE number = ?", (answer["entry"],)).fetchone()
    return json.loads(content)


def shortened(question, quotes):
    """What the quotes say, with fewer words."""
    return [{"text": quote["text"].split(" och ")[0].rstrip(".") + ".", "quotes": [quote["number"]]} for quote in quotes]


def test_what_the_model_writes_is_the_answer_and_its_sources_are_the_same_bytes(bath, model):
    plain = ask(bath)
    connect(bath, ("lokal", model, "kronor_per_1000_tokens = 2\nwatt_hours_per_1000_tokens = 4\n"))
    model.writes = shortened
    answer = ask(bath)
    assert answer["wording"] == {"written": True, "model": "dubbel", "reason": None, "dropped": 0}
    assert "Ett årskort för vuxna kostar 1 900 kronor." in answer["answer"]
    assert answer["answer"] != plain["answer"] and answer["support"] == plain["support"]
    places = {(each["version"], each["start"], each["end"], each["quote"]) for each in plain["citations"]}
    for citation in answer["citations"]:
        assert (citation["version"], citation["start"], citation["end"], citation["quote"]) in places
        text = kansli("document", "text", "--data", bath, citation["version"]).encode()
        assert text[citation["start"]:citation["end"]].decode() == citation["quote"]


def test_the_model_gets_the_question_and_the_quotes_and_nothing_to_act_with(bath, model):
    connect(bath, ("lokal", model, ""))
    ask(bath)
    body, = model.requests
    assert set(body) == {"model", "messages", "temperature", "max_tokens", "stream", "stream_options", "response_format"}
    assert body["model"] == "dubbel" and body["response_format"]["type"] == "json_schema"
    material = json.loads(body["messages"][-1]["content"])
    assert material["question"] == QUESTION
    assert any("1 900 kronor" in quote["text"] for quote in material["quotes"])
    assert model.paths == ["/v1/chat/completions"]


def test_what_does_not_hold_is_not_shown_and_stands_in_the_record_with_its_reason(bath, model):
    connect(bath, ("lokal", model, ""))
    model.writes = lambda question, quotes: [*shortened(question, quotes),
                                             {"text": "Ett årskort för vuxna kostar 1 700 kronor.", "quotes": [1]},
                                             {"text": "Se https://evil.example/.", "quotes": [1]},
                                             {"text": "Pensionärer går in gratis.", "quotes": []}]
    answer = ask(bath)
    assert answer["wording"]["written"] and answer["wording"]["dropped"] == 3
    shown = json.dumps(answer["citations"], ensure_ascii=False) + answer["answer"]
    assert "1 700" not in shown and "evil" not in shown and "Pensionärer" not in shown
    dropped = recorded(bath, answer)["settings"]["writing"]["dropped"]
    assert [each["text"] for each in dropped] == ["Ett årskort för vuxna kostar 1 700 kronor.", "Se https://evil.example/.",
                                                  "Pensionärer går in gratis."]
    assert all(each["reason"] for each in dropped)


def test_the_record_tells_who_wrote_and_what_it_cost(bath, model):
    connect(bath, ("lokal", model, "kronor_per_1000_tokens = 2\nwatt_hours_per_1000_tokens = 4\n"))
    content = recorded(bath, ask(bath))
    writing = content["settings"]["writing"]
    assert content["model"] == "kansli-quotes/1+dubbel"
    assert writing["endpoint"] == "lokal" and writing["served"] == "dubbel-1" and writing["attempts"] == 1
    assert (writing["prompt_tokens"], writing["completion_tokens"]) == (200, 50)
    assert writing["kronor"] == 0.5 and writing["estimated_watt_hours"] == 1


@pytest.mark.parametrize("mood", ["500", "429", "401", "404", "garbage", "cut", "tools"])
def test_when_it_fails_the_answer_is_quotes_as_without_it(bath, model, mood):
    plain = ask(bath)
    connect(bath, ("lokal", model, ""))
    model.mood = mood
    answer = ask(bath)
    assert answer["wording"]["written"] is False and answer["wording"]["reason"]
    assert answer["answer"] == plain["answer"] and answer["citations"] == plain["citations"]
    assert recorded(bath, answer)["settings"]["writing"]["reason"] == answer["wording"]["reason"]


def test_one_that_is_too_slow_is_not_waited_for(bath, model):
    connect(bath, ("lokal", model, "seconds = 1\n"))
    model.mood = "slow"
    assert ask(bath)["wording"]["written"] is False


def test_a_server_that_knows_no_schemas_is_asked_for_json(bath, model):
    connect(bath, ("lokal", model, ""))
    model.mood = "no_schemas"
    assert ask(bath)["wording"]["written"] is True
    assert [body["response_format"]["type"] for body in model.requests] == ["json_schema", "json_object"]


def test_nobody_is_asked_when_the_documents_do_not_answer(bath, model):
    connect(bath, ("lokal", model, ""))
    answer = kansli_json("ask", "--data", bath, "Vem är ordförande i byggnadsnämnden i Kalmar?")
    assert answer["answerable"] is False and answer["wording"] is None and model.requests == []


def test_an_endpoint_below_the_class_gets_nothing_and_one_above_is_used(bath, model):
    other = ModelServer()
    connect(bath, ("moln", model, 'approved = ["open"]\n'), top='least = ["internal"]')
    answer = ask(bath)
    assert answer["wording"]["written"] is False and "intern" in answer["wording"]["reason"]
    assert model.requests == []
    connect(bath, ("moln", model, ""), ("lokal", other, 'approved = ["internal"]\n'), top='least = ["internal"]\norder = ["moln"]')
    assert ask(bath)["wording"]["written"] is True
    assert model.requests == [] and len(other.requests) == 1
    other.stop()


def test_personal_data_in_a_quote_need_an_endpoint_that_may_have_them(bath, model, tmp_path):
    (tmp_path / "taxa.md").write_text(TAXA.replace("gäller i tolv månader", "säljs av Rut Andersson, 850312-2387, och gäller i tolv månader"))
    kansli("ingest", "--data", bath, "--collection", "fritid", tmp_path / "taxa.md")
    connect(bath, ("moln", model, ""))
    answer = ask(bath)
    assert "Rut Andersson" in answer["answer"] and "personuppgifter" in answer["wording"]["reason"]
    assert model.requests == []
    connect(bath, ("lokal", model, 'approved = ["open", "personal_data"]\n'))
    assert ask(bath)["wording"]["written"] is True
    assert len(model.requests) == 1


def test_a_secret_collection_stays_inside(bath, model, tmp_path):
    kansli("collection", "set", "--data", bath, "fritid", "--secrecy", "OSL 26 kap. 1 §")
    connect(bath, ("lokal", model, 'approved = ["secret", "personal_data"]\n'))
    answer = ask(bath)
    assert "sekretess" in answer["wording"]["reason"] and model.requests == []


def test_the_asker_can_do_without(bath, model):
    connect(bath, ("lokal", model, ""))
    assert ask(bath, "--model", "none")["wording"] is None and model.requests == []
    assert ask(bath, "--model", "dubbel")["wording"]["written"] is True
    refused = kansli("ask", "--data", bath, "--model", "annan", QUESTION, check=False)
    assert refused.returncode == 3 and "annan" in refused.stderr
    printed = kansli("ask", "--data", bath, QUESTION)
    assert "Formulerat av språkmodellen dubbel, kontrollerat mot källorna." in printed


def test_the_key_is_sent_and_stands_nowhere(bath, model):
    (bath / "keys").mkdir(exist_ok=True)
    (bath / "keys" / "moln.key").write_text("hemlig-nyckel-4711\n")
    connect(bath, ("moln", model, 'key_file = "moln.key"\n'))
    assert ask(bath)["wording"]["written"] is True
    assert model.keys == ["Bearer hemlig-nyckel-4711"]
    model.mood = "401"
    tried = kansli("model", "try", "--data", bath, check=False)
    listed = kansli("model", "endpoints", "--data", bath)
    assert "hemlig-nyckel-4711" not in tried.stdout + tried.stderr + listed
    for file in bath.rglob("*"):
        if file.is_file() and file.name != "moln.key":
            assert b"hemlig-nyckel-4711" not in file.read_bytes(), file


def test_endpoints_are_listed_and_tried_and_what_is_wrong_is_said(bath, model):
    connect(bath, ("lokal", model, 'approved = ["internal", "personal_data"]\n'))
    listed = kansli("model", "endpoints", "--data", bath)
    assert "lokal" in listed and model.url in listed and "intern, med personuppgifter" in listed
    assert "dubbel-1 svarade" in kansli("model", "try", "--data", bath, "--endpoint", "lokal")
    model.mood = "404"
    refused = kansli("model", "try", "--data", bath, check=False)
    assert refused.returncode == 1 and "status 404" in refused.stdout and "/v1" in refused.stdout and "fel 404" in refused.stdout
    assert kansli("model", "try", "--data", bath, "--endpoint", "annan", check=False).returncode == 4
    model.stop()
    assert "går inte att nå" in kansli("model", "try", "--data", bath, check=False).stdout


def test_without_a_file_there_is_nothing_to_list(bath):
    refused = kansli("model", "endpoints", "--data", bath, check=False)
    assert refused.returncode == 4 and "sprakmodeller.md" in refused.stderr


def test_a_wrong_file_stops_the_program_and_says_where(bath, model):
    (bath / "models.toml").write_text(settings(("lokal", model, "godkand = true\n")))
    refused = kansli("ask", "--data", bath, QUESTION, check=False)
    assert refused.returncode == 3 and "lokal.godkand" in refused.stderr
    findings = {each["check"]: each for each in
                json.loads(kansli("doctor", "--data", bath, "--json", "--port", "0", check=False).stdout)["findings"]}
    assert findings["endpoints"]["state"] == "wrong" and "lokal.godkand" in findings["endpoints"]["message"]


def test_a_rule_for_what_does_not_exist_is_told(bath, model):
    def finding():
        report = json.loads(kansli("doctor", "--data", bath, "--json", "--port", "0", check=False).stdout)
        return {each["check"]: each for each in report["findings"]}["model_rules"]

    connect(bath, ("lokal", model, ""), top='[collections]\nfritid = ["internal"]\n')
    assert finding()["state"] == "fine"
    connect(bath, ("lokal", model, ""), top='[departments]\n"Socialen" = ["confidential"]\n')
    assert finding()["state"] == "doubtful" and "Socialen" in finding()["message"]


def test_the_page_gets_the_answer_sentence_by_sentence_when_it_has_been_checked(bath, model):
    connect(bath, ("lokal", model, ""))
    model.writes = shortened
    server = Server(bath)
    try:
        reader = signed_in(server, bath, "Rut Läsare", ["reader"])
        answer = reader.request("POST", "/api/ask", {"question": QUESTION}, headers={"Accept": "text/event-stream"})
        events = [dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
                  for block in answer.body.decode().split("\n\n") if block.strip()]
        names = [event["event"] for event in events]
        assert names[:2] == ["status", "status"] and json.loads(events[1]["data"]) == {"stage": "writing"}
        assert "sentence" in names and names[-1] == "done"
        done = json.loads(events[-1]["data"])
        assert done["wording"]["written"] and done["citations"] == [
            json.loads(event["data"])["citation"] for event in events if event["event"] == "sentence"]
    finally:
        assert server.stop() == 0
    assert "Andersson" not in "".join(server.errors)


def test_a_copy_has_the_file_and_not_the_key(bath, model, tmp_path):
    (bath / "keys").mkdir(exist_ok=True)
    (bath / "keys" / "moln.key").write_text("hemlig-nyckel-4711\n")
    connect(bath, ("moln", model, 'key_file = "moln.key"\n'))
    kansli("backup", "--data", bath, "--to", tmp_path / "copies")
    kansli("restore", "--from", tmp_path / "copies", "--to", tmp_path / "again")
    assert (tmp_path / "again" / "models.toml").read_text() == (bath / "models.toml").read_text()
    assert not (tmp_path / "again" / "keys" / "moln.key").exists()
