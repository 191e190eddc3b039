"""What `kansli eval` prints on the shared question sets, and on the demo municipality's.

    python3 bench/quality/retrieval.py
"""
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import ROOT, SHARED, STATUTES, kansli, kansli_json, need, row  # noqa: E402

MEASURES = ("recall@1", "recall@5", "recall@10", "recall@20", "mrr@10")


def show(label, result):
    row(label, *(f"{result[measure]:.3f}" for measure in MEASURES))
    rest = {name: value for name, value in result.items() if name not in MEASURES}
    print("    " + ", ".join(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in rest.items()))


def main():
    need(SHARED / "corpora" / "qa", "the folder of question sets")
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
        questions = SHARED / "corpora" / "qa" / "statute_questions.jsonl"
        show("statutes, everyday words", kansli_json("eval", "--data", statutes, "--questions", questions))
        show("statutes, a clerk's words", kansli_json("eval", "--data", statutes, "--questions", questions, "--field", "question_clerk"))
        show("municipal guidelines", kansli_json("eval", "--data", municipal, "--questions",
                                                SHARED / "corpora" / "qa" / "municipal_questions.jsonl"))
        show("demo municipality", kansli_json("eval", "--data", demo, "--questions", ROOT / "demo" / "questions.jsonl"))


if __name__ == "__main__":
    main()
