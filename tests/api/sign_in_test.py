"""Signing in as people do it, and as those do it who are not let in."""
import hashlib
import re
import time

import pytest

from kansli_process import Server, kansli, new_data_folder, signed_in
from people import PASSWORD, authenticator, enter, local_person


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("sign-in") / "data")
    server = Server(data)
    yield server, data
    server.stop()


def kinds(administrator, **query):
    return [entry["kind"] for entry in administrator.get("/api/record", **query).json()["entries"]]


def test_a_local_account_from_the_first_link_to_the_last_recovery_code(place):
    server, data = place
    _, secret, codes = local_person(server, data, "Rut Ek")
    next_step = int(time.time()) // 30 + 1
    browser, answer = enter(server, "rut.ek", PASSWORD, authenticator(secret, next_step))
    assert answer.status == 200, answer.body
    browser.keep(answer)
    assert browser.get("/api/session").json()["user"]["user_name"] == "rut.ek"
    cookies = [value for name, value in answer.cookies.items()]
    assert len(cookies) == 2 and cookies[0] != cookies[1]
    for code in (authenticator(secret, next_step), "000000", ""):
        assert enter(server, "rut.ek", PASSWORD, code)[1].status == 401
    assert enter(server, "rut.ek", PASSWORD, codes[0].replace("-", " ").upper())[1].status == 200
    assert enter(server, "rut.ek", PASSWORD, codes[0])[1].status == 401
    account = browser.get("/api/account").json()
    assert account["recovery_codes"] == 9 and account["second_factor_since"]


def test_a_refusal_never_says_what_was_wrong(place):
    server, data = place
    _, secret, _ = local_person(server, data, "Siv Tyst")
    answers = {enter(server, *shown)[1].json()["detail"] for shown in
               (("siv.tyst", "fel lösenord helt", "000000"), ("siv.tyst", PASSWORD, "000000"),
                ("finns.inte", PASSWORD, "000000"), ("", "", ""))}
    assert len(answers) == 1, answers


def test_what_is_set_up_and_changed_stands_in_the_record_without_any_secret(place):
    server, data = place
    browser, secret, codes = local_person(server, data, "Noa Noga")
    auditor = signed_in(server, data, "Revy Revisor", "auditor")
    seen = kinds(auditor, actor="noa.noga")
    for kind in ("signed_in", "password_changed", "second_factor_confirmed"):
        assert kind in seen
    text = auditor.get("/api/record", limit=200).body.decode()
    for secret_text in (PASSWORD, secret, codes[0], browser.csrf):
        assert secret_text not in text


def test_bad_passwords_are_refused_with_advice(place):
    server, data = place
    browser = signed_in(server, data, "Kort Larsson", "reader")
    for password in ("kort", "Sommaren2026!", "lösenord1234", "kort.larsson"):
        answer = browser.request("PUT", "/api/account/password", {"password": password})
        assert answer.status == 400 and answer.json()["advice"], password
    assert browser.request("POST", "/api/account/second-factor", {}).status == 409
    assert browser.request("PUT", "/api/account/password", {"password": PASSWORD}).status == 204
    assert browser.request("PUT", "/api/account/password", {"password": PASSWORD + " till"}).status == 400


def test_sessions_are_listed_and_ended(place):
    server, data = place
    desk = signed_in(server, data, "Två Ställen", "reader")
    link = re.search(r"http\S+", kansli("user", "link", "--data", data, "--name", "tva.stallen"))[0]
    phone = server.browser()
    answer = phone.request("POST", "/api/session", {"token": link.rsplit("/", 1)[1]}, headers={
        "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"})
    phone.keep(answer)
    rows = desk.get("/api/account/sessions").json()["sessions"]
    assert {row["device"] for row in rows} == {"", "Safari, iPhone"}
    assert [row["current"] for row in rows if row["device"] == ""] == [True]
    other = next(row["id"] for row in rows if not row["current"])
    stranger = signed_in(server, data, "Nyfiken Granne", "reader")
    assert stranger.request("DELETE", f"/api/account/sessions/{other}").status == 404
    assert phone.get("/api/session").status == 200
    assert desk.request("DELETE", f"/api/account/sessions/{other}").status == 204
    assert phone.get("/api/session").status == 401
    administrator = signed_in(server, data, "Chefen")
    row = next(row for row in administrator.get("/api/sessions").json()["sessions"] if row["user_name"] == "tva.stallen")
    assert administrator.request("DELETE", f"/api/sessions/{row['id']}").status == 204
    assert desk.get("/api/session").status == 401


