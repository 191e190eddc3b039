"""The question sets that quality is measured on, and the collections that they are asked of.

A set has a name, a collection and questions in the form that `kansli eval` reads. Sets from the shared folder are there when it is. Large
ones are a seeded sample of their questions, but of all their texts. The statutes' set comes in two halves by its ids: what is
improved is improved on "development", and "kept away" tells whether it holds.
"""
import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, SHARED, STATUTES, kansli

QUESTIONS = SHARED / "corpora" / "qa"
MUNICIPAL = SHARED / "corpora" / "municipal"
DAY = "2026-11-22"  # what is asked about when a question names no day
SAMPLE = 300
SEED = 20261130


@dataclass
class QuestionSet:
    name: str
    collection: str
    questions: list

    @property
    def has_unanswerable(self):
        return not all(question["answerable"] for question in self.questions)

    @property
    def has_support(self):
        return any(question.get("support") for question in self.questions)

    def write(self, folder):
        path = Path(folder) / f"{hashlib.sha256(self.name.encode()).hexdigest()[:12]}.jsonl"
        path.write_text("\n".join(json.dumps({"as_of": DAY, **question}, ensure_ascii=False) for question in self.questions))
        return path


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def half(name):
    return "development" if hashlib.sha256(str(name).encode()).digest()[0] % 2 else "kept away"


def sample(questions):
    if len(questions) <= SAMPLE:
        return questions
    return random.Random(SEED).sample(questions, SAMPLE)


def asked(name, question, document, support=""):
    """A question whose right source is a whole document; none when it has no answer."""
    return {"id": name, "question": question, "answerable": document is not None, "support": support,
            "refs": [{"doc": document}] if document is not None else []}


def statute_sets():
    asked_of = rows(QUESTIONS / "statute_questions.jsonl")
    for label, field in (("everyday words", "question"), ("a clerk's words", "question_clerk")):
        for part in ("development", "kept away"):
            yield QuestionSet(f"statutes, {label}, {part}", "statutes",
                              [{**row, "question": row.get(field, row["question"])} for row in asked_of if half(row["id"]) == part])


def swefaq():
    return [asked(row["id"], row["query"], row["relevant"][0]) for row in rows(QUESTIONS / "swefaq_dev_queries.jsonl")]


def swequad():
    return [asked(row["id"], row["question"], row["cid"], row["answer"]) for row in rows(QUESTIONS / "swequad_mc_dev_questions.jsonl")]


def squad():
    return [asked(row["id"], row["question"], row["cid"] if row["answerable"] else None, row["answers"][0] if row["answers"] else "")
            for row in rows(QUESTIONS / "squad_v2_sv_dev_questions.jsonl")]


def government():
    return [asked(row["id"], row["query"], row["id"]) for row in rows(QUESTIONS / "gov_title_body_dev.jsonl")]


def question_sets():
    """Those whose files are there, the demo municipality's first."""
    sets = [QuestionSet("demo municipality", "demo", rows(ROOT / "demo" / "questions.jsonl"))]
    if QUESTIONS.is_dir():
        sets += [*statute_sets(),
                 QuestionSet("municipal guidelines", "municipal", rows(QUESTIONS / "municipal_questions.jsonl")),
                 QuestionSet("SweFAQ", "SweFAQ", swefaq()),
                 QuestionSet("SweQuAD-MC", "SweQuAD-MC", sample(swequad())),
                 QuestionSet("SQuAD_v2_sv", "SQuAD_v2_sv", sample(squad())),
                 QuestionSet("government, title to text", "government", sample(government()))]
    return sets


def texts_of(collection):
    """The documents of a set that has texts instead of files. A text that a title would give away has none."""
    if collection == "SweFAQ":
        return [{"id": row["pid"], "text": row["text"]} for row in rows(QUESTIONS / "swefaq_dev_passages.jsonl")]
    if collection == "SweQuAD-MC":
        return [{"id": row["cid"], "text": row["text"]} for row in rows(QUESTIONS / "swequad_mc_dev_contexts.jsonl")]
    if collection == "SQuAD_v2_sv":
        return [{"id": row["cid"], "title": row["cid"].rsplit("#", 1)[0].replace("_", " "), "text": row["text"]}
                for row in rows(QUESTIONS / "squad_v2_sv_dev_contexts.jsonl")]
    return [{"id": row["id"], "text": row["passage"]} for row in rows(QUESTIONS / "gov_title_body_dev.jsonl")]


class Collections:
    """Makes the data folder of a collection when it is first asked for."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def data(self, collection):
        data = self.folder / collection
        if not data.exists():
            kansli("init", data)
            self.fill(collection, data)
        return data

    def fill(self, collection, data):
        if collection == "demo":
            for part in sorted((ROOT / "demo" / "documents").iterdir()):
                kansli("ingest", "--data", data, "--collection", part.name, part)
        elif collection == "statutes":
            kansli("ingest", "--data", data, "--collection", "lag", *sorted(STATUTES.glob("*.md")))
        elif collection == "municipal":
            kansli("ingest", "--data", data, "--collection", "kommun", *sorted(MUNICIPAL.glob("*25.md")))
        else:
            texts = self.folder / f"{collection}.jsonl"
            texts.write_text("\n".join(json.dumps(text, ensure_ascii=False) for text in texts_of(collection)))
            kansli("ingest", "--data", data, "--collection", "texter", texts)
