"""File names that try to be paths, headers, devices or other file names: of uploads, inside archives and letters, in downloads."""
import io
import re
import time
import unicodedata
import urllib.parse
import zipfile

import pytest

from kansli_process import Server, kansli_json, left_of_uploads, new_data_folder, signed_in

# What a form's filename="…" can hold; the browser's own escapes (%0D, %0A, %22) among them.
NAMES = {
    "up": "../../../../etc/kansli-angrepp.md", "up in the folder": "../kansli.toml", "absolute": "/etc/kansli-angrepp.md",
    "windows": r"..\..\kansli.toml", "drive": r"C:\Windows\angrepp.md", "share": r"\\server\andel\angrepp.md",
    "encoded": "%2e%2e%2f%2e%2e%2fkansli.toml", "twice encoded": "%252e%252e%252fkansli.toml", "dots": "..", "dot": ".",
    "hidden": ".kansli.toml", "device": "CON", "device with ending": "nul.md", "stream": "a.md::$DATA", "trailing": "a.md. . .",
    "header": "a.md%0D%0ASet-Cookie: kansli_session=planterad%0D%0A", "quotes": 'a%22; filename=%22b.exe', "semicolon": "a.md;b=c",
    "right to left": "faktura\u202edm.exe", "left again": "a\u2066b\u2069\u200f.md", "invisible": "a\u200bb\ufeff.md",
    "markup": "<img src=x onerror=alert(1)>.md", "command": "$(touch angrepp) `id` | ls ; #.md", "option": "--output=angrepp.md",
    "star": "*?[a-z].md", "space": "   ", "overlong dots": "\u2025/\u2025/kansli.toml", "longest": "å" * 125 + ".md",
}
MEMBERS = {**NAMES, "bare header": "a\r\nSet-Cookie: kansli_session=planterad", "bare quotes": 'a"; filename="b.exe', "nul": "a\x00b.md",
           "very long": "a/" * 400 + "b.md"}


def text_of(number):
    return f"# Handling {number}\n\nEn rad om handling {number}.\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A data folder that lies a few folders down, so that what gets out of it is found."""
    top = tmp_path_factory.mktemp("names")
    inside = top / "a" / "b" / "c"
    inside.mkdir(parents=True)
    server = Server(new_data_folder(inside / "data"))
    server.data, server.top = inside / "data", top
    server.editor = signed_in(server, server.data, "Eva Redaktör", "editor")
    yield server
    assert server.stop() == 0


def outside(house):
    return {path: path.stat().st_mtime_ns for path in house.top.rglob("*")
            if not path.is_relative_to(house.data) and path.is_file()} | {
        path: path.stat().st_mtime_ns for path in (house.data / "kansli.toml", *(house.data / "keys").iterdir())}


