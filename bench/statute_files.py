"""Renders the statutes of the corpus to HTML and PDF, as a public site and a law book would, to read them back.

    python3 bench/statute_files.py OUTPUT-FOLDER
"""
import html
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import STATUTES, need  # noqa: E402


def blocks(text):
    """(kind, text) of each Markdown block of a statute file: title, chapter, heading, section or paragraph."""
    body = text.split("\n---\n", 1)[1]
    for block in re.split(r"\n\s*\n", body):
        block = " ".join(block.split())
        if not block:
            continue
        marks = re.match(r"(#{1,6}) (.*)", block)
        if not marks:
            yield "paragraph", block
        elif re.fullmatch(r"\d+( ?[a-z])? §", marks[2]):
            yield "section", marks[2]
        else:
            yield {1: "title", 2: "chapter"}.get(len(marks[1]), "heading"), marks[2]


def numbers(text):
    """Every (chapter, section) that the file's own headings name, in order; the right answer."""
    chapter, latest = "", 0
    for line in text.splitlines():
        # "## 7 kap. 23 §, eller" is a sentence that the file's own mark-up has broken, and so is a chapter that comes back.
        if found := re.match(r"## ((\d+)(?: ?[a-z])?) kap\.(?! *\d)", line):
            if int(found[2]) >= latest:
                chapter, latest = found[1], int(found[2])
        elif found := re.match(r"#### (\d+(?: ?[a-z])?) §\s*$", line):
            yield f"{chapter} kap. {found[1]} §" if chapter else f"{found[1]} §"


def to_html(text, title):
    tags = {"title": "h1", "chapter": "h2", "heading": "h3", "section": "h4", "paragraph": "p"}
    lines = [f"<{tags[kind]}>{html.escape(words)}</{tags[kind]}>" for kind, words in blocks(text)]
    return (f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head><body>'
            f"<nav><a href='/'>Start</a></nav><main>{chr(10).join(lines)}</main><footer>Sidfot</footer></body></html>")


def to_pdf(text, title, path):
    """Two levels of headings, and each paragraph mark run into its first line, as printed statutes have it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=4)
    styles = {"title": ParagraphStyle("title", fontName="Times-Bold", fontSize=18, leading=22, spaceAfter=12),
              "chapter": ParagraphStyle("chapter", fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=14, spaceAfter=6),
              "heading": ParagraphStyle("heading", fontName="Times-Italic", fontSize=11, leading=14, spaceBefore=8, spaceAfter=4)}

    def page_marks(canvas, document):
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, A4[1] - 40, title)
        canvas.drawCentredString(A4[0] / 2, 30, f"Sida {document.page}")

    story, mark = [], ""
    for kind, words in blocks(text):
        if kind == "section":
            mark = f"<b>{words}</b> "
        elif kind == "paragraph":
            story.append(Paragraph(mark + html.escape(words), body))
            mark = ""
        else:
            story.append(Paragraph(html.escape(words), styles[kind]))
    SimpleDocTemplate(str(path), pagesize=A4, title=title, invariant=1).build(story, onFirstPage=page_marks, onLaterPages=page_marks)


def main(folder):
    need(STATUTES, "the corpus of statutes")
    for kind in ("html", "pdf"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for path in sorted(STATUTES.glob("*.md")):
        text = path.read_text()
        title = re.search(r'^title: "(.*)"$', text, re.M)[1]
        (folder / "html" / f"{path.stem}.html").write_text(to_html(text, title))
        to_pdf(text, title, folder / "pdf" / f"{path.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
