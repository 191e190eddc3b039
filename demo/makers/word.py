"""DOCX: headings, lists and tables with the municipality's running head."""

import datetime
import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from makers.archive import settle

GREEN = RGBColor(0x1F, 0x4D, 0x3A)


def write_docx(source, path):
    document = docx.Document()
    set_styles(document)
    set_properties(document, source)
    set_running_head(document.sections[0], source)
    for block in source.blocks:
        add_block(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    settle(buffer.getvalue(), path)


def set_styles(document):
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 20), (2, 14), (3, 12)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), GREEN


def set_properties(document, source):
    properties = document.core_properties
    properties.title = source.title
    properties.author = source.attributes.get("owner", "Sälgvalla kommun")
    properties.subject = source.attributes.get("reference", "")
    properties.language, properties.comments = "sv-SE", ""
    properties.created = properties.modified = datetime.datetime(2026, 11, 2, 8, 0, 0)


def set_running_head(section, source):
    head = section.header.paragraphs[0]
    head.text = "Sälgvalla kommun\t\t" + source.attributes.get("reference", "")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Sida ")
    add_page_field(foot)


def add_page_field(paragraph):
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def add_block(document, block):
    if block.kind == "heading":
        document.add_heading(block.text, block.level)
    elif block.kind == "paragraph":
        document.add_paragraph(block.text)
    elif block.kind == "bullets":
        for item in block.items:
            document.add_paragraph(item, style="List Bullet")
    elif block.kind == "numbers":
        # Typed numbers: every list starts again at one without numbering definitions of its own.
        for number, item in enumerate(block.items, 1):
            document.add_paragraph(f"{number}. {item}")
    else:
        add_table(document, block)


def add_table(document, block):
    table = document.add_table(rows=0, cols=len(block.rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(block.rows):
        for cell, text in zip(table.add_row().cells, row):
            run = cell.paragraphs[0].add_run(text)
            run.bold = number == 0
    document.add_paragraph()
