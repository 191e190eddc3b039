"""People who sign in with a password and an authenticator, for tests."""
import base64
import hashlib
import hmac
import struct
import time

from kansli_process import signed_in

PASSWORD = "femton gröna kaffekoppar"


def authenticator(secret, step=None):
    """What the telephone shows (RFC 6238), written without a line of Kansli's."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time()) // 30 if step is None else step
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1_000_000:06}"


def local_person(server, data, name):
    """Somebody with a password and an authenticator; their browser, secret and recovery codes."""
    browser = signed_in(server, data, name, "reader")
    assert browser.request("PUT", "/api/account/password", {"password": PASSWORD}).status == 204
    setup = browser.request("POST", "/api/account/second-factor", {}).json()
    assert setup["address"].startswith("otpauth://totp/") and setup["secret"] in setup["address"]
    confirmed = browser.request("PUT", "/api/account/second-factor", {"code": authenticator(setup["secret"])})
    assert confirmed.status == 200, confirmed.body
    return browser, setup["secret"], confirmed.json()["codes"]


def enter(server, user_name, password, code, cookie=None, headers=None):
    browser = server.browser()
    browser.cookie = cookie
    return browser, browser.request("POST", "/api/session/password",
                                    {"user_name": user_name, "password": password, "code": code}, headers=headers)
