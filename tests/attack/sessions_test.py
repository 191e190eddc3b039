"""Planted, tampered, expired and replayed proofs of who somebody is: cookies, one-time links, codes, API keys, signed records."""
import concurrent.futures
import datetime
import itertools
import json
import re
import sqlite3
import subprocess
import sys
import time

import pytest

from kansli_process import ROOT, Server, free_port, kansli, new_data_folder, signed_in
from people import PASSWORD, authenticator, enter, local_person

AT_ONCE = 20
ADDRESSES = itertools.count(1)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Behind a proxy, so that every attempt can come from an address of its own and none is refused for being one too many."""
    data = new_data_folder(tmp_path_factory.mktemp("sessions") / "data")
    with open(data / "kansli.toml", "a") as settings:
        settings.write('\nproxy_addresses = ["127.0.0.1"]\n')
    server = Server(data)
    yield server, data
    assert server.stop() == 0


def elsewhere():
    number = next(ADDRESSES)
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def link_for(data, name, role="reader"):
    return re.search(r"in/([0-9a-f]+)", kansli("user", "add", "--data", data, "--name", name, "--role", role))[1]


def with_token(server, token, cookie=None, headers=None):
    browser = server.browser()
    browser.cookie = cookie
    return browser.request("POST", "/api/session", {"token": token}, headers={**elsewhere(), **(headers or {})})


def session_of(browser):
    return re.search(r"kansli_session=([^;]+)", browser.cookie)[1]


def change(data, statement, *values):
    with sqlite3.connect(data / "kansli.db", timeout=30) as connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()


def ago(**time):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**time)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def knows(server, session):
    return server.browser().request("GET", "/api/session", headers={"Cookie": f"kansli_session={session}"}).status == 200


def all_at_once(act, count=AT_ONCE):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: act(), range(count)))


# Fixation: the attacker knows the session before the victim signs in.

def test_a_session_that_somebody_planted_is_worth_nothing_after_signing_in(place):
    server, data = place
    attacker = signed_in(server, data, "Anders Angripare", "reader")
    answer = with_token(server, link_for(data, "Offer Ovetande"), cookie=attacker.cookie)
    victim = server.browser().keep(answer)
    assert session_of(victim) != session_of(attacker)
    assert victim.get("/api/session").json()["user"]["name"] == "Offer Ovetande"
    assert attacker.get("/api/session").status == 401


@pytest.mark.parametrize("planted", ["a" * 64, "", "0", "%00", "../../etc/passwd", "a" * 3000])
def test_a_session_that_was_never_given_out_is_not_taken_up(place, planted):
    server, data = place
    answer = with_token(server, link_for(data, "Planterad"), cookie=f"kansli_session={planted}")
    assert answer.status == 200 and answer.cookies["kansli_session"] != planted
    assert not knows(server, planted)


def test_a_second_cookie_of_the_same_name_plants_nothing(place):
    """A neighbouring host can set a cookie for the whole domain; the browser then sends two."""
    server, data = place
    attacker = signed_in(server, data, "Anders Dubbel", "reader")
    for order in ("kansli_session={planted}; kansli_session={known}", "kansli_session={known}; kansli_session={planted}"):
        answer = with_token(server, link_for(data, "Dubbel Ovetande"),
                            cookie=order.format(planted=session_of(attacker), known="b" * 64))
        assert answer.cookies["kansli_session"] not in (session_of(attacker), "b" * 64)
        attacker = signed_in(server, data, "Anders Dubbel", "reader")


def test_a_session_comes_in_the_cookie_and_nowhere_else(place):
    server, data = place
    session = session_of(signed_in(server, data, "Kaka Ek", "reader"))
    assert knows(server, session)
    assert server.browser().get("/api/session", kansli_session=session).status == 401
    for headers in ({"Authorization": f"Bearer {session}"}, {"X-Kansli-Session": session}, {"Cookie2": f"kansli_session={session}"},
                    {"Cookie": f"Kansli_Session={session}"}, {"Cookie": f"x=kansli_session={session}"}):
        assert server.browser().request("GET", "/api/session", headers=headers).status == 401, headers


def test_signing_in_by_password_takes_the_planted_session_too(place):
    server, data = place
    attacker = signed_in(server, data, "Anders Lösen", "reader")
    _, _, codes = local_person(server, data, "Löke Offer")
    _, answer = enter(server, "loke.offer", PASSWORD, codes[0], cookie=attacker.cookie)
    assert answer.status == 200 and answer.cookies["kansli_session"] != session_of(attacker)
    assert attacker.get("/api/session").status == 401


# Cookies.

def set_cookies(server, data, name):
    """The Set-Cookie headers of signing in, as they were sent."""
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/api/session", json.dumps({"token": link_for(data, name)}), {"Content-Type": "application/json"})
    response = connection.getresponse()
    assert response.status == 200 and response.getheader("Cache-Control") == "no-store"
    connection.close()
    return response.headers.get_all("Set-Cookie")


def attributes_of(cookie):
    return {part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(place):
    for cookie in set_cookies(*place, "Flagga Ett"):
        assert "SameSite=Strict" in cookie and "Path=/" in cookie
        assert {"httponly", "max-age"} <= attributes_of(cookie)
        assert "domain" not in attributes_of(cookie) and "secure" not in attributes_of(cookie)


def test_cookies_never_leave_in_the_clear_where_browsers_come_by_https(tmp_path):
    data = new_data_folder(tmp_path / "data")
    with open(data / "kansli.toml", "a") as settings:
        settings.write('\npublic_url = "https://kansli.exempel.se"\n')
    server = Server(data, port=free_port())
    try:
        assert all("secure" in attributes_of(cookie) for cookie in set_cookies(server, data, "Flagga Två"))
    finally:
        assert server.stop() == 0


def test_a_tampered_session_is_nobodys(place):
    server, data = place
    session = session_of(signed_in(server, data, "Tova Orörd", "reader"))
    for at in range(0, len(session), 7):
        other = "0" if session[at] != "0" else "1"
        assert not knows(server, session[:at] + other + session[at + 1:]), at
    for wrong in (session[:-1], session + "0", session.upper(), f"'{session}'", session + "%00", "' OR 1=1 --", session[::-1]):
        if wrong != session:
            assert not knows(server, wrong), wrong
    assert knows(server, session)


def test_a_session_ends_by_its_age_on_the_server(place):
    """Whatever the browser keeps: what it says about Max-Age is its own affair."""
    server, data = place
    for column in ("created", "last_used"):
        browser = signed_in(server, data, f"Åldrande {column}", "reader")
        [row] = browser.get("/api/account/sessions").json()["sessions"]
        change(data, f"UPDATE sessions SET {column} = ? WHERE id = ?", ago(days=31), row["id"])
        assert browser.get("/api/session").status == 401, column


def test_after_signing_out_the_session_is_dead_on_the_server(place):
    server, data = place
    browser = signed_in(server, data, "Ulla Ut", "reader")
    session = session_of(browser)
    answer = browser.request("DELETE", "/api/session")
    assert answer.status == 204 and "max-age=0" in answer.headers["set-cookie"].lower()
    assert not knows(server, session)


# One-time links and codes.

def test_of_many_who_use_one_link_at_the_same_time_one_gets_in(place):
    server, data = place
    for turn in range(3):
        token = link_for(data, f"Samtidig {turn}")
        statuses = [answer.status for answer in all_at_once(lambda: with_token(server, token))]
        assert statuses.count(200) == 1 and set(statuses) <= {200, 401}, statuses


def test_a_link_is_spent_expired_or_replaced_but_never_good_again(place):
    server, data = place
    spent = link_for(data, "Spenderad")
    assert with_token(server, spent).status == 200
    assert with_token(server, spent).status == 401
    expired = link_for(data, "Gammal Länk")
    change(data, "UPDATE sign_in_links SET expires = ? WHERE user = (SELECT id FROM users WHERE display_name = 'Gammal Länk')",
           ago(minutes=1))
    assert with_token(server, expired).status == 401
    replaced = link_for(data, "Ny Länk")
    newer = re.search(r"in/([0-9a-f]+)", kansli("user", "link", "--data", data, "--name", "ny.lank"))[1]
    assert with_token(server, replaced).status == 401
    assert with_token(server, newer).status == 200
    disabled = link_for(data, "Avstängd")
    kansli("user", "change", "--data", data, "--name", "avstangd", "--disable")
    assert with_token(server, disabled).status == 401


def test_visiting_a_link_spends_nothing(place):
    """Mail programs open links ahead of their readers."""
    server, data = place
    token = link_for(data, "Förhandsvisad")
    for method in ("GET", "HEAD", "GET"):
        answer = server.browser().request(method, f"/in/{token}", headers={"Accept": "text/html"})
        assert answer.status == 200 and not answer.cookies
    assert with_token(server, token).status == 200


@pytest.mark.parametrize("kind", ["recovery code", "authenticator"])
def test_of_many_who_use_one_code_at_the_same_time_one_gets_in(place, kind):
    server, data = place
    _, secret, codes = local_person(server, data, f"Kodad {kind.split()[0]}")
    code = codes[0] if kind == "recovery code" else authenticator(secret, int(time.time()) // 30 + 1)
    statuses = [answer.status for _, answer in
                all_at_once(lambda: enter(server, f"kodad.{kind.split()[0]}", PASSWORD, code, headers=elsewhere()), count=4)]
    assert statuses.count(200) == 1 and set(statuses) <= {200, 401, 429}, statuses


# The refusal of an unknown name takes the same work as that of a known one: bench/speed/sign_in_timing.py measures it,
# here the memory that the password hash needs (64 MiB) is seen to have been used.

def peak_growth(process_id, act):
    with open(f"/proc/{process_id}/clear_refs", "w") as reset:
        reset.write("5")
    fields = dict(line.split(":", 1) for line in open(f"/proc/{process_id}/status") if ":" in line)
    act()
    after = dict(line.split(":", 1) for line in open(f"/proc/{process_id}/status") if ":" in line)
    return (int(after["VmHWM"].split()[0]) - int(fields["VmRSS"].split()[0])) >> 10


def test_a_password_is_hashed_whoever_it_is_for(place):
    server, data = place
    local_person(server, data, "Hilda Hash")
    link_for(data, "Utan Lösen")
    kansli("user", "add", "--data", data, "--name", "Robot Hash", "--role", "service")
    for name in ("hilda.hash", "finns.inte.alls", "utan.losen", "robot.hash", "?", ""):
        grown = peak_growth(server.process.pid, lambda: enter(server, name, "en gissning till", "000000", headers=elsewhere()))
        assert grown >= 56, f"{name}: {grown} MiB"


# API keys.

def key_for(data, owner):
    return kansli("key", "add", "--data", data, "--owner", owner, "--name", "prov", "--scope", "read").split()[-1]


def opens(server, key):
    return server.browser().request("GET", "/api/documents", headers={"Authorization": f"Bearer {key}"}).status == 200


def test_a_tampered_or_expired_key_opens_nothing(place):
    server, data = place
    kansli("user", "add", "--data", data, "--name", "Nyckel Robot", "--user-name", "nyckel.robot", "--role", "service")
    key = key_for(data, "nyckel.robot")
    assert opens(server, key)
    for at in range(0, len(key), 5):
        assert not opens(server, key[:at] + ("0" if key[at] != "0" else "1") + key[at + 1:]), at
    for wrong in (key[:-1], key + "0", key.upper(), "", "kansli_", key.split("_")[-1], f"{key},{key}"):
        assert not opens(server, wrong), wrong
    change(data, "UPDATE api_keys SET expires = ? WHERE owner = (SELECT id FROM users WHERE user_name = 'nyckel.robot')",
           ago(minutes=1))
    assert not opens(server, key)


# Signed checkpoints and proofs.

def check_proof(*arguments):
    return subprocess.run([sys.executable, str(ROOT / "docs" / "operations" / "check_proof.py"), *map(str, arguments)],
                          text=True, capture_output=True).returncode


def leaves(value, path=()):
    """Every text and number of a JSON value, with the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    elif isinstance(value, (str, int)):
        yield path, value


