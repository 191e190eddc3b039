"""Signing in at an identity provider: the honest way with a real one, and every lie that the protocol has room for."""
import base64
import hashlib
import http.client
import json
import re
import threading
import time
import urllib.parse

import jwt
import pytest

from hostile_provider import HostileProvider, base64url, ec_key, public_jwk, rsa_key
from kansli_process import Answer, Server, kansli, new_data_folder, signed_in
from real_provider import CLIENT, SECRET, Glewlwyd

# With what has a meaning in headers and forms, so that it must be coded.
ODD_SECRET = "en hemlighet: med/tecken+som&ska=kodas%"

GROUPS = """
[groups]
"Kansli-redaktörer" = ["role:editor", "group:redaktion", "department:Byggnadsnämnden"]
"Kansli-granskare" = ["role:reviewer", "review:answer"]
"Kansli-chefer" = ["role:administrator", "role:auditor"]
"""


def configure(data, issuer, more="", secret=SECRET):
    (data / "hemlighet").write_text(secret + "\n")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text().replace("internal_hosts = []", 'internal_hosts = ["127.0.0.1"]') + f"""
[openid]
issuer = "{issuer}"
client_id = "{CLIENT}"
client_secret_file = "{data / 'hemlighet'}"
label = "Logga in hos Sälgvalla"
{more}
{GROUPS}""")


def prepare(data):
    kansli("department", "add", "--data", data, "--name", "Byggnadsnämnden")
    kansli("group", "add", "--data", data, "--name", "redaktion")


def add_person(data, name, email, *roles):
    words = [word for role in roles or ("reader",) for word in ("--role", role)]
    return kansli("user", "add", "--data", data, "--name", name, "--email", email, *words)


class Walker:
    """A browser that walks: keeps cookies, follows nothing by itself."""

    def __init__(self, server):
        self.server = server
        self.cookies = {}

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        connection.request("GET", path, headers=headers)
        answer = Answer(connection.getresponse())
        connection.close()
        for name, value in answer.cookies.items():
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def start(self, wanted="/"):
        """Where Kansli sends the browser."""
        answer = self.get(f"/api/openid/start?return={urllib.parse.quote(wanted, safe='')}")
        assert answer.status == 303, answer.body
        return answer.headers["location"]

    def come_back(self, address):
        parts = urllib.parse.urlsplit(address)
        answer = self.get(f"{parts.path}?{parts.query}")
        assert answer.status == 303, answer.body
        return answer.headers["location"]

    def session(self):
        answer = self.get("/api/session")
        return answer.json() if answer.status == 200 else None


# The real provider.

@pytest.fixture(scope="module")
def real(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("oidc") / "data")
    provider = Glewlwyd(tmp_path_factory.mktemp("glewlwyd") / "glewlwyd")
    configure(data, provider.issuer, "create_people = true")
    prepare(data)
    server = Server(data)
    provider.add_client(f"http://127.0.0.1:{server.port}/api/openid/callback")
    yield provider, server, data
    server.stop()
    provider.stop()


def through(provider, server, login, wanted="/"):
    walker = Walker(server)
    back = provider.sign_in(login, walker.start(wanted))
    return walker, walker.come_back(back)


def test_a_person_signs_in_at_a_real_provider_and_comes_back_to_their_page(real):
    provider, server, data = real
    add_person(data, "Rut Ek", "Rut.Ek@kommunen.se")
    provider.add_person("rut", "Rut Ek", "rut.ek@kommunen.se", ["Kansli-redaktörer"])
    walker, location = through(provider, server, "rut", "/dokument?sida=2")
    assert location == "/dokument?sida=2"
    user = walker.session()["user"]
    assert user["user_name"] == "rut.ek" and user["roles"] == ["reader", "editor"]
    assert user["groups"] == ["redaktion"] and user["department"] == "Byggnadsnämnden"


