"""A foreign page makes a signed-in person's browser send requests. The browser adds the cookies; the page adds what it can."""
import json

import pytest

from kansli_process import kansli, signed_in
from operations import CHANGING, OPERATIONS, READING, filled

PROTECTED = [operation for operation in CHANGING if operation.right != "anyone"]
OPEN = [operation for operation in CHANGING if operation.right == "anyone"]
FOREIGN = {"Origin": "https://angripare.example", "Referer": "https://angripare.example/", "Sec-Fetch-Site": "cross-site"}
# What a form can send without asking first (Fetch standard: CORS-safelisted content types).
FORM_TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]


def body_of(operation):
    return json.dumps(filled(operation.body, {}) if operation.body else {}).encode()


def head_of_record(browser):
    entry = browser.get("/api/record", limit=1).json()["entries"][0]
    return entry["number"], entry["hash"]


def forge(browser, operation, headers, body=None):
    """The request with the person's cookies and without the token of their page."""
    forged = type(browser)(browser.port)
    forged.cookie = browser.cookie
    return forged.request(operation.method, operation.address({}), raw=body_of(operation) if body is None else body,
                          headers=headers)


@pytest.mark.parametrize("operation", PROTECTED, ids=str)
def test_cookies_alone_change_nothing(place, administrator, operation):
    before = head_of_record(administrator)
    for content_type in [*FORM_TYPES, "application/json"]:
        for origin in (FOREIGN, {"Origin": "null"}, {}, {"Origin": f"http://127.0.0.1:{administrator.port}"}):
            headers = {**origin, **({"Content-Type": content_type} if content_type else {})}
            status = forge(administrator, operation, headers).status
            # A form that no route wants, or that is none, is refused before anybody asks whose it is.
            assert status == 403 or (status in (400, 415) and content_type.startswith("multipart")), headers
    assert head_of_record(administrator) == before


@pytest.mark.parametrize("operation", PROTECTED, ids=str)
def test_the_token_cannot_be_brought_from_elsewhere(place, administrator, operation):
    other = signed_in(*place, f"Annan {operation.name}", "reader")
    json_type = {"Content-Type": "application/json"}
    for headers in ({"X-Kansli-Csrf": other.csrf}, {"X-Kansli-Csrf": ""}, {"X-Kansli-Csrf": "0" * 64},
                    {"X-Kansli-Csrf": administrator.csrf.upper()}, {"X-Kansli-Csrf": administrator.csrf + "0"},
                    {"X-Csrf-Token": administrator.csrf},
                    {"Cookie": f"{administrator.cookie}; x-kansli-csrf={administrator.csrf}"}):
        assert forge(administrator, operation, {**json_type, **headers}).status == 403, headers
    with_query = operation.address({}) + f"?csrf={administrator.csrf}&x-kansli-csrf={administrator.csrf}"
    bare = type(administrator)(administrator.port)
    bare.cookie = administrator.cookie
    assert bare.request(operation.method, with_query, raw=b"{}", headers=json_type).status == 403


@pytest.mark.parametrize("operation", OPEN, ids=str)
def test_nobody_is_signed_in_by_a_form(place, operation):
    """Otherwise a page could sign its visitor in as somebody else, who then reads what the visitor wrote."""
    for content_type in FORM_TYPES:
        headers = {**FOREIGN, **({"Content-Type": content_type} if content_type else {})}
        answer = place[0].browser().request(operation.method, operation.path, raw=body_of(operation), headers=headers)
        assert answer.status in (400, 415) and not answer.cookies, content_type


def test_no_method_hides_in_another(place, administrator):
    """Neither a header nor a field makes a harmless method another one."""
    person = administrator.get("/api/people").json()["people"][0]["id"]
    before = head_of_record(administrator)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        administrator.request("GET", f"/api/people/{person}", headers={name: "PUT"})
        assert administrator.request("GET", "/api/session", headers={name: "DELETE"}).status == 200
    administrator.get("/api/session", _method="DELETE")
    assert administrator.get("/api/session").status == 200
    assert head_of_record(administrator) == before


def test_reading_changes_nothing(place, administrator):
    """A picture or a link of a foreign page can ask any of these."""
    # The first proof takes the key in use, which is on record; that is no change that a page could aim at.
    kansli("record", "checkpoint", "--data", place[1])
    before = head_of_record(administrator)
    for operation in READING:
        for method in ("GET", "HEAD"):
            assert administrator.request(method, operation.address({}), headers=FOREIGN).status < 500, operation.name
    assert head_of_record(administrator) == before


def test_no_foreign_page_reads_an_answer_or_shows_a_page_in_a_frame(place, administrator):
    for operation in [operation for operation in OPERATIONS if not operation.streams]:
        for method in ("OPTIONS", operation.method if operation in READING else "OPTIONS"):
            answer = administrator.request(method, operation.address({}), headers={
                **FOREIGN, "Access-Control-Request-Method": operation.method,
                "Access-Control-Request-Headers": "x-kansli-csrf"})
            assert not [name for name in answer.headers if name.startswith("access-control-")], operation.name
    for path in ("/", "/dokument", "/in/0000"):
        policy = administrator.request("GET", path, headers={"Accept": "text/html"}).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, path
