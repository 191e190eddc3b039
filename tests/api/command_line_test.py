"""The command line as other programs rely on it."""
import json
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from kansli_process import kansli, kansli_json

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


@pytest.fixture
def bath(data, tmp_path):
    (tmp_path / "taxa.md").write_text(TAXA)
    kansli("ingest", "--data", data, "--collection", "fritid", tmp_path / "taxa.md")
    return data


def test_ask_answers_with_quotes_that_are_bytes_of_the_version(bath):
    answer = kansli_json("ask", "--data", bath, "--collection", "fritid", "Vad kostar ett årskort för vuxna på badhuset?")
    assert set(answer) == {"answerable", "support", "answer", "citations", "related", "reason", "nearest", "entry",
                           "proposal", "information_class", "secrecy", "control", "understanding", "wording"}
    assert answer["wording"] is None
    assert answer["answerable"] is True and answer["reason"] is None
    assert 0 <= answer["support"] <= 1
    assert "1 900 kronor" in answer["answer"]
    for citation in answer["citations"]:
        assert {"sentence", "quote", "document", "version", "path", "page", "start", "end", "valid"} <= set(citation)
        text = kansli("document", "text", "--data", bath, citation["version"]).encode()
        assert text[citation["start"]:citation["end"]].decode() == citation["quote"]
        assert citation["valid"] is True


def test_ask_refuses_what_the_documents_do_not_say(bath):
    answer = kansli_json("ask", "--data", bath, "--collection", "fritid", "Vem är ordförande i byggnadsnämnden i Kalmar?")
    assert answer["answerable"] is False
    assert answer["citations"] == [] and answer["reason"]


def test_search_json_has_the_promised_fields(bath):
    found = kansli_json("search", "--data", bath, "--collection", "fritid", "årskort", "--limit", "3")
    assert 1 <= len(found["hits"]) <= 3
    assert {"document", "path", "score", "snippet"} <= set(found["hits"][0])
    assert found["hits"][0]["path"] == "2 Årskort"


def test_a_misspelt_collection_is_named_with_those_there_are(bath):
    for command in (["search", "årskort"], ["ask", "Vad kostar ett årskort?"]):
        process = kansli(*command, "--data", bath, "--collection", "fritd", "--json", check=False)
        assert process.returncode == 0 and json.loads(process.stdout)
        assert process.stderr == "kansli: samlingen fritd har inga dokument. Samlingar: fritid.\n"


def test_a_statute_has_its_number_and_paragraph_paths(data, tmp_path):
    (tmp_path / "lag.md").write_text(
        '---\nsfs: "1999:1"\ntitle: "Lag (1999:1) om bad"\n---\n\n# Lag (1999:1) om bad\n\n## 1 kap. Inledning\n\n#### 1 §\n\n'
        "Denna lag gäller badhus.\n\n## 2 kap. Tillsyn\n\n#### 1 §\n\nKommunen utövar tillsyn över badhus.\n\n#### 1 a §\n\n"
        "Tillsynen ska ske minst en gång om året.\n")
    kansli("ingest", "--data", data, "--collection", "lag", tmp_path / "lag.md")
    hit = kansli_json("search", "--data", data, "tillsynen minst en gång om året")["hits"][0]
    assert hit["sfs"] == "1999:1" and hit["path"] == "2 kap. 1 a §"


def test_one_bad_file_does_not_stop_the_others(data, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("# Bra\n\nHär står det något om sandning.\n")
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "trasig.docx").write_bytes(b"PK\x03\x04 not a real archive")
    (folder / "z.txt").write_text("Snöröjning sker klockan sex.\n")
    process = kansli("ingest", "--data", data, "--collection", "gata", folder, "--json", check=False)
    report = json.loads(process.stdout)
    by_name = {file["name"].rsplit("/", 1)[-1]: file for file in report["files"]}
    assert by_name["a.md"]["state"] == "done" and by_name["z.txt"]["state"] == "done"
    assert by_name["tom.pdf"]["error"] and by_name["trasig.docx"]["error"]
    assert process.returncode != 0
    assert kansli_json("search", "--data", data, "sandning")["hits"]