def test_guesses_lock_out_neither_a_known_device_nor_another_address(tmp_path):
    data = new_data_folder(tmp_path / "data")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + '\nproxy_addresses = ["127.0.0.1"]\n')
    server = Server(data)
    try:
        browser, secret, codes = local_person(server, data, "Rut Ek")
        device = next(part for part in browser.cookie.split("; ") if part.startswith("kansli_device="))

        def attempt(address, password, code, cookie=None):
            sender = server.browser()
            sender.cookie = cookie
            return sender.request("POST", "/api/session/password",
                                  {"user_name": "rut.ek", "password": password, "code": code},
                                  headers={"X-Forwarded-For": address}).status

        statuses = [attempt("203.0.113.5", "en gissning till", "000000") for _ in range(7)]
        assert statuses == [401] * 5 + [429] * 2
        assert attempt("203.0.113.5", PASSWORD, codes[0]) == 429
        assert attempt("203.0.113.5", PASSWORD, codes[0], device) == 200
        assert attempt("203.0.113.6", PASSWORD, codes[1]) == 200
        assert attempt("203.0.113.5", PASSWORD, codes[2], "kansli_device=" + "a" * 64) == 429
    finally:
        server.stop()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    data = new_data_folder(tmp_path_factory.mktemp("proxied") / "data")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + '\nproxy_addresses = ["127.0.0.1"]\nproxy_user_header = "X-Remote-User"\n')
    kansli("user", "add", "--data", data, "--name", "Rut Ek", "--role", "editor")
    kansli("user", "add", "--data", data, "--name", "Siv", "--role", "reader")
    kansli("user", "add", "--data", data, "--name", "Robot", "--role", "service")
    server = Server(data)
    yield server, data
    server.stop()


def through_proxy(browser, method, path, user, body=None):
    return browser.request(method, path, body, headers={"X-Remote-User": user})


def test_a_trusted_proxy_names_who_it_is(proxied):
    server, _ = proxied
    browser = server.browser()
    assert browser.get("/api/session").status == 401
    answer = through_proxy(browser, "GET", "/api/session", "Rut.Ek")
    assert answer.json()["user"]["user_name"] == "rut.ek"
    browser.keep(answer)
    # Changes still need the page's token: a proxy's sign-in is sent along by the browser as a cookie is.
    question = {"question": "Vad kostar bygglov?"}
    assert through_proxy(browser, "POST", "/api/ask", "rut.ek", question).status == 200
    browser.csrf = None
    assert through_proxy(browser, "POST", "/api/ask", "rut.ek", question).status == 403
    bare = server.browser()
    bare.csrf = hashlib.sha256(b"kansli csrf 1:").hexdigest()
    assert through_proxy(bare, "POST", "/api/ask", "rut.ek", question).status == 403


def test_the_proxys_word_is_taken_at_every_request(proxied):
    server, _ = proxied
    browser = server.browser()
    browser.keep(through_proxy(browser, "GET", "/api/session", "rut.ek"))
    assert browser.get("/api/session").status == 401
    assert through_proxy(browser, "GET", "/api/session", "siv").json()["user"]["user_name"] == "siv"
    assert through_proxy(browser, "POST", "/api/ask", "siv", {"question": "Vad kostar bygglov?"}).status == 403
    for nobody in ("finns.inte", "robot", "rut.ek, siv", "kansli", ""):
        assert through_proxy(server.browser(), "GET", "/api/session", nobody).status == 401, nobody


def test_the_header_of_anybody_else_is_passed_over_and_logged(tmp_path):
    data = new_data_folder(tmp_path / "data")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + '\nproxy_addresses = ["192.0.2.7"]\nproxy_user_header = "X-Remote-User"\n')
    kansli("user", "add", "--data", data, "--name", "Rut", "--role", "administrator")
    server = Server(data)
    try:
        # What a request says of its way here makes it no proxy.
        answer = server.browser().request("GET", "/api/session", headers={
            "X-Remote-User": "rut", "X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7"})
        assert answer.status == 401
        browser = signed_in(server, data, "Siv", "reader")
        assert through_proxy(browser, "GET", "/api/session", "rut").json()["user"]["user_name"] == "siv"
    finally:
        server.stop()
    assert sum("X-Remote-User" in line for line in server.errors) == 1


def test_a_header_without_an_address_to_trust_does_not_start(tmp_path):
    data = new_data_folder(tmp_path / "data")
    settings = data / "kansli.toml"
    settings.write_text(settings.read_text() + '\nproxy_user_header = "X-Remote-User"\n')
    process = kansli("user", "list", "--data", data, check=False)
    assert process.returncode == 3 and "proxy_addresses" in process.stderr
