"""PDF born digital: one or two columns, running heads, page numbers, tables, hyphenation."""

import re

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, ListFlowable, ListItem, PageTemplate, Paragraph, Spacer, Table

from makers.hyphens import soften

FONTS = "/usr/share/fonts/truetype/dejavu/"
GREEN = colors.HexColor("#1f4d3a")
PALE = colors.HexColor("#e6efe9")
WIDTH, HEIGHT = A4
MARGIN = 22 * mm


def load_fonts():
    for name in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "DejaVuSerif-Bold"):
        pdfmetrics.registerFont(TTFont(name, f"{FONTS}{name}.ttf"))


def make_styles(two_columns):
    size = 8.6 if two_columns else 9.6
    body = ParagraphStyle("body", fontName="DejaVuSerif", fontSize=size, leading=size * 1.42, spaceAfter=size * 0.6,
                          alignment=TA_JUSTIFY if two_columns else 0, embeddedHyphenation=1 if two_columns else 0)
    heading = ParagraphStyle("heading", fontName="DejaVuSans-Bold", textColor=GREEN, keepWithNext=1)
    return {
        "paragraph": body,
        1: ParagraphStyle("h1", heading, fontSize=17 if not two_columns else 14, leading=21, spaceAfter=8),
        2: ParagraphStyle("h2", heading, fontSize=size + 2, leading=size * 1.6, spaceBefore=8, spaceAfter=4),
        3: ParagraphStyle("h3", heading, fontSize=size + 0.4, leading=size * 1.4, spaceBefore=5, spaceAfter=2),
        "cell": ParagraphStyle("cell", fontName="DejaVuSans", fontSize=8.2, leading=10.6),
        "right": ParagraphStyle("right", fontName="DejaVuSans", fontSize=8.2, leading=10.6, alignment=TA_RIGHT),
        "head": ParagraphStyle("head", fontName="DejaVuSans-Bold", fontSize=8.2, leading=10.6),
        "head right": ParagraphStyle("head right", fontName="DejaVuSans-Bold", fontSize=8.2, leading=10.6,
                                     alignment=TA_RIGHT),
    }


def write_pdf(source, path):
    rl_config.invariant = 1
    load_fonts()
    two_columns = source.meta.get("layout") == "två spalter"
    template = BaseDocTemplate(str(path), pagesize=A4, title=source.title, author=source.attributes["owner"],
                               subject=source.attributes.get("reference", ""), lang="sv-SE", invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames(two_columns), onPage=running_head(source, two_columns)))
    styles = make_styles(two_columns)
    column = (WIDTH - 2 * MARGIN - 8 * mm) / 2 if two_columns else WIDTH - 2 * MARGIN
    template.build([flowable(block, styles, column, two_columns) for block in source.blocks])


def frames(two_columns):
    bottom, height = 20 * mm, HEIGHT - 48 * mm
    if not two_columns:
        return [Frame(MARGIN, bottom, WIDTH - 2 * MARGIN, height, 0, 0, 0, 0)]
    width = (WIDTH - 2 * MARGIN - 8 * mm) / 2
    return [Frame(MARGIN, bottom, width, height, 0, 0, 0, 0),
            Frame(MARGIN + width + 8 * mm, bottom, width, height, 0, 0, 0, 0)]


def running_head(source, two_columns):
    def draw(canvas, document):
        canvas.saveState()
        draw_leaf(canvas, MARGIN, HEIGHT - 19 * mm)
        canvas.setFillColor(GREEN)
        canvas.setFont("DejaVuSans-Bold", 9)
        canvas.drawString(MARGIN + 8 * mm, HEIGHT - 15 * mm, "SÄLGVALLA KOMMUN")
        canvas.setFont("DejaVuSans", 7.5)
        canvas.drawString(MARGIN + 8 * mm, HEIGHT - 19 * mm, source.attributes["owner"])
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 15 * mm, source.attributes.get("reference", ""))
        if two_columns and document.page > 1:
            canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 19 * mm, source.title)
        canvas.setStrokeColor(GREEN)
        canvas.line(MARGIN, HEIGHT - 22 * mm, WIDTH - MARGIN, HEIGHT - 22 * mm)
        canvas.drawCentredString(WIDTH / 2, 11 * mm, f"Sida {document.page}")
        canvas.restoreState()

    return draw


def draw_leaf(canvas, x, y):
    """The municipality's mark: a sallow leaf."""
    canvas.setFillColor(GREEN)
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.curveTo(x - 1 * mm, y + 5 * mm, x + 2 * mm, y + 7 * mm, x + 6 * mm, y + 7 * mm)
    path.curveTo(x + 6 * mm, y + 3 * mm, x + 4 * mm, y, x, y)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(colors.white)
    canvas.line(x + 1 * mm, y + 1 * mm, x + 4.6 * mm, y + 5.4 * mm)


def flowable(block, styles, column, two_columns):
    def text(value):
        value = value.replace("&", "&amp;").replace("<", "&lt;")
        return soften(value) if two_columns else value

    if block.kind == "heading":
        return Paragraph(text(block.text).replace("\u00ad", ""), styles[min(block.level, 3)])
    if block.kind == "paragraph":
        return Paragraph(text(block.text), styles["paragraph"])
    if block.kind in ("bullets", "numbers"):
        return item_list(block, [text(item) for item in block.items], styles)
    return fee_table(block, styles, column)


def item_list(block, items, styles):
    kind = "bullet" if block.kind == "bullets" else "1"
    entries = [ListItem(Paragraph(item, styles["paragraph"]), bulletFontName="DejaVuSerif") for item in items]
    options = {"start": "•"} if kind == "bullet" else {"bulletFormat": "%s."}
    return ListFlowable(entries, bulletType=kind, leftIndent=14, bulletFontName="DejaVuSerif",
                        bulletFontSize=styles["paragraph"].fontSize, **options)


def fee_table(block, styles, column):
    right = block.right
    rows = [[Paragraph(cell, styles["head right" if flush else "head"]) for cell, flush in zip(block.rows[0], right)]]
    for row in block.rows[1:]:
        rows.append([Paragraph(cell, styles["right" if flush else "cell"]) for cell, flush in zip(row, right)])
    table = Table(rows, colWidths=column_widths(block.rows, column), repeatRows=1, hAlign="LEFT", spaceAfter=8)
    table.setStyle([("BACKGROUND", (0, 0), (-1, 0), PALE), ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5)])
    return table


def column_widths(rows, total):
    """Shares the width by the longest cell of each column, within reason."""
    longest = [min(46, max(7, max(len(cell) for cell in cells))) for cells in zip(*rows)]
    words = [max(len(word) for cell in cells for word in re.split(r"\s+", cell)) for cells in zip(*rows)]
    weights = [max(length, word * 1.25) for length, word in zip(longest, words)]
    scale = total / sum(weights)
    return [weight * scale for weight in weights]
