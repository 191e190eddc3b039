#!/usr/bin/env python3
"""Writes demo/documents and demo/earlier from the readable texts in demo/source.

Same sources, same bytes: running it again changes nothing, so the written documents are kept in the repository and the
program needs no Python. Needs the Debian packages python3-docx, python3-openpyxl, python3-reportlab, python3-pil and
fonts-dejavu-core.
"""

import re
import shutil
import sys
from pathlib import Path

from makers.mail import write_eml
from makers.open_document import write_ods, write_odt
from makers.pdf import write_pdf
from makers.scan import write_scan
from makers.sheets import write_csv, write_xlsx
from makers.slides import write_pptx
from makers.source import read_source
from makers.web import write_html, write_markdown, write_text
from makers.word import write_docx

HERE = Path(__file__).resolve().parent
# Sources below this folder are earlier versions of documents that have the same id; they are imported first.
EARLIER = "tidigare"

WRITERS = {"md": ("md", write_markdown), "docx": ("docx", write_docx), "odt": ("odt", write_odt),
           "ods": ("ods", write_ods), "xlsx": ("xlsx", write_xlsx), "csv": ("csv", write_csv),
           "pptx": ("pptx", write_pptx), "html": ("html", write_html), "txt": ("txt", write_text),
           "pdf": ("pdf", write_pdf), "scan": ("pdf", write_scan)}


def target_folder(source):
    relative = source.path.relative_to(HERE / "source").parent
    if relative.parts[0] == EARLIER:
        return HERE / "earlier" / Path(*relative.parts[1:])
    return HERE / "documents" / relative


def write_document(source):
    folder = target_folder(source)
    folder.mkdir(parents=True, exist_ok=True)
    if source.meta["format"] == "eml":
        path = folder / f"{source.path.stem}.eml"
        write_eml(source, path, attachment_of(source))
    else:
        extension, writer = WRITERS[source.meta["format"]]
        path = folder / f"{source.path.stem}.{extension}"
        writer(source, path)
    if path.suffix != ".md":
        write_sidecar(source, path)
    return path


def attachment_of(source):
    """The attached file itself is written to a scratch folder: it lives only inside the message."""
    name = Path(source.meta["bilaga"])
    scratch = HERE / "scratch"
    scratch.mkdir(exist_ok=True)
    write_docx(read_source(source.path.with_name(f"{name.stem}.md")), scratch / name)
    return scratch / name


def write_sidecar(source, path):
    """What is known of a document whose format has no front matter, in a TOML file beside it."""
    lines = []
    for key, value in source.attributes.items():
        if key == "access":
            lines.append(f'{key} = [{", ".join(chr(34) + name.strip() + chr(34) for name in value.split(","))}]')
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            lines.append(f"{key} = {value}")
        else:
            lines.append(f'{key} = "{value}"')
    path.with_name(path.name + ".toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    for name in ("documents", "earlier"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    paths = []
    for path in sorted((HERE / "source").rglob("*.md")):
        source = read_source(path)
        if source.meta["format"] != "bilaga":
            paths.append(write_document(source))
    shutil.rmtree(HERE / "scratch", ignore_errors=True)
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} documents, {size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
