"""The measures: work done through the API, aged by some weeks, and every figure computed once more here, without the program's help."""
import csv
import datetime
import hashlib
import io
import json
import math
import re
import sqlite3
import statistics
import zoneinfo

import pytest

from kansli_process import Server, kansli, kansli_json, new_data_folder, signed_in

RULES = """# Riktlinjer för bygglov

## 5.2 Altaner

Bygglov krävs inte för en altan som är högst 1,8 meter hög. Höjden räknas från marken.
"""
Z = 1.959963984540054
REVIEWERS = 6


def today_in_sweden():
    """The day that Kansli counts with: late in the evening it is a day later than the machine's own."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Stockholm")).date()



class House:
    """A server with one document, an asker and reviewers."""

    def __init__(self, folder, reviewers=REVIEWERS):
        self.data = new_data_folder(folder / "data")
        rules = folder / "regler"
        rules.mkdir()
        (rules / "bygglov.md").write_text(RULES)
        kansli("ingest", "--data", self.data, "--collection", "regler", rules)
        self.server = Server(self.data)
        self.ada = signed_in(self.server, self.data, "Ada", ["administrator"])
        self.rut = signed_in(self.server, self.data, "Rut", ["reader"])
        self.reviewers = [signed_in(self.server, self.data, f"Granskare {number}", ["reviewer"], reviews=["answer"])
                          for number in range(reviewers)]
        self.asked = 0
        # The figures are computed once more below, so chance gives nobody a second look.
        settings = {"batch_confidence": None, "sampled_batch": 0, "sampled_single": 0}
        assert self.ada.request("PUT", "/api/desk/kinds/answer", settings).status == 200

    def ask(self, browser=None):
        self.asked += 1
        question = f"Hur hög får altan nummer {self.asked} vara utan bygglov?"
        answer = (browser or self.rut).request("POST", "/api/ask", {"question": question})
        assert answer.status == 200, answer.body
        return answer.json()

    def hand_in(self, proposal):
        answer = self.rut.request("POST", f"/api/desk/proposals/{proposal}/submit", {"version": 1, "recipient": {}, "note": ""})
        assert answer.status == 200, answer.body
        return answer.json()

    def decide(self, reviewer, proposal, seconds, outcome="accepted", text=None):
        shown = self.hand_in(proposal)
        body = {"version": shown["item"]["version"], "outcome": outcome, "seconds": seconds, "text": text,
                "reason": "Fel." if outcome == "rejected" else None}
        answer = reviewer.request("POST", f"/api/desk/proposals/{proposal}/review", body)
        assert answer.status == 200, answer.body
        return answer.json()

    def age(self, weeks):
        """Lets time pass: everything that has happened moves back by whole weeks."""
        self.stop()
        with sqlite3.connect(self.data / "kansli.db") as database:
            for table, key, column in (("desk_proposals", "id", "created"), ("desk_proposals", "id", "submitted"),
                                       ("desk_reviews", "number", "moment"), ("desk_deliveries", "id", "moment")):
                for row, moment in database.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL").fetchall():
                    then = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")) - datetime.timedelta(weeks=weeks)
                    text = then.strftime("%Y-%m-%dT%H:%M:%S.") + f"{then.microsecond // 1000:03d}Z"
                    database.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (text, row))
            for table in ("measures_satisfaction", "measures_tickets", "measures_wellbeing", "measures_wellbeing_tickets"):
                database.execute(f"UPDATE {table} SET week = week - ?", (weeks,))
        database.close()
        self.server = Server(self.data)
        for browser in (self.ada, self.rut, *self.reviewers):
            browser.port = self.server.port

    def figures(self, **query):
        answer = self.ada.get("/api/measures", **query)
        assert answer.status == 200, answer.body
        return {figure["name"]: figure for question in answer.json()["questions"] for figure in question["figures"]}

    def stop(self):
        assert self.server.stop() == 0


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    house.stop()


def student_quantile(probability, freedom):
    """By integrating the density (Simpson) and halving."""
    def density(t):
        return math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi) * \
            (1 + t * t / freedom) ** (-(freedom + 1) / 2)

    def below(x, steps=2000):
        width = x / steps
        total = density(0) + density(x) + sum((4 if i % 2 else 2) * density(i * width) for i in range(1, steps))
        return 0.5 + total * width / 3

    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < probability else (low, middle)
    return (low + high) / 2


def mean_interval(values):
    half = student_quantile(0.975, len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return statistics.mean(values) - half, statistics.mean(values) + half


def median_interval(values):
    values = sorted(values)
    n = len(values)
    out = max(k for k in range(n // 2 + 1) if k == 0 or 2 * sum(math.comb(n, i) for i in range(k)) / 2 ** n <= 0.05)
    return values[max(out - 1, 0)], values[n - max(out, 1)]


def wilson(hits, n):
    p = hits / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return middle - half, middle + half


def close(shown, value, interval, n):
    assert shown["n"] == n
    assert shown["value"] == pytest.approx(value, rel=1e-6)
    if interval:
        assert (shown["low"], shown["high"]) == pytest.approx(interval, rel=1e-5, abs=1e-9)


def levenshtein(before, after):
    row = list(range(len(after) + 1))
    for i, a in enumerate(before, 1):
        new = [i]
        for j, b in enumerate(after, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


def words_of(text):
    return re.findall(r"[0-9A-Za-z\u0080-\U0010ffff]+|[^\s0-9A-Za-z\u0080-\U0010ffff]", text)


def test_figures_are_what_was_done(house):
    seconds, outcomes, distances, decided = [], [], [], []
    for number in range(24):
        answer = house.ask()
        spent = 60 + 17 * (number * 7 % 24)
        outcome = ("accepted", "accepted", "edited", "rejected")[number % 4]
        prepared = answer["answer"] or answer["reason"]
        text = prepared + " Ring oss gärna." if outcome == "edited" else None
        house.decide(house.reviewers[number % REVIEWERS], answer["proposal"], spent, outcome, text)
        seconds.append(spent)
        outcomes.append(outcome)
        decided.append(answer["proposal"])
        if outcome != "rejected":
            before, after = words_of(prepared), words_of(text or prepared)
            distances.append(levenshtein(before, after) / max(len(before), len(after)))
    for proposal, severity in ((decided[0], "minor"), (decided[0], "critical"), (decided[5], "major")):
        assert house.rut.request("POST", f"/api/desk/proposals/{proposal}/faults",
                                 {"severity": severity, "what": "Fel höjd."}).status == 200
    # The week that goes on is not told of: whoever looks every day would see a day.
    assert house.figures()["handling_median"]["all"] is None
    house.age(2)
    figures = house.figures()
    minutes = [one / 60 for one in seconds]
    close(figures["handling_mean"]["all"], statistics.mean(minutes), mean_interval(minutes), 24)
    close(figures["handling_median"]["all"], statistics.median(minutes), median_interval(minutes), 24)
    close(figures["edited_share"]["all"], 6 / 24, wilson(6, 24), 24)
    close(figures["accepted_share"]["all"], 12 / 24, wilson(12, 24), 24)
    close(figures["error_share"]["all"], 2 / 24, wilson(2, 24), 24)
    close(figures["weighted_errors"]["all"], 100 * 14 / 24, mean_interval([1100] + [300] + [0] * 22), 24)
    close(figures["edit_distance"]["all"], statistics.mean(distances), mean_interval(distances), 18)
    close(figures["decided_a_day"]["all"], 24 / 5, None, 24)
    with sqlite3.connect(house.data / "kansli.db") as database:
        cpu = [row[0] for row in database.execute("SELECT cpu_milliseconds FROM desk_proposals WHERE state <> 'draft'")]
        metered = [row[0] for row in database.execute("SELECT joules FROM desk_proposals WHERE state <> 'draft'")]
    assert min(cpu) > 0
    if metered.count(None) == len(metered):
        assert figures["machine_energy"]["estimated"]
        close(figures["machine_energy"]["all"], statistics.mean(cpu) / 1000 * 10 / 3600 * 1.3, None, 24)
        direct = [spent / 3600 * 356 + (spent / 3600 * 60 + used / 1000 * 10 / 3600 * 1.3) / 1000 * 1.5
                  for spent, used in zip(seconds, cpu)]
        assert figures["direct_cost"]["all"]["value"] == pytest.approx(statistics.mean(direct), rel=1e-6)
    # The command line says the same, and so does the table.
    shown = kansli_json("measures", "--data", house.data)
    assert {figure["name"]: figure for question in shown["questions"] for figure in question["figures"]} == figures
    table = house.ada.get("/api/measures/csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8" and "attachment" in table.headers["content-disposition"]
    assert table.body.decode() == kansli("measures", "--data", house.data, "--csv").replace("\n", "\r\n")
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Fråga", "Mått", "Grupp"] and {len(row) for row in rows} == {11}
    row = next(row for row in rows if row[1] == "Handläggningstid, medelvärde" and row[2] == "Med AI")
    assert float(row[5].replace(",", ".")) == pytest.approx(statistics.mean(minutes), rel=1e-4) and row[8] == "24"
    assert house.figures(to=(today_in_sweden() - datetime.timedelta(days=60)).isoformat())["handling_mean"]["all"] is None
    assert len(shown["questions"]) == 9


def test_nothing_is_told_of_four_people(tmp_path):
    house = House(tmp_path, reviewers=4)
    try:
        for number in range(12):
            house.decide(house.reviewers[number % 4], house.ask()["proposal"], 100)
        house.age(2)
        answer = house.ada.get("/api/measures").json()
        assert answer["waiting"] and answer["from"] is None
        told = [figure for question in answer["questions"] for figure in question["figures"]
                if any(figure[group] for group in ("all", "with_ai", "without_ai", "difference")) or figure["series"]]
        assert told == []
        assert "För få ärenden" in kansli("measures", "--data", house.data)
        assert "Granskare" not in house.ada.get("/api/measures/csv").body.decode()
    finally:
        house.stop()


def test_an_experiment_shows_no_draft_to_its_control_group_and_can_be_drawn_again(house):
    today = today_in_sweden()
    wanted = {"kind": "answer", "share": 0.5, "start": today.isoformat(), "end": (today + datetime.timedelta(days=30)).isoformat(),
              "measure": "handling_mean"}
    begun = house.ada.request("POST", "/api/measures/experiments", wanted)
    assert begun.status == 200, begun.body
    experiment = begun.json()["experiments"][0]
    assert experiment["seed"] == "" and len(experiment["seed_hash"]) == 64
    assert house.ada.request("POST", "/api/measures/experiments", wanted).status == 409
    minutes = {True: [], False: []}
    drawn = {}
    for number in range(40):
        answer = house.ask()
        proposal = answer["proposal"]
        control = drawn[proposal] = answer["control"]
        reviewer = house.reviewers[number % REVIEWERS]
        if control:
            assert not answer["answerable"] and answer["citations"] == [] and answer["answer"] == ""
            assert answer["nearest"], "a search is allowed"
            spent = 300 + 10 * number
            shown = house.hand_in(proposal)
            assert reviewer.get(f"/api/desk/proposals/{proposal}").json()["found"]
            assert shown["control"] and shown["text"] == "" and shown["evidence"] == [] and shown["prepared"] == ""
            version = shown["item"]["version"]
            nothing = reviewer.request("POST", f"/api/desk/proposals/{proposal}/review", {"version": version, "outcome": "accepted"})
            assert nothing.status == 400, nothing.body
            written = reviewer.request("POST", f"/api/desk/proposals/{proposal}/review",
                                       {"version": version, "outcome": "edited", "text": "Högst 1,8 meter.", "seconds": spent})
            assert written.status == 200, written.body
        else:
            spent = 60 + 5 * number
            house.decide(reviewer, proposal, spent)
        minutes[control].append(spent / 60)
    assert len(minutes[True]) >= 6 and len(minutes[False]) >= 6
    # The same question again, by the same person, is drawn the same.
    first = f"Hur hög får altan nummer {house.asked} vara utan bygglov?"
    assert house.rut.request("POST", "/api/ask", {"question": first}).json()["control"] == answer["control"]
    stopped = house.ada.request("DELETE", f"/api/measures/experiments/{experiment['id']}").json()["experiments"][0]
    assert hashlib.sha256(stopped["seed"].encode()).hexdigest() == experiment["seed_hash"]
    for proposal, control in drawn.items():
        number = int(hashlib.sha256(f"{stopped['seed']}:{experiment['id']}:{proposal}".encode()).hexdigest()[:13], 16) / 16 ** 13
        assert (number < 0.5) == control
    assert not house.ask()["control"]
    house.age(3)
    handling = house.figures()["handling_mean"]
    close(handling["with_ai"], statistics.mean(minutes[False]), mean_interval(minutes[False]), len(minutes[False]))
    close(handling["without_ai"], statistics.mean(minutes[True]), mean_interval(minutes[True]), len(minutes[True]))
    assert handling["all"]["n"] == len(minutes[False])
    a, b = (statistics.variance(minutes[group]) / len(minutes[group]) for group in (False, True))
    freedom = (a + b) ** 2 / (a * a / (len(minutes[False]) - 1) + b * b / (len(minutes[True]) - 1))
    half = student_quantile(0.975, freedom) * math.sqrt(a + b)
    value = statistics.mean(minutes[False]) - statistics.mean(minutes[True])
    close(handling["difference"], value, (value - half, value + half), 40)
    assert "hel" in kansli("record", "verify", "--data", house.data)


def test_satisfaction_is_answered_once_and_by_nobody(house):
    scores = [5, 4, 3, 5, 4, 2, 5, 4, 4, 3, 5, 5]
    for number, score in enumerate(scores):
        proposal = house.ask()["proposal"]
        reviewer = house.reviewers[number % REVIEWERS]
        house.decide(reviewer, proposal, 90)
        address = f"/api/desk/proposals/{proposal}/satisfaction"
        assert reviewer.get(address).json()["satisfaction"] == ["decider"]
        assert house.rut.get(address).json()["satisfaction"] == ["asker"]
        assert reviewer.request("POST", address, {"respondent": "decider", "score": score}).status == 204
        assert reviewer.request("POST", address, {"respondent": "decider", "score": 1}).status == 409
        assert reviewer.request("POST", address, {"respondent": "asker", "score": 1}).status == 403
        assert house.rut.request("POST", address, {"respondent": "asker", "score": 0}).status == 400
        assert house.rut.request("POST", address, {"respondent": "asker", "score": 5}).status == 204
    for number, reviewer in enumerate(house.reviewers):
        assert reviewer.get("/api/measures/wellbeing").json()["due"]
        body = {"scores": [4, 3, 4, 5, 1 + number % 5]}
        assert reviewer.request("POST", "/api/measures/wellbeing", {"scores": [4, 3, 4, 5]}).status == 400
        assert reviewer.request("POST", "/api/measures/wellbeing", body).status == 204
        assert reviewer.request("POST", "/api/measures/wellbeing", body).status == 409
        assert not reviewer.get("/api/measures/wellbeing").json()["due"]
    house.age(2)
    figures = house.figures()
    close(figures["satisfaction_decider"]["all"], statistics.mean(scores), mean_interval(scores), 12)
    close(figures["satisfied_decider_share"]["all"], 9 / 12, wilson(9, 12), 12)
    assert figures["satisfaction_asker"]["all"] is None, "all by one person"
    close(figures["response_share"]["all"], 1, None, 12)
    index = [((16 + 1 + number % 5) / 5 - 1) * 25 for number in range(REVIEWERS)]
    close(figures["wellbeing_index"]["all"], statistics.mean(index), mean_interval(index), REVIEWERS)
    with sqlite3.connect(house.data / "kansli.db") as database:
        people = {row[0] for row in database.execute("SELECT id FROM users")}
        kept = json.dumps([database.execute(f"SELECT * FROM {table}").fetchall()
                           for table in ("measures_satisfaction", "measures_wellbeing")])
        told = json.dumps(database.execute("SELECT kind, content FROM record").fetchall())
    assert not any(person in kept for person in people)
    assert "score" not in told and "satisfaction" not in told and "wellbeing" not in told


def test_prices_and_baselines_have_days_and_sources_and_stand_in_the_record(house):
    bad = [("hourly_wage", -1, "2026-01-01", "x", 400), ("hourly_wage", 400, "2026-01-01", " ", 400),
           ("hourly_wage", 400, "2026-02-30", "x", 400), ("moonlight", 1, "2026-01-01", "x", 404)]
    for factor, value, day, source, status in bad:
        answer = house.ada.request("PUT", f"/api/measures/factors/{factor}", {"value": value, "valid_from": day, "source": source})
        assert answer.status == status, (factor, value, answer.body)
    good = {"value": 412.5, "valid_from": "2026-01-01", "source": "=1+1; Ekonomi 2026"}
    settings = house.ada.request("PUT", "/api/measures/factors/hourly_wage", good).json()
    wage = next(one for one in settings["factors"] if one["factor"] == "hourly_wage")
    assert wage["given"] and wage["value"] == 412.5 and wage["history"][0]["source"] == good["source"]
    baseline = {"kind": "answer", "figure": "handling_mean", "n": 30, "mean": 12.5, "deviation": 4, "start": "2026-01-01",
                "end": "2026-02-01", "source": "Tidtagning på papper"}
    for change in ({"n": 4}, {"figure": "handling_median"}, {"kind": "x"}, {"deviation": -1}, {"source": ""}, {"end": "2025-01-01"}):
        assert house.ada.request("POST", "/api/measures/baselines", {**baseline, **change}).status == 400, change
    settings = house.ada.request("POST", "/api/measures/baselines", baseline).json()
    settings = house.ada.request("POST", "/api/measures/baselines", {**baseline, "mean": 13}).json()
    assert [one["mean"] for one in settings["baselines"]] == [13]
    for number in range(12):
        house.decide(house.reviewers[number % REVIEWERS], house.ask()["proposal"], 60 * (5 + number % 3))
    house.age(2)
    handling = house.figures()["handling_mean"]
    assert handling["baseline"]["value"] == 13 and handling["since_baseline"]["value"] == pytest.approx(6 - 13)
    assert house.ada.request("DELETE", f"/api/measures/baselines/{settings['baselines'][0]['id']}").json()["baselines"] == []
    assert house.ada.request("DELETE", "/api/measures/baselines/1").status == 404
    with sqlite3.connect(house.data / "kansli.db") as database:
        kinds = [row[0] for row in database.execute("SELECT kind FROM record")]
    assert kinds.count("measure_factor_set") == 1 and kinds.count("measure_baseline_set") == 2
    assert kinds.count("measure_baseline_removed") == 1


def test_questions_that_make_no_sense_are_told_so(house):
    for query, status in (({"kind": "x"}, 404), ({"service": "x"}, 404), ({"experiment": "x"}, 404), ({"from": "i går"}, 400),
                          ({"from": "2026-02-01", "to": "2026-01-01"}, 400)):
        answer = house.ada.get("/api/measures", **query)
        assert answer.status == status and answer.json()["detail"], query
    assert house.ada.get("/api/measures", kind="answer", service="assistants").status == 200
    failed = kansli("measures", "--data", house.data, "--kind", "x", check=False)
    assert failed.returncode == 4 and "finns inte" in failed.stderr
    for change, status in (({"share": 0.9}, 400), ({"share": 0}, 400), ({"end": "2020-01-01"}, 400), ({"measure": "backlog"}, 400)):
        today = today_in_sweden().isoformat()
        wanted = {"kind": "answer", "share": 0.2, "start": today, "end": today, "measure": "handling_median", **change}
        assert house.ada.request("POST", "/api/measures/experiments", wanted).status == status, change