def brought_in(house, name, data, collection):
    answer = house.editor.upload([(name, data)], {"collection": collection})
    assert answer.status == 202, answer.body
    job = answer.json()["job"]
    deadline = time.monotonic() + 60
    while (state := house.editor.get(f"/api/imports/{job}").json())["state"] not in ("done", "failed"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return state


def documents(house, collection):
    return [each for each in house.editor.get("/api/documents", collection=collection).json()["documents"]]


def check_shown(name):
    """Nothing in a name that is shown can turn, hide or break a line."""
    assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf")], ascii(name)


def check_download(house, document):
    answer = house.editor.get(f"/api/versions/{document['current_version']}/original")
    assert answer.status == 200 and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream" and not answer.cookies
    value = answer.headers["content-disposition"]
    found = re.fullmatch(r"attachment; filename\*=UTF-8''([A-Za-z0-9._%-]+)", value)
    assert found, value
    saved = urllib.parse.unquote(found[1], errors="strict")
    check_shown(saved)
    assert not set(saved) & set('/\\:*?"<>|') and saved.strip(" .") == saved and saved not in ("", ".", ".."), saved
    assert saved.split(".")[0].upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1"), saved
    assert len(saved.encode()) <= 255
    return saved


def check_documents(house, collection, wanted):
    known = documents(house, collection)
    assert len(known) == wanted, [each["file_name"] for each in known]
    for document in known:
        check_shown(document["file_name"])
        check_download(house, document)


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_of_an_upload_is_words_and_no_place(house, kind):
    before = outside(house)
    collection = f"namn-{list(NAMES).index(kind)}"
    state = brought_in(house, NAMES[kind], text_of(kind).encode(), collection)
    # A .toml describes a file, which is not there: it is told of, and no document.
    read = not NAMES[kind].endswith(".toml")
    assert state["state"] == "done" and [file["state"] for file in state["files"]] == ["done" if read else "failed"], state
    check_shown(state["files"][0]["name"])
    check_documents(house, collection, int(read))
    assert outside(house) == before


@pytest.mark.parametrize("name", ["a" * 256 + ".md", "å" * 200, "a/" * 5000])
def test_a_name_that_is_too_long_is_refused(house, name):
    assert house.editor.upload([(name, b"# A\n\nText.\n")], {"collection": "långt"}).status == 413


def archive(names):
    """A ZIP with members of these names, byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number, name in enumerate(names):
            # zipfile cuts a name at NUL and changes none else; the stand-in of the same length is put right below.
            info = zipfile.ZipInfo("x")
            info.filename = name.replace("\x00", "\x01")
            made.writestr(info, text_of(number))
    return out.getvalue().replace(b"a\x01b.md", b"a\x00b.md")


def test_no_member_of_an_archive_gets_out(house):
    before = outside(house)
    # No two names may be one when only the harmless is left of them: each gets a folder of its own.
    state = brought_in(house, "arkiv.zip", archive([f"{number}/{name}" for number, name in enumerate(MEMBERS.values())]), "arkiv")
    assert outside(house) == before
    assert state["state"] == "done", state
    for file in state["files"]:
        check_shown(file["name"])
        if file["error"]:
            check_shown(file["error"]["message"])
    for document in documents(house, "arkiv"):
        check_shown(document["file_name"])
        check_download(house, document)
    described = sum(name.endswith(".toml") for name in MEMBERS.values())  # these describe what is not there
    assert len(documents(house, "arkiv")) >= len(MEMBERS) - described - 4


def test_links_in_an_archive_lead_nowhere(house):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, target in (("länk.md", "/etc/passwd"), ("upp.md", "../../../../kansli.toml"), ("mapp", "/etc")):
            link = zipfile.ZipInfo(name)
            link.create_system, link.external_attr = 3, 0o120777 << 16
            made.writestr(link, target)
        made.writestr("mapp/passwd", "# Genom länken\n\nText.\n")
    state = brought_in(house, "länkar.zip", out.getvalue(), "länkar")
    assert state["state"] == "done", state
    for document in documents(house, "länkar"):
        text = house.editor.get(f"/api/versions/{document['current_version']}/original").body
        assert b"root:" not in text and b"municipality" not in text


def letter(names):
    """Written by hand: a library would make the names harmless."""
    lines = ["From: rut@exempel.se", "To: kommun@exempel.se", "Subject: Bilagor", "MIME-Version: 1.0",
             "Content-Type: multipart/mixed; boundary=del", "", "--del", "Content-Type: text/plain; charset=utf-8", "",
             "Här kommer handlingarna."]
    for number, name in enumerate(names):
        lines += ["--del", "Content-Type: text/markdown; charset=utf-8",
                  f"Content-Disposition: attachment; filename*=utf-8''{urllib.parse.quote(name.encode())}", "", text_of(number)]
    return "\r\n".join([*lines, "--del--", ""]).encode()


def test_no_attachment_of_a_letter_gets_out(house):
    before = outside(house)
    state = brought_in(house, "brev.eml", letter(MEMBERS.values()), "brev")
    assert outside(house) == before
    assert state["state"] == "done", state
    for file in state["files"]:
        check_shown(file["name"])
    for document in documents(house, "brev"):
        check_shown(document["file_name"])
        check_download(house, document)
    assert len(documents(house, "brev")) >= len(MEMBERS) // 2


@pytest.mark.parametrize("path", [
    "/api/versions/../../kansli.toml", "/api/versions/..%2f..%2fkansli.db/original", "/api/versions/%2e%2e/original",
    "/api/versions/..%5c..%5ckansli.db/original", "/api/versions/%00/original", "/api/versions/a%00b/pages/1.png",
    "/api/versions/x/pages/..%2f..%2f..%2fkansli.toml", "/assets/../kansli.toml", "/assets/..%2f..%2fkansli.toml",
    "/%2e%2e/%2e%2e/etc/passwd", "/..%c0%af..%c0%afetc/passwd", "/.%00./kansli.toml", "//etc/passwd", "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd", r"/..\..\kansli.toml", "/assets/index.html%00.js", "/.well-known/../../kansli.toml"])
def test_no_address_leads_to_a_file_that_is_not_served(house, path):
    answer = house.editor.request("GET", path)
    assert answer.status in (400, 404), path
    assert b"municipality" not in answer.body and b"root:" not in answer.body and not answer.body.startswith(b"SQLite")


def test_nothing_was_lost_on_the_way(house):
    assert kansli_json("document", "list", "--data", house.data)["documents"]
    assert not [path for path in house.top.rglob("*angrepp*")]
    assert left_of_uploads(house.data) == []
