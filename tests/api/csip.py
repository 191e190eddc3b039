"""The rules of E-ARK CSIP 2.1.0 that a package must follow, by their numbers, and the checksums of its files.

Written from the requirements, not from our writer: it reads METS with Python's own XML parser and looks for what each MUST asks for."""
import hashlib
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from pathlib import Path

METS = "{http://www.loc.gov/METS/}"
LINK = "{http://www.w3.org/1999/xlink}"
CSIP = "{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}"
NCNAME = re.compile(r"[A-Za-z_][\w.-]*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Package:
    def __init__(self, mets_file, root):
        self.file = mets_file
        self.base = mets_file.parent
        self.root = root
        self.tree = ElementTree.parse(mets_file).getroot()
        self.wrong = []
        self.ids = [element.get("ID") for element in self.tree.iter() if element.get("ID")]

    def must(self, number, holds, what):
        if not holds:
            self.wrong.append(f"CSIP{number}: {what} ({self.file.relative_to(self.root)})")

    def target(self, element):
        return self.base / urllib.parse.unquote(element.get(LINK + "href", ""))

    def check_link(self, numbers, element):
        loctype, kind, href = numbers
        self.must(loctype, element.get("LOCTYPE") == "URL", "LOCTYPE is URL")
        self.must(kind, element.get(LINK + "type") == "simple", "xlink:type is simple")
        self.must(href, element.get(LINK + "href") and self.target(element).is_file(), f"href leads to a file: {element.attrib}")

    def check_facts(self, numbers, element, target):
        mime, size, created, checksum, kind = numbers
        self.must(mime, "/" in element.get("MIMETYPE", ""), "MIMETYPE is a media type")
        self.must(created, MOMENT.fullmatch(element.get("CREATED", "")), "CREATED is a moment")
        self.must(kind, element.get("CHECKSUMTYPE") == "SHA-256", "CHECKSUMTYPE is from the METS list")
        if target.is_file():
            data = target.read_bytes()
            self.must(size, element.get("SIZE") == str(len(data)), f"SIZE is that of the file: {target.name}")
            self.must(checksum, element.get("CHECKSUM") == hashlib.sha256(data).hexdigest(), f"CHECKSUM is right: {target.name}")

    def check_root(self):
        root = self.tree
        self.must(1, root.get("OBJID"), "OBJID")
        self.must(2, root.get("TYPE"), "TYPE")
        self.must(3, root.get("TYPE") != "OTHER" or root.get(CSIP + "OTHERTYPE"), "OTHERTYPE when TYPE is OTHER")
        self.must(4, root.get(CSIP + "CONTENTINFORMATIONTYPE"), "CONTENTINFORMATIONTYPE")
        self.must(5, root.get(CSIP + "OTHERCONTENTINFORMATIONTYPE"), "its other name when it is OTHER")
        self.must(6, root.get("PROFILE", "").startswith("https://"), "PROFILE")
        self.must("", len(self.ids) == len(set(self.ids)), "all IDs differ")
        self.must("", all(NCNAME.fullmatch(each) for each in self.ids), "all IDs are XML names")

    def check_header(self):
        header = self.tree.find(METS + "metsHdr")
        self.must(117, header is not None, "metsHdr")
        if header is None:
            return
        self.must(7, MOMENT.fullmatch(header.get("CREATEDATE", "")), "CREATEDATE")
        self.must(9, header.get(CSIP + "OAISPACKAGETYPE") in ("SIP", "AIP", "DIP", "AIU", "AIC"), "OAISPACKAGETYPE")
        software = [agent for agent in header.findall(METS + "agent")
                    if (agent.get("ROLE"), agent.get("TYPE"), agent.get("OTHERTYPE")) == ("CREATOR", "OTHER", "SOFTWARE")]
        self.must("10–13", len(software) == 1, "an agent that is the software")
        for agent in software:
            self.must(14, (agent.findtext(METS + "name") or "").strip(), "name of the software")
            notes = [note for note in agent.findall(METS + "note") if note.get(CSIP + "NOTETYPE") == "SOFTWARE VERSION"]
            self.must("15–16", len(notes) == 1 and notes[0].text, "version of the software")

    def check_metadata(self):
        for section in self.tree.findall(METS + "dmdSec"):
            self.must(18, section.get("ID"), "dmdSec/@ID")
            self.must(19, MOMENT.fullmatch(section.get("CREATED", "")), "dmdSec/@CREATED")
            self.must(20, section.get("STATUS") in ("SUPERSEDED", "CURRENT", None), "dmdSec/@STATUS")
            self.check_reference(section, 21, (22, 23, 24), 25, (26, 27, 28, 29, 30))
        for section in self.tree.findall(f"{METS}amdSec/{METS}digiprovMD"):
            self.must(33, section.get("ID"), "digiprovMD/@ID")
            self.must(34, section.get("STATUS") in ("SUPERSEDED", "CURRENT", None), "digiprovMD/@STATUS")
            self.check_reference(section, 35, (36, 37, 38), 39, (40, 41, 42, 43, 44))
        for section in self.tree.findall(f"{METS}amdSec/{METS}rightsMD"):
            self.must(46, section.get("ID"), "rightsMD/@ID")
            self.check_reference(section, 48, (49, 50, 51), 52, (53, 54, 55, 56, 57))

    def check_reference(self, section, there, link, kind, facts):
        reference = section.find(METS + "mdRef")
        self.must(there, reference is not None, "mdRef")
        if reference is None:
            return
        self.check_link(link, reference)
        self.must(kind, reference.get("MDTYPE"), "MDTYPE")
        self.must(kind, reference.get("MDTYPE") != "OTHER" or reference.get("OTHERMDTYPE"), "OTHERMDTYPE when it is OTHER")
        self.check_facts(facts, reference, self.target(reference))

    def check_files(self):
        section = self.tree.find(METS + "fileSec")
        self.must(58, section is not None, "fileSec")
        if section is None:
            return
        self.must(59, section.get("ID"), "fileSec/@ID")
        uses = [group.get("USE", "") for group in section.findall(METS + "fileGrp")]
        if self.base == self.root:
            self.must(60, "Documentation" in uses, "a group of documentation")
            self.must(113, "Schemas" in uses, "a group of schemas")
            self.must(114, any(use.startswith("Representations") for use in uses), "a group for the representation")
        for group in section.findall(METS + "fileGrp"):
            self.must(64, group.get("USE"), "fileGrp/@USE")
            self.must(65, group.get("ID"), "fileGrp/@ID")
            files = group.findall(METS + "file")
            self.must(66, files, "a file in each group")
            for file in files:
                self.must(67, file.get("ID"), "file/@ID")
                locations = file.findall(METS + "FLocat")
                self.must(76, len(locations) == 1, "one FLocat")
                for location in locations:
                    self.check_link((77, 78, 79), location)
                    self.check_facts((68, 69, 70, 71, 72), file, self.target(location))

    def check_structure(self):
        maps = [each for each in self.tree.findall(METS + "structMap") if each.get("LABEL") == "CSIP"]
        self.must(80, len(maps) == 1, "one structMap of CSIP")
        if not maps:
            return
        self.must(81, maps[0].get("TYPE") == "PHYSICAL", "structMap/@TYPE")
        self.must(82, maps[0].get("LABEL") == "CSIP", "structMap/@LABEL")
        self.must(83, maps[0].get("ID"), "structMap/@ID")
        tops = maps[0].findall(METS + "div")
        self.must(84, len(tops) == 1, "one division around all")
        top = tops[0]
        self.must(85, top.get("LABEL") == self.tree.get("OBJID"), "its LABEL is the package's OBJID")
        self.must(86, top.get("ID"), "its ID")
        divisions = {division.get("LABEL"): division for division in top.findall(METS + "div")}
        for division in divisions.values():
            self.must("89, 94, 98, 102, 106", division.get("ID"), "ID of each division")
        if self.base == self.root:
            self.check_metadata_division(divisions.get("Metadata"))
            for number, label in ((93, "Documentation"), (97, "Schemas")):
                self.must(number, label in divisions, f"division {label}")
            self.check_representations(divisions)
        groups = {group.get("ID") for group in self.tree.iter(METS + "fileGrp")}
        for pointer in self.tree.iter(METS + "fptr"):
            self.must("96, 100, 104, 116, 118, 119", pointer.get("FILEID") in groups, "fptr names a group of files")

    def check_metadata_division(self, division):
        self.must(88, division is not None, "division Metadata")
        if division is None:
            return
        self.must(90, division.get("LABEL") == "Metadata", "its LABEL")
        self.must(91, division.get("ADMID") in self.ids, "ADMID names a section")
        self.must(92, division.get("DMDID") in self.ids, "DMDID names a section")

    def check_representations(self, divisions):
        found = [division for label, division in divisions.items() if label.startswith("Representations/")]
        self.must(105, found, "a division for the representation")
        groups = {group.get("ID"): group.get("USE") for group in self.tree.iter(METS + "fileGrp")}
        for division in found:
            pointer = division.find(METS + "mptr")
            self.must(109, pointer is not None, "mptr")
            self.check_link((110, 111, 112), pointer)
            self.must(108, groups.get(pointer.get(LINK + "title")) == division.get("LABEL"), "xlink:title names its group")

    def check(self):
        self.check_root()
        self.check_header()
        self.check_metadata()
        self.check_files()
        self.check_structure()
        return self.wrong

    def listed(self):
        places = [self.target(element) for name in ("FLocat", "mdRef") for element in self.tree.iter(METS + name)]
        return {place.resolve() for place in places} | {self.file.resolve()}


def complaints(folder):
    """All that a package does wrong."""
    folder = Path(folder)
    if not (folder / "METS.xml").is_file():
        return ["CSIPSTR4: METS.xml is missing"]
    packages = [Package(folder / "METS.xml", folder)]
    wrong = []
    for name in ("metadata", "representations", "schemas", "documentation"):
        if not (folder / name).is_dir():
            wrong.append(f"CSIPSTR: folder {name} is missing")
    for representation in sorted((folder / "representations").iterdir()):
        if not (representation / "data").is_dir():
            wrong.append(f"CSIPSTR11: {representation.name} has no data")
        packages.append(Package(representation / "METS.xml", folder))
    for package in packages:
        wrong += package.check()
    listed = set().union(*(package.listed() for package in packages))
    unlisted = {path.resolve() for path in folder.rglob("*") if path.is_file()} - listed
    return wrong + [f"not listed: {path.name}" for path in sorted(unlisted)]
