"""Retention as a data protection officer meets it: rules, dry run, confirmed run, and not a byte left of what went."""
import datetime
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import pytest

from kansli_process import BINARY, Server, kansli, kansli_json, new_data_folder, signed_in

SECRET = "Xylografisk hemlighet 4711"
MARK = b"xylografisk"
GROUND = ("--ground", "10 § arkivlagen", "--decision", "KS 2026/00123", "--decided-by", "Kommunstyrelsen",
          "--decided", "2020-01-01")


def set_rule(data, *arguments):
    output = kansli("retention", "set", "--data", data, "--by", "Dag Ombud", *GROUND, *arguments)
    return re.search(r"Regeln (\w+)", output)[1]



def plan_of(data):
    return kansli_json("retention", "plan", "--data", data)


def run(data, plan, check=True):
    return kansli("retention", "run", "--data", data, "--by", "Dag Ombud", "--plan", plan["hash"], check=check)


def age(data, days=400):
    """Moves what has come in and ended back in time; the record cannot be moved, it would not verify."""
    connection = sqlite3.connect(data / "kansli.db")
    then = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    connection.execute("UPDATE documents_version SET imported = ?", (then,))
    connection.execute("UPDATE jobs SET finished = ?", (then,))
    connection.commit()
    connection.close()


def places_of(mark, folder):
    return [path for path in folder.rglob("*") if path.is_file() and mark in path.read_bytes().lower()]


@pytest.fixture
def municipality(data):
    kansli("user", "add", "--data", data, "--name", "Dag Ombud", "--role", "data_protection_officer")
    return data


def ingest(data, name, text):
    file = data.parent / name
    file.write_text(text)
    kansli("ingest", "--data", data, "--collection", "prov", file)


def test_nothing_goes_without_a_rule_and_a_person(municipality):
    ingest(municipality, "brev.md", f"# Brev\n\n{SECRET}.\n")
    age(municipality)
    plan = plan_of(municipality)
    assert plan["removals"] == [] and plan["kept"]["no_rule"] > 0
    assert "allt bevaras" in kansli("retention", "rules", "--data", municipality)
    refused = kansli("retention", "set", "--data", municipality, "--by", "Dag Ombud", "--name", "Brev", "--stock", "document",
                     "--months", "6", check=False)
    assert refused.returncode == 3 and "diarienummer" in refused.stderr
    kansli("user", "add", "--data", municipality, "--name", "Rut Läsare", "--role", "reader")
    refused = kansli("retention", "set", "--data", municipality, "--by", "Rut Läsare", "--name", "Brev", *GROUND, "--for-ever",
                     check=False)
    assert refused.returncode == 5
    set_rule(municipality, "--name", "Brev", "--stock", "document", "--months", "6")
    assert run(municipality, {"hash": "0" * 64}, check=False).returncode == 6
    assert kansli("retention", "run", "--data", municipality, "--by", "Eva Okänd", "--plan", plan_of(municipality)["hash"],
                  check=False).returncode == 4


def test_no_byte_is_left_of_what_went(municipality, tmp_path):
    ingest(municipality, "brev.md", f"---\ntyp: letter\n---\n# Brev\n\n{SECRET} i texten.\n")
    ingest(municipality, "policy.md", "# Policy\n\nDet här ska vara kvar.\n")
    age(municipality)
    kansli("index", "rebuild", "--data", municipality)
    assert len(places_of(MARK, municipality)) >= 3, "database, original and index"
    set_rule(municipality, "--name", "Brev", "--stock", "document", "--kind", "letter", "--months", "6")
    shown = kansli("retention", "plan", "--data", municipality)
    assert "Ingenting är gallrat" in shown and "dokumentversion" in shown and "KS 2026/00123" in shown
    plan = plan_of(municipality)
    assert len(plan["removals"]) == 1
    output = run(municipality, plan)
    assert "1 dokumentversioner" in output
    assert places_of(MARK, municipality) == []
    kansli("backup", "--data", municipality, "--to", tmp_path / "copies")
    assert places_of(MARK, tmp_path / "copies") == []
    assert "hel" in kansli("record", "verify", "--data", municipality)
    assert kansli_json("search", "--data", municipality, "policy")["total"] == 1
    assert kansli_json("search", "--data", municipality, "hemlighet")["total"] == 0
    connection = sqlite3.connect(municipality / "kansli.db")
    log = json.loads(connection.execute("SELECT content FROM record WHERE kind = 'retention_run'").fetchone()[0])
    connection.close()
    assert log["rules"][0]["decision"] == "KS 2026/00123" and log["removed"][0]["file_hash"]
    assert run(municipality, plan, check=False).returncode == 6, "the same plan cannot be run twice"


