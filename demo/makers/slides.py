"""PPTX written by hand: one slide for each heading, the rest of its blocks as bullets."""

from xml.sax.saxutils import escape

from makers.archive import FIXED_ISO, write_archive

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
          f'xmlns:r="{OFFICE}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"')
GROUP = ("<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>")
TYPES = "application/vnd.openxmlformats-officedocument.presentationml"
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
LINE = f'<a:ln w="9525">{FILL}</a:ln>'


def split_slides(source):
    slides = []
    for block in source.blocks:
        if block.kind == "heading":
            slides.append((block.text, []))
        else:
            slides[-1][1].extend(block.items or [block.text])
    return slides


def write_pptx(source, path):
    slides = split_slides(source)
    parts = [("[Content_Types].xml", content_types(len(slides))),
             ("_rels/.rels", relations([("officeDocument", "ppt/presentation.xml")]) .replace(
                 "</Relationships>", f'<Relationship Id="rId9" Type="{PACKAGE}/relationships/metadata/'
                 'core-properties" Target="docProps/core.xml"/></Relationships>')),
             ("docProps/core.xml", core(source)), ("ppt/presentation.xml", presentation(len(slides)))]
    links = [("slideMaster", "slideMasters/slideMaster1.xml")]
    links += [("slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)]
    parts += [("ppt/_rels/presentation.xml.rels", relations(links))]
    for number, (title, lines) in enumerate(slides, 1):
        parts += [(f"ppt/slides/slide{number}.xml", slide(title, lines, number == 1)),
                  (f"ppt/slides/_rels/slide{number}.xml.rels",
                   relations([("slideLayout", "../slideLayouts/slideLayout1.xml")]))]
    write_archive(path, parts + frame())


def frame():
    """The master, layout and theme that the format demands."""
    empty = f"<p:cSld><p:spTree>{GROUP}</p:spTree></p:cSld>"
    colours = ('<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
               'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
               'folHlink="folHlink"/>')
    master = (f'{HEAD}<p:sldMaster {SPACES}>{empty}{colours}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" '
              'r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>')
    layout = f'{HEAD}<p:sldLayout {SPACES} type="obj">{empty}</p:sldLayout>'
    return [("ppt/slideMasters/slideMaster1.xml", master),
            ("ppt/slideMasters/_rels/slideMaster1.xml.rels",
             relations([("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")])),
            ("ppt/slideLayouts/slideLayout1.xml", layout),
            ("ppt/slideLayouts/_rels/slideLayout1.xml.rels",
             relations([("slideMaster", "../slideMasters/slideMaster1.xml")])),
            ("ppt/theme/theme1.xml", theme())]


def theme():
    names = (("dk1", "1B1B1B"), ("lt1", "FFFFFF"), ("dk2", "1F4D3A"), ("lt2", "EEF3F0"), ("accent1", "1F4D3A"),
             ("accent2", "5B8C73"), ("accent3", "C7A94B"), ("accent4", "7A5C3E"), ("accent5", "4C6A8A"),
             ("accent6", "9B4B4B"), ("hlink", "1F4D8A"), ("folHlink", "5A3D7A"))
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in names)
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    styles = (f"<a:fillStyleLst>{FILL * 3}</a:fillStyleLst><a:lnStyleLst>{LINE * 3}</a:lnStyleLst>"
              f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
              f"<a:bgFillStyleLst>{FILL * 3}</a:bgFillStyleLst>")
    return (f'{HEAD}<a:theme {SPACES} name="Sälgvalla"><a:themeElements><a:clrScheme name="Sälgvalla">{colours}'
            f'</a:clrScheme><a:fontScheme name="Sälgvalla"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}'
            f'</a:minorFont></a:fontScheme><a:fmtScheme name="Sälgvalla">{styles}</a:fmtScheme>'
            "</a:themeElements></a:theme>")


def content_types(count):
    overrides = [("ppt/presentation.xml", f"{TYPES}.presentation.main+xml"),
                 ("ppt/slideMasters/slideMaster1.xml", f"{TYPES}.slideMaster+xml"),
                 ("ppt/slideLayouts/slideLayout1.xml", f"{TYPES}.slideLayout+xml"),
                 ("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
                 ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    overrides += [(f"ppt/slides/slide{number}.xml", f"{TYPES}.slide+xml") for number in range(1, count + 1)]
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{listed}</Types>')


def relations(targets):
    listed = "".join(f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                     for number, (kind, target) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def core(source):
    return (f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(source.title)}</dc:title><dc:creator>{escape(source.attributes['owner'])}"
            f'</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{FIXED_ISO}</dcterms:created>'
            "</cp:coreProperties>")


def presentation(count):
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number + 1}"/>' for number in range(1, count + 1))
    return (f'{HEAD}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
            f'</p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>'
            '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>')


def slide(title, lines, first):
    size = 44 if first else 32
    return (f"{HEAD}<p:sld {SPACES}><p:cSld><p:spTree>{GROUP}"
            + box(2, "title", title_frame(first), [title], size, False)
            + box(3, "body", (838200, 3600000 if first else 1825625, 10515600, 4351338), lines, 22, not first)
            + "</p:spTree></p:cSld></p:sld>")


def title_frame(first):
    return (838200, 1700000 if first else 500000, 10515600, 1325563)


def box(number, kind, frame_box, lines, size, bullets):
    x, y, width, height = frame_box
    mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if bullets else "<a:buNone/>"
    indent = ' marL="342900" indent="-342900"' if bullets else ""
    text = "".join(f'<a:p><a:pPr{indent}><a:spcAft><a:spcPts val="900"/></a:spcAft>{mark}</a:pPr><a:r><a:rPr '
                   f'lang="sv-SE" sz="{size * 100}"/><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines)
    place = ' idx="1"' if kind == "body" else ""
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr/><p:nvPr><p:ph '
            f'type="{kind}"{place}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext '
            f'cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            f'<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>')
