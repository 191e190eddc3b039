"""Does the time of a refusal tell whether somebody has that user name?

    python3 bench/speed/sign_in_timing.py

Refused sign-ins to a server that this program starts: for a name that nobody has, for a person with a wrong password, and for a person
who has no password, in turns. The yardstick is the difference between two halves of the same kind.
"""
import base64
import hashlib
import hmac
import struct
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from common import median, row, seconds  # noqa: E402
from kansli_process import Server, kansli, new_data_folder, signed_in  # noqa: E402

ROUNDS = 60
PASSWORD = "femton gröna kaffekoppar"


def give_password(browser):
    browser.request("PUT", "/api/account/password", {"password": PASSWORD})
    secret = browser.request("POST", "/api/account/second-factor", {}).json()["secret"]
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    code = f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1_000_000:06}"
    assert browser.request("PUT", "/api/account/second-factor", {"code": code}).status == 200


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = new_data_folder(Path(folder) / "data")
        settings = data / "kansli.toml"
        # Every attempt comes from an address of its own, so that none is refused for being one too many.
        settings.write_text(settings.read_text() + '\nproxy_addresses = ["127.0.0.1"]\n')
        server = Server(data)
        try:
            give_password(signed_in(server, data, "Rut", "reader"))
            kansli("user", "add", "--data", data, "--name", "Siv")
            times = {"finns.inte": [], "rut": [], "siv": []}
            for number in range(ROUNDS):
                for name, taken in times.items():
                    body = {"user_name": name, "password": "en gissning till", "code": "000000"}
                    address = {"X-Forwarded-For": f"10.{len(taken)}.{number}.{len(name)}"}
                    taken.append(seconds(lambda: server.browser().request("POST", "/api/session/password", body, headers=address)))
        finally:
            server.stop()
    noise = abs(median(times["finns.inte"][::2]) / median(times["finns.inte"][1::2]) - 1)
    row("refused, in the median", "ms", "ratio to nobody")
    for name, label in (("finns.inte", "nobody has the name"), ("rut", "wrong password"), ("siv", "has no password")):
        row(label, f"{median(times[name]) * 1000:.1f}", f"{median(times[name]) / median(times['finns.inte']):.3f}")
    row("two halves of the first", "", f"{1 + noise:.3f}")


if __name__ == "__main__":
    main()