def test_what_an_older_copy_brings_back_goes_again(municipality, tmp_path):
    copies, restored = tmp_path / "copies", tmp_path / "restored"
    ingest(municipality, "brev.md", f"# Brev\n\n{SECRET} i texten.\n")
    ingest(municipality, "policy.md", "# Policy\n\nDet här ska vara kvar.\n")
    connection = sqlite3.connect(municipality / "kansli.db")
    connection.execute("UPDATE documents_version SET imported = '2020-01-01T00:00:00.000Z' WHERE file_name = 'brev.md'")
    connection.commit()
    connection.close()
    kansli("backup", "--data", municipality, "--to", copies)
    [before] = (path.parent for path in copies.glob("*/backup.json"))
    assert not (copies / "removals.jsonl").exists()
    # The copy knows neither the rule nor the run.
    set_rule(municipality, "--name", "Brev", "--stock", "document", "--months", "60")
    run(municipality, plan_of(municipality))
    assert places_of(MARK, municipality) == []
    kansli("backup", "--data", municipality, "--to", copies)
    log = (copies / "removals.jsonl").read_text()
    assert log == (municipality / "removals.jsonl").read_text() == kansli("retention", "log", "--data", municipality)
    assert len(log.splitlines()) == 1 and "brev.md" not in log

    assert "reapply" not in kansli("restore", "--from", copies, "--to", tmp_path / "newest")
    said = kansli("restore", "--from", before, "--to", restored)
    assert "GALLRAT 1 saker" in said and f"kansli retention reapply --data {restored}" in said
    assert len(places_of(MARK, restored)) >= 2, "database and original"
    examined = kansli("doctor", "--data", restored, "--port", "0", check=False)
    assert examined.returncode == 7 and "1 saker som har gallrats är tillbaka" in examined.stdout

    shown = kansli("retention", "reapply", "--data", restored)
    assert "Ingenting är gallrat" in shown and "KS 2026/00123" in shown
    plan = kansli_json("retention", "reapply", "--data", restored)
    assert [removal["stock"] for removal in plan["removals"]] == ["document"]
    again = ("retention", "reapply", "--data", restored, "--by", "Dag Ombud", "--plan")
    assert kansli("retention", "reapply", "--data", restored, "--plan", plan["hash"], check=False).returncode == 2
    assert kansli(*again, "0" * 64, check=False).returncode == 6
    held = re.search(r"Gallringsstoppet (\w+)", kansli("retention", "hold", "--data", restored, "--by", "Dag Ombud", "--reason",
                                                       "Överklagat", "--document", plan["removals"][0]["document"]))[1]
    assert kansli(*again, plan["hash"], check=False).returncode == 6, "a hold keeps what has come back, too"
    kansli("retention", "hold", "--data", restored, "--by", "Dag Ombud", "--lift", held)
    assert "1 dokumentversioner" in kansli(*again, plan["hash"])
    assert places_of(MARK, restored) == []
    assert "hel" in kansli("record", "verify", "--data", restored)
    assert kansli_json("search", "--data", restored, "policy")["total"] == 1
    assert kansli_json("retention", "reapply", "--data", restored)["removals"] == []
    assert len((restored / "removals.jsonl").read_text().splitlines()) == 2, "both runs are told of"
    assert "är tillbaka ur en säkerhetskopia" not in kansli("doctor", "--data", restored, "--port", "0", check=False).stdout


def test_a_log_from_elsewhere_is_taken_and_a_changed_one_is_refused(municipality, tmp_path):
    ingest(municipality, "brev.md", f"# Brev\n\n{SECRET}.\n")
    age(municipality)
    kansli("backup", "--data", municipality, "--to", tmp_path / "copies")
    set_rule(municipality, "--name", "Brev", "--stock", "document", "--months", "6")
    run(municipality, plan_of(municipality))
    elsewhere = tmp_path / "pärm.jsonl"
    kansli("retention", "log", "--data", municipality, "--export", elsewhere)
    assert "GALLRAT" not in kansli("restore", "--from", tmp_path / "copies", "--to", tmp_path / "without")
    assert len(kansli_json("retention", "reapply", "--data", tmp_path / "without", "--log", elsewhere)["removals"]) == 1
    assert "GALLRAT 1 saker" in kansli("restore", "--from", tmp_path / "copies", "--to", tmp_path / "with", "--log", elsewhere)
    elsewhere.write_text(elsewhere.read_text().replace("Kommunstyrelsen", "Kommunstyrelsan"))
    refused = kansli("retention", "reapply", "--data", tmp_path / "without", "--log", elsewhere, check=False)
    assert refused.returncode == 7 and "rad 1" in refused.stderr
    refused = kansli("restore", "--from", tmp_path / "copies", "--to", tmp_path / "no", "--log", elsewhere, check=False)
    assert refused.returncode == 7 and "rad 1" in refused.stdout and not (tmp_path / "no").exists()


