"""ODT and ODS written by hand: the format is plain XML in a ZIP."""

from xml.sax.saxutils import escape

from makers.archive import FIXED_ISO, write_archive
from makers.source import sheets

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TEXT_TYPE = "application/vnd.oasis.opendocument.text"
SHEET_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_odt(source, path):
    body = "\n".join(odt_block(block) for block in source.blocks)
    content = (f"{HEAD}<office:document-content {SPACES}><office:automatic-styles>"
               '<text:list-style style:name="Numrerad"><text:list-level-style-number text:level="1" '
               'style:num-format="1" style:num-suffix="."/></text:list-style>'
               '<text:list-style style:name="Punkter"><text:list-level-style-bullet text:level="1" '
               'text:bullet-char="•"/></text:list-style></office:automatic-styles>'
               f"<office:body><office:text>\n{body}\n</office:text></office:body></office:document-content>")
    write_package(source, path, TEXT_TYPE, content)


def odt_block(block):
    if block.kind == "heading":
        return (f'<text:h text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}">'
                f"{escape(block.text)}</text:h>")
    if block.kind == "paragraph":
        return f'<text:p text:style-name="Text_20_body">{escape(block.text)}</text:p>'
    if block.kind in ("bullets", "numbers"):
        name = "Punkter" if block.kind == "bullets" else "Numrerad"
        items = "".join(f"<text:list-item><text:p>{escape(item)}</text:p></text:list-item>" for item in block.items)
        return f'<text:list text:style-name="{name}">{items}</text:list>'
    return table("Tabell", block.rows)


def table(name, rows):
    def row(cells):
        filled = (f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
                  for cell in cells)
        return f"<table:table-row>{''.join(filled)}</table:table-row>"

    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    return (f'<table:table table:name="{escape(name)}">{columns}<table:table-header-rows>{row(rows[0])}'
            f"</table:table-header-rows>{''.join(row(cells) for cells in rows[1:])}</table:table>")


def write_ods(source, path):
    tables = "".join(table(name, rows) for name, rows in sheets(source))
    content = (f"{HEAD}<office:document-content {SPACES}><office:body><office:spreadsheet>{tables}"
               "</office:spreadsheet></office:body></office:document-content>")
    write_package(source, path, SHEET_TYPE, content)


def write_package(source, path, media_type, content):
    meta = (f"{HEAD}<office:document-meta {SPACES}><office:meta><dc:title>{escape(source.title)}</dc:title>"
            f"<dc:creator>{escape(source.attributes.get('owner', ''))}</dc:creator>"
            f"<meta:creation-date>{FIXED_ISO}</meta:creation-date></office:meta></office:document-meta>")
    styles = (f"{HEAD}<office:document-styles {SPACES}><office:styles>" + heading_styles() +
              '<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph">'
              '<style:paragraph-properties fo:margin-bottom="0.2cm"/></style:style>'
              "</office:styles></office:document-styles>")
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
                      for name, kind in (("/", media_type), ("content.xml", "text/xml"), ("styles.xml", "text/xml"),
                                         ("meta.xml", "text/xml")))
    manifest = f"{HEAD}<manifest:manifest {SPACES}>{entries}</manifest:manifest>"
    manifest = manifest.replace(' office:version="1.3"', ' manifest:version="1.3"')
    write_archive(path, [("mimetype", media_type), ("content.xml", content), ("styles.xml", styles),
                         ("meta.xml", meta), ("META-INF/manifest.xml", manifest)])


def heading_styles():
    return "".join(f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
                   f'style:family="paragraph" style:default-outline-level="{level}"><style:text-properties '
                   f'fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
                   for level, size in ((1, 20), (2, 14), (3, 12)))
