"""The demo municipality's questions and searches against files that a clerk can read and correct.

KANSLI_WRITE_GOLDEN=1 writes the files anew; read the difference before you keep it.
"""
import json
import os
from pathlib import Path

from kansli_process import ROOT, kansli_json

HERE = Path(__file__).resolve().parent
DAY = "2026-11-22"


def questions():
    return [json.loads(line) for line in (ROOT / "demo" / "questions.jsonl").read_text().splitlines()]


def compare(name, text):
    path = HERE / name
    if os.environ.get("KANSLI_WRITE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()


def test_answers_are_as_written_down(demo_data):
    lines = []
    for question in questions():
        answer = kansli_json("ask", "--data", demo_data, "--as-of", question.get("as_of", DAY), question["question"])
        lines.append(f"{question['id']}  {question['question']}")
        if not answer["answerable"]:
            lines.append(f"    – {answer['reason']}")
        for citation in answer["citations"]:
            lines.append(f"    {citation['sentence']}")
            lines.append(f"        [{citation['title']}, {citation['path']}]")
        lines.append("")
    compare("demo_answers.txt", "\n".join(lines))


def test_searches_find_what_is_written_down(demo_data):
    """demo_searches.txt: a search a line, and the sections that must be among the first three hits."""
    wrong = []
    for line in (HERE / "demo_searches.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        words, expected = (part.strip() for part in line.split("=>"))
        found = kansli_json("search", "--data", demo_data, words, "--as-of", DAY, "--limit", "3")
        hits = [f"{hit['file_name'].rsplit('/', 1)[-1]}: {hit['path']}" for hit in found["hits"]]
        if expected.startswith("? "):
            if found["suggestion"] != expected[2:]:
                wrong.append(f"{words}: suggests {found['suggestion']}, not {expected[2:]}")
        elif expected == "(inget)":
            if hits:
                wrong.append(f"{words}: found {hits}")
        elif not any(hit.startswith(expected) for hit in hits):
            wrong.append(f"{words}: {expected} is not among {hits}")
    assert not wrong, "\n".join(wrong)