def test_logs_stay_for_six_months_whatever_the_rule_says(municipality):
    kansli("ask", "--data", municipality, "Vad kostar ett årskort?")
    set_rule(municipality, "--name", "Frågor", "--stock", "record", "--kind", "answer_proposal", "--months", "0")
    plan = plan_of(municipality)
    assert plan["removals"] == []


def test_a_kind_suggests_a_time_and_removes_nothing_by_it(municipality):
    kansli("ask", "--data", municipality, "Vad kostar ett årskort?")
    suggested = "Föreslagen tid enligt slaget Svarsutkast (answer_proposal): 24 månader"
    assert suggested in kansli("retention", "rules", "--data", municipality)
    [told] = kansli_json("retention", "rules", "--data", municipality)["suggestions"]
    assert (told["kind"], told["months"]) == ("answer_proposal", 24)
    assert plan_of(municipality)["rules"] == [] and "no_rule" in plan_of(municipality)["kept"]
    set_rule(municipality, "--name", "Frågor", "--stock", "record", "--kind", "answer_proposal", "--for-ever")
    assert suggested not in kansli("retention", "rules", "--data", municipality)
    assert kansli_json("retention", "rules", "--data", municipality)["suggestions"] == []


def test_a_hold_is_shown_and_can_be_lifted(municipality):
    ingest(municipality, "brev.md", "# Brev\n\nBygglov för Rut Åkesson, 850312-2387.\n")
    age(municipality)
    set_rule(municipality, "--name", "Brev", "--stock", "document", "--months", "6")
    output = kansli("retention", "hold", "--data", municipality, "--by", "Dag Ombud", "--reason", "Överklagat", "--person",
                    "198503122387")
    hold = re.search(r"Gallringsstoppet (\w+)", output)[1]
    plan = plan_of(municipality)
    assert plan["removals"] == [] and plan["held"][0]["hold"] == hold
    assert "Överklagat" in kansli("retention", "rules", "--data", municipality)
    kansli("retention", "hold", "--data", municipality, "--by", "Dag Ombud", "--lift", hold)
    assert len(plan_of(municipality)["removals"]) == 1


def test_the_page_needs_the_right_and_the_very_plan(municipality):
    ingest(municipality, "brev.md", f"# Brev\n\n{SECRET}.\n")
    age(municipality)
    server = Server(municipality)
    try:
        assert signed_in(server, municipality).get("/api/retention").status == 403
        officer = signed_in(server, municipality, "Disa Skydd", ["data_protection_officer"])
        rule = {"name": "Brev", "stock": "document", "kind": "", "owner": "", "months": 6, "event": "created",
                "legal_ground": "10 § arkivlagen", "decision": "KS 2026/00123", "decided_by": "Kommunstyrelsen",
                "decided": "2020-01-01", "valid_from": "2020-01-01"}
        assert officer.request("POST", "/api/retention/rules", rule).status == 200
        plan = officer.get("/api/retention/plan").json()
        assert len(plan["removals"]) == 1
        assert officer.request("POST", "/api/retention/runs", {"hash": "f" * 64}).status == 409
        report = officer.request("POST", "/api/retention/runs", {"hash": plan["hash"]})
        assert report.status == 200 and report.json()["documents"] == 1
        for _ in range(200):
            if not officer.get("/api/retention").json()["wiping"]:
                break
            time.sleep(0.1)
        assert places_of(MARK, municipality) == []
    finally:
        server.stop()
    assert "hel" in kansli("record", "verify", "--data", municipality)


def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path):
    chance = random.Random(int(os.environ.get("KANSLI_SEED", "20261130")))
    for turn in range(8):
        data = new_data_folder(tmp_path / f"data{turn}")
        kansli("user", "add", "--data", data, "--name", "Dag Ombud", "--role", "data_protection_officer")
        ingest(data, "brev.md", f"# Brev\n\n{SECRET}.\n")
        age(data)
        set_rule(data, "--name", "Brev", "--stock", "document", "--months", "6")
        plan = plan_of(data)
        process = subprocess.Popen([BINARY, "retention", "run", "--data", str(data), "--by", "Dag Ombud", "--plan", plan["hash"]],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.02, 0.6))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        assert "hel" in kansli("record", "verify", "--data", data)
        if plan_of(data)["removals"]:  # killed before anything was removed
            assert len(places_of(MARK, data)) >= 2
            run(data, plan_of(data))
        else:
            kansli("retention", "finish", "--data", data)
        assert places_of(MARK, data) == [], f"turn {turn}"
