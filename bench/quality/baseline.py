"""What quality was when somebody last looked at it and kept it: baseline.json.

Each set has its figures and a tolerance: how much worse a figure may be before `./test golden` fails. `retrieval.py --write-baseline`
writes the figures anew and leaves the tolerances that are stated.
"""
import json
from pathlib import Path

FILE = Path(__file__).resolve().parent / "baseline.json"
MEASURES = ("recall@1", "recall@5", "recall@20", "mrr@10", "ndcg@10", "answerable_precision", "answerable_recall",
            "unanswerable_precision", "unanswerable_recall", "quotes_support", "calibration_error")
REFUSALS = ("answerable_precision", "unanswerable_precision", "unanswerable_recall")
LESS_IS_BETTER = ("calibration_error",)
ROUNDING = 0.0005  # the figures are written with three decimals


def read():
    return json.loads(FILE.read_text())


def measured(question_set):
    """The measures that say something of a set."""
    return [measure for measure in MEASURES
            if (question_set.has_unanswerable or measure not in REFUSALS) and (question_set.has_support or measure != "quotes_support")]


def fallen(kept, report):
    """What is worse than kept by more than the tolerance: a line a figure."""
    lines = []
    for measure, before in kept["figures"].items():
        worse = report[measure] - before if measure in LESS_IS_BETTER else before - report[measure]
        if worse > kept["tolerance"] + ROUNDING:
            lines.append(f"{measure} was {before:.3f} and is {report[measure]:.3f}, tolerance {kept['tolerance']}")
    return lines


def entry(question_set, report, before):
    """Without a stated tolerance, two questions may go another way."""
    tolerance = before["tolerance"] if before else round(max(0.02, 2 / len(question_set.questions)), 3)
    return {"tolerance": tolerance, "figures": {measure: round(report[measure], 3) for measure in measured(question_set)}}


def write(baseline):
    FILE.write_text(json.dumps(baseline, indent=1, ensure_ascii=False) + "\n")
