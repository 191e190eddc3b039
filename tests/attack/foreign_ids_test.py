"""Whoever fills another person's id, or that of something behind a wall, into any place of any route hears what they would hear
of an id that was never given out. The places come from the description of the API: a new one is attacked, or the test fails."""
import json

import pytest

from operations import OPERATIONS, filled, properties
from town import Town

# Of what kind the ids in paths and queries are. "open": numbers and words that are no secret.
IN_ADDRESS = {
    "document": "document", "version": "version", "other": "version", "import": "import", "proposal": "proposal",
    "session": "session", "key": "key", "person": "person", "department": "department", "group": "group", "rule": "rule",
    "hold": "hold", "source": "source", "collection": "collection", "kind": "kind", "number": "number",
    "section": "open", "page": "open", "words": "open", "owner": "open", "as_of": "open", "limit": "open", "offset": "open",
    "q": "open", "start": "open", "end": "open", "confidence": "open", "older_than": "open", "deadline": "open",
    "service": "open", "from": "open", "to": "open", "experiment": "open", "baseline": "open", "factor": "open",
    "restriction": "open", "schema": "open", "type": "open", "user": "open", "attributes": "open", "excludedAttributes": "open",
    "filter": "open", "count": "open", "startIndex": "open", "code": "open", "state": "open", "iss": "open", "error": "open",
    "return": "open", "order": "open", "actor": "open", "text": "open", "before": "open", "content": "open", "format": "open",
    "entry": "open", "suggestion": "open",
}
# In bodies: the texts that are ids, and by operation what the word "id" stands for.
IN_BODY = {"replaced_by": "document", "document": "document", "instead_of": "rule"}
ID_OF = {"acceptBatch": "proposal", "draftRelease": "document", "makeRelease": "document", "listSubjectRecipients": "document",
         "restrictProcessing": "document", "correctPersonalData": "document"}
OPEN_IN_BODY = set("""
    access address attributes case_number code collection collections current decided decided_by decision department deadline
    email event from group groups hash information_class kind legal_ground locations masks name note outcome owner password
    person proposals provision question reason recipient reference review_kinds roles scope secrecy source stock target text
    text_hash title to token user_name valid_from valid_to way words as_of items respondent what severity start end figure
    measure identity_number names part ground thing right wrong corrections expression term line file""".split())
# These queries filter a list of what the caller may see anyway; the lists themselves are looked through in tests/api/walls_test.py.
FILTERS = {"collection", "kind", "owner"}
# What an administrator is shown of others' imports (without names of what is hidden) is tests/api/walls_test.py's affair.
ALLOWED = {("import", "administer")}
# Who decides how long documents are kept is shown that each is there, without its title: tests/api/retention_test.py.
KEPT_BY = {("placeHold", "document")}
# These belong to one person or stand behind a wall; of the others anybody with the route's right may know.
OWNED = {"document", "version", "import", "proposal"}
NEEDED = {"words": "zebravinter", "start": "0", "end": "9", "section": "0", "page": "1.png"}


def places():
    for operation in OPERATIONS:
        for name in operation.in_path:
            if IN_ADDRESS[name] != "open":
                yield operation, "path", name, IN_ADDRESS[name]
        for name in operation.in_query:
            if IN_ADDRESS[name] != "open" and name not in FILTERS:
                yield operation, "query", name, IN_ADDRESS[name]
        for name in {name for name, _ in properties(operation.body or {})}:
            kind = ID_OF.get(operation.name) if name == "id" else IN_BODY.get(name)
            if kind:
                yield operation, "body", name, kind


PLACES = sorted(places(), key=lambda place: (place[0].name, place[2]))


def test_every_place_for_an_id_is_known():
    unknown = {name for operation in OPERATIONS for name in (*operation.in_path, *operation.in_query)} - IN_ADDRESS.keys()
    assert not unknown, "say in IN_ADDRESS what these stand for"
    for operation in OPERATIONS:
        texts = {name for name, schema in properties(operation.body or {}) if "string" in json.dumps(schema)}
        assert texts - OPEN_IN_BODY - IN_BODY.keys() - {"id"} == set(), f"{operation.name}: say in IN_BODY what these stand for"
        assert "id" not in texts or operation.name in ID_OF, operation.name


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("town"))
    town.others = town.strangers()
    yield town
    assert town.server.stop() == 0


