"""Are all paragraphs of the statutes found, with the right path, from Markdown, HTML and PDF?

    python3 bench/quality/statute_paths.py
"""
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import statute_files  # noqa: E402
from common import STATUTES, kansli, kansli_json, need, row  # noqa: E402

PATH = re.compile(r"(\d+( ?[a-z])? kap\. )?\d+( ?[a-z])? §")


def main():
    need(STATUTES, "the corpus of statutes")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        statute_files.main(folder)
        sources = {"Markdown": (STATUTES, ".md"), "HTML": (folder / "html", ".html"), "PDF": (folder / "pdf", ".pdf")}
        row("format", "in the files", "found right", "missed", "extra")
        worst = {}
        for label, (source, suffix) in sources.items():
            data = folder / f"data-{label}"
            kansli("init", data)
            kansli("ingest", "--data", data, "--collection", "lag", *sorted(source.glob(f"*{suffix}")))
            listed = {Path(document["file_name"]).stem: document["current_version"]
                      for document in kansli_json("document", "list", "--data", data)["documents"]}
            total = right = missed = extra = 0
            for path in sorted(STATUTES.glob("*.md")):
                expected = Counter(statute_files.numbers(path.read_text()))
                found = Counter()
                if path.stem in listed:
                    sections = kansli_json("document", "sections", "--data", data, listed[path.stem])["sections"]
                    found = Counter(section["path"] for section in sections if PATH.fullmatch(section["path"]))
                total += sum(expected.values())
                right += sum((expected & found).values())
                missed += sum((expected - found).values())
                extra += sum((found - expected).values())
                if (expected - found) or (found - expected):
                    worst[f"{label} {path.stem}"] = (list((expected - found))[:5], list((found - expected))[:5])
            row(label, total, right, missed, extra)
        for name, (lost, invented) in list(worst.items())[:20]:
            print(f"  {name}: missed {lost}, extra {invented}")


if __name__ == "__main__":
    main()