def test_roles_follow_the_groups_and_those_given_by_hand_stay(real):
    provider, server, data = real
    add_person(data, "Siv Al", "siv.al@kommunen.se", "reader", "auditor")
    provider.add_person("siv", "Siv Al", "siv.al@kommunen.se", ["Kansli-granskare", "Kansli-chefer", "Andra"])
    walker, _ = through(provider, server, "siv")
    user = walker.session()["user"]
    assert set(user["roles"]) == {"reader", "auditor", "reviewer", "administrator"} and user["review_kinds"] == ["answer"]
    provider.set_groups("siv", ["Andra"])
    walker, _ = through(provider, server, "siv")
    user = walker.session()["user"]
    # The role of auditor was there before the group gave it.
    assert set(user["roles"]) == {"reader", "auditor"} and user["review_kinds"] == []


def test_changes_and_sign_ins_stand_in_the_record_without_any_secret(real):
    provider, server, data = real
    add_person(data, "Noa Noga", "noa@kommunen.se")
    provider.add_person("noa", "Noa Noga", "noa@kommunen.se", ["Kansli-redaktörer"])
    through(provider, server, "noa")
    auditor = signed_in(server, data, "Revy Revisor", "auditor")
    entries = auditor.get("/api/record", limit=50).json()["entries"]
    mine = [entry for entry in entries if "noa" in json.dumps(entry)]
    assert {"identity_linked", "user_changed", "signed_in"} <= {entry["kind"] for entry in entries}
    assert mine
    text = auditor.get("/api/record", limit=200).body.decode() + "".join(server.errors)
    assert SECRET not in text and "eyJ" not in text
    assert "hel" in kansli("record", "verify", "--data", data)


def test_somebody_new_becomes_a_reader_where_the_settings_say_so(real):
    provider, server, data = real
    provider.add_person("nyman", "Nils Nyman", "nils@kommunen.se", [], verified=False)
    walker, location = through(provider, server, "nyman")
    assert location == "/"
    user = walker.session()["user"]
    assert user["user_name"] == "nyman" and user["roles"] == ["reader"]
    # Again: the same account, whatever they are called meanwhile.
    kansli("user", "change", "--data", data, "--name", "nyman", "--user-name", "nils.nyman")
    assert through(provider, server, "nyman")[0].session()["user"]["user_name"] == "nils.nyman"


def test_a_closed_account_opens_nothing(real):
    provider, server, data = real
    add_person(data, "Slut Slutsson", "slut@kommunen.se")
    provider.add_person("slut", "Slut Slutsson", "slut@kommunen.se", [])
    walker, location = through(provider, server, "slut")
    assert location == "/" and walker.session()
    kansli("user", "change", "--data", data, "--name", "slut.slutsson", "--disable")
    assert walker.session() is None
    assert through(provider, server, "slut")[1] == "/?inloggning=no_access"


def test_the_session_is_new_and_the_one_before_ends(real):
    provider, server, data = real
    add_person(data, "Offer Ovetande", "offer@kommunen.se")
    provider.add_person("offer", "Offer Ovetande", "offer@kommunen.se", [])
    attacker = signed_in(server, data, "Anders Angripare", "reader")
    walker = Walker(server)
    planted = re.search(r"kansli_session=(\w+)", attacker.cookie)[1]
    walker.cookies["kansli_session"] = planted
    walker.come_back(provider.sign_in("offer", walker.start()))
    assert walker.cookies["kansli_session"] != planted
    assert walker.session()["user"]["user_name"] == "offer.ovetande"
    assert attacker.get("/api/session").status == 401


def test_the_command_line_tells_how_the_provider_is_set_up(real):
    provider, _, data = real
    output = kansli("openid", "check", "--data", data)
    assert provider.issuer in output and "/api/openid/callback" in output


# The hostile one.

@pytest.fixture
def hostile(tmp_path):
    data = new_data_folder(tmp_path / "data")
    provider = HostileProvider()
    configure(data, provider.issuer, secret=ODD_SECRET)
    prepare(data)
    add_person(data, "Rut Ek", "rut.ek@kommunen.se")
    server = Server(data)
    yield provider, server, data
    provider.stop()
    server.stop()


def attempt(provider, server, wanted="/"):
    walker = Walker(server)
    location = walker.come_back(provider.authorize(walker.start(wanted)))
    return walker, location


