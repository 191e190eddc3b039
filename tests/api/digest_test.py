"""The digest of the morning, from a server whose clock is set and to a real SMTP server: who gets it, when, once, and what it says.

The clock is the program's own: a library put before the C library adds what a file says to the time of day."""
import datetime
import os
import sqlite3
import subprocess
import zoneinfo

import pytest

from desk_mail_test import post  # noqa: F401 - the mail server, a fixture
from desk_test import House
from kansli_process import Server, free_port, kansli
from waiting import until

SWEDEN = zoneinfo.ZoneInfo("Europe/Stockholm")
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long ahead(void) { const char *text = getenv("TEST_SECONDS_AHEAD"); return text ? atol(text) : 0; }
int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (clock == CLOCK_REALTIME && result == 0) now->tv_sec += ahead();
    return result;
}
time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict place, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    place->tv_sec = now.tv_sec;
    place->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clock")
    (folder / "clock.c").write_text(CLOCK)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", folder / "clock.so", folder / "clock.c", "-ldl"], check=True)
    return folder / "clock.so"


class Office:
    """The house of the desk's tests, whose server is started again at any time of any day from next Monday on."""

    def __init__(self, folder, post, clock):
        self.folder, self.clock = folder, clock
        self.house = House(folder, f'\nsmtp_host = "127.0.0.1"\nsmtp_port = {post.port}\nsmtp_from = "kansli@exempel.se"\n'
                                   'smtp_starttls = false\n')
        self.data = self.house.data
        today = datetime.datetime.now(SWEDEN).replace(hour=0, minute=0, second=0, microsecond=0)
        self.monday = today + datetime.timedelta(days=7 - today.weekday())

    def stop(self):
        assert self.house.server.stop() == 0
        with open(self.data / "kansli.toml", "a") as settings:
            settings.write('public_url = "https://kansli.exempel.se"\n')

    def open_at(self, days, hour, minute=0, until_there=lambda: True):
        """What the server does by itself when it is started then. In each round it looks at its sources and then at its
        digests, and a round that has begun is ended before it stops: so a source that was read says that it has looked."""
        moment = (self.monday + datetime.timedelta(days=days)).replace(hour=hour, minute=minute)
        ahead = int((moment - datetime.datetime.now(SWEDEN)).total_seconds())
        place = self.folder / f"källa-{days}-{hour}-{minute}"
        place.mkdir()
        kansli("source", "add", "--data", self.data, "--collection", place.name, place)
        environment = {**os.environ, "LD_PRELOAD": str(self.clock), "TEST_SECONDS_AHEAD": str(ahead)}
        server = Server(self.data, port=free_port(), environment=environment)
        until(lambda: self.count("SELECT count(*) FROM sources WHERE polled IS NOT NULL AND collection = ?", place.name))
        until(until_there)
        assert server.stop() == 0

    def count(self, query, *values):
        with sqlite3.connect(self.data / "kansli.db", timeout=30) as connection:
            [number] = connection.execute(query, values).fetchone()
        connection.close()
        return number

    def digests(self):
        return self.count("SELECT count(*) FROM jobs WHERE kind = 'send_digests'")

    def ended(self, state="done"):
        return self.count("SELECT count(*) FROM jobs WHERE kind = 'send_digests' AND state = ?", state)


@pytest.fixture
def office(tmp_path, post, clock):  # noqa: F811
    return Office(tmp_path, post, clock)


def test_the_digest_comes_once_on_each_weekday_morning_to_those_who_asked(office, post):  # noqa: F811
    house = office.house
    item = house.laid(deadline="2026-01-02")
    later = house.laid()
    for browser, address in ((house.eva, "eva@exempel.se"), (house.kim, "nobody@exempel.se"), (house.ada, "ada@exempel.se")):
        assert browser.request("PUT", "/api/desk/digest", {"address": address}).status == 200
    office.stop()
    post.mails.clear()

    office.open_at(-1, 12)
    assert office.digests() == 0, "not on a Sunday"
    office.open_at(0, 6, 58)
    assert office.digests() == 0 and post.mails == [], "not before seven"
    office.open_at(0, 7, 1, until_there=lambda: office.ended() == 1)
    # Kim's address is refused; the others get theirs all the same, whatever the order.
    assert sorted(to[0] for _, to, _ in post.mails) == ["ada@exempel.se", "eva@exempel.se"]
    sender, _, mail = next(each for each in post.mails if each[1] == ["eva@exempel.se"])
    text = mail.get_content()
    assert sender == "kansli@exempel.se" and "2 förslag" in mail["subject"]
    assert "Svarsutkast: 2" in text and "gått för 1 av dem" in text and "https://kansli.exempel.se/inkorg" in text
    for hidden in (item["title"], later["title"], "altan", "Rut", "1,8 meter"):
        assert hidden not in text and hidden not in mail["subject"]

    office.open_at(0, 16)
    assert len(post.mails) == 2 and office.digests() == 1, "once a day"
    office.open_at(1, 9, until_there=lambda: office.ended() == 2)
    assert sorted(to[0] for _, to, _ in post.mails[2:]) == ["ada@exempel.se", "eva@exempel.se"]


def test_who_is_disabled_or_has_nothing_waiting_gets_none(office, post):  # noqa: F811
    house = office.house
    house.laid({"department": "Bygg"})
    for browser, address in ((house.eva, "eva@exempel.se"), (house.kim, "kim@exempel.se"), (house.ada, "ada@exempel.se")):
        browser.request("PUT", "/api/desk/digest", {"address": address})
    kansli("user", "change", "--data", office.data, "--name", "ada", "--disable")
    office.stop()
    post.mails.clear()
    office.open_at(0, 8, until_there=lambda: office.ended() == 1)
    assert [to for _, to, _ in post.mails] == [["eva@exempel.se"]]


def test_a_mail_server_that_is_down_is_asked_again(office, post):  # noqa: F811
    house = office.house
    house.laid()
    house.eva.request("PUT", "/api/desk/digest", {"address": "eva@exempel.se"})
    office.stop()
    post.mails.clear()
    settings = office.data / "kansli.toml"
    right = settings.read_text()
    settings.write_text(right.replace(f"smtp_port = {post.port}", "smtp_port = 1"))
    office.open_at(0, 8, until_there=lambda: office.ended("failed") == 1)
    assert post.mails == []
    settings.write_text(right)
    office.open_at(0, 9, until_there=lambda: office.ended() == 1)
    assert [to for _, to, _ in post.mails] == [["eva@exempel.se"]], "the day's digest is not lost"
