"""`kansli text personal-data`: what people use to see what will be masked."""
import json

from kansli_process import kansli

LETTER = "Hej, jag heter Rut Läsare (850312-2387), Storgatan 5 B, 234 56 Almsjö.\nRuts mejl är rut@example.com. SFS 2010:900 gäller.\n"


def test_spans_are_bytes_of_the_text(tmp_path):
    path = tmp_path / "brev.txt"
    path.write_text(LETTER)
    output = json.loads(kansli("text", "personal-data", path, "--json"))
    raw = LETTER.encode()
    assert [span["kind"] for span in output["spans"]] == ["namn", "personnummer", "adress", "namn", "e-post"]
    for span in output["spans"]:
        assert raw[span["start"]:span["end"]].decode() == span["text"]
    assert output["spans"][1]["canonical"] == "8503122387"


def test_a_file_in_an_old_character_set_is_masked(tmp_path):
    path = tmp_path / "brev.txt"
    path.write_bytes(LETTER.encode("latin-1"))
    assert kansli("text", "personal-data", path, "--mask") == (
        "Hej, jag heter [namn] ([personnummer]), [adress].\n[namn]s mejl är [e-post]. SFS 2010:900 gäller.\n")


def test_nothing_found_is_said_with_a_warning(tmp_path):
    path = tmp_path / "lag.txt"
    path.write_text("Enligt 9 kap. 4 § plan- och bygglagen (2010:900) krävs lov.\n")
    assert kansli("text", "personal-data", path).startswith("Inga personuppgifter hittades.")


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    process = kansli("text", "personal-data", tmp_path / "saknas.txt", check=False)
    assert process.returncode == 4 and "saknas.txt" in process.stderr
