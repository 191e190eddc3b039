"""Makes half collections to train the support score on: a question whose sources are all in the other half has no answer there.

    python3 bench/quality/support/halves.py KANSLI FOLDER

Writes FOLDER/<name>.json, what `kansli eval` measured, for the demo and the statutes, whole and in halves. Questions that the whole
collection cannot answer keep having no answer. These are the hardest cases: the documents speak of the matter, but not of what is asked.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bench"))
from common import STATUTES  # noqa: E402


def kansli(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def sources(kind):
    """(name that questions use, collection, file) of each document that can be a source."""
    if kind == "statutes":
        for file in sorted(STATUTES.glob("*.md")):
            year, number = file.name.split("-")[1:3]
            yield f"{year}:{number}", "lag", file
    else:
        for file in sorted((ROOT / "demo" / "documents").glob("*/*")):
            if file.suffix != ".toml":
                yield file.name, file.parent.name, file


def narrowed(question, present):
    refs = [ref for ref in question["refs"] if (ref.get("sfs") or ref["doc"]) in present]
    return {**question, "refs": refs, "answerable": bool(refs)}


def measure(program, name, chosen, questions, out, work):
    data, asked = work / name, work / f"{name}.jsonl"
    kansli(program, "init", data)
    for collection in sorted({collection for _, collection, _ in chosen}):
        kansli(program, "ingest", "--data", data, "--collection", collection, *(file for _, other, file in chosen if other == collection))
    present = {document for document, _, _ in chosen}
    asked.write_text("\n".join(json.dumps(narrowed(question, present), ensure_ascii=False) for question in questions))
    (out / f"{name}.json").write_text(kansli(program, "eval", "--data", data, "--questions", asked, "--json", "--details"))


def main():
    program, out = sys.argv[1], Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    files = {"demo": ROOT / "demo" / "training_questions.jsonl", "statutes": Path(__file__).parent / "statute_questions.jsonl"}
    with tempfile.TemporaryDirectory() as folder:
        for kind, file in files.items():
            questions = [json.loads(line) for line in file.read_text().splitlines()]
            documents = list(sources(kind))
            for name, chosen in (("whole", documents), ("even", documents[::2]), ("odd", documents[1::2])):
                measure(program, f"{kind}-{name}", chosen, questions, out, Path(folder))


if __name__ == "__main__":
    main()
