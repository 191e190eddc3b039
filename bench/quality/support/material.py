"""The material that the support score is trained on, and what `kansli eval` measures of it.

Questions of our own about three collections: the statutes, the demo municipality and the invented guidelines in documents/. Each is also
asked of half of the documents at a time: a question whose sources all lie in the other half has no answer there. These are the hardest
cases: the documents speak of the matter, but not of what is asked.

A question whose id's SHA-256 begins with an even byte is kept away from the training, with all collections that it is asked of.
"""
import json
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]
from common import ROOT, STATUTES, kansli  # noqa: E402
from question_sets import DAY, half, rows  # noqa: E402

QUESTIONS = {"statutes": HERE / "statute_questions.jsonl", "demo": ROOT / "demo" / "training_questions.jsonl",
             "guidelines": HERE / "guideline_questions.jsonl"}
WHOLE = "whole"
PARTS = {WHOLE: slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}


@dataclass
class Sample:
    """One question asked of one collection."""
    name: str
    collection: str
    part: str
    statute: bool   # the best passage is from a statute
    found: bool     # something was composed; else the program refuses whatever the weights are
    measures: list
    support: float  # what the program that measured said
    answered: bool
    right: bool
    answerable: bool

    @property
    def kept_away(self):
        return half(self.name) == "kept away"


def sources(collection):
    """(name that questions use, collection in the data folder, file) of each document that can be a source."""
    if collection == "statutes":
        for file in sorted(STATUTES.glob("*.md")):
            year, number = file.name.split("-")[1:3]
            yield f"{year}:{number}", "lag", file
    elif collection == "demo":
        for file in sorted((ROOT / "demo" / "documents").glob("*/*")):
            if file.suffix != ".toml":
                yield file.name, file.parent.name, file
    else:
        for file in sorted((HERE / "documents").glob("*.md")):
            yield file.name, "kommun", file


def narrowed(question, present):
    refs = [ref for ref in question["refs"] if (ref.get("sfs") or ref["doc"]) in present]
    return {**question, "refs": refs, "answerable": bool(refs)}


def measure(collection, part, out, work):
    data, asked = work / f"{collection}-{part}", work / f"{collection}-{part}.jsonl"
    chosen = list(sources(collection))[PARTS[part]]
    kansli("init", data)
    for folder in sorted({folder for _, folder, _ in chosen}):
        kansli("ingest", "--data", data, "--collection", folder, *(file for _, other, file in chosen if other == folder))
    present = {document for document, _, _ in chosen}
    asked.write_text("\n".join(json.dumps(narrowed(question, present), ensure_ascii=False) for question in rows(QUESTIONS[collection])))
    (out / f"{collection}-{part}.json").write_text(
        kansli("eval", "--data", data, "--as-of", DAY, "--questions", asked, "--json", "--details"))


def measure_all(out, work, parts=tuple(PARTS)):
    for collection in QUESTIONS:
        for part in parts:
            measure(collection, part, Path(out), Path(work))


def samples_of(path):
    """What was measured, as (samples, names of the measures)."""
    collection, part = path.stem.rsplit("-", 1)
    outcomes = json.loads(path.read_text())["outcomes"]
    samples = [Sample(outcome["id"], collection, part, outcome["kind"] == "statute", outcome["support"] > 0, list(outcome["measures"].values()),
                      outcome["support"], outcome["answered"], outcome["answerable"] and outcome["right"], outcome["answerable"])
               for outcome in outcomes]
    return samples, list(outcomes[0]["measures"])
