"""Word vectors and lexicon from the command line."""
import hashlib

from kansli_process import ROOT, kansli

SHIPPED = ROOT / "data" / "models" / "swedish-static.kse"
RULE = """---
titel: Riktlinje för cyklar
typ: riktlinje
beteckning: KS 2026:7
---

# Riktlinje för cyklar

## 1 Förråd

Cyklar ska stå i förrådet på gården. Den som behöver en nyckel får den av vaktmästaren.
"""


def facts(printed):
    return dict(line.rsplit(None, 1) for line in printed.splitlines())


def test_the_vectors_that_ship_are_the_committed_file():
    told = facts(kansli("model"))
    assert told["SHA-256"] == hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    assert int(told["Byte"]) == SHIPPED.stat().st_size


def train(data, out):
    return facts(kansli("model", "train-embedding", "--data", data, "--out", out, "--as-of", "2026-11-30", "--epochs", "1",
                        "--pieces", "100", "--dimensions", "3", "--leave-out", "1"))


def test_the_same_seed_gives_the_same_file(data, tmp_path):
    (tmp_path / "cyklar.md").write_text(RULE)
    kansli("ingest", "--data", data, "--collection", "gata", tmp_path / "cyklar.md")
    first, second = train(data, tmp_path / "first.kse"), train(data, tmp_path / "second.kse")
    assert (tmp_path / "first.kse").read_bytes() == (tmp_path / "second.kse").read_bytes()
    assert first == second and first["Dimensioner"] == "3"


def test_training_says_at_once_that_it_cannot_write(data, tmp_path):
    refused = kansli("model", "train-embedding", "--data", data, "--out", tmp_path / "nowhere" / "a.kse", check=False)
    assert refused.returncode == 4 and "finns inte" in refused.stderr
    assert "par ur" not in refused.stderr


def test_faults_of_a_lexicon_are_told_with_their_lines(tmp_path):
    (tmp_path / "questions").mkdir()
    words, questions = tmp_path / "ord.txt", tmp_path / "questions" / "ord.txt"
    words.write_text("# cyklar\ncykel = cykelfordon\n")
    questions.write_text("Får jag cykla? | får | cykling |\n")
    assert kansli("lexicon", "check", words, questions) == "2 rader är rätt, 0 fel\n"
    words.write_text("# cyklar\ncykel = cykelfordon\nhoj cykel\n")
    questions.write_text("Får jag cykla? | får | cykling |\nVar får jag cykla? | kanske | cykling |\n")
    refused = kansli("lexicon", "check", words, questions, check=False)
    assert refused.returncode == 3
    assert f"{words}:3: " in refused.stdout and f"{questions}:2: Sorten ”kanske” finns inte." in refused.stdout
    assert "2 rader är rätt, 2 fel" in refused.stdout