def test_the_double_lets_an_honest_person_in(hostile):
    provider, server, _ = hostile
    walker, location = attempt(provider, server, "/inkorg")
    assert location == "/inkorg" and walker.session()["user"]["user_name"] == "rut.ek"
    question = provider.asked["question"]
    assert question["code_challenge_method"] == "S256" and question["response_type"] == "code"
    assert question["scope"] == "openid profile email" and len(question["state"]) == len(question["nonce"]) == 64
    verifier = provider.asked["form"]["code_verifier"]
    assert question["code_challenge"] == base64url(hashlib.sha256(verifier.encode()).digest()) and len(verifier) >= 43
    shown = base64.b64decode(provider.asked["authorization"].split()[1]).decode()
    assert [urllib.parse.unquote(part) for part in shown.split(":")] == [CLIENT, ODD_SECRET]
    assert ODD_SECRET not in json.dumps(question)


@pytest.mark.parametrize("algorithm", ["PS256", "ES256"])
def test_other_algorithms_that_are_believed(hostile, algorithm):
    provider, server, _ = hostile
    if algorithm == "ES256":
        provider.key = ec_key()
        provider.jwks = {"keys": [public_jwk(provider.key, provider.kid, alg="ES256")]}
    provider.algorithm = algorithm
    assert attempt(provider, server)[1] == "/"


