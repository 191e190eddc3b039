"""How many personal data are found, and how many of what is found are personal data, on both parts of the golden set.

    python3 bench/quality/personal_data.py [--errors]

Right means the same bytes and the same kind. "covered" is the share of the golden spans of which nothing is left after masking, whatever
kind they were taken for: what counts before release. The peer is the regular expressions that one writes in an afternoon. --errors lists
the errors of the part that the rules were tuned on; those of the held-out part are never listed.
"""
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import BINARY, ROOT, SHARED, row  # noqa: E402

GOLDEN = ROOT / "tests" / "golden" / "text"
MARK = re.compile(r"⟦([^:⟧]+):([^⟧]*)⟧")
# The corpus of another author, where it is present: its labels in our words. What it calls companies are no personal data.
LABELS = {"NAMN": "namn", "PERSONNUMMER": "personnummer", "SAMORDNINGSNUMMER": "samordningsnummer", "TELEFON": "telefon", "EPOST": "e-post",
          "ADRESS": "adress", "FASTIGHET": "fastighet", "REGNR": "registreringsnummer", "BANKKONTO": "bankkonto"}

PEER = [
    ("e-post", r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    ("personnummer", r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b"),
    ("bankkonto", r"\bSE\d{2}[ \d]{20,26}\b|\b\d{3,4}-\d{4}\b|\b\d{4}-\d, ?[\d -]{7,14}\d\b"),
    ("telefon", r"(?:\+46|0046|\b0)[ (\d)/-]{6,14}\d\b"),
    ("ärendenummer", r"\b[A-ZÅÄÖ]{2,5}[ -]\d{4}[/-]\d+\b"),
    ("registreringsnummer", r"\b[A-Z]{3} ?\d{2}[A-Z\d]\b"),
    ("ip-adress", r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    ("adress", r"\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|gränd|stigen|torget) \d+(?: ?[A-Z])?(?:, \d{3} \d{2} [A-ZÅÄÖ][a-zåäö]+)?"),
    ("fastighet", r"\b[A-ZÅÄÖ][a-zåäö]+ \d+:\d+\b"),
    ("namn", r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? (?:[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\b"),
]


def golden(path):
    """The sentences with their spans as (kind, start, end) in bytes."""
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        line, text, spans, at = line.replace("⏎", "\n"), "", [], 0
        for mark in MARK.finditer(line):
            text += line[at:mark.start()]
            start = len(text.encode())
            text += mark[2]
            spans.append((mark[1], start, len(text.encode())))
            at = mark.end()
        yield text + line[at:], spans


def other_corpus(path):
    for line in path.read_text().splitlines():
        entry = json.loads(line)
        text = entry["text"]
        yield text, [(LABELS[span["label"]], len(text[:span["start"]].encode()), len(text[:span["end"]].encode()))
                     for span in entry["spans"] if span["label"] in LABELS]


def found_by_kansli(sentences):
    """All sentences go through the program as one text, a blank line between them."""
    whole = "\n\n".join(text for text, _ in sentences)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(whole)
        file.flush()
        output = subprocess.run([str(BINARY), "text", "personal-data", "--json", file.name], capture_output=True, check=True).stdout
    spans, found, at = json.loads(output)["spans"], [], 0
    for text, _ in sentences:
        end = at + len(text.encode())
        found.append([(span["kind"], span["start"] - at, span["end"] - at) for span in spans if at <= span["start"] < end])
        at = end + 2
    return found


def found_by_peer(sentences):
    found = []
    for text, _ in sentences:
        spans = []
        for kind, pattern in PEER:
            for match in re.finditer(pattern, text):
                start, end = len(text[:match.start()].encode()), len(text[:match.end()].encode())
                if all(end <= other[1] or start >= other[2] for other in spans):
                    spans.append((kind, start, end))
        found.append(spans)
    return found


def is_covered(span, found):
    return all(any(start <= byte < end for _, start, end in found) for byte in range(span[1], span[2]))


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"


def report(title, sentences, found):
    right, given, expected, covered = Counter(), Counter(), Counter(), Counter()
    for (_, golden_spans), spans in zip(sentences, found):
        for span in golden_spans:
            expected[span[0]] += 1
            right[span[0]] += span in spans
            covered[span[0]] += is_covered(span, spans)
        given.update(span[0] for span in spans)
    clean = sum(not spans for (_, golden_spans), spans in zip(sentences, found) if not golden_spans)
    print(f"\n{title}: {len(sentences)} sentences, {sum(not spans for _, spans in sentences)} without personal data, {clean} of these left alone")
    row("kind", "golden", "precision", "recall", "F1", "covered")
    for kind in [*sorted(expected, key=lambda kind: -expected[kind]), "all"]:
        r, g, e, c = ((x.total() if kind == "all" else x[kind]) for x in (right, given, expected, covered))
        row(kind, e, percent(r, g), percent(r, e), percent(2 * r, g + e), percent(c, e))


def list_errors(sentences, found):
    for (text, golden_spans), spans in zip(sentences, found):
        raw = text.encode()
        missed = [f"{kind}:{raw[start:end].decode()}" for kind, start, end in golden_spans if (kind, start, end) not in spans]
        extra = [f"{kind}:{raw[start:end].decode()}" for kind, start, end in spans if (kind, start, end) not in golden_spans]
        if missed or extra:
            print(f"  {text!r}\n      missed {missed}  extra {extra}")


def main():
    parts = [("tuned on", list(golden(GOLDEN / "personal_data.txt"))), ("held out", list(golden(GOLDEN / "personal_data_held_out.txt")))]
    other = SHARED / "corpora" / "classify" / "pii_spans_dev.jsonl"
    if other.is_file():
        parts.append(("another author's", list(other_corpus(other))))
    for name, sentences in parts:
        found = found_by_kansli(sentences)
        report(f"kansli, {name}", sentences, found)
        report(f"regular expressions, {name}", sentences, found_by_peer(sentences))
        if name == "tuned on" and "--errors" in sys.argv:
            list_errors(sentences, found)


if __name__ == "__main__":
    main()
