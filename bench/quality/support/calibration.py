"""How well is the support score of the program as built calibrated, and does it refuse what it should, on what was kept away?

    python3 bench/quality/support/calibration.py

Kept away is the half of the training's own questions that was not trained on, asked of whole collections, and what was never trained on:
the demo municipality's questions and, where the shared folder is, the kept-away half of the statutes' set in both
wordings and the municipal guidelines.
Prints the expected calibration error and the refusals for statutes and for other documents apart, draws docs/images/calibration.svg, and
ends with 1 when a goal is missed.
"""
import sys
import tempfile
from pathlib import Path

from logistic import bins, calibration_error
from material import ROOT, WHOLE, measure_all, samples_of
from common import kansli
from question_sets import Collections, question_sets

DRAWING = ROOT / "docs" / "images" / "calibration.svg"
NEVER_TRAINED_ON = {"demo municipality": "tested", "municipal guidelines": "municipal", "statutes, everyday words, kept away": "everyday",
                    "statutes, a clerk's words, kept away": "clerk"}
KINDS = {"statutes": True, "other documents": False}
HIGHEST_ERROR, LEAST_REFUSED, MOST_REFUSED_WRONGLY = 0.08, 0.85, 0.10


def measured(work):
    """[(set, about statutes, samples)]"""
    folder = work / "measured"
    folder.mkdir()
    measure_all(folder, work, (WHOLE,))
    sets = [(path.stem, path.stem.startswith("statutes"), [s for s in samples_of(path)[0] if s.kept_away]) for path in sorted(folder.glob("*.json"))]
    collections = Collections(work / "collections")
    collections.folder.mkdir()
    for question_set in question_sets():
        if question_set.name not in NEVER_TRAINED_ON:
            continue
        path = work / f"{NEVER_TRAINED_ON[question_set.name]}-{WHOLE}.json"
        path.write_text(kansli("eval", "--data", collections.data(question_set.collection), "--questions", question_set.write(work), "--json",
                               "--details"))
        sets.append((question_set.name, question_set.collection == "statutes", samples_of(path)[0]))
    return sets


def show(label, samples):
    """A line of the table; (error, refused of those without an answer, refused of those with one)."""
    refused = [[not sample.answered for sample in samples if sample.answerable == answerable] for answerable in (False, True)]
    without, answerable = (sum(part) / len(part) if part else 0.0 for part in refused)
    error = calibration_error([(sample.support, sample.right) for sample in samples])
    print(f"{label:<42}{len(samples):>10}{error:>10.3f}{without:>12.3f}{answerable:>18.3f}")
    return error, without, answerable


def missed(error, without, answerable):
    if error > HIGHEST_ERROR:
        yield f"calibration error {error:.3f}, at most {HIGHEST_ERROR}"
    if without < LEAST_REFUSED:
        yield f"of those without an answer {without:.3f} refused, at least {LEAST_REFUSED}"
    if answerable > MOST_REFUSED_WRONGLY:
        yield f"of those with an answer {answerable:.3f} refused, at most {MOST_REFUSED_WRONGLY}"


def panel(left, title, samples):
    """A square of 300 with the share that is right over the mean support; the area of a dot is its number of questions."""
    judged = [(sample.support, sample.right) for sample in samples]
    x, y = (lambda value: left + 300 * value), (lambda value: 340 - 300 * value)
    yield f'<text x="{left}" y="24" font-weight="bold">{title}: {len(samples)} questions, ECE {calibration_error(judged):.3f}</text>'
    yield f'<rect x="{left}" y="40" width="300" height="300" fill="none" stroke="#888"/>'
    yield f'<line x1="{left}" y1="340" x2="{left + 300}" y2="40" stroke="#888" stroke-dasharray="4 4"/>'
    for mark in (0, 0.5, 1):
        yield f'<text x="{x(mark):.0f}" y="358" text-anchor="middle">{mark}</text>'
        yield f'<text x="{left - 6}" y="{y(mark) + 4:.0f}" text-anchor="end">{mark}</text>'
    yield f'<text x="{left + 150}" y="378" text-anchor="middle">support</text>'
    yield f'<text transform="translate({left - 32} 190) rotate(-90)" text-anchor="middle">share that is right</text>'
    for count, mean, share in bins(judged):
        radius = 3 + 24 * (count / len(judged)) ** 0.5
        yield (f'<circle cx="{x(mean):.1f}" cy="{y(share):.1f}" r="{radius:.1f}" fill="#1f5fa8" fill-opacity="0.7">'
               f'<title>{count} questions, support {mean:.2f}, right {share:.2f}</title></circle>')


def draw(by_kind):
    """Both panels on white, so that it can be read on a dark page too."""
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" width="780" height="390" viewBox="0 0 780 390" font-family="sans-serif" font-size="13">',
             "<title>How often answers are right, by their support</title>", '<rect width="780" height="390" fill="#fff"/>']
    for left, (kind, samples) in zip((60, 450), by_kind.items()):
        lines += panel(left, kind.capitalize(), samples)
    DRAWING.write_text("\n".join([*lines, "</svg>", ""]))


def main():
    with tempfile.TemporaryDirectory() as name:
        sets = measured(Path(name))
    print(f"{'':<42}{'questions':>10}{'ECE':>10}{'refused':>12}{'refused wrongly':>18}")
    for label, _, samples in sets:
        show(label, samples)
    by_kind = {kind: [sample for _, about, samples in sets if about == statute for sample in samples] for kind, statute in KINDS.items()}
    problems = []
    for kind, samples in by_kind.items():
        problems += [f"{kind}: {problem}" for problem in missed(*show(f"all {kind}", samples))]
    draw(by_kind)
    for problem in problems:
        print(f"MISSED {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