def asked(town, browser, operation, where, name, identity):
    """The request with the id in its place and what the caller may know of in all others."""
    known = {**NEEDED, **town.open, "other": town.open["version"]}
    in_path = {each: known.get(each, 1) for each in operation.in_path}
    query = {each: known[each] for each in operation.in_query if each in known}
    given = {"stock": "document", "version": 1, "way": "file"}
    {"path": in_path, "query": query, "body": given}[where][name] = identity
    body = filled(operation.body, given) if operation.body else None
    path = operation.address(in_path)
    if query:
        path += "?" + "&".join(f"{each}={value}" for each, value in query.items())
    return browser.request(operation.method, path, body)


def said(answer, identity):
    """All that an answer says, but for the id that was asked for and what differs between any two requests."""
    body = answer.body.replace(identity.encode(), b"")
    if "json" in answer.headers.get("content-type", ""):
        own = {"request"} if answer.status >= 400 else {"id"}  # of what was made
        body = {key: value for key, value in json.loads(body).items() if key not in own}
    headers = {name: value for name, value in answer.headers.items()
               if name not in ("date", "x-request-id", "content-length")}
    return answer.status, headers, body


def unknown(identity):
    return "9" * 9 if identity.isdigit() else identity[0] + "0" * (len(identity) - 1)


def may_know(browser, operation, kind):
    if (operation.name, kind) in KEPT_BY:
        return operation.right in browser.rights
    if kind in OWNED or operation.path.startswith("/api/account/"):
        return any(kind == allowed and right in browser.rights for allowed, right in ALLOWED)
    return operation.right in browser.rights


def rights_of(browser):
    if browser.key:
        return {"read", "edit"}
    return set(browser.get("/api/session").json()["user"]["rights"])


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place[0].name}-{place[2]}")
def test_a_foreign_id_is_as_good_as_none(town, place):
    operation, where, name, kind = place
    for who, browser in town.others.items():
        browser.rights = rights_of(browser)
        if may_know(browser, operation, kind):
            continue
        for identity in town.ids[kind]:
            for_foreign = asked(town, browser, operation, where, name, identity)
            for_nothing = asked(town, browser, operation, where, name, unknown(identity))
            assert said(for_foreign, identity) == said(for_nothing, unknown(identity)), who
            # To let go of a proposal that one does not hold is to do nothing, whether it is there or not.
            if where == "path" and operation.name != "releaseProposal":
                assert for_foreign.status in (403, 404), (who, for_foreign.body)


def test_nothing_of_the_owner_was_touched(town):
    """Comes last: after all that was tried, everything is there and as it was, for the one it belongs to."""
    for operation in [each for each in OPERATIONS if each.method == "GET" and len(each.in_path) == 1 and each.right != "provision"]:
        kind = IN_ADDRESS[operation.in_path[0]]
        for identity in town.ids.get(kind, []):
            answer = asked(town, town.owner, operation, "path", operation.in_path[0], identity)
            undelivered = operation.name == "downloadDecision" and answer.status == 409
            no_pages = operation.name == "getPageImage"
            assert answer.status == 200 or undelivered or no_pages, (operation.name, answer.body)
            gone = asked(town, town.owner, operation, "path", operation.in_path[0], unknown(identity))
            assert gone.status in (400, 404), operation.name
    states = [town.owner.get(f"/api/desk/proposals/{proposal}").json()["item"]["state"] for proposal in town.ids["proposal"]]
    assert states == ["draft", "waiting", "delivered"]
    assert {row["id"] for row in town.owner.get("/api/account/sessions").json()["sessions"]} >= set(town.ids["session"])
    assert town.owner.get(f"/api/documents/{town.ids['document'][0]}").json()["document"]["attributes"]["title"] == \
        "Utredning zebravinter"
    schedule = town.owner.get("/api/retention").json()
    assert town.ids["rule"][0] in json.dumps(schedule["rules"]) and town.ids["hold"][0] in json.dumps(schedule["holds"])
    assert town.owner.request("POST", "/api/record/verify").json()["first_broken"] is None
