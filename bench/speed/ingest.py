"""How much longer does a whole import take than the bare minimum with the same libraries?

    python3 bench/speed/ingest.py

Statutes: `kansli ingest` against a program that reads the same files, tokenises them with Xapian's own TermGenerator and Swedish stemmer
and indexes them (build/bench/bench/speed/bare_index_bench). PDF: `kansli ingest` against `pdftotext -bbox-layout` alone on the same files.
Both sides in one run, alternating, median of five.
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import statute_files  # noqa: E402
from common import ROOT, SHARED, STATUTES, kansli, median, need, row, seconds  # noqa: E402

BARE = ROOT / "build" / "bench" / "bench" / "speed" / "bare_index_bench"
RUNS = 5


def compare(label, ours, bare, limit):
    pairs = [(seconds(ours), seconds(bare)) for _ in range(RUNS)]
    ratio = median([our / their for our, their in pairs])
    row(label, f"{median([our for our, _ in pairs]):.2f} s", f"{median([their for _, their in pairs]):.2f} s", f"{ratio:.2f}",
        f"at most {limit}")


def main():
    need(STATUTES, "the corpus of statutes")
    need(BARE, "the bare indexer; build it with cmake --preset bench && ninja -C build/bench")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        statute_files.main(folder / "made")

        def ingest(paths):
            data = folder / "data"
            shutil.rmtree(data, ignore_errors=True)
            kansli("init", data)
            kansli("ingest", "--data", data, "--collection", "lag", *paths)

        def bare_index():
            shutil.rmtree(folder / "bare", ignore_errors=True)
            subprocess.run([BARE, folder / "bare", *sorted(STATUTES.glob("*.md"))], check=True, stdout=subprocess.DEVNULL)

        def pdftotext(paths):
            for path in paths:
                subprocess.run(["pdftotext", "-bbox-layout", path, folder / "out.html"], check=True)

        row("", "kansli", "bare", "ratio", "goal")
        compare("64 statutes as Markdown", lambda: ingest(sorted(STATUTES.glob("*.md"))), bare_index, 3)
        rendered = sorted((folder / "made" / "pdf").glob("*.pdf"))
        compare("the same statutes as PDF", lambda: ingest(rendered), lambda: pdftotext(rendered), 1.5)
        real = [SHARED / "corpora" / "pdf" / file for file in ("kommittedirektiv-2016-15-dataskyddsforordningen.pdf", "nfs-2007-10.pdf")]
        compare("two real PDFs", lambda: ingest(real), lambda: pdftotext(real), 1.5)


if __name__ == "__main__":
    main()
