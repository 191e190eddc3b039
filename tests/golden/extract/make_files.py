"""Makes the input files of the extract tests. Run by hand in this folder when an input is to change:
    /usr/bin/python3 make_files.py
Needs python3-docx, python3-openpyxl, python3-reportlab and python3-pil. The texts are invented."""
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import numbers
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
WIDTH, HEIGHT = A4


class Pages:
    """Lines of text set by hand, so that every place on the page is known."""

    def __init__(self, name, title, **options):
        self.canvas = canvas.Canvas(str(HERE / name), pagesize=A4, invariant=1, **options)
        self.canvas.setTitle(title)
        self.y = HEIGHT - 90

    def line(self, text, x=72, size=11, font="Helvetica", step=None):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= step or size * 1.3

    def cells(self, *cells, size=11):
        self.canvas.setFont("Helvetica", size)
        for x, text in cells:
            if x < 0:
                self.canvas.drawRightString(-x, self.y, text)
            else:
                self.canvas.drawString(x, self.y, text)
        self.y -= size * 1.5

    def gap(self, points=10):
        self.y -= points

    def page(self, head=None, foot=None):
        self.canvas.setFont("Helvetica", 8)
        if head:
            self.canvas.drawString(72, HEIGHT - 45, head)
        if foot:
            self.canvas.drawRightString(WIDTH - 72, 40, foot)
        self.canvas.showPage()
        self.y = HEIGHT - 90

    def save(self):
        self.canvas.save()


def fees_pdf():
    pages = Pages("taxa.pdf", "Taxa för byggnadsnämnden")
    pages.line("Taxa för byggnadsnämnden", size=20, font="Helvetica-Bold")
    pages.gap()
    for text in ("Byggnadsnämnden tar ut avgift för prövning av ansökan om lov. Avgiften ska betalas i",
                 "förskott om nämnden inte beslutar något annat. Den som inte betalar får ett beslut av byggnads-",
                 "nämnden. För bygg- och miljöärenden gäller samma taxa, liksom för EU-",
                 "stöd till energieffektivisering."):
        pages.line(text)
    pages.gap(14)
    pages.line("1 Avgifter för bygglov", size=14, font="Helvetica-Bold")
    pages.gap(4)
    pages.cells((72, "Åtgärd"), (-420, "Avgift"), (450, "Tid"))
    pages.cells((72, "Bygglov komplementbyggnad"), (-420, "4 500 kr"), (450, "10 timmar"))
    pages.cells((72, "Bygglov enbostadshus"), (-420, "32 000 kr"), (450, "40 timmar"))
    pages.cells((72, "Anmälan eldstad"), (-420, "1 800 kr"), (450, "2 timmar"))
    pages.cells((72, "Rivningslov för byggnad"), (450, ""))
    pages.cells((72, "större än 15 m²"), (-420, "6 000 kr"), (450, "8 timmar"))
    pages.gap(14)
    pages.line("2 Betalning", size=14, font="Helvetica-Bold")
    pages.gap(4)
    pages.line("Avgiften betalas mot faktura. Den som")
    pages.line("•   är under 18 år,", x=80)
    pages.line("•   har beviljats försörjningsstöd och som kan visa beslutet för nämndens handläggare, eller", x=80)
    pages.line("söker lov för en ramp", x=94)
    pages.line("betalar inte.", x=72)
    pages.page("Exempelstads kommun   Taxa 2026", "Sida 1 (3)")
    pages.line("3 Återbetalning", size=14, font="Helvetica-Bold")
    pages.gap(4)
    pages.line("Tas ansökan tillbaka innan handläggningen har börjat betalas hela avgiften tillbaka. Avgiften")
    pages.line("betalas tillbaka till det konto som den sökande anger. Nämnden beslutar om undantag i sär-")
    pages.page("Exempelstads kommun   Taxa 2026", "Sida 2 (3)")
    pages.line("skilda fall, och beslutet kan överklagas.")
    pages.gap(14)
    pages.line("4 § första stycket plan- och bygglagen gäller i övrigt.")
    pages.page("Exempelstads kommun   Taxa 2026", "Sida 3 (3)")
    pages.save()


def columns_pdf():
    pages = Pages("spalter.pdf", "Hemtjänst i Exempelstad")
    pages.line("Hemtjänst i Exempelstad", size=18, font="Helvetica-Bold")
    top = pages.y - 10
    left = ["Hemtjänst är stöd och hjälp i hemmet för",
            "den som inte klarar vardagen själv. Du kan",
            "få hjälp med städning, tvätt, inköp och",
            "personlig omvårdnad. Ansök hos kommunens",
            "biståndshandläggare, som utreder behovet",
            "tillsammans med dig och dina närstående.",
            "Beslutet är skriftligt och kan överklagas.",
            "Handläggaren hör av sig inom en vecka och"]
    right = ["bestämmer en tid för hembesök. Avgiften",
             "beror på din inkomst och på hur mycket",
             "hjälp du får. Ingen betalar mer än den",
             "högsta avgiften enligt socialtjänstlagen.",
             "Personalen har tystnadsplikt. Du väljer",
             "själv vem som ska utföra insatserna, och",
             "du kan byta utförare när du vill. Ring",
             "kontaktcenter om du har frågor."]
    for x, texts in ((72, left), (320, right)):
        pages.y = top
        for text in texts:
            pages.line(text, x=x, size=10)
    pages.page()
    pages.save()