def test_each_bad_file_is_one_line_with_its_name_the_reason_and_what_to_do(data, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "blank.txt").write_text("  \n\n")
    (folder / "avgift.txt").write_text("Avgiften är 900 kronor.\n")
    (folder / "avgift.txt.toml").write_text('titel = "Avgift\n')
    with zipfile.ZipFile(folder / "djup.docx", "w") as file:
        file.writestr("word/document.xml", '<w:document xmlns:w="w"><w:body>' + "<w:tbl><w:tr><w:tc>" * 400 +
                      "<w:p><w:r><w:t>Innerst</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 400 + "</w:body></w:document>")
    process = kansli("ingest", "--data", data, "--collection", "bad", folder, check=False)
    assert sorted(process.stderr.splitlines()[:-1]) == [
        "avgift.txt: Sidofilen avgift.txt.toml: Rad 1 går inte att läsa. Kontrollera citattecken och likhetstecken där; "
        "formatet beskrivs på toml.io.",
        "blank.txt: Filen innehåller ingen text. Öppna den och se efter; text i bilder läses bara i PDF.",
        "djup.docx: Texten är för djupt nästlad för att vara ett vanligt dokument. Spara den i ett annat format och försök igen.",
    ]
    assert process.stdout == "3 filer, 3 kunde inte läsas.\n"


def test_a_title_that_only_a_program_gave_is_not_the_documents(data, tmp_path):
    page = Canvas(str(tmp_path / "hamn.pdf"))
    page.setTitle("Microsoft Word - hamn2.doc")
    page.setFont("Helvetica-Bold", 16)
    page.drawString(72, 760, "Hamnordning")
    page.setFont("Helvetica", 11)
    page.drawString(72, 730, "Hamnen är öppen mellan maj och september.")
    page.save()
    kansli("ingest", "--data", data, "--collection", "hamn", tmp_path / "hamn.pdf")
    assert kansli_json("search", "--data", data, "hamnen öppen")["hits"][0]["title"] == "Hamnordning"


def test_an_unchanged_file_is_not_a_new_version(bath, tmp_path):
    again = kansli_json("ingest", "--data", bath, "--collection", "fritid", tmp_path / "taxa.md")
    assert again["files"][0]["state"] == "unchanged"


def test_changed_bytes_are_a_new_version_and_the_old_one_stays(bath, tmp_path):
    (tmp_path / "taxa.md").write_text(TAXA.replace("1 900", "2 100").replace("2026-01-01", "2027-01-01"))
    report = kansli_json("ingest", "--data", bath, "--collection", "fritid", tmp_path / "taxa.md")
    assert report["files"][0]["new_version"] is True
    old = kansli_json("ask", "--data", bath, "--as-of", "2026-06-01", "Vad kostar ett årskort för vuxna på badhuset?")
    new = kansli_json("ask", "--data", bath, "--as-of", "2027-06-01", "Vad kostar ett årskort för vuxna på badhuset?")
    assert "1 900" in old["answer"] and "2 100" in new["answer"]


def test_jsonl_brings_one_document_a_line(data, tmp_path):
    lines = [{"id": "a1", "title": "Öppettider", "text": "Biblioteket har öppet till klockan nitton."},
             {"pid": "a2", "text": "Återvinningscentralen är stängd på måndagar."}]
    (tmp_path / "faq.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n{trasig\n")
    process = kansli("ingest", "--data", data, "--collection", "faq", tmp_path / "faq.jsonl", "--json", check=False)
    states = [file["state"] for file in json.loads(process.stdout)["files"]]
    documents = [file["document"] for file in json.loads(process.stdout)["files"] if file["document"]]
    assert len(documents) == 2 and states.count("failed") == 1
    hit = kansli_json("search", "--data", data, "återvinningscentralen stängd")["hits"][0]
    assert hit["document"] == "a2" or hit["file_name"].endswith("a2")


def test_eval_prints_the_promised_measures(bath, tmp_path):
    questions = [{"id": "q1", "question": "Vad kostar ett årskort?", "answerable": True,
                  "refs": [{"doc": "taxa.md", "section": "2 Årskort"}], "support": "Ett årskort för vuxna kostar 1 900 kronor"},
                 {"id": "q2", "question": "Vem är kung i Danmark?", "answerable": False, "refs": [], "support": ""}]
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(question) for question in questions))
    result = kansli_json("eval", "--data", bath, "--collection", "fritid", "--questions", tmp_path / "q.jsonl")
    assert {"recall@1", "recall@5", "recall@10", "recall@20", "mrr@10"} <= set(result)
    assert result["recall@1"] == 1.0


def test_record_verify_names_the_first_broken_link(bath):
    kansli("ask", "--data", bath, "Vad kostar ett årskort?")
    assert "hel" in kansli("record", "verify", "--data", bath).lower()
    import sqlite3
    connection = sqlite3.connect(bath / "kansli.db")
    triggers = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for trigger in triggers:
        connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.execute("UPDATE record SET content = replace(content, '{', '{ ') WHERE number = 2")
    connection.commit()
    connection.close()
    process = kansli("record", "verify", "--data", bath, check=False)
    assert process.returncode == 7 and "anteckning 2" in process.stderr


@pytest.mark.parametrize("arguments", [
    ["search", "--data", "/does/not/exist", "ord"],
    ["ask", "--data", "/does/not/exist", "fråga"],
    ["record", "verify", "--data", "/does/not/exist"],
])
def test_a_missing_data_folder_is_one_clear_line(arguments):
    process = kansli(*arguments, check=False)
    assert process.returncode == 4
    assert process.stderr.count("\n") == 1 and "kansli init" in process.stderr


def test_a_wrong_date_is_one_clear_line(bath):
    process = kansli("search", "--data", bath, "bad", "--as-of", "igår", check=False)
    assert process.returncode != 0 and "2026-01-31" in process.stderr


@pytest.mark.parametrize("arguments, mistake", [
    (["search", "--data", "x"], "ORD saknas. Hjälp: kansli search --help"),
    (["ask", "fråga"], "--data saknas. Hjälp: kansli ask --help"),
    (["search", "--data", "x", "bad", "--limit", "0"], "Värdet efter --limit går inte att använda. Hjälp: kansli search --help"),
    (["record"], "Ett kommando saknas. Hjälp: kansli record --help"),
    (["user", "add", "--data", "x", "--name", "Rut", "--role", "kung"],
     "Värdet efter --role går inte att använda. Hjälp: kansli user add --help"),
])
def test_a_mistake_on_the_command_line_is_told_in_swedish(arguments, mistake):
    process = kansli(*arguments, check=False)
    assert process.returncode == 2
    assert process.stderr == f"kansli: {mistake}\n"


def test_help_has_no_english_and_nothing_unprintable():
    for command in (["search"], ["user", "add"], ["key", "add"]):
        text = kansli(*command, "--help")
        assert all(sign.isprintable() for sign in text.replace("\n", ""))
        for english in ("Positionals", "Options", "REQUIRED", "Usage"):
            assert english not in text


def test_a_search_may_begin_with_what_is_left_out(bath):
    found = json.loads(kansli("search", "--data", bath, "--json", "--", "-årskort badhuset"))
    assert found["hits"] and all("Årskort" not in hit["path"] for hit in found["hits"])
