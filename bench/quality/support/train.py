"""Trains the weights of the support score and the trees of answerability, and writes src/assistants/detail/support_weights.hpp and
answerability_trees.hpp.

    python3 bench/quality/support/train.py [FOLDER]

Measures the material with the program as it is built (the measures do not depend on the weights), or reads what an earlier run left in
FOLDER; with a FOLDER that is empty the measuring is left there. Then build, and run calibration.py.

A question counts as right when the passages that were composed for it are from a source that it names. Every file weighs the same in the
fit. The fit learns most from half collections, where more questions are without an answer than in a real one, so its scale is set
afterwards, by the questions asked of whole collections. Statutes and other documents are calibrated apart; the weights behind are those
fitted on all the material or on the kind's own, whichever surprises less in cross-validation. All this is decided on the development
half alone. answerability.py has what is refused.
"""
import random
import sys
import tempfile
from pathlib import Path

import answerability
from logistic import calibration_error, fit, log_loss, logit, probability
from material import ROOT, WHOLE, measure_all, samples_of

HEADER = ROOT / "src" / "assistants" / "detail" / "support_weights.hpp"
PENALTY = 3.0
FOLDS = 10
KINDS = {"statute": True, "document": False}


def weighed(samples):
    """For fit(): every file weighs the same."""
    files = {}
    for sample in samples:
        files.setdefault((sample.collection, sample.part), []).append(sample)
    return [(sample.measures, float(sample.right), 100 / len(part)) for part in files.values() for sample in part]


def material_for(statute, way, samples):
    return [sample for sample in samples if sample.found and (way == "all" or sample.statute == statute)]


def cross_validated(statute, way, samples):
    """(logit, sample) of each question asked of a whole collection of the kind, by weights that have not seen the question."""
    names = sorted({sample.name for sample in samples})
    random.Random(1).shuffle(names)
    judged = []
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        weights = fit(weighed(material_for(statute, way, [s for s in samples if s.name not in held])), PENALTY)
        judged += [(logit(weights, s.measures), s) for s in samples
                   if s.name in held and s.found and s.statute == statute and s.part == WHOLE]
    return judged


def scale_of(judged):
    """(shift, factor) that make logits the best probabilities."""
    return fit([([value], float(sample.right), 1.0) for value, sample in judged], penalty=0.01)


def scaled(scale, value):
    return scale[0] + scale[1] * value


def report(label, judged):
    right = [(p, sample.right) for p, sample in judged]
    print(f"    {label}: {len(judged)} questions, ECE {calibration_error(right):.3f}, log loss {log_loss(right):.3f}")


def trained(kind, development, kept_away):
    """The weights of a kind, with the intercept first."""
    statute = KINDS[kind]
    ways = {}
    for way in ("all", "own"):
        judged = cross_validated(statute, way, development)
        scale = scale_of(judged)
        ways[way] = (scale, [(probability(scaled(scale, value)), sample) for value, sample in judged])
    losses = {way: log_loss([(p, s.right) for p, s in judged]) for way, (_, judged) in ways.items()}
    way = min(losses, key=losses.get)
    print(f"{kind}: weights of {way} material (cross-validated log loss: all {losses['all']:.4f}, own {losses['own']:.4f})")
    (shift, factor), judged = ways[way]
    weights = fit(weighed(material_for(statute, way, development)), PENALTY)
    weights = [shift + factor * weights[0], *(factor * weight for weight in weights[1:])]
    report("development, cross-validated", judged)
    held = [(probability(logit(weights, s.measures)), s) for s in kept_away if s.found and s.statute == statute and s.part == WHOLE]
    report("kept away", held)
    return weights


def block(kind, names, weights):
    values = [f"{weight:.4f}," for weight in weights[1:]]
    width = max(map(len, values))
    return [f"inline constexpr double {kind}_intercept = {weights[0]:.4f};",
            f"inline constexpr std::array<double, {len(names)}> {kind}_weights = {{",
            *(f"    {value:<{width}}  // {name}" for value, name in zip(values, names)), "};", ""]


def write(names, models):
    blocks = [line for kind, weights in models.items() for line in block(kind, names, weights)]
    HEADER.write_text("\n".join([
        "#pragma once", "", "#include <array>", "",
        "// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.",
        "namespace kansli::assistants::detail {", "", *blocks, "}  // namespace kansli::assistants::detail", ""]))


def main():
    with tempfile.TemporaryDirectory() as work:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else work) / "measured"
        if not any(folder.glob("*.json")):
            folder.mkdir(parents=True, exist_ok=True)
            measure_all(folder, work)
        samples, names = [], []
        for path in sorted(folder.glob("*.json")):
            more, names = samples_of(path)
            samples += more
    development = [sample for sample in samples if not sample.kept_away]
    kept_away = [sample for sample in samples if sample.kept_away]
    write(names, {kind: trained(kind, development, kept_away) for kind in KINDS})
    answerability.train(names, samples)


if __name__ == "__main__":
    main()
