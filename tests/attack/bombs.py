"""Small files that become enormous when they are read. Each function gives a file's name and bytes."""
import functools
import io
import struct
import zipfile
import zlib

MIB = 1 << 20
CONTENT_TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                 '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                 'wordprocessingml.document.main+xml"/></Types>')
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'


def packed(members, kind=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind, compresslevel=9 if kind == zipfile.ZIP_DEFLATED else None) as made:
        for name, data in members:
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), data, kind)
    return out.getvalue()


def zeros(mebibytes):
    """Deflated zeros, a thousandth of their size: one mebibyte, over and over."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = squeeze.compress(bytes(MIB)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return piece * mebibytes + squeeze.compress(b"") + squeeze.flush(zlib.Z_FINISH)


def zip_of(name, deflated, size, entries=1):
    """A ZIP of one deflated file; `entries` of its directory all point at that file, so they lie over each other."""
    sizes = (0, len(deflated), min(size, 0xFFFFFFFE))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x5A21, *sizes, len(name), 0) + name.encode()
    directory = b""
    for number in range(entries):
        other = name if entries == 1 else f"{number:04}"[:len(name)].ljust(len(name), "_")
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x5A21, *sizes, len(name), 0, 0, 0, 0, 0, 0)
        directory += other.encode()
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, len(directory), len(local) + len(deflated), 0)
    return local + deflated + directory + end


def one_large_member():
    return "stor.zip", zip_of("a.txt", zeros(8192), 8192 * MIB)


def entries_over_each_other():
    return "överlapp.zip", zip_of("abcdefgh", zeros(32), 32 * MIB, entries=4000)


def archives_in_archives():
    data = packed([("a.txt", bytes(8 * MIB))])
    for _ in range(6):
        data = packed([(f"{number}.zip", data) for number in range(10)])
    return "nästlad.zip", data


def wide_and_deep():
    """Each level within every limit; together they would be twenty million files."""
    data = packed([(f"{number}.md", " ") for number in range(100)])
    for _ in range(3):
        data = packed([(f"{number}.zip", data) for number in range(60)])
    return "bred.zip", data


def deep_archive():
    data = b"# Innerst\n\nText.\n"
    name = "a.md"
    for _ in range(200):
        data, name = packed([(name, data)], zipfile.ZIP_STORED), "a.zip"
    return "djup.zip", data


def very_many_members():
    return "många.zip", packed([(f"{number}", "") for number in range(60_000)], zipfile.ZIP_STORED)


def word_file(document, name="bomb.docx"):
    return name, packed([("[Content_Types].xml", CONTENT_TYPES), ("word/document.xml", document)])


def billion_laughs():
    return word_file(f'<?xml version="1.0"?>{LAUGHS}<w:document {WORD}><w:body><w:p><w:r><w:t>Skratt &a11;</w:t></w:r></w:p>'
                     "</w:body></w:document>", "skratt.docx")


def entities_of_files():
    return word_file(f'<?xml version="1.0"?>{OUTSIDE}<w:document {WORD}><w:body><w:p><w:r><w:t>Utifrån &a;</w:t></w:r></w:p>'
                     "</w:body></w:document>", "utifrån.docx")


def deep_xml():
    return word_file(f'<?xml version="1.0"?><w:document {WORD}><w:body>' + "<w:p>" * 900_000 + "</w:p>" * 900_000 +
                     "</w:body></w:document>", "djup.docx")


def tables_in_tables():
    opened = "<w:tbl><w:tr><w:tc>"
    return word_file(f'<?xml version="1.0"?><w:document {WORD}><w:body>' + opened * 60_000 + "<w:p><w:r><w:t>Innerst</w:t></w:r></w:p>" +
                     "</w:tc></w:tr></w:tbl>" * 60_000 + "</w:body></w:document>", "tabeller.docx")


def very_many_attributes():
    return word_file(f'<?xml version="1.0"?><w:document {WORD} ' + " ".join(f'a{n}="{n}"' for n in range(1_000_000)) +
                     "><w:body/></w:document>", "attribut.docx")


def text_of_zeros():
    return "nollor.docx", packed([("[Content_Types].xml", CONTENT_TYPES),
                                  ("word/document.xml", b"<w:document>" + b" " * (400 * MIB))])


def open_document(content, kind, name):
    return name, packed([("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", content)])


def cells_without_end():
    names = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
             'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
    row = ('<table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000">'
           "<text:p>Hej</text:p></table:table-cell></table:table-row>")
    return open_document(f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet><table:table '
                         f'table:name="A">{row * 200}</table:table></office:spreadsheet></office:body></office:document-content>',
                         "spreadsheet", "celler.ods")


def laughing_open_document():
    return open_document(f'<?xml version="1.0"?>{LAUGHS}<x>&a11;</x>', "text", "skratt.odt")


def sheet_of_far_cells():
    sheet = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>' +
             "".join(f'<row r="{row}"><c r="XFD{row}" t="inlineStr"><is><t>Hej</t></is></c></row>' for row in range(1, 1048576, 40)) +
             '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return "långt.xlsx", packed([
        ("[Content_Types].xml", CONTENT_TYPES),
        ("xl/workbook.xml", f'<workbook xmlns:r="{relations}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", sheet)])


def letters_in_letters():
    head = 'Subject: Brev\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n'
    return "brev.eml", (head * 20_000 + "Subject: Innerst\r\n\r\nText.\r\n").encode()


def parts_in_parts():
    text = "Subject: Delar\r\nMIME-Version: 1.0\r\n"
    for number in range(5_000):
        text += f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"
    return "delar.eml", (text + "\r\nText.\r\n").encode()


def deep_page():
    return "djup.html", ("<!DOCTYPE html><title>Djup</title>" + "<div><b><table><tr><td>" * 300_000).encode()


def endless_attribute():
    return "attribut.html", ("<!DOCTYPE html><p " + "a=b " * 3_000_000).encode()


def deep_markdown():
    return "djup.md", ("# Rubrik\n\n" + "> " * 400_000 + "Innerst\n\n" + "[" * 400_000 + "\n\n" + "*a " * 200_000 + "\n\n" +
                       "".join(f"{' ' * (2 * n)}- a\n" for n in range(1_500))).encode()


def deep_lines():
    return "djup.jsonl", b'{"id":"a","title":"A","text":' + b"[" * 5_000_000 + b"\n" + b'{"id":"b","title":"B","text":"Hel rad."}\n'


def very_long_line():
    return "rad.csv", b"a;b\n" + b'"' + b"x;" * (30 * MIB) + b"\n"


def front_matter_of_aliases():
    lines = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
    return "alias.md", f"---\ntitel: Alias\n{lines}---\n# Alias\n\nText.\n".encode()


def pdf(objects):
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data, entries=b""):
    return b"<< /Length %d %s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def page_of(content, box=b"0 0 595 842", kids=b"3 0 R", count=1):
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype "
                b"/Type1 /BaseFont /Helvetica >> >> >> >>" % box, content])


def streams_in_streams():
    inner = zlib.compress(zlib.compress(bytes(900 * MIB), 9), 9)
    return "ström.pdf", page_of(stream(inner, b"/Filter [/FlateDecode /FlateDecode] "))


def very_much_text():
    text = b"BT /F 9 Tf 50 800 Td " + b"(Hej hej hej hej) Tj 0 -0.01 Td " * 150_000 + b"ET"
    return "text.pdf", page_of(stream(zlib.compress(text, 9), b"/Filter /FlateDecode "))


def enormous_page():
    return "yta.pdf", page_of(stream(b"BT /F 900 Tf 50 800 Td (Stor yta) Tj ET"), b"0 0 1000000000 1000000000")


def pages_in_a_circle():
    return "krets.pdf", page_of(stream(b"BT /F 9 Tf 50 800 Td (Krets) Tj ET"), kids=b"2 0 R 3 0 R 2 0 R", count=2_000_000_000)


# Each is made once; some take a while to squeeze.
ALL = [functools.cache(bomb) for bomb in (one_large_member, entries_over_each_other, archives_in_archives, wide_and_deep, deep_archive, very_many_members, billion_laughs,
       entities_of_files, deep_xml, tables_in_tables, very_many_attributes, text_of_zeros, cells_without_end,
       laughing_open_document, sheet_of_far_cells, letters_in_letters, parts_in_parts, deep_page, endless_attribute,
       deep_markdown, deep_lines, very_long_line, front_matter_of_aliases, streams_in_streams, very_much_text, enormous_page,
       pages_in_a_circle)]
