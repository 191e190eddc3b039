"""A scanned PDF: a typewritten page drawn as a picture, a little crooked and dirty, with no text layer."""

import io
import random
import textwrap

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

DPI = 170
PAGE = (int(8.27 * DPI), int(11.69 * DPI))
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
LINE_LETTERS = 66
PAPER = 243
LINES_A_PAGE = 52


def write_scan(source, path):
    rl_config.invariant = 1
    sheet = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    sheet.setTitle(source.title)
    sheet.setCreator("Arkivskanner 2")
    dice = random.Random(1991)
    for number, lines in enumerate(typed_pages(source), 1):
        picture = age(typewritten(lines, number, dice), dice)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=45)
        buffer.seek(0)
        sheet.drawImage(ImageReader(buffer), 0, 0, *A4)
        sheet.showPage()
    sheet.save()


def typed_pages(source):
    lines = []
    for block in source.blocks:
        if block.kind == "heading":
            mark = "-" if block.level > 1 else "="
            lines += [""] * (1 if lines else 0) + [block.text, mark * len(block.text)]
        else:
            lines += ["", *textwrap.wrap(block.text, LINE_LETTERS, break_on_hyphens=False)]
    return split_pages(lines)


def split_pages(lines):
    """Breaks at a blank line, never after a heading."""
    pages = []
    while len(lines) > LINES_A_PAGE:
        cut = max(n for n in range(LINES_A_PAGE) if lines[n] == "" and not set(lines[n - 1]) <= {"-"})
        pages.append(lines[:cut])
        lines = lines[cut + 1:]
    return pages + [lines]


def typewritten(lines, number, dice):
    """Each letter a shade lighter or darker and a pixel off, as a worn machine types."""
    page = Image.new("L", PAGE, PAPER)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, int(DPI * 0.152))
    advance, height = font.getlength("m"), DPI / 5.05
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            place = (DPI * 0.95 + column * advance, DPI * 0.8 + row * height + dice.choice((0, 0, 0, 1)))
            draw.text(place, letter, font=font, fill=dice.randint(18, 70))
    draw.text((PAGE[0] / 2, PAGE[1] - DPI * 0.6), f"- {number} -", font=font, fill=60)
    if number == 1:
        stamp(draw, font)
    return page


def stamp(draw, font):
    left, top = PAGE[0] - DPI * 2.7, DPI * 0.45
    draw.rectangle((left, top, left + DPI * 2.1, top + DPI * 0.62), outline=110, width=3)
    draw.text((left + 14, top + 12), "BYGGNADSNÄMNDEN", font=font, fill=110)
    draw.text((left + 14, top + 56), "Ink 1991-09-16", font=font, fill=110)


def age(page, dice):
    page = page.rotate(0.55 if dice.random() < 0.5 else -0.45, Image.BICUBIC, fillcolor=PAPER)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    grain = Image.frombytes("L", PAGE, dice.randbytes(PAGE[0] * PAGE[1])).filter(ImageFilter.GaussianBlur(0.8))
    page = Image.blend(page, grain, 0.07)
    draw = ImageDraw.Draw(page)
    for _ in range(90):
        x, y, size = dice.randrange(PAGE[0]), dice.randrange(PAGE[1]), dice.choice((1, 1, 2, 3))
        draw.ellipse((x, y, x + size, y + size), fill=dice.randint(80, 170))
    for hole in (0.36, 0.64):
        y = PAGE[1] * hole
        draw.ellipse((26, y, 26 + DPI * 0.22, y + DPI * 0.22), fill=60)
    draw.rectangle((PAGE[0] - 9, 0, PAGE[0], PAGE[1]), fill=150)
    return page
