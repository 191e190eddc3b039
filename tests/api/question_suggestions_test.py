"""Suggestions while somebody types: of the questions that ship with the program, those whose statutes the caller may read."""
import pytest

from kansli_process import Server, kansli, signed_in

# Not the statute's own words: its number is what counts.
STATUTE = """---
sfs: "2010:1622"
title: "Alkohollag (2010:1622)"
---

# Alkohollag (2010:1622)

## 8 kap. Servering

#### 1 §

Den som vill servera starköl ska ha kommunens tillstånd.
"""


@pytest.fixture
def place(data, tmp_path):
    (tmp_path / "alkohollag.md").write_text(STATUTE)
    server = Server(data)
    yield server, data, tmp_path / "alkohollag.md"
    assert server.stop() == 0


def suggested(browser, typed):
    answer = browser.get("/api/ask/suggestions", q=typed)
    assert answer.status == 200, answer.body
    return answer.json()["questions"]


def test_questions_are_suggested_once_their_statute_is_there(place):
    server, data, statute = place
    rut = signed_in(server, data, "Rut Läsare", "reader")
    assert suggested(rut, "cateringfirma") == []
    kansli("ingest", "--data", data, "--collection", "lagar", statute)
    found = suggested(rut, "cateringfirma")
    assert found and all("cateringfirma" in question.lower() for question in found)
    beginning = suggested(rut, "Måste krogen ")
    assert beginning and beginning[0].startswith("Måste krogen ")
    assert len(suggested(rut, "måste")) <= 6
    assert suggested(rut, "planket") == [], "whose statute is not there"
    for typed in ("", "m", "måste ", "zzzz", "x" * 201, "%", "\"'<"):
        suggested(rut, typed)
    assert suggested(rut, "x" * 5000) == []


def test_a_statute_that_one_may_not_read_suggests_nothing(place):
    server, data, statute = place
    statute.write_text(STATUTE.replace('title: "Alk', 'åtkomst: [jurister]\ntitle: "Alk'))
    kansli("ingest", "--data", data, "--collection", "lagar", statute)
    jurist = signed_in(server, data, "Jan Jurist", "reader", groups=["jurister"])
    rut = signed_in(server, data, "Rut Läsare", "reader")
    assert suggested(jurist, "cateringfirma")
    assert suggested(rut, "cateringfirma") == []
    assert server.browser().get("/api/ask/suggestions", q="cateringfirma").status == 401