def statute_pdf():
    pages = Pages("lag.pdf", "Lag (2026:1) om exempel")
    pages.line("Lag (2026:1) om exempel", size=16, font="Helvetica-Bold")
    pages.gap(8)
    pages.line("1 kap. Inledande bestämmelser", size=13, font="Helvetica-Bold")
    pages.gap(6)
    pages.line("Lagens syfte", font="Helvetica-Oblique")
    pages.line("1 § Lagen syftar till att visa hur en författning ser ut. Den gäller enligt 9 kap.")
    pages.line("4 § första stycket andra meningen plan- och bygglagen (2010:900).")
    pages.line("2 § Kommunen ska")
    pages.line("1. planera,", x=86)
    pages.line("2. pröva frågor om", x=86)
    pages.line("a) bygglov, och", x=100)
    pages.line("b) rivningslov.", x=100)
    pages.line("Andra stycket gäller alla.", x=84)
    pages.gap(8)
    pages.line("9 kap. Lov", size=13, font="Helvetica-Bold")
    pages.gap(6)
    pages.line("4 §", font="Helvetica-Bold")
    pages.line("Det krävs bygglov för nybyggnad. Lag (2026:2).")
    pages.gap(4)
    pages.line("8 a §", font="Helvetica-Bold")
    pages.line("Trots 4 § krävs inte bygglov för en friggebod.")
    pages.page()
    pages.save()


def scanned_pdf():
    image = Image.new("L", (1240, 900), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 36)
    for i, text in enumerate(("Protokoll från byggnadsnämnden", "Nämnden beslutar att bevilja bygglov", "för en förskola på fastigheten Äpplet 4.")):
        draw.text((120, 150 + 70 * i), text, font=font, fill=0)
    pages = canvas.Canvas(str(HERE / "skannad.pdf"), pagesize=(595, 432), invariant=1)
    stored = io.BytesIO()
    image.convert("1").save(stored, "PNG")
    stored.seek(0)
    pages.drawInlineImage(Image.open(stored), 0, 0, 595, 432)
    pages.showPage()
    pages.showPage()
    pages.save()


def locked_pdf():
    pages = Pages("last.pdf", "Hemlig", encrypt=StandardEncryption("hemligt", strength=128))
    pages.line("Hemlig text")
    pages.page()
    pages.save()


NUMBERING = """<w:numbering %s>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%%1.%%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>""" % nsdecls("w")

FOOTNOTES = """<?xml version="1.0" encoding="UTF-8"?><w:footnotes %s><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Beloppet räknas upp varje år.</w:t></w:r></w:p></w:footnote></w:footnotes>""" % nsdecls("w")


def numbered(paragraph, number, level=0):
    paragraph._p.get_or_add_pPr().append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    return paragraph


def insert(paragraph, xml):
    paragraph._p.append(parse_xml(xml.replace("W:NS", nsdecls("w"))))


