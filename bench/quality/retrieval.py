"""How often are the right sections found, and what is that worth beside the index library's own ranking?

    python3 bench/quality/retrieval.py

`kansli eval` on the shared question sets and on the demo municipality's, against plain BM25 over the same sections
(build/bench/bench/quality/bm25_bench).
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import ROOT, SHARED, STATUTES, kansli, kansli_json, need, row  # noqa: E402

BM25 = ROOT / "build" / "bench" / "bench" / "quality" / "bm25_bench"
MEASURES = ("recall@1", "recall@5", "recall@10", "recall@20", "mrr@10")


def compare(label, data, questions, field="question"):
    ours = kansli_json("eval", "--data", data, "--questions", questions, "--field", field)
    bare = json.loads(subprocess.run([BM25, data, questions, field], check=True, capture_output=True, text=True).stdout)
    for side, result in (("kansli", ours), ("plain BM25", bare)):
        row(f"{label}: {side}", *(f"{result[measure]:.3f}" for measure in MEASURES))
    rest = {name: value for name, value in ours.items() if name not in MEASURES}
    print("    " + ", ".join(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in rest.items()))


def main():
    need(SHARED / "corpora" / "qa", "the folder of question sets")
    need(BM25, "plain BM25; build it with cmake --preset bench && ninja -C build/bench")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        statutes, municipal, demo = folder / "statutes", folder / "municipal", folder / "demo"
        for data in (statutes, municipal, demo):
            kansli("init", data)
        kansli("ingest", "--data", statutes, "--collection", "lag", *sorted(STATUTES.glob("*.md")))
        kansli("ingest", "--data", municipal, "--collection", "kommun", *sorted((SHARED / "corpora" / "municipal").glob("*25.md")))
        for collection in sorted((ROOT / "demo" / "documents").iterdir()):
            kansli("ingest", "--data", demo, "--collection", collection.name, collection)
        row("questions", *MEASURES)
        shared = SHARED / "corpora" / "qa"
        compare("statutes, everyday words", statutes, shared / "statute_questions.jsonl")
        compare("statutes, a clerk's words", statutes, shared / "statute_questions.jsonl", "question_clerk")
        compare("municipal guidelines", municipal, shared / "municipal_questions.jsonl")
        compare("demo municipality", demo, ROOT / "demo" / "questions.jsonl")


if __name__ == "__main__":
    main()