def spoiled(value):
    if isinstance(value, int):
        return value + 1
    return ("0" if value[:1] != "0" else "1") + value[1:]


def test_a_proof_holds_with_no_field_changed_and_under_no_other_key(place, administrator, tmp_path):
    server, data = place
    kansli("record", "checkpoint", "--data", data)
    answer = administrator.get("/api/record/1/proof", content=1)
    assert answer.status == 200
    proof, key, other = tmp_path / "bevis.json", tmp_path / "nyckel.pem", tmp_path / "annan.pem"
    key.write_bytes(administrator.get("/api/record/key").body)
    proof.write_bytes(answer.body)
    assert check_proof(proof, key) == 0
    subprocess.run(f"openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out {other}", shell=True, check=True)
    assert check_proof(proof, other) != 0
    whole = json.loads(answer.body)
    for path, value in leaves(whole):
        changed = json.loads(answer.body)
        inner = changed
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = spoiled(value)
        proof.write_text(json.dumps(changed))
        assert check_proof(proof, key) != 0, path


def test_a_checkpoint_with_another_signature_is_found(tmp_path):
    data = new_data_folder(tmp_path / "data")
    kansli("user", "add", "--data", data, "--name", "Rut")
    kansli("record", "checkpoint", "--data", data)
    lines = data / "checkpoints.jsonl"
    last = json.loads(lines.read_text().splitlines()[-1])
    assert kansli("record", "verify", "--data", data, "--checkpoints", lines, check=False).returncode == 0
    for path, value in leaves(last):
        changed = json.loads(json.dumps(last))
        changed[path[0]] = spoiled(value)
        forged = tmp_path / "forged.jsonl"
        forged.write_text(json.dumps(changed, separators=(",", ":")) + "\n")
        assert kansli("record", "verify", "--data", data, "--checkpoints", forged, check=False).returncode != 0, path