def guideline_docx():
    document = docx.Document()
    document.core_properties.title = "Riktlinje för avgifter"
    document.core_properties.author = "Vård- och omsorgsnämnden"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 15, 8, 0)
    numbering = document.part.numbering_part._element
    for element in list(numbering):
        numbering.remove(element)
    for element in parse_xml(NUMBERING):
        numbering.append(element)
    for style, level in (("Heading 1", 0), ("Heading 2", 1)):
        document.styles[style].element.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'))
    section = document.sections[0]
    section.header.paragraphs[0].text = "Sidhuvud som inte ska läsas"
    document.add_paragraph("Riktlinje för avgifter", style="Title")
    contents = document.add_paragraph()
    insert(contents, '<w:r W:NS><w:fldChar w:fldCharType="begin"/></w:r>')
    insert(contents, '<w:r W:NS><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>')
    insert(contents, '<w:r W:NS><w:fldChar w:fldCharType="separate"/></w:r>')
    insert(contents, '<w:r W:NS><w:t>Allmänt 1</w:t></w:r>')
    more = document.add_paragraph("Avgifter 2")
    insert(more, '<w:r W:NS><w:fldChar w:fldCharType="end"/></w:r>')
    document.add_heading("Allmänt", 1)
    changed = document.add_paragraph("Avgiften är ")
    insert(changed, '<w:del W:NS><w:r><w:delText>300</w:delText></w:r></w:del>')
    insert(changed, '<w:ins W:NS><w:r><w:t>350</w:t></w:r></w:ins>')
    insert(changed, '<w:r W:NS><w:t xml:space="preserve"> kronor</w:t></w:r>')
    insert(changed, '<w:r W:NS><w:footnoteReference w:id="2"/></w:r>')
    insert(changed, '<w:r W:NS><w:t xml:space="preserve"> per månad. </w:t></w:r>')
    insert(changed, '<w:r W:NS><w:rPr><w:vanish/></w:rPr><w:t>Dold text.</w:t></w:r>')
    insert(changed, '<w:hyperlink W:NS w:anchor="x"><w:r><w:t>Läs mer på webben.</w:t></w:r></w:hyperlink>')
    document.add_heading("Avgifter", 1)
    document.add_heading("Hemtjänst", 2)
    document.add_paragraph("Den som har hemtjänst betalar")
    numbered(document.add_paragraph("för omvårdnad, och"), 2)
    numbered(document.add_paragraph("för service, nämligen"), 2)
    numbered(document.add_paragraph("städning"), 2, 1)
    numbered(document.add_paragraph("tvätt."), 2, 1)
    document.add_heading("Matlåda", 2)
    numbered(document.add_paragraph("En låda per dag."), 3)
    numbered(document.add_paragraph("Ny lista börjar om."), 4)
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("Nivå", "Timmar", "Avgift"), ("1", "0–2", "350 kr"), ("", "3–8", "700 kr"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    box = document.add_paragraph("Se rutan.")
    insert(box, '<w:r W:NS xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
                '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>Text i en ruta.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
                '<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Text i en ruta.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>'
                '</mc:AlternateContent></w:r>')
    stored = io.BytesIO()
    document.save(stored)
    keep = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels", "docProps/core.xml")
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(HERE / "riktlinje.docx", "w", zipfile.ZIP_DEFLATED) as target:
        for name in keep:
            write(target, name, source.read(name))
        write(target, "word/footnotes.xml", FOOTNOTES)


def write(archive, name, data):
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def fees_xlsx():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Avgifter 2026"
    sheet.append(["Taxa för byggnadsnämnden"])
    sheet.append([])
    sheet.append(["Område", "Åtgärd", "Avgift", "Andel", "Gäller från", "Tid"])
    sheet.append(["Lov", "Bygglov altan", 4500, 0.125, date(2026, 1, 1), 0.354166667])
    sheet.append([None, "Bygglov carport", 6250.5, 1, date(2026, 7, 1), 0.5])
    sheet.append([])
    sheet.append(["Tillsyn", "Olovlig åtgärd", "=C4*2", None, None, None])
    for row in (4, 5, 7):
        sheet.cell(row, 3).number_format = '#,##0" kr"'
        sheet.cell(row, 4).number_format = numbers.FORMAT_PERCENTAGE_00
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
        sheet.cell(row, 6).number_format = "hh:mm"
    sheet.merge_cells("A4:A5")
    hidden = workbook.create_sheet("Arbetsblad")
    hidden.sheet_state = "hidden"
    hidden.append(["hemligt", "arbete"])
    workbook.properties.title = "Taxa 2026"
    workbook.properties.creator = "Byggnadsnämnden"
    workbook.properties.created = workbook.properties.modified = datetime(2026, 1, 15, 8, 0)
    stored = io.BytesIO()
    workbook.save(stored)
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(HERE / "taxa.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":  # the value that a spreadsheet program would have worked out
                data = data.replace(b"<f>C4*2</f><v />", b"<f>C4*2</f><v>9000</v>").replace(b"<f>C4*2</f><v></v>", b"<f>C4*2</f><v>9000</v>")
            if not name.startswith("xl/theme"):
                write(target, name, data)


ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
       'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
       'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"')


def odf(name, kind, content, styles=None, title=""):
    with zipfile.ZipFile(HERE / name, "w") as target:
        write(target, "mimetype", f"application/vnd.oasis.opendocument.{kind}")
        write(target, "content.xml", f'<?xml version="1.0"?><office:document-content {ODF}>{content}</office:document-content>')
        if styles:
            write(target, "styles.xml", f'<?xml version="1.0"?><office:document-styles {ODF}>{styles}</office:document-styles>')
        write(target, "meta.xml", f'<?xml version="1.0"?><office:document-meta {ODF}><office:meta><dc:title>{title}</dc:title>'
                                  '<meta:initial-creator>Kultur- och fritidsnämnden</meta:initial-creator></office:meta></office:document-meta>')


def handbook_odt():
    odf("handbok.odt", "text", """<office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>Struken text</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="P1">Handbok för idrottshallar</text:p>
<text:table-of-content><text:index-body><text:p>Bokning 1</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">Bokning</text:h>
<text:p>En hall <text:span>bokas</text:span> <text:span>på webben</text:span>.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Senast tre dagar i förväg.</text:p></text:note-body></text:note><text:s text:c="2"/>Det
kostar.</text:p>
<text:h text:outline-level="2">Avgifter</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>Föreningar betalar</text:p><text:list><text:list-item><text:p>på vardagar, och</text:p></text:list-item>
<text:list-item><text:p>på helger.</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Skolor betalar inte.</text:p></text:list-item></text:list>
<text:list text:style-name="L2"><text:list-item><text:p>Nyckel hämtas i receptionen.</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Hall</text:p></table:table-cell><table:table-cell><text:p>Pris</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>A-hallen</text:p></table:table-cell><table:table-cell><text:p>120 kr</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>Text i en ram.</text:p></draw:text-box></draw:frame></text:p>
<text:h text:outline-level="1">Ordning</text:h></office:text></office:body>""",
        """<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>""", "Handbok för idrottshallar")


def sheet_ods():
    def row(*cells, repeat=""):
        return f"<table:table-row{repeat}>" + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" if c else "<table:table-cell/>" for c in cells) + "</table:table-row>"
    odf("hallar.ods", "spreadsheet", '<office:body><office:spreadsheet><table:table table:name="Priser">'
        + row("Hall", "Pris", "Gäller från") + row("A-hallen", "120 kr", "2026-01-01")
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        + row("B-hallen", "90 kr", "") + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
        + "</table:table></office:spreadsheet></office:body>")


def slides_pptx():
    names = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
             'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

    def shape(kind, *paragraphs):
        return f'<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{"".join(paragraphs)}</p:txBody></p:sp>'

    def words(text, properties=""):
        return f"<a:p><a:pPr {properties}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>" if properties else f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"

    first = (shape('<p:ph type="body"/>', words("Snöröjning börjar vid 5 cm."), words("Gångvägar först", 'lvl="1">')) + shape('<p:ph type="title"/>', words("Vinterväghållning"))
             + shape('<p:ph type="sldNum"/>', words("1")))
    second = (shape("", words("Så här gör du:"), words("Ring kontaktcenter", '><a:buAutoNum type="arabicPeriod"/>'), words("Uppge plats", '><a:buAutoNum type="arabicPeriod"/>'))
              + "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>" + words("Väg") + "</a:txBody></a:tc><a:tc><a:txBody>" + words("Timmar")
              + "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>")
    with zipfile.ZipFile(HERE / "vinter.pptx", "w") as target:
        write(target, "[Content_Types].xml", "<Types/>")
        write(target, "ppt/presentation.xml", f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>')
        write(target, "ppt/_rels/presentation.xml.rels", f'<Relationships {relations}><Relationship Id="rId1" Target="slides/slide2.xml"/><Relationship Id="rId2" Target="slides/slide1.xml"/></Relationships>')
        write(target, "ppt/slides/slide1.xml", f"<p:sld {names}><p:cSld><p:spTree>{first}</p:spTree></p:cSld></p:sld>")
        write(target, "ppt/slides/slide2.xml", f"<p:sld {names}><p:cSld><p:spTree>{second}</p:spTree></p:cSld></p:sld>")
        write(target, "ppt/slides/_rels/slide1.xml.rels", f'<Relationships {relations}><Relationship Id="rId1" Target="../notesSlides/notesSlide1.xml"/></Relationships>')
        write(target, "ppt/notesSlides/notesSlide1.xml", f'<p:notes {names}><p:cSld><p:spTree>{shape("""<p:ph type="body"/>""", words("Nämn jourtelefonen."))}</p:spTree></p:cSld></p:notes>')


def archive_zip():
    with zipfile.ZipFile(HERE / "arkiv.zip", "w") as target:
        write(target, "Protokoll/beslut på remiss.txt", "Nämnden beslutar.")
        write(target, "../../taxa.md", "# Taxa\n\nText.")
    # An older program wrote the first name in the character set of DOS.
    data = (HERE / "arkiv.zip").read_bytes()
    utf8 = "Protokoll/beslut på remiss.txt".encode()
    assert data.count(utf8) == 2
    with zipfile.ZipFile(HERE / "dos.zip", "w") as target:
        write(target, "xxx.txt", "Nämnden beslutar.")
    data = (HERE / "dos.zip").read_bytes().replace(b"xxx.txt", "åäö.txt".encode("cp437"))
    (HERE / "dos.zip").write_bytes(data)


if __name__ == "__main__":
    fees_pdf()
    columns_pdf()
    statute_pdf()
    scanned_pdf()
    locked_pdf()
    guideline_docx()
    fees_xlsx()
    handbook_odt()
    sheet_ods()
    slides_pptx()
    archive_zip()
