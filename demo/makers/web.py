"""HTML with a site's usual surroundings, Markdown with front matter, and plain text."""

import re
import textwrap
from html import escape

from makers.source import MAKER_KEYS

MENU = ("Barn och utbildning", "Bygga och bo", "Omsorg och stöd", "Trafik", "Avfall och återvinning",
        "Kommun och politik")
STYLE = ("body{font:18px/1.5 sans-serif;margin:0;color:#1b1b1b}header,footer{background:#1f4d3a;color:#fff;"
         "padding:1rem}nav a{color:#fff;margin-right:1rem}main{max-width:44rem;margin:auto;padding:1rem}"
         "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3rem .6rem;text-align:left}")


def write_html(source, path):
    menu = "".join(f'<a href="/{name.split()[0].lower()}">{name}</a>' for name in MENU)
    body = "\n".join(html_block(block) for block in source.blocks)
    path.write_text(f"""<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{escape(source.title)} – Sälgvalla kommun</title>
<meta name="author" content="{escape(source.attributes['owner'])}">
<style>{STYLE}</style>
<script>window.matomo = {{ page: "{path.stem}" }};</script>
</head>
<body>
<a class="skip" href="#innehall">Till innehållet</a>
<header><p><strong>Sälgvalla kommun</strong></p><nav aria-label="Huvudmeny">{menu}</nav></header>
<main id="innehall">
{body}
</main>
<footer><p>Kontaktcenter 031-390 06 00. Öppet måndag–torsdag 8–17, fredag 8–15.30.</p>
<p>Om webbplatsen · Tillgänglighetsredogörelse · Kakor</p></footer>
</body>
</html>
""", encoding="utf-8", newline="\n")


def html_block(block):
    if block.kind == "heading":
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if block.kind == "paragraph":
        return f"<p>{escape(block.text)}</p>"
    if block.kind in ("bullets", "numbers"):
        mark = "ul" if block.kind == "bullets" else "ol"
        items = "\n".join(f"<li>{escape(item)}</li>" for item in block.items)
        return f"<{mark}>\n{items}\n</{mark}>"
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.rows[0])
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows[1:])
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def write_markdown(source, path):
    lines = []
    for key, value in source.meta.items():
        if key not in MAKER_KEYS:
            lines.append(f"{key}: {value}")
    path.write_text("---\n" + "\n".join(lines) + "\n---\n" + source.body, encoding="utf-8", newline="\n")


def write_text(source, path):
    """Plain text as people write it: underlined title, blank line between blocks, lines broken at 76 letters."""
    parts = [wrapped(text_block(block)) for block in source.blocks]
    encoding = source.meta.get("kodning", "utf-8")
    newline = "\r\n" if encoding != "utf-8" else "\n"
    path.write_bytes(("\n\n".join(parts) + "\n").replace("\n", newline).encode(encoding))


def wrapped(text):
    lines = []
    for line in text.splitlines():
        mark = re.match(r"(- |\d+\. )", line)
        indent = " " * len(mark.group()) if mark else ""
        lines.append(textwrap.fill(line, 76, subsequent_indent=indent, break_on_hyphens=False))
    return "\n".join(lines)


def text_block(block):
    if block.kind == "heading":
        return block.text.upper() + "\n" + "=" * len(block.text) if block.level == 1 else block.text
    if block.kind == "bullets":
        return "\n".join(f"- {item}" for item in block.items)
    if block.kind == "numbers":
        return "\n".join(f"{number}. {item}" for number, item in enumerate(block.items, 1))
    return block.text
