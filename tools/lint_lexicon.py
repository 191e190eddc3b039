#!/usr/bin/env python3
"""Checks the lexicon's form: python3 tools/lint_lexicon.py [--statutes FOLDER] [FILE…]

With the statutes (Markdown, as in the shared corpus) it also checks that every paragraph named by a question exists. Prints one line a
fault and a count at the end; exits with 1 when there is a fault.
"""

import argparse
import re
import sys
from pathlib import Path

LEXICON = Path(__file__).resolve().parent.parent / "data" / "lexicon"
RELATIONS = re.compile(r"\s([=<>~])\s")
REGISTERS = {"vardag", "tjänst", "fack", "kort", "äldre"}
KINDS = {"får", "måste", "rätt", "hur mycket", "hur länge", "vem", "hur", "vad är", "vad händer", "var"}
DATE = r"\d{4}-\d{2}-\d{2}"
ATTRIBUTE = re.compile(rf"lag \d{{4}}:\d+|från {DATE}|till {DATE}")
PARAGRAPH = re.compile(r"(\d{4}:\d+) (?:(\d+(?: [a-z])?) kap\. )?(\d+(?: [a-z])?) §")
PHRASE = re.compile(r"[0-9a-zåäöéüèà§&/+.:’' -]+")


def parts(text, separator):
    return [part.strip() for part in text.split(separator)]


def paragraphs_of(folder):
    """{(sfs, chapter or "", section)} of all statutes of a folder."""
    found = set()
    for path in sorted(Path(folder).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        number = re.search(r'^sfs: "?(\d{4}:\d+)', text, re.M)
        if number is None:
            continue
        chapter = ""
        for line in text.splitlines():
            if heading := re.match(r"#+ (\d+(?: [a-z])?) kap\.", line):
                chapter = heading.group(1)
            elif heading := re.match(r"#+ (\d+(?: [a-z])?) §", line):
                found.add((number.group(1), chapter, heading.group(1)))
    return found


class Linter:
    def __init__(self, paragraphs):
        self.paragraphs = paragraphs
        self.faults = []
        self.expressions = set()
        self.questions = {}
        self.tied = 0

    def fault(self, path, number, text):
        self.faults.append(f"{path.name}:{number}: {text}")

    def words(self, path):
        seen = {}
        for number, line in lines_of(path):
            entry, _, attributes = line.partition("|")
            sides = RELATIONS.split(entry.rstrip())
            if len(sides) != 3:
                self.fault(path, number, "not 'expressions relation terms'")
                continue
            expressions, terms = parts(sides[0], ","), parts(sides[2], ",")
            for phrase in expressions + terms:
                if not PHRASE.fullmatch(phrase):
                    self.fault(path, number, f"not a phrase in lower case: {phrase!r}")
            for phrase in set(expressions) & set(terms):
                self.fault(path, number, f"{phrase!r} stands on both sides")
            for expression in expressions:
                for term in terms:
                    if (expression, term) in seen:
                        self.fault(path, number, f"{expression!r} {term!r} stands on line {seen[expression, term]} too")
                    seen[expression, term] = number
            self.expressions.update(expressions)
            self.attributes(path, number, attributes)

    def attributes(self, path, number, text):
        registers = 0
        for attribute in filter(None, parts(text, ";")):
            registers += attribute in REGISTERS
            if attribute not in REGISTERS and not ATTRIBUTE.fullmatch(attribute):
                self.fault(path, number, f"no such attribute: {attribute!r}")
        if registers > 1:
            self.fault(path, number, "more than one register")

    def asked(self, path):
        for number, line in lines_of(path):
            fields = parts(line, "|")
            if len(fields) != 4:
                self.fault(path, number, "not 'question | kind | terms | paragraphs'")
                continue
            question, kind, terms, paragraphs = fields
            if question.lower() in self.questions:
                self.fault(path, number, f"asked at {self.questions[question.lower()]} too")
            self.questions[question.lower()] = f"{path.name}:{number}"
            if kind not in KINDS:
                self.fault(path, number, f"no such kind: {kind!r}")
            if not terms:
                self.fault(path, number, "no terms")
            for paragraph in filter(None, parts(paragraphs, ";")):
                self.paragraph(path, number, paragraph)
            self.tied += bool(paragraphs)

    def paragraph(self, path, number, text):
        match = PARAGRAPH.fullmatch(text)
        if match is None:
            self.fault(path, number, f"not a paragraph as '2010:900 9 kap. 4 §': {text!r}")
        elif self.paragraphs and (match[1], match[2] or "", match[3]) not in self.paragraphs:
            known = any(sfs == match[1] for sfs, _, _ in self.paragraphs)
            if known:
                self.fault(path, number, f"no such paragraph: {text!r}")


def lines_of(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--statutes", help="folder of statutes as Markdown")
    arguments.add_argument("files", nargs="*", type=Path)
    chosen = arguments.parse_args()
    linter = Linter(paragraphs_of(chosen.statutes) if chosen.statutes else set())
    for path in chosen.files or sorted(LEXICON.rglob("*.txt")):
        (linter.asked if path.parent.name == "questions" else linter.words)(path)
    print(*linter.faults, sep="\n", end="\n" if linter.faults else "")
    print(f"{len(linter.expressions)} expressions, {len(linter.questions)} questions, {linter.tied} tied to paragraphs, "
          f"{len(linter.faults)} faults")
    return 1 if linter.faults else 0


if __name__ == "__main__":
    sys.exit(main())