LIES = {
    "another nonce": {"nonce": "0" * 64},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://login.exempel.se"},
    "an issuer with a slash": {"iss": "slash"},
    "another audience": {"aud": "nagon-annan"},
    "no audience": {"aud": None},
    "several audiences and no party": {"aud": ["kansli", "nagon-annan"]},
    "another party": {"aud": ["kansli", "nagon-annan"], "azp": "nagon-annan"},
    "expired": {"exp": 1_700_000_000},
    "no expiry": {"exp": None},
    "expiry as text": {"exp": "imorgon"},
    "issued long ago": {"iat": 1_700_000_000},
    "issued in the future": {"iat": 4_000_000_000},
    "not yet valid": {"nbf": 4_000_000_000},
    "another access token": {"at_hash": base64url(b"0123456789abcdef")},
    "nobody": {"sub": None},
    "somebody with a very long name": {"sub": "x" * 300},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_says_something_wrong_opens_nothing(hostile, lie):
    provider, server, _ = hostile
    provider.claims = dict(LIES[lie])
    if provider.claims.get("iss") == "slash":
        provider.claims["iss"] = provider.issuer + "/"
    walker, location = attempt(provider, server)
    assert location == "/?inloggning=provider" and walker.session() is None


def test_a_token_that_is_wrongly_signed_opens_nothing(hostile):
    provider, server, _ = hostile
    other = rsa_key()
    small = rsa_key(1024)

    def with_changed_payload(claims):
        provider.make_token = None
        head, _, signature = provider.id_token({"nonce": claims["nonce"]}).split(".")
        provider.make_token = with_changed_payload
        return f"{head}.{base64url(json.dumps({**claims, 'sub': 'nagon-annan'}).encode())}.{signature}"

    forgeries = {
        "no signature": provider.unsigned,
        "the public key as a shared secret": provider.signed_with_public_key,
        "another key under the same name": lambda claims: jwt.encode(claims, other, "RS256", headers={"kid": provider.kid}),
        "a key that nobody has": lambda claims: jwt.encode(claims, other, "RS256", headers={"kid": "okand"}),
        "its own key along with it": lambda claims: jwt.encode(claims, other, "RS256", headers={
            "kid": "okand", "jwk": public_jwk(other, "okand"), "jku": f"{provider.issuer}/jwks"}),
        "another algorithm of the same kind": lambda claims: jwt.encode(claims, provider.key, "RS512",
                                                                         headers={"kid": provider.kid}),
        "an extension that must be understood": lambda claims: jwt.encode(
            claims, provider.key, "RS256", headers={"kid": provider.kid, "crit": ["x"], "x": 1}),
        "changed afterwards": with_changed_payload,
        "no token at all": lambda claims: "",
        "rubbish": lambda claims: "a.b.c",
        "five parts": lambda claims: "a.b.c.d.e",
        "not JSON": lambda claims: f"{base64url(b'{')}.{base64url(b'{')}.{base64url(b'x')}",
    }
    for name, forge in forgeries.items():
        provider.make_token = forge
        walker, location = attempt(provider, server)
        assert location == "/?inloggning=provider" and walker.session() is None, name
    provider.make_token = lambda claims: jwt.encode(claims, small, "RS256", headers={"kid": "liten"})
    provider.jwks = {"keys": [public_jwk(small, "liten")]}
    assert attempt(provider, server)[1] == "/?inloggning=provider"


def test_new_keys_are_fetched_once_and_not_for_everyone_who_asks(hostile):
    provider, server, _ = hostile
    assert attempt(provider, server)[1] == "/"
    provider.key, provider.kid = rsa_key(), "nyckel-2"
    provider.jwks = {"keys": [public_jwk(provider.key, provider.kid)]}
    assert attempt(provider, server)[1] == "/"
    asked = provider.counts["/jwks"]
    provider.kid = "hittepa"
    for _ in range(3):
        assert attempt(provider, server)[1] == "/?inloggning=provider"
    assert provider.counts["/jwks"] == asked


def test_a_state_is_good_once(hostile):
    provider, server, _ = hostile
    walker = Walker(server)
    back = provider.authorize(walker.start())
    binding = walker.cookies["kansli_openid"]
    assert walker.come_back(back) == "/"
    assert "kansli_openid" not in walker.cookies
    replay = Walker(server)
    replay.cookies["kansli_openid"] = binding
    assert replay.come_back(back) == "/?inloggning=expired" and replay.session() is None


def test_a_state_belongs_to_the_browser_that_began(hostile):
    """Login CSRF and code injection: what one browser began cannot be finished in another."""
    provider, server, _ = hostile
    attacker, victim = Walker(server), Walker(server)
    back = provider.authorize(attacker.start())
    assert victim.come_back(back) == "/?inloggning=expired" and victim.session() is None
    victim.start()
    assert victim.come_back(back) == "/?inloggning=expired" and victim.session() is None
    # The attacker's own is not spent by that, so nobody can be shut out by being guessed at.
    assert attacker.come_back(back) == "/"


def test_a_code_of_another_sign_in_is_worth_nothing(hostile):
    """PKCE and the nonce: a stolen code put into a sign-in of one's own."""
    provider, server, _ = hostile
    victim, attacker = Walker(server), Walker(server)
    stolen = urllib.parse.parse_qs(urllib.parse.urlsplit(provider.authorize(victim.start())).query)["code"][0]
    own = provider.authorize(attacker.start())
    mixed = re.sub(r"code=[^&]+", f"code={stolen}", own)
    assert attacker.come_back(mixed) == "/?inloggning=provider" and attacker.session() is None


@pytest.mark.parametrize("iss", ["https://login.exempel.se", "", None])
def test_an_answer_from_another_provider_is_not_taken_for_ours(hostile, iss):
    """Mix-up (RFC 9207)."""
    provider, server, _ = hostile
    if iss is None:
        provider.described = {"authorization_response_iss_parameter_supported": True}
        provider.answer_iss = False
    walker = Walker(server)
    back = provider.authorize(walker.start())
    if iss is not None:
        back = re.sub(r"iss=[^&]+", f"iss={urllib.parse.quote(iss, safe='')}", back)
    assert walker.come_back(back) == "/?inloggning=provider"
    assert provider.asked.get("form") is None, "the code was sent although it came from somebody else"


def test_a_provider_that_does_not_name_itself_still_works(hostile):
    provider, server, _ = hostile
    provider.answer_iss = False
    assert attempt(provider, server)[1] == "/"


@pytest.mark.parametrize("wanted", ["https://ond.exempel.se/", "//ond.exempel.se", "/\\ond.exempel.se", "\\\\ond.exempel.se",
                                    "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "", "inkorg", "/api/session",
                                    "/" + "x" * 2000, "/å", "/ /ond"])
def test_nobody_is_led_away_from_the_site(hostile, wanted):
    provider, server, _ = hostile
    walker, location = attempt(provider, server, wanted)
    assert location == "/" and walker.session()


def test_a_refusal_at_the_provider_is_told_and_repeats_nothing(hostile):
    provider, server, _ = hostile
    for error, word in (("access_denied", "cancelled"), ("server_error", "provider"), ("<script>", "provider")):
        walker = Walker(server)
        state = provider.authorize(walker.start()).split("state=")[1].split("&")[0]
        answer = walker.get(f"/api/openid/callback?state={state}&error={urllib.parse.quote(error)}")
        assert answer.headers["location"] == f"/?inloggning={word}"
    assert Walker(server).come_back("/api/openid/callback?code=x") == "/?inloggning=expired"


def test_only_those_who_are_known_come_in(hostile):
    provider, server, data = hostile
    provider.claims = {"sub": "frammande", "email": "frammande@kommunen.se"}
    assert attempt(provider, server)[1] == "/?inloggning=no_account"
    # An address that nobody has verified proves nothing, and neither does a name that the settings do not trust.
    provider.claims = {"email_verified": False}
    assert attempt(provider, server)[1] == "/?inloggning=no_account"
    provider.claims = {}
    assert attempt(provider, server)[1] == "/"
    # The address now belongs to somebody else at the provider. The account does not.
    provider.claims = {"sub": "person-2"}
    assert attempt(provider, server)[1] == "/?inloggning=no_account"
    # Two people with one address: neither is meant.
    for name in ("Delad Ett", "Delad Två"):
        add_person(data, name, "delad@kommunen.se")
    provider.claims = {"sub": "person-3", "email": "delad@kommunen.se"}
    assert attempt(provider, server)[1] == "/?inloggning=no_account"
    kansli("user", "add", "--data", data, "--name", "Robot", "--email", "robot@kommunen.se", "--role", "service")
    provider.claims = {"sub": "person-4", "email": "robot@kommunen.se"}
    assert attempt(provider, server)[1] == "/?inloggning=no_account"


def test_groups_that_were_left_out_do_not_count_as_none(hostile):
    provider, server, _ = hostile
    provider.claims = {"groups": ["Kansli-redaktörer"]}
    assert "editor" in attempt(provider, server)[0].session()["user"]["roles"]
    provider.claims = {"groups": None, "_claim_names": {"groups": "src1"}}
    assert attempt(provider, server)[1] == "/?inloggning=groups"
    provider.claims = {"groups": None}
    assert attempt(provider, server)[0].session()["user"]["roles"] == ["reader"]


def test_who_loses_the_last_role_loses_the_way_in(hostile):
    provider, server, data = hostile
    add_person(data, "Ada Chef", "ada@kommunen.se", "administrator")
    provider.claims = {"groups": ["Kansli-redaktörer"]}
    attempt(provider, server)
    kansli("user", "change", "--data", data, "--name", "rut.ek", "--role", "editor")
    provider.claims = {"groups": []}
    assert attempt(provider, server)[1] == "/?inloggning=no_access"
    listing = kansli("user", "list", "--data", data)
    assert "editor" not in next(line for line in listing.splitlines() if "rut.ek" in line)


def test_the_last_administrator_stays_one(hostile):
    provider, server, data = hostile
    provider.claims = {"groups": ["Kansli-chefer"]}
    attempt(provider, server)
    # The one that the program made when it was first started.
    first = next(line for line in kansli("user", "list", "--data", data).splitlines()
                 if "administrator" in line and "rut.ek" not in line)
    kansli("user", "change", "--data", data, "--name", next(word for word in first.split() if word.startswith("admin")),
           "--disable")
    provider.claims = {"groups": []}
    assert "administrator" in attempt(provider, server)[0].session()["user"]["roles"]
    assert "auditor" not in attempt(provider, server)[0].session()["user"]["roles"]


def test_a_description_of_somebody_else_is_not_believed(hostile):
    provider, server, _ = hostile
    provider.described = {"issuer": "https://login.exempel.se"}
    assert Walker(server).start() == "/?inloggning=provider"


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_addresses_in_the_open_are_not_called(hostile, name):
    provider, server, _ = hostile
    provider.described = {name: "http://login.exempel.se/x"}
    assert Walker(server).start() == "/?inloggning=provider"


@pytest.mark.parametrize("way", ["redirect", "token_endpoint", "jwks_uri"])
def test_a_description_does_not_lead_to_other_hosts(hostile, way):
    provider, server, _ = hostile
    other = HostileProvider()
    try:
        if way == "redirect":
            provider.redirect_discovery = f"http://localhost:{other.port}/.well-known/openid-configuration"
            assert Walker(server).start() == "/?inloggning=provider"
        else:
            provider.described = {way: f"http://localhost:{other.port}/{way}"}
            assert attempt(provider, server)[1] == "/?inloggning=provider"
        assert other.counts == {} and other.asked == {}
    finally:
        other.stop()


def test_answers_that_are_too_large_are_cut_off(hostile):
    provider, server, _ = hostile
    provider.raw_jwks = json.dumps({"keys": [public_jwk(provider.key, "x" * 1000)] * 1000}).encode()
    assert attempt(provider, server)[1] == "/?inloggning=provider"
    provider.raw_jwks = json.dumps({"keys": [public_jwk(provider.key, f"nyckel-{n}") for n in range(101)]}).encode()
    assert attempt(provider, server)[1] == "/?inloggning=provider"


def test_a_slow_provider_holds_up_nobody_else(hostile):
    provider, server, _ = hostile
    assert attempt(provider, server)[1] == "/"
    provider.delay.set()
    ends = []

    def wait():
        ends.append(attempt(provider, server)[1])

    waiting = [threading.Thread(target=wait) for _ in range(6)]
    for thread in waiting:
        thread.start()
    while len(ends) < 4:  # only two may wait; the rest are told at once
        time.sleep(0.05)
    assert set(ends) == {"/?inloggning=busy"}
    assert server.browser().get("/api/session").status == 401
    provider.delay.clear()
    provider.release.set()
    for thread in waiting:
        thread.join()
    assert ends.count("/?inloggning=busy") == 4
    assert attempt(provider, server)[1] == "/"


def test_trying_without_end_is_stopped(hostile):
    provider, server, _ = hostile
    ends = [Walker(server).come_back("/api/openid/callback?state=gissad&code=x") for _ in range(25)]
    assert ends[0] == "/?inloggning=expired" and ends[-1] == "/?inloggning=busy"
    assert Walker(server).start() == "/?inloggning=busy"


def test_the_sign_in_page_is_told_what_there_is(hostile, tmp_path):
    _, server, _ = hostile
    assert server.browser().get("/api/sign-in-ways").json() == {"openid": "Logga in hos Sälgvalla"}
    plain = Server(new_data_folder(tmp_path / "plain"))
    try:
        assert plain.browser().get("/api/sign-in-ways").json() == {"openid": None}
        assert Walker(plain).start() == "/?inloggning=not_configured"
        assert Walker(plain).come_back("/api/openid/callback?state=x") == "/?inloggning=not_configured"
    finally:
        plain.stop()


@pytest.mark.parametrize("wrong,word", [
    ('issuer = "http://login.exempel.se"\nclient_id = "x"', "https"),
    ('issuer = "https://login.exempel.se"', "client_id"),
    ('client_id = "x"', "issuer"),
    ('issuer = "https://login.exempel.se"\nclient_id = "x"\nscopes = ["email"]', "openid"),
    ('issuer = "https://login.exempel.se"\nclient_id = "x"\n[groups]\n"A" = ["role:service"]', "service"),
    ('issuer = "https://login.exempel.se"\nclient_id = "x"\n[groups]\n"A" = ["chef"]', "chef"),
    ('issuer = "https://login.exempel.se"\nclient_id = "x"\nclient_secret_file = "/finns/inte"', "/finns/inte"),
    ('issuer = "https://login.exempel.se"\nclient_id = "x"\nclient_secret_variable = "FINNS_INTE"', "FINNS_INTE"),
])
def test_settings_that_cannot_be_right_are_told(data, wrong, word):
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + f"\n[openid]\n{wrong}\n")
    process = kansli("openid", "check", "--data", data, check=False)
    assert process.returncode in (3, 4) and word in process.stderr, process.stderr
