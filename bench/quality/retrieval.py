"""How good are search, answers and refusals, what is each part worth, and what does the index library find by itself?

    python3 bench/quality/retrieval.py [--without-ablations] [--write-baseline] [SET …]

Every question set (question_sets.py), or those whose names begin as given: `kansli eval`, plain BM25 over the same sections
(build/bench/bench/quality/bm25_bench) and Kansli without one part after another (ablation_bench). With --write-baseline what `kansli eval`
measured is kept in baseline.json, which `./test golden` compares with.

refused p: of the questions refused, share that have no answer; refused r: of those without an answer, share that are refused. ECE: how far
the support is from the share that is right, over ten bins. quotes: of the answers to questions that have one, share that quote the supporting
sentence.
A dash: the set, or that side, has nothing to take a share of.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import baseline  # noqa: E402
from common import BINARY, ROOT, kansli_json, need  # noqa: E402
from question_sets import QUESTIONS, Collections, question_sets  # noqa: E402

PROGRAMS = ROOT / "build" / "bench" / "bench" / "quality"
BM25 = PROGRAMS / "bm25_bench"
ABLATION = PROGRAMS / "ablation_bench"
RANKING = {"recall@1": "recall@1", "recall@5": "@5", "recall@20": "@20", "mrr@10": "mrr@10", "ndcg@10": "ndcg@10"}
ANSWERS = {"answerable_recall": "answered", "unanswerable_precision": "refused p", "unanswerable_recall": "refused r",
           "calibration_error": "ECE", "quotes_support": "quotes", "ms_per_question": "ms"}
FOUND = (*RANKING, "ms_per_question")  # what can be said of a side that gives no answers
WITHOUT_ANSWERS = ("without reordering",)


def line(label, cells):
    print(f"{label:<42}" + "".join(f"{cell:>11}" for cell in cells), flush=True)


def show(label, question_set, report, columns):
    said = {*baseline.measured(question_set), "ms_per_question"} & set(columns)
    line(label, [f"{report[name]:.{1 if name == 'ms_per_question' else 3}f}" if name in said else "–" for name in (*RANKING, *ANSWERS)])


def output_of(program, *arguments):
    return json.loads(subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout)


def measure(question_set, collections, folder, with_ablations):
    data, questions = collections.data(question_set.collection), question_set.write(folder)
    answerable = sum(question["answerable"] for question in question_set.questions)
    print(f"\n{question_set.name}: {len(question_set.questions)} questions, {answerable} with an answer")
    ours = kansli_json("eval", "--data", data, "--questions", questions)
    show("  kansli", question_set, ours, (*RANKING, *ANSWERS))
    if with_ablations:
        for name, report in output_of(ABLATION, data, questions).items():
            show(f"  {name}", question_set, report, FOUND if name in WITHOUT_ANSWERS else (*RANKING, *ANSWERS))
    show("  plain BM25", question_set, output_of(BM25, data, questions), FOUND)
    return ours


def arguments():
    parser = argparse.ArgumentParser(description="Measures search, answers and refusals on all question sets.")
    parser.add_argument("sets", nargs="*", metavar="SET", help="only sets whose names begin so")
    parser.add_argument("--without-ablations", action="store_true")
    parser.add_argument("--write-baseline", action="store_true")
    return parser.parse_args()


def main():
    given = arguments()
    need(BINARY, "the program; build it with ./run --build-only")
    need(BM25, "plain BM25; build it with cmake --preset bench && ninja -C build/bench")
    if not given.without_ablations:
        need(ABLATION, "the program that leaves parts out; build it with cmake --preset bench && ninja -C build/bench")
    began = time.perf_counter()
    kept = baseline.read()
    line("", (*RANKING.values(), *ANSWERS.values()))
    with tempfile.TemporaryDirectory() as name:
        collections = Collections(name)
        for question_set in question_sets():
            if given.sets and not any(question_set.name.startswith(begin) for begin in given.sets):
                continue
            ours = measure(question_set, collections, name, not given.without_ablations)
            for fallen in baseline.fallen(kept[question_set.name], ours) if question_set.name in kept else ():
                print(f"    below the baseline: {fallen}")
            if given.write_baseline:
                kept[question_set.name] = baseline.entry(question_set, ours, kept.get(question_set.name))
    if given.write_baseline:
        baseline.write(kept)
    if not QUESTIONS.is_dir():
        print(f"\nSKIPPED: all other sets; the folder of question sets is not there ({QUESTIONS})")
    print(f"\n{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
