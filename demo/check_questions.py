#!/usr/bin/env python3
"""Checks that the questions of the demo municipality can be trusted: every supporting text stands word for word in
the source of a named section, every named document and section exists, ids and questions are unique, and the two sets
share no question."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from makers.source import read_source

HERE = Path(__file__).resolve().parent
FILES = ("questions.jsonl", "training_questions.jsonl")


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def section_texts(source):
    """Each heading with all text below it, subsections included; None stands for the whole document."""
    texts = {None: plain(source.body)}
    for number, block in enumerate(source.blocks):
        if block.kind != "heading":
            continue
        below = []
        for other in source.blocks[number + 1:]:
            if other.kind == "heading" and other.level <= block.level:
                break
            below += [other.text, *other.items, *(cell for row in other.rows for cell in row)]
        texts[block.text] = plain(" ".join(below))
    return texts


def documents():
    """File name as imported -> sections of its source."""
    found = {}
    for path in (HERE / "documents").rglob("*"):
        if path.is_file() and path.suffix != ".toml":
            source = HERE / "source" / path.parent.name / f"{path.stem}.md"
            found[path.name] = section_texts(read_source(source))
    return found


def faults_of(question, known):
    if not question["answerable"]:
        if question["refs"] or question["support"] or not question.get("why_unanswerable"):
            yield "an unanswerable question has no refs and no support, and says why"
        return
    supported = False
    for reference in question["refs"]:
        sections = known.get(reference["doc"])
        if sections is None or reference.get("section") not in sections:
            yield f"no section {reference.get('section')!r} in {reference['doc']}"
        else:
            supported |= plain(question["support"]) in sections[reference.get("section")]
    if not supported:
        yield f"the support stands in none of the refs: {question['support']}"


def main():
    known, faults, seen = documents(), [], Counter()
    for name in FILES:
        questions = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
        for question in questions:
            seen.update((question["id"], question["question"]))
            faults += [f"{name}, {question['id']}: {fault}" for fault in faults_of(question, known)]
        answerable = sum(question["answerable"] for question in questions)
        print(f"{name}: {answerable} answerable, {len(questions) - answerable} unanswerable")
    faults += [f"twice: {text}" for text, count in seen.items() if count > 1]
    print("\n".join(faults) or "all questions hold")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
