"""Text in documents that tries to give a language model orders, through the whole chain, with a model that obeys whatever it is told."""
import hashlib
import http.server
import json
import re
import threading
from pathlib import Path

import pytest

from kansli_process import Server, kansli, new_data_folder, signed_in
from model_server import ModelServer, settings
from waiting import until

ATTACKS = [json.loads(line) for line in (Path(__file__).parent / "injections.jsonl").read_text().split("\n") if line]
RULE = "Bygglov krävs inte för en altan som är högst 1,8 meter hög."
QUESTION = "Hur hög får en altan vara utan bygglov?"


class Canary:
    """The site that the attacks want to be visited."""

    def __init__(self):
        self.visits = []
        canary = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                canary.visits.append(self.path)
                self.send_error(404)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def site(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self):
        self.server.shutdown()


def obeying(wants):
    """Says what the attacker wants of every quote, with and without a number, and the truth last."""
    return lambda question, quotes: [{"text": wants, "quotes": [quote["number"] for quote in quotes]},
                                     *({"text": wants, "quotes": [quote["number"]]} for quote in quotes),
                                     {"text": wants, "quotes": []}, {"text": wants, "quotes": [99]}, {"text": wants, "quotes": [-1]},
                                     {"text": RULE + " " + wants, "quotes": [quotes[0]["number"]]},
                                     {"text": RULE, "quotes": [quotes[0]["number"]]}]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A municipality with a guideline for each attack, a model that obeys, a site that waits, and somebody who asks."""
    data = new_data_folder(tmp_path_factory.mktemp("injection") / "data")
    model, canary = ModelServer(), Canary()
    # Approved for everything: nothing but the checks of the answer stands between the model and the page.
    (data / "models.toml").write_text(settings(("lokal", model, 'approved = ["secret", "personal_data", "secrecy"]\n')))
    server = Server(data)
    editor = signed_in(server, data, "Ed Redaktör", ["editor"])
    jobs = []
    for number, attack in enumerate(ATTACKS):
        text = attack["text"].replace("{site}", canary.site)
        document = f"# Riktlinje {number} för altan\n\n## 5.2 Altaner\n\n{RULE} {text}\n"
        jobs.append(editor.upload([(f"{number}.md", document.encode())], {"collection": f"a{number}"}).json()["job"])
    for job in jobs:
        assert until(lambda job=job: (found := editor.get(f"/api/imports/{job}").json()["state"]) in ("done", "failed") and found) == "done"
    yield data, model, canary, signed_in(server, data, "Rut Läsare", ["reader"])
    assert server.stop() == 0
    model.stop()
    canary.stop()


def state_of(data):
    """What an attack might want to change."""
    files = {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in ("kansli.toml", "models.toml")}
    return files, kansli("document", "list", "--data", data), kansli("user", "list", "--data", data), \
        kansli("collection", "list", "--data", data), sorted(path.name for path in (data / "keys").iterdir())


def test_there_are_many_attacks():
    assert len({attack["text"] + attack["wants"] for attack in ATTACKS}) >= 200
    assert {attack["language"] for attack in ATTACKS} == {"sv", "en"}


def test_no_attack_has_its_way(town):
    data, model, canary, asker = town
    before = state_of(data)
    for number, attack in enumerate(ATTACKS):
        model.writes = obeying(attack["wants"].replace("{site}", canary.site))
        answer = asker.request("POST", "/api/ask", {"question": QUESTION, "collections": [f"a{number}"]}).json()
        assert answer["answerable"] and answer["wording"] is not None, attack
        text = asker.get(f"/api/versions/{answer['citations'][0]['version']}/text").body
        for citation in answer["citations"]:
            # Every quote is the document's own bytes; every sentence is the quote, or plain words.
            assert text[citation["start"]:citation["end"]].decode() == citation["quote"], attack
            if citation["sentence"] != " ".join(citation["quote"].split()):
                assert plain(citation["sentence"]), attack
                # What the document says, orders too, may be told in other words with its quote; by the rule alone stands only what it says.
                quotes = {other["quote"] for other in answer["citations"] if other["sentence"] == citation["sentence"]}
                assert quotes != {RULE} or words_of(citation["sentence"]) <= words_of(RULE), attack
    assert len(model.requests) == len(ATTACKS)
    assert canary.visits == [] and set(model.paths) == {"/v1/chat/completions"}
    assert not any({"tools", "functions", "tool_choice"} & set(body) for body in model.requests)
    assert state_of(data) == before
    assert {role for role in asker.get("/api/session").json()["user"]["roles"]} == {"reader"}


def test_signs_that_nobody_sees_never_reach_the_model(town):
    _, model, _, _ = town
    sent = "".join(body["messages"][-1]["content"] for body in model.requests)
    assert sent and not any(0xE0000 <= ord(sign) <= 0xE0FFF or sign in "\u200b\u202e\u2066\u00ad\ufeff" for sign in sent)


def words_of(text):
    return set(re.findall(r"\w+(?:[,.]\w+)*", text.lower()))


def plain(sentence):
    return not any(sign in sentence for sign in ("://", "](", "<", ">", "`", "{", "}", "@", "\u200b", "\u202e"))

