"""Release, register extracts and archive packages from the outside."""
import hashlib
import json
import re
import subprocess
import zipfile

import pytest

from csip import complaints
from kansli_process import Server, kansli, kansli_json, signed_in

LETTER = "---\ntyp: letter\ndnr: KS 2026/7\n---\n# Brev om staket & mur\n\nRut Åkesson, 850312-2387, har en diagnos sedan år 2020. Staketet är 1 &lt; 2 meter.\n"


@pytest.fixture
def municipality(data, tmp_path):
    kansli("user", "add", "--data", data, "--name", "Dag Ombud", "--role", "data_protection_officer", "--role", "reader")
    for name, text in (("brev.md", LETTER), ("policy å.md", "# Policy\n\nAlla staket ska vara gröna.\n")):
        (tmp_path / name).write_text(text)
        kansli("ingest", "--data", data, "--collection", "prov", tmp_path / name)
    kansli("ask", "--data", data, "Vilken färg ska Rut Åkessons staket ha?")
    return data


def found(data, *arguments):
    return kansli_json("release", "find", "--data", data, "--by", "Dag Ombud", *arguments)["items"]


def draft(data, item):
    option = "--entry" if item["stock"] == "record" else "--version"
    return kansli_json("release", "draft", "--data", data, "--by", "Dag Ombud", option, item["id"])


def streamed(browser, path, body):
    """The events of an answer that is told while it is made: name and content."""
    answer = browser.request("POST", path, body, headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = []
    for block in answer.body.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def whole(made):
    return {"stock": made["stock"], "id": made["id"], "text_hash": made["text_hash"], "masks": [], "with_original": False}


def test_a_request_is_found_reviewed_and_packed(municipality, tmp_path):
    items = found(municipality, "--person", "19850312-2387", "--kind", "letter")
    assert [item["title"] for item in items] == ["Brev om staket & mur"]
    assert {item["stock"] for item in found(municipality, "--person", "Rut Åkesson")} == {"record", "document"}
    made = draft(municipality, items[0])
    text = made["text"].encode()
    masks = []
    for proposal in made["proposals"]:
        if proposal["reason"] in ("personnummer", "uppgift om hälsa"):
            masks.append({"start": proposal["start"], "end": proposal["end"],
                          "provision": proposal["provision"] or "21 kap. 7 § OSL"})
    assert any("diagnos" in text[mask["start"]:mask["end"]].decode() for mask in masks)
    order = {"case_number": "KS 2026/300", "items": [{**whole(made), "masks": masks}]}
    (tmp_path / "order.json").write_text(json.dumps(order))
    output = kansli("release", "make", "--data", municipality, "--by", "Dag Ombud", "--order", tmp_path / "order.json",
                    "--out", tmp_path / "ut")
    assert "anteckning" in output
    page = (tmp_path / "ut" / "001.html").read_text()
    assert "KS 2026/300" in page and "staket &amp; mur" in page and "1 &lt; 2" in page and "25 kap. 1 § OSL" in page
    assert not any(b"diagnos" in path.read_bytes() or b"2387" in path.read_bytes() for path in (tmp_path / "ut").rglob("*.*"))
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "ut").returncode == 0
    assert "hel" in kansli("record", "verify", "--data", municipality)


def test_the_page_gives_a_zip_and_refuses_those_without_the_right(municipality, tmp_path):
    server = Server(municipality)
    try:
        query = {"person": "Rut Åkesson", "case_number": "", "words": "", "kind": "letter"}
        editor = signed_in(server, municipality, "Eva Redaktör", ["editor"])
        for path, body in (("search", query), ("drafts", {"stock": "record", "id": "1"}), ("packages", {"case_number": "1", "items": []})):
            assert editor.request("POST", f"/api/release/{path}", body).status == 403
        officer = signed_in(server, municipality, "Disa Skydd", ["data_protection_officer"])
        items = officer.request("POST", "/api/release/search", query).json()["items"]
        for path, wanted in (("/api/release/search", query), ("/api/subject/search", {"names": ["Rut Åkesson"], "identity_number": ""})):
            whole_answer = officer.request("POST", path, wanted).json()
            events = streamed(officer, path, wanted)
            assert [name for name, _ in events] == ["progress"] * (len(events) - 1) + ["done"]
            assert len(events) > 1 and events[-1][1] == whole_answer
            steps = [content["done"] for _, content in events[:-1]]
            assert steps == sorted(steps) and all(0 < content["done"] <= content["all"] for _, content in events[:-1])
            assert editor.request("POST", path, wanted, headers={"Accept": "text/event-stream"}).status == 403
        nothing = {**query, "person": " ", "kind": ""}
        name, told = streamed(officer, "/api/release/search", nothing)[-1]
        assert name == "problem" and told["code"] == "invalid_input"
        made = officer.request("POST", "/api/release/drafts", {"stock": "document", "id": items[0]["id"]}).json()
        order = {"case_number": "KS 2026/301", "items": [{**whole(made), "with_original": True}]}
        answer = officer.request("POST", "/api/release/packages", order)
        assert answer.status == 200 and answer.headers["content-type"] == "application/zip"
        (tmp_path / "ut.zip").write_bytes(answer.body)
        with zipfile.ZipFile(tmp_path / "ut.zip") as archive:
            assert archive.testzip() is None
            assert archive.read("original/001.md").decode() == LETTER
            assert {"index.html", "001.html", "handlingar.json", "SHA256SUMS"} <= set(archive.namelist())
        stale = {**order, "items": [{**order["items"][0], "text_hash": "0" * 64}]}
        assert officer.request("POST", "/api/release/packages", stale).status == 409
        assert not list((municipality / "uploads").glob("*/utlamnande*"))
    finally:
        server.stop()


