"""Reads the demo texts: Markdown with front matter, in the small dialect that demo/source uses."""

import re
from dataclasses import dataclass, field
from pathlib import Path

# Front matter keys of the sources (Swedish, or English in a few on purpose) and what sidecar files call them.
ENGLISH_KEYS = {
    "titel": "title", "typ": "kind", "ägare": "owner", "källa": "source", "klass": "information_class",
    "åtkomst": "access", "beteckning": "reference", "gäller_från": "valid_from", "gäller_till": "valid_to",
    "ersätts_av": "replaced_by", "id": "id",
}
KINDS = {
    "författning": "statute", "policy": "policy", "riktlinje": "guideline", "plan": "plan", "taxa": "fee_schedule",
    "beslut": "decision", "protokoll": "minutes", "blankett": "form", "frågor och svar": "faq",
    "webbsida": "web_page", "brev": "letter", "annat": "other",
}
# Keys that steer this generator and never reach a document.
MAKER_KEYS = {"format", "layout", "kodning", "från", "till", "datum", "bilaga"}


@dataclass
class Block:
    kind: str  # heading, paragraph, bullets, numbers, table
    text: str = ""
    level: int = 0
    items: list = field(default_factory=list)
    rows: list = field(default_factory=list)  # the first is the head
    right: list = field(default_factory=list)  # columns set flush right


@dataclass
class Source:
    path: Path
    meta: dict
    body: str
    blocks: list

    @property
    def collection(self):
        return self.path.parent.name

    @property
    def attributes(self):
        """The document's own attributes under their English names."""
        known = {ENGLISH_KEYS.get(key, key): value for key, value in self.meta.items() if key not in MAKER_KEYS}
        known["kind"] = KINDS.get(known["kind"], known["kind"])
        return known

    @property
    def title(self):
        return self.attributes["title"]


def read_source(path):
    text = path.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    meta = {}
    for line in head.splitlines():
        key, value = line.split(": ", 1)
        meta[key] = value.strip().strip('"')
    return Source(path, meta, body, parse_blocks(body))


def parse_blocks(body):
    return [parse_block(chunk) for chunk in re.split(r"\n\s*\n", body.strip())]


def parse_block(chunk):
    lines = chunk.strip().splitlines()
    heading = re.match(r"(#+) (.*)", lines[0])
    if heading:
        return Block("heading", heading.group(2), len(heading.group(1)))
    if lines[0].startswith("|"):
        return parse_table(lines)
    if lines[0].startswith("- "):
        return Block("bullets", items=[line[2:] for line in lines])
    if re.match(r"\d+\. ", lines[0]):
        return Block("numbers", items=[re.sub(r"^\d+\. ", "", line) for line in lines])
    return Block("paragraph", " ".join(lines))


def parse_table(lines):
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    right = [mark.endswith(":") for mark in cells[1]]
    return Block("table", rows=[cells[0]] + cells[2:], right=right)


def sheets(source):
    """The tables of a spreadsheet source with the heading each stands under."""
    name, found = source.title, []
    for block in source.blocks:
        if block.kind == "heading":
            name = block.text
        elif block.kind == "table":
            found.append((name, block.rows))
    return found
