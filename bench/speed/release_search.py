"""How long does it take to find what is asked for, by person, case number and words, where there is much?

    python3 bench/speed/release_search.py [DOCUMENTS]

Documents of 21 sections, made of paragraphs of the statutes with people and case numbers strewn in, brought in as one .jsonl; 5,000 of them
are 105,000 sections. The search reads every text (nothing of a release may rest on an index), so the yardstick is `wc -w` over the same
bytes. What the program needs to start is in its times.
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import STATUTES, kansli, kansli_json, median, need, row, seconds  # noqa: E402

PARAGRAPHS = 20  # of a document, each under a number of its own
GIVEN = ("Anna", "Erik", "Maria", "Lars", "Karin", "Johan", "Eva", "Per", "Rut", "Olof")
FAMILY = ("Andersson", "Johansson", "Nilsson", "Åkesson", "Björkman", "Lindqvist", "Hedman", "Ekström")
SOUGHT = (("a rare name", "--person", "Torkel Grönvall"), ("a number", "--person", "19811218-9876"),
          ("a common name", "--person", "Anna Andersson"), ("a case number", "--case", "BYGG 2024-0042"),
          ("words", "--words", "ansökan hördes"), ("a word that is nowhere", "--words", "xylofon"))


def paragraphs():
    found = []
    for path in sorted(STATUTES.glob("*.md")):
        for part in path.read_text().split("\n\n"):
            plain = " ".join(part.translate(str.maketrans("", "", "#*_`>")).split())
            if 150 < len(plain) < 1200:
                found.append(plain)
    return found


def document(number, texts, chance):
    lines = []
    for place in range(PARAGRAPHS):
        text = f"{chance.choice(texts)} {chance.choice(texts)}"
        if chance.random() < 0.3:
            text += (f" Ansökan gäller {chance.choice(GIVEN)} {chance.choice(FAMILY)}, som hördes i ärendet"
                     f" BYGG 2024-{chance.randrange(10_000):04}.")
        if number % 1000 == 7 and place == 2:
            text += " Yttrande lämnades av Torkel Grönvall (19811218-9876)."
        lines += [f"{place + 1} §", text]
    return json.dumps({"id": f"akt-{number:06}", "title": f"Akt {number}", "text": "\n".join(lines)}, ensure_ascii=False)


def main():
    need(STATUTES, "the folder with statutes")
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        chance = random.Random(5)
        texts = paragraphs()
        lines = folder / "akter.jsonl"
        lines.write_text("\n".join(document(number, texts, chance) for number in range(documents)) + "\n")
        kansli("init", data)
        kansli("ingest", "--data", data, "--collection", "akter", lines)
        kansli("user", "add", "--data", data, "--name", "Dag Ombud", "--role", "reader", "--role", "data_protection_officer")
        print(f"{documents} documents, {documents * (PARAGRAPHS + 1)} sections, {lines.stat().st_size / 1e6:.0f} MB")
        bare = median([seconds(lambda: subprocess.run(["wc", "-w", lines], check=True, capture_output=True)) for _ in range(3)])
        row("sought", "found", "seconds", "ratio to wc -w")
        for what, option, words in SOUGHT:
            found = []
            took = median([seconds(lambda: found.append(kansli_json("release", "find", "--data", data, "--by", "Dag Ombud", option, words)))
                           for _ in range(3)])
            row(what, found[0]["total"], f"{took:.2f}", f"{took / bare:.1f}")


if __name__ == "__main__":
    main()