def test_a_register_extract_tells_all_mentions_and_not_in_the_record_of_whom(municipality, tmp_path):
    kansli("user", "add", "--data", municipality, "--name", "Rut Åkesson", "--role", "reader")
    output = kansli("subject", "extract", "--data", municipality, "--by", "Dag Ombud", "--name", "Rut Åkesson", "--number",
                    "850312-2387", "--out", tmp_path / "utdrag")
    assert "1 konton" in output
    extract = json.loads((tmp_path / "utdrag" / "registerutdrag.json").read_text())
    assert [account["name"] for account in extract["accounts"]] == ["Rut Åkesson"]
    assert {"entry", "document", "proposal"} <= {item["part"] for item in extract["items"]}
    letter = next(item for item in extract["items"] if item["title"] == "Brev om staket & mur")
    assert len(letter["places"]) == 2, "the name and the number"
    page = (tmp_path / "utdrag" / "registerutdrag.html").read_text()
    assert "850312-2387" in page and "staket &amp; mur" in page
    told = kansli("release", "find", "--data", municipality, "--by", "Dag Ombud", "--kind", "subject_extract_made", "--json")
    assert json.loads(told)["total"] == 1 and "Åkesson" not in told
    refused = kansli("subject", "extract", "--data", municipality, "--by", "Dag Ombud", "--number", "12", "--out",
                     tmp_path / "nej", check=False)
    assert refused.returncode == 3


def package_of(data, out):
    kansli("archive", "export", "--data", data, "--by", "Dag Ombud", "--label", "Provets handlingar & protokoll", "--out", out)
    return next(path for path in out.iterdir() if path.is_dir())


def test_an_archive_package_follows_csip_and_holds_the_same_bytes(municipality, tmp_path):
    package = package_of(municipality, tmp_path / "ut")
    assert complaints(package) == []
    data = package / "representations" / "rep1" / "data"
    originals = {hashlib.sha256(path.read_bytes()).hexdigest() for path in data.rglob("original.*")}
    stored = {path.name for path in (municipality / "files").rglob("*") if path.is_file()}
    assert originals == stored
    for described in data.rglob("uppgifter.json"):
        facts = json.loads(described.read_text())
        assert facts["text_hash"] == hashlib.sha256((described.parent / "text.txt").read_bytes()).hexdigest()
    entries = [json.loads(line) for line in (data / "protokoll.jsonl").read_text().splitlines()]
    previous = "0" * 64
    for entry in entries:
        assert entry["previous"] == previous
        assert entry["content_hash"] == hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["content"].encode()).hexdigest()
        previous = entry["hash"]
    assert json.loads((package / "metadata" / "preservation" / "protokoll.json").read_text())["head"] == previous


def test_the_rules_see_what_is_wrong_with_a_package(municipality, tmp_path):
    package = package_of(municipality, tmp_path / "ut")
    mets = package / "METS.xml"
    good = mets.read_text()
    changes = {
        "CSIP1:": (r' OBJID="[^"]*"', ""),
        "CSIP6:": (r' PROFILE="[^"]*"', ""),
        "CSIP7:": (r' CREATEDATE="[^"]*"', ' CREATEDATE="i går"'),
        "CSIP9:": ("OAISPACKAGETYPE=\"AIP\"", "OAISPACKAGETYPE=\"ZIP\""),
        "CSIP14:": ("<name>Kansli</name>", "<name> </name>"),
        "CSIP15–16:": ("SOFTWARE VERSION", "VERSION"),
        "CSIP22:": ("<mdRef LOCTYPE=\"URL\"", "<mdRef LOCTYPE=\"URN\""),
        "CSIP59:": (r'<fileSec ID="[^"]*"', "<fileSec"),
        "CSIP60:": ('USE="Documentation"', 'USE="Annat"'),
        "CSIP113:": ('USE="Schemas"', 'USE="Annat"'),
        "CSIP71:": (r'(<file [^>]*CHECKSUM=")..', r"\1zz"),
        "CSIP80:": ('LABEL="CSIP"', 'LABEL="EAD"'),
        "CSIP88:": ('LABEL="Metadata"', 'LABEL="Meta"'),
        "CSIP110:": ("<mptr LOCTYPE=\"URL\"", "<mptr"),
    }
    for rule, (pattern, other) in changes.items():
        changed = re.sub(pattern, other, good, count=1)
        assert changed != good, rule
        mets.write_text(changed)
        assert any(complaint.startswith(rule) for complaint in complaints(package)), rule
    mets.write_text(good)
    text = next(package.rglob("text.txt"))
    text.write_text(text.read_text() + "tillagt")
    assert any("CSIP71" in complaint for complaint in complaints(package))


def test_a_package_can_be_a_zip_of_a_part(municipality, tmp_path):
    out = tmp_path / "paket.zip"
    kansli("archive", "export", "--data", municipality, "--by", "Dag Ombud", "--label", "Prov", "--to", "2000-01-01", "--out", out,
           check=False)
    assert not out.exists(), "nothing fits"
    kansli("archive", "export", "--data", municipality, "--by", "Dag Ombud", "--label", "Prov", "--collection", "prov", "--out", out)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "upp")
    assert complaints(next((tmp_path / "upp").iterdir())) == []
