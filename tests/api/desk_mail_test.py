"""Decisions and digests by e-mail, against a real SMTP server in this process."""
import email
import email.policy

import pytest

from desk_test import House, act, seen
from kansli_process import free_port
from waiting import until

aiosmtpd = pytest.importorskip("aiosmtpd.controller", reason="python3-aiosmtpd is not installed")


class Postbox:
    """Keeps what arrives; refuses addresses that begin with "nobody"."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.mail_from, envelope.rcpt_tos,
                           email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 OK"


@pytest.fixture(scope="module")
def post():
    postbox = Postbox()
    controller = aiosmtpd.Controller(postbox, hostname="127.0.0.1", port=0)
    # aiosmtpd's own check of its port cannot be used with port 0.
    controller.port = free_port()
    controller.start()
    postbox.port = controller.port
    yield postbox
    controller.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory, post):
    house = House(tmp_path_factory.mktemp("mail"),
                  f'\nsmtp_host = "127.0.0.1"\nsmtp_port = {post.port}\nsmtp_from = "kansli@exempel.se"\nsmtp_starttls = false\n')
    yield house
    assert house.server.stop() == 0


def accepted(house):
    return act(house.eva, house.laid(), "review", outcome="accepted").json()["item"]


def test_a_decision_goes_out_with_its_sources(house, post):
    item = accepted(house)
    answer = act(house.rut, item, "deliveries", way="mail", target="bo@exempel.se")
    assert answer.status == 200 and answer.json()["item"]["state"] == "delivered"
    until(lambda: seen(house.rut, item).json()["deliveries"][0]["state"] == "done")
    sender, to, mail = post.mails[-1]
    assert (sender, to) == ("kansli@exempel.se", ["bo@exempel.se"])
    assert mail["subject"] == item["title"]
    assert "Källor" in mail.get_content() and "1,8 meter" in mail.get_content()


def test_a_refused_address_is_told_on_the_page(house, post):
    item = accepted(house)
    assert act(house.rut, item, "deliveries", way="mail", target="nobody@exempel.se").status == 200
    until(lambda: seen(house.rut, item).json()["deliveries"][0]["state"] == "failed")
    shown = seen(house.rut, item).json()
    assert "tog inte emot" in shown["deliveries"][0]["problem"]
    assert "deliver" in shown["actions"]


def test_an_address_is_one_address(house, post):
    item = accepted(house)
    before = len(post.mails)
    for wrong in ("", "bo", "a@b,c@d", "bo@exempel.se\r\nBcc: x@y", "<bo@exempel.se>"):
        assert act(house.rut, item, "deliveries", way="mail", target=wrong).status == 400
    assert len(post.mails) == before


def test_a_digest_says_how_much_and_never_what(house, post):
    item = house.laid()
    assert house.eva.request("POST", "/api/desk/digest/send").status == 409
    assert house.eva.request("PUT", "/api/desk/digest", {"address": "inte en adress"}).status == 400
    assert house.eva.request("PUT", "/api/desk/digest", {"address": "eva@exempel.se"}).json() == {"address": "eva@exempel.se", "mail": True}
    before = len(post.mails)
    assert house.eva.request("POST", "/api/desk/digest/send").status == 200
    until(lambda: len(post.mails) > before)
    mail = [mail for _, to, mail in post.mails[before:] if to == ["eva@exempel.se"]][-1]
    assert "Svarsutkast" in mail.get_content() and "/inkorg" in mail.get_content()
    assert item["title"] not in mail.get_content() and item["title"] not in mail["subject"]
    assert house.eva.request("PUT", "/api/desk/digest", {"address": ""}).json()["address"] == ""


def test_without_a_named_server_nothing_is_sent(tmp_path):
    house = House(tmp_path)
    try:
        item = accepted(house)
        refused = act(house.rut, item, "deliveries", way="mail", target="bo@exempel.se")
        assert refused.status == 415
        assert seen(house.rut, item).json()["item"]["state"] == "accepted"
        assert house.eva.get("/api/desk/digest").json()["mail"] is False
    finally:
        assert house.server.stop() == 0
